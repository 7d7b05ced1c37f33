#!/usr/bin/env python3
"""State and output of cascades in mid-signal, by SciPy's sosfilt in float64.

Writes core/src/test/resources/golden/plan_state.txt.gz. The chain is Butterworth 4 low-pass at 0.1 of Nyquist, Butterworth 3
high-pass at 0.01, gain -0.25, Butterworth 5 band-pass 0.2 to 0.3; the signal has 2 channels and is cut after 777 frames.
"""
import gzip
import pathlib

import numpy as np
import scipy
from scipy import signal

rng = np.random.default_rng(20260501)
x = rng.standard_normal((2, 2000))
chain = [
    signal.butter(4, 0.1, output="sos"),
    signal.butter(3, 0.01, "high", output="sos"),
    -0.25,
    signal.butter(5, [0.2, 0.3], "bandpass", output="sos"),
]
states = [None if np.isscalar(s) else rng.standard_normal((len(s), 2, 2)) for s in chain]
rows = [("x", x)]
rows += [(f"sos{i}", s) for i, s in enumerate(chain) if not np.isscalar(s)]
rows += [(f"start{i}", z) for i, z in enumerate(states) if z is not None]
for name, part in (("head", x[:, :777]), ("tail", x[:, 777:])):
    y = part
    for i, stage in enumerate(chain):
        if np.isscalar(stage):
            y = y * stage
        else:
            y, states[i] = signal.sosfilt(stage, y, zi=states[i])
            rows.append((f"{name}{i}", states[i]))
    rows.append((f"y_{name}", y))

out = pathlib.Path(__file__).parents[2] / "core/src/test/resources/golden/plan_state.txt.gz"
with gzip.GzipFile(out, "wb", mtime=0) as file:
    file.write(f"# SciPy {scipy.__version__}; name, shape, values\n".encode())
    for name, values in rows:
        shape = ",".join(map(str, values.shape))
        file.write(f"{name} {shape} {' '.join(repr(float(v)) for v in values.ravel())}\n".encode())
