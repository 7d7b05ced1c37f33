#!/usr/bin/env python3
"""Golden data of the classic IIR filters: SciPy's sections and a 60-digit design of the same filter.

Usage: iir_designs.py OUTPUT.txt.gz

One block per case:
  case FAMILY BAND ORDER LOW HIGH TIE SECTIONS POINTS DISTANCE    edges as a fraction of Nyquist
  b0 b1 b2 a0 a1 a2                                               SciPy's rows, SECTIONS lines
  f re im                                                         the exact H, POINTS lines
DISTANCE is the largest |H(SciPy's rows) - H(exact)| over the points, both in 60 digits. TIE is 1
where the pairing of sections is a tie between equals (half-band cutoff, band centred at a quarter
of the rate).
"""

import gzip
import sys
import warnings

import mpmath as mp
import scipy
from scipy import signal

mp.mp.dps = 60
RIPPLE, ATTENUATION = 1, 60

ORDERS = list(range(1, 13)) + [16, 24]
CUTOFFS = [0.2, 0.02, 0.001, 0.5]
BANDS = [(0.2, 0.3), (0.02, 0.021), (0.001, 0.002), (0.45, 0.55)]

SCIPY = {
    "butter": lambda n, w, kind: signal.butter(n, w, kind, output="sos"),
    "cheby1": lambda n, w, kind: signal.cheby1(n, RIPPLE, w, kind, output="sos"),
    "cheby2": lambda n, w, kind: signal.cheby2(n, ATTENUATION, w, kind, output="sos"),
    "ellip": lambda n, w, kind: signal.ellip(n, RIPPLE, ATTENUATION, w, kind, output="sos"),
    "bessel_phase": lambda n, w, kind: signal.bessel(n, w, kind, output="sos", norm="phase"),
    "bessel_delay": lambda n, w, kind: signal.bessel(n, w, kind, output="sos", norm="delay"),
    "bessel_mag": lambda n, w, kind: signal.bessel(n, w, kind, output="sos", norm="mag"),
}

j = mp.mpc(0, 1)


def butterworth(n):
    return [], [-mp.expjpi(mp.mpf(m) / (2 * n)) for m in range(1 - n, n, 2)], mp.mpf(1)


def chebyshev1(n):
    epsilon = mp.sqrt(mp.mpf(10) ** (mp.mpf(RIPPLE) / 10) - 1)
    mu = mp.asinh(1 / epsilon) / n
    poles = [-mp.sinh(mu + j * mp.pi * m / (2 * n)) for m in range(1 - n, n, 2)]
    gain = mp.re(mp.fprod(-p for p in poles))
    return [], poles, gain / mp.sqrt(1 + epsilon**2) if n % 2 == 0 else gain


def chebyshev2(n):
    mu = mp.asinh(mp.sqrt(mp.mpf(10) ** (mp.mpf(ATTENUATION) / 10) - 1)) / n
    steps = range(1 - n, n, 2)
    poles = [-1 / mp.sinh(mu + j * mp.pi * m / (2 * n)) for m in steps]
    zeros = [j / mp.sin(mp.pi * m / (2 * n)) for m in steps if m != 0]
    return zeros, poles, mp.re(mp.fprod(-p for p in poles) / mp.fprod(-z for z in zeros))


def elliptic(n):
    pass_level = mp.mpf(10) ** (mp.mpf(RIPPLE) / 10) - 1
    stop_level = mp.mpf(10) ** (mp.mpf(ATTENUATION) / 10) - 1
    m1 = pass_level / stop_level
    k1, k1c = mp.ellipk(m1), mp.ellipk(1 - m1)
    m = mp.mfrom(q=mp.exp(-mp.pi * k1c / k1 / n))
    k = mp.ellipk(m)
    v = k / (n * k1) * mp.ellipf(mp.atan(1 / mp.sqrt(pass_level)), 1 - m1)
    zeros, poles = [], []
    for i in range(1 - n % 2, n, 2):
        s = mp.ellipfun("sn", i * k / n, m=m)
        c = mp.ellipfun("cn", i * k / n, m=m)
        d = mp.ellipfun("dn", i * k / n, m=m)
        sv, cv, dv = (mp.ellipfun(name, v, m=1 - m) for name in ("sn", "cn", "dn"))
        pole = -(c * d * sv * cv + j * s * dv) / (1 - (d * sv) ** 2)
        if i == 0:
            poles.append(mp.mpc(mp.re(pole)))
            continue
        poles += [pole, mp.conj(pole)]
        zeros += [j / (mp.sqrt(m) * s), -j / (mp.sqrt(m) * s)]
    gain = mp.re(mp.fprod(-p for p in poles) / mp.fprod(-z for z in zeros))
    return zeros, poles, gain / mp.sqrt(1 + pass_level) if n % 2 == 0 else gain


def bessel_poles(n):
    factorial = mp.factorial
    polynomial = [
        factorial(2 * n - k) / (factorial(n - k) * factorial(k) * mp.mpf(2) ** (n - k))
        for k in range(n, -1, -1)
    ]
    return mp.polyroots(polynomial, maxsteps=500, extraprec=600), polynomial[-1]


def bessel(n, norm):
    poles, last = bessel_poles(n)
    if norm == "delay":
        return [], poles, last
    if norm == "phase":
        return [], [p * last ** (-mp.mpf(1) / n) for p in poles], mp.mpf(1)
    edge = mp.findroot(
        lambda w: mp.log(2) / 2 + mp.log(last) - sum(mp.log(abs(j * w - p)) for p in poles),
        mp.sqrt((2 * n - 1) * mp.log(2)) if n > 3 else 1.5,
    )
    return [], [p / edge for p in poles], last / edge**n


EXACT = {
    "butter": butterworth,
    "cheby1": chebyshev1,
    "cheby2": chebyshev2,
    "ellip": elliptic,
    "bessel_phase": lambda n: bessel(n, "phase"),
    "bessel_delay": lambda n: bessel(n, "delay"),
    "bessel_mag": lambda n: bessel(n, "mag"),
}


def analog_response(prototype, kind, low, high, f):
    """H at f: the bilinear transform maps f to the analogue tan(pi f / 2), the band to 1."""
    zeros, poles, gain = prototype
    w, w1, w2 = (mp.tan(mp.pi * mp.mpf(x) / 2) for x in (f, low, high))
    if kind == "low":
        s = w / w1
    elif kind == "high":
        s = -w1 / w
    elif kind == "bandpass":
        s = (w**2 - w1 * w2) / (w * (w2 - w1))
    else:
        s = w * (w2 - w1) / (w1 * w2 - w**2) if w**2 != w1 * w2 else None
    if s is None:
        return mp.mpc(0) if len(zeros) < len(poles) else gain
    return gain * mp.fprod(j * s - z for z in zeros) / mp.fprod(j * s - p for p in poles)


def rows_response(rows, f):
    z = mp.expjpi(-mp.mpf(f))
    result = mp.mpc(1)
    for b0, b1, b2, _, a1, a2 in rows.tolist():
        result *= (b0 + z * (b1 + z * b2)) / (1 + z * (a1 + z * a2))
    return result


def points(kind, low, high):
    if kind in ("low", "high"):
        candidates = [low * x for x in (0.05, 0.25, 0.5, 0.8, 0.95, 0.99, 1, 1.01, 1.05, 1.25, 2, 5)]
    else:
        steps = (-3, -1, -0.3, -0.05, 0, 0.05, 0.25, 0.5, 0.75, 0.95, 1, 1.05, 1.3, 2, 4)
        candidates = [low + (high - low) * x for x in steps]
    return [float(f) for f in candidates if 0 < f < 1]


def write_case(out, family, kind, order, edges):
    low, high = edges if isinstance(edges, tuple) else (edges, edges)
    rows = SCIPY[family](order, edges, kind)
    prototype = PROTOTYPES[family, order]
    frequencies = points(kind, low, high)
    exact = [analog_response(prototype, kind, low, high, f) for f in frequencies]
    distance = max(abs(rows_response(rows, f) - h) for f, h in zip(frequencies, exact))
    tie = int(low + high == 1)
    out.write(
        f"case {family} {kind} {order} {low!r} {high!r} {tie} {len(rows)} {len(exact)}"
        f" {float(distance):.6e}\n"
    )
    for row in rows.tolist():
        out.write(" ".join(repr(x).removesuffix(".0") for x in row) + "\n")
    for f, h in zip(frequencies, exact):
        out.write(f"{f!r} {float(h.real)!r} {float(h.imag)!r}\n")


PROTOTYPES = {(family, n): EXACT[family](n) for family in EXACT for n in ORDERS}


def main():
    warnings.simplefilter("ignore")  # SciPy warns of nothing that matters here
    with gzip.GzipFile(sys.argv[1], "wb", 9, mtime=0) as raw:
        lines = []

        class Out:
            write = staticmethod(lines.append)

        lines.append(f"scipy {scipy.__version__} mpmath {mp.__version__} digits {mp.mp.dps}\n")
        for family in SCIPY:
            for kind in ("low", "high", "bandpass", "bandstop"):
                for order in ORDERS:
                    for edges in CUTOFFS if kind in ("low", "high") else BANDS:
                        write_case(Out, family, kind, order, edges)
        raw.write("".join(lines).encode())


if __name__ == "__main__":
    main()
