"""Golden optimal designs from scipy.signal: firls and remez (bandpass, hilbert, differentiator).

A band is low:high:gainLow:gainHigh:weight, as in the Java record. The key "condition" is the
condition number of firls' normal matrix; 0 for remez.
"""

import fir_golden
import numpy
from scipy.linalg import hankel, toeplitz
from scipy.signal import firls, remez

RATE = 48000.0
LOW = [(0, 4000, 1, 1, 1), (6000, 24000, 0, 0, 1)]
LOW_WEIGHTED = [(0, 4000, 1, 1, 1), (6000, 24000, 0, 0, 30)]
NARROW_GAP = [(0, 5000, 1, 1, 1), (5500, 24000, 0, 0, 1)]
BAND = [(0, 2000, 0, 0, 10), (3000, 8000, 1, 1, 1), (9500, 24000, 0, 0, 5)]
STOP = [(0, 2000, 1, 1, 1), (3000, 8000, 0, 0, 5), (9500, 24000, 1, 1, 1)]
HIGH = [(0, 9000, 0, 0, 1), (11000, 24000, 1, 1, 1)]
STEPS = [(0, 3000, 1, 1, 1), (5000, 9000, 0.5, 0.5, 2), (11000, 24000, 0, 0, 4)]
RAMP = [(0, 6000, 0, 1, 1), (8000, 14000, 0.7, 0.2, 2), (17000, 24000, 0, 0, 1)]
FULL = [(0, 24000, 1, 0.25, 1)]


def condition(taps, bands):
    n = numpy.arange(taps)
    q = sum(w * (h * numpy.sinc(h * n) - l * numpy.sinc(l * n))
            for l, h, w in ((b[0] * 2 / RATE, b[1] * 2 / RATE, b[4]) for b in bands))
    m = taps // 2
    return numpy.linalg.cond(toeplitz(q[:m + 1]) + hankel(q[:m + 1], q[m:]))


def key(bands):
    return ",".join(":".join(str(float(v)) for v in b) for b in bands)


def least_squares():
    for bands in (LOW, LOW_WEIGHTED, NARROW_GAP, BAND, STOP, HIGH, STEPS, RAMP, FULL):
        for taps in (1, 3, 15, 31, 63, 127, 301):
            h = firls(taps, [f for b in bands for f in b[:2]], [g for b in bands for g in b[2:4]],
                      weight=[b[4] for b in bands], fs=RATE)
            yield ["firls", condition(taps, bands), RATE, key(bands)], h


def minimax(kind, taps, bands, desired=None):
    desired = desired or [b[2] for b in bands]
    h = remez(taps, [f for b in bands for f in b[:2]], desired, weight=[b[4] for b in bands],
              type=kind, maxiter=200, grid_density=128, fs=RATE)
    return [kind, 0, RATE, key(bands)], h


def minimaxes():
    for bands in (LOW, LOW_WEIGHTED, BAND, STEPS):
        for taps in (15, 16, 31, 32, 63, 64, 101):
            yield minimax("bandpass", taps, bands)
    for bands in (STOP, HIGH):
        for taps in (15, 31, 63, 101):
            yield minimax("bandpass", taps, bands)
    for taps in (63, 64, 255):
        yield minimax("bandpass", taps, NARROW_GAP)
    for taps in (7, 31, 63):
        yield minimax("hilbert", taps, [(1000, 23000, 1, 1, 1)])
    for taps in (8, 32, 64):
        yield minimax("hilbert", taps, [(1000, 24000, 1, 1, 1)])
    # SciPy wants the slope per cycle per frame; ours is the gain itself, 2 pi f / rate
    slope = 2 * numpy.pi / RATE
    for taps, top in ((8, 24000), (32, 24000), (9, 20000), (33, 20000), (63, 22000)):
        yield minimax("differentiator", taps, [(0, top, 0, slope * top, 1)], [2 * numpy.pi])


if __name__ == "__main__":
    fir_golden.write("fir_optimal", "kind condition rateHz bands : taps",
                     [*least_squares(), *minimaxes()])
