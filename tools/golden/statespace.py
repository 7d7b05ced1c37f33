"""Golden state spaces of SciPy's cascades: A, B, C, D, powers of A, rows C A^t and decay lengths.

Matrices are exact rationals of the double coefficients carried to 120 digits with mpmath, then rounded.
Decay lengths run the impulse response in 640-bit fixed point: the least n for which the root of
the energy from frame n on is below eps times the root of all.
"""

import fir_golden
import mpmath
import numpy
from scipy import signal

mpmath.mp.dps = 120
FRACTION = 640


def filters():
    def sos(z):
        return numpy.atleast_2d(z)
    yield "butter-2-low-.3", sos(signal.butter(2, 0.3, output="sos"))
    yield "butter-8-low-.2", sos(signal.butter(8, 0.2, output="sos"))
    yield "butter-8-low-.02", sos(signal.butter(8, 0.02, output="sos"))
    yield "butter-8-low-.001", sos(signal.butter(8, 0.001, output="sos"))
    yield "butter-4-high-.001", sos(signal.butter(4, 0.001, "high", output="sos"))
    yield "butter-7-high-.4", sos(signal.butter(7, 0.4, "high", output="sos"))
    yield "cheby1-8-low-.001", sos(signal.cheby1(8, 1, 0.001, output="sos"))
    yield "cheby1-24-low-.001", sos(signal.cheby1(24, 1, 0.001, output="sos"))
    yield "cheby2-12-high-.001", sos(signal.cheby2(12, 60, 0.001, "high", output="sos"))
    yield "ellip-8-band-.1", sos(signal.ellip(8, 1, 60, [0.1, 0.11], "bandpass", output="sos"))
    yield "bessel-6-low-.01", sos(signal.bessel(6, 0.01, output="sos"))
    yield "butter-4-stop-.005", sos(signal.butter(4, [0.004, 0.006], "bandstop", output="sos"))
    yield "notch-50-at-20k", sos(signal.tf2sos(*signal.iirnotch(50, 30, fs=20000)))


def matrices(sos):
    """A as rows, B, C, D: each section's input and output as linear functions of state and x."""
    n = 2 * len(sos)
    row, gain = [mpmath.mpf(0)] * n, mpmath.mpf(1)
    a, b = [], []
    for k, section in enumerate(sos):
        b0, b1, b2, _, a1, a2 = (mpmath.mpf(float(c)) for c in section)
        out = [b0 * v for v in row]
        out[2 * k] += 1
        first = [b1 * v - a1 * w for v, w in zip(row, out)]
        first[2 * k + 1] += 1
        a += [first, [b2 * v - a2 * w for v, w in zip(row, out)]]
        b += [b1 * gain - a1 * b0 * gain, b2 * gain - a2 * b0 * gain]
        row, gain = out, b0 * gain
    return a, b, row, gain


def times(left, right):
    """Product of block lower-triangular matrices."""
    n = len(left)
    return [[mpmath.fsum(left[i][k] * right[k][j] for k in range(j & ~1, (i | 1) + 1))
             if j <= (i | 1) else mpmath.mpf(0) for j in range(n)] for i in range(n)]


def power(a, exponent):
    result = None
    for bit in bin(exponent)[2:]:
        result = times(result, result) if result else a
        if bit == "1" and result is not a:
            result = times(result, a)
    return result


def rows(a, c, wanted):
    n, row = len(a), c
    for t in range(max(wanted) + 1):
        if t in wanted:
            yield t, row
        row = [mpmath.fsum(row[i] * a[i][j] for i in range(j & ~1, n)) for j in range(n)]


def integer_ratio(value):
    top, bottom = float(value).as_integer_ratio()
    return top, bottom.bit_length() - 1


def impulse_response(sos, frames):
    sections = [[integer_ratio(c) for c in row] for row in sos]
    state = [[0, 0] for _ in sos]
    one = 1 << FRACTION
    for t in range(frames):
        x = one if t == 0 else 0
        for (b0, b1, b2, _, a1, a2), s in zip(sections, state):
            y = (b0[0] * x >> b0[1]) + s[0]
            s[0] = (b1[0] * x >> b1[1]) - (a1[0] * y >> a1[1]) + s[1]
            s[1] = (b2[0] * x >> b2[1]) - (a2[0] * y >> a2[1])
            x = y
        yield x / one


def decay_lengths(sos, epsilons):
    radius = max(abs(numpy.roots(row[3:])).max() for row in sos)
    frames = int(90 / (1 - radius)) + 200
    h = numpy.fromiter(impulse_response(sos, frames), float)
    tail = numpy.sqrt(numpy.cumsum(h[::-1] ** 2)[::-1])
    assert tail[-1] < 1e-20 * tail[0]
    for eps in epsilons:
        yield eps, int(numpy.nonzero(tail >= eps * tail[0])[0][-1] + 1)


def lines():
    for name, sos in filters():
        flat = ",".join(repr(float(c)) for c in sos.ravel())
        a, b, c, d = matrices(sos)
        yield ["matrices", name, 0, flat], [*sum(a, []), *b, *c, d]
        for n in (2, 63, 4104, 100000):
            yield ["power", name, n, flat], sum(power(a, n), [])
        for t, row in rows(a, c, (0, 1, 2, 100, 1000)):
            yield ["row", name, t, flat], row
        for eps, length in decay_lengths(sos, (1e-3, 1e-7, 1e-12, 1e-17)):
            print(name, eps, length)
            yield ["decay", name, eps, flat], [length]


if __name__ == "__main__":
    fir_golden.write("statespace", "kind name (power, frame or eps) sos : numbers", lines())
