"""Prints samples per second of CuPy's sosfilt, float32, on resident data: median of 5 calls after 2.

Reads from its arguments the number of samples, and from standard input the sections, six numbers a line.
"""

import sys
import time

import cupy
import numpy
from cupyx.scipy.signal import sosfilt

if __name__ == '__main__':
    frames = int(sys.argv[1])
    sos = cupy.asarray(numpy.loadtxt(sys.stdin, ndmin=2), dtype=cupy.float32)
    x = cupy.random.default_rng(1).standard_normal(frames, dtype=cupy.float32)
    seconds = []
    for _ in range(7):
        cupy.cuda.Device().synchronize()
        begin = time.perf_counter()
        y = sosfilt(sos, x)
        cupy.cuda.Device().synchronize()
        seconds.append(time.perf_counter() - begin)
    assert bool(cupy.isfinite(y).all())
    print(cupy.__version__, frames / sorted(seconds[2:])[2])
