"""Golden resampled noise: scipy.signal.resample_poly with a Kaiser-windowed sinc, each phase summing to 1."""

import fir_golden
import numpy
from scipy.signal import resample_poly
from scipy.special import i0

# up, down, input frames on each side, cutoff of the filter's Nyquist frequency times max(up, down), beta, frames
CASES = [(160, 147, 28, 0.9, 8.1873, 700), (147, 160, 92, 0.955, 11.4943, 700), (2, 1, 8, 0.8, 5.0, 60),
         (1, 2, 8, 0.8, 5.0, 60), (3, 7, 20, 0.9, 6.0, 100), (6, 1, 84, 0.955, 11.4943, 100),
         (147, 640, 120, 0.9, 8.1873, 900), (441, 80, 12, 0.7, 7.0, 40)]


def taps(up, half, cutoff, beta):
    m = numpy.arange(-half * up + 1, half * up)
    u = m / (half * up)
    h = numpy.sinc(cutoff * m) * i0(beta * numpy.sqrt((1 - u) * (1 + u))) / i0(beta)
    for phase in range(up):
        # m = phase, phase +- up, ...: the taps that one output frame meets
        row = numpy.mod(m - phase, up) == 0
        h[row] /= h[row].sum()
    return h


def lines():
    rng = numpy.random.default_rng(7)
    for up, down, half, cutoff, beta, frames in CASES:
        x = rng.standard_normal(frames)
        h = taps(up, half, cutoff / max(up, down), beta)
        # resample_poly multiplies the window it is given by up
        y = resample_poly(x, up, down, window=h / up)
        assert len(y) == -(-frames * up // down)
        yield [up, down, half, cutoff / max(up, down), beta, frames], [*x, *y]


if __name__ == "__main__":
    fir_golden.write("resample", "up down half cutoff beta frames : input output", lines())
