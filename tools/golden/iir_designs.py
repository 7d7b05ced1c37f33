#!/usr/bin/env python3
"""Golden data of the classic IIR filters: SciPy's sections and a 60-digit design of the same filter.

One block per case:
  case FAMILY RIPPLE ATTENUATION BAND ORDER LOW HIGH TIE SECTIONS POINTS DISTANCE
  b0 b1 b2 a0 a1 a2    SciPy's rows, SECTIONS lines
  f re im              the exact H, POINTS lines
LOW and HIGH are a fraction of Nyquist, RIPPLE and ATTENUATION in dB (ignored by other families).
DISTANCE is the largest |H(SciPy's rows) - H(exact)| over the points, both in 60 digits. TIE is 1
where the pairing of sections is a tie between equals (half-band cutoff, band centred at a quarter
of the rate).
"""

import functools
import gzip
import warnings

import mpmath as mp
import scipy
from scipy import signal

import fir_golden

mp.mp.dps = 60


def scipy_sections(family, order, levels, edges, kind):
    keywords = {"btype": kind, "output": "sos"}
    if family in ("cheby1", "ellip"):
        keywords["rp"] = levels[0]
    if family in ("cheby2", "ellip"):
        keywords["rs"] = levels[1]
    if family.startswith("bessel"):
        family, keywords["norm"] = family.split("_")
    return getattr(signal, family)(order, Wn=edges, **keywords)


j = mp.mpc(0, 1)


def level(decibels):
    return mp.mpf(10) ** (mp.mpf(decibels) / 10) - 1


def butterworth(n):
    return [], [-mp.expjpi(mp.mpf(m) / (2 * n)) for m in range(1 - n, n, 2)], mp.mpf(1)


def chebyshev1(n, ripple):
    epsilon = mp.sqrt(level(ripple))
    mu = mp.asinh(1 / epsilon) / n
    poles = [-mp.sinh(mu + j * mp.pi * m / (2 * n)) for m in range(1 - n, n, 2)]
    gain = mp.re(mp.fprod(-p for p in poles))
    return [], poles, gain / mp.sqrt(1 + epsilon**2) if n % 2 == 0 else gain


def chebyshev2(n, attenuation):
    mu = mp.asinh(mp.sqrt(level(attenuation))) / n
    steps = range(1 - n, n, 2)
    poles = [-1 / mp.sinh(mu + j * mp.pi * m / (2 * n)) for m in steps]
    zeros = [j / mp.sin(mp.pi * m / (2 * n)) for m in steps if m != 0]
    return zeros, poles, mp.re(mp.fprod(-p for p in poles) / mp.fprod(-z for z in zeros))


def elliptic(n, ripple, attenuation):
    pass_level, stop_level = level(ripple), level(attenuation)
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


@functools.cache
def prototype(family, n, levels):
    if family == "butter":
        return butterworth(n)
    if family == "cheby1":
        return chebyshev1(n, levels[0])
    if family == "cheby2":
        return chebyshev2(n, levels[1])
    if family == "ellip":
        return elliptic(n, *levels)
    return bessel(n, family.removeprefix("bessel_"))


def analog_response(lowpass, kind, low, high, f):
    """H at f: the bilinear transform maps f to the analogue tan(pi f / 2), the band to 1."""
    zeros, poles, gain = lowpass
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


def block(family, levels, kind, order, edges):
    low, high = edges if isinstance(edges, tuple) else (edges, edges)
    rows = scipy_sections(family, order, levels, edges, kind)
    frequencies = points(kind, low, high)
    lowpass = prototype(family, order, levels)
    exact = [analog_response(lowpass, kind, low, high, f) for f in frequencies]
    distance = max(abs(rows_response(rows, f) - h) for f, h in zip(frequencies, exact))
    tie = int(low + high == 1)
    yield (
        f"case {family} {levels[0]} {levels[1]} {kind} {order} {low!r} {high!r} {tie} {len(rows)}"
        f" {len(exact)} {float(distance):.6e}"
    )
    for row in rows.tolist():
        yield " ".join(repr(x).removesuffix(".0") for x in row)
    for f, h in zip(frequencies, exact):
        yield f"{f!r} {float(h.real)!r} {float(h.imag)!r}"


def designs():
    """Every family x band x order x easy and narrow cutoffs, and the cutoffs that tie."""
    bands = [(0.2, 0.3), (0.02, 0.021), (0.001, 0.002), (0.45, 0.55)]
    for family in ("butter", "cheby1", "cheby2", "ellip", "bessel_phase", "bessel_delay", "bessel_mag"):
        for kind in ("low", "high", "bandpass", "bandstop"):
            for order in [*range(1, 13), 16, 24]:
                for edges in [0.2, 0.02, 0.001, 0.5] if kind in ("low", "high") else bands:
                    yield from block(family, (1, 60), kind, order, edges)


def ripples():
    """Other ripples and attenuations, where SciPy's own rows are at times off by 1e-10."""
    for family in ("cheby1", "cheby2", "ellip"):
        for order in (1, 2, 3, 5, 8, 11, 20):
            for kind, edges in (("low", 0.2), ("high", 0.01), ("bandpass", (0.1, 0.15)), ("bandstop", (0.3, 0.6))):
                for levels in ((0.01, 30), (0.1, 120), (3, 80), (6, 20)):
                    yield from block(family, levels, kind, order, edges)


def write(name, lines):
    text = [f"scipy {scipy.__version__} mpmath {mp.__version__} digits {mp.mp.dps}", *lines]
    path = fir_golden.FOLDER / f"{name}.txt.gz"
    # no time stamp, so that the same data make the same file
    path.write_bytes(gzip.compress(("\n".join(text) + "\n").encode(), mtime=0))
    print(path.name, sum(line.startswith("case") for line in text), "cases", path.stat().st_size, "bytes")


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    write("iir_designs", designs())
    write("iir_ripples", ripples())
