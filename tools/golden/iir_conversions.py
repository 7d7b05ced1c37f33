"""Golden conversions between forms, settled states, notches and peaks, Linkwitz-Riley, from scipy.signal.

Each line names what was done; the numbers are the input and SciPy's answer, each led by its length
(complex numbers as re im).
"""

import numpy as np
from scipy import signal

import fir_golden

RNG = np.random.default_rng(20260401)


def pack(*arrays):
    numbers = []
    for array in arrays:
        array = np.atleast_1d(array)
        if np.iscomplexobj(array):
            array = np.column_stack([array.real, array.imag])
        flat = np.asarray(array, float).ravel()
        numbers += [len(flat), *flat]
    return numbers


def roots(pairs, reals, reach):
    upper = RNG.uniform(0.2, reach, pairs) * np.exp(1j * np.pi * RNG.uniform(0.05, 0.95, pairs))
    return np.concatenate([upper, upper.conj(), RNG.uniform(-reach, reach, reals).astype(complex)])


def random_filters():
    for case in range(60):
        zeros = roots(RNG.integers(0, 4), RNG.integers(0, 4), 1.3)
        poles = roots(RNG.integers(0, 4), RNG.integers(0, 4), 0.98)
        yield case, zeros, poles, RNG.uniform(-2, 2)


def conversions():
    for case, zeros, poles, gain in random_filters():
        yield ["zpk2sos", case], pack(zeros, poles, gain, signal.zpk2sos(zeros, poles, gain))
        if len(poles) >= len(zeros):
            b, a = signal.zpk2tf(zeros, poles, gain)
            b = np.concatenate([np.zeros(len(a) - len(b)), b])
            yield ["zpk2tf", case], pack(zeros, poles, gain, b.real, a.real)
    for n, w in ((2, 0.3), (5, 0.1), (6, 0.7), (9, 0.4)):
        b, a = signal.ellip(n, 1, 40, w)
        z, p, k = signal.tf2zpk(b, a)
        yield ["tf2zpk", n], pack(b, a, z.astype(complex), p.astype(complex), k)
        yield ["tf2sos", n], pack(b, a, signal.tf2sos(b, a))
        sos = signal.ellip(n, 1, 40, w, output="sos")
        yield ["sos2tf", n], pack(sos, *signal.sos2tf(sos))
        z, p, k = signal.sos2zpk(sos)
        yield ["sos2zpk", n], pack(sos, z, p, k)


def steady_states():
    for n, w, kind in (
        (1, 0.3, "low"), (4, 0.2, "low"), (8, 0.001, "low"), (5, 0.05, "high"),
        (4, (0.1, 0.2), "bandpass"), (3, (0.4, 0.41), "bandstop"), (16, 0.5, "low"),
    ):
        sos = signal.cheby1(n, 1, w, kind, output="sos")
        yield ["sosfilt_zi", n, kind], pack(sos, signal.sosfilt_zi(sos))


def notches():
    for rate in (2.0, 8000.0, 44100.0):
        for fraction, q in ((0.3, 30.0), (0.001, 0.5), (0.02, 100.0), (0.9, 5.0)):
            f = fraction * rate / 2
            yield ["notch", f, q, rate], np.concatenate(signal.iirnotch(f, q, rate))
            yield ["peak", f, q, rate], np.concatenate(signal.iirpeak(f, q, rate))


def linkwitz_riley():
    for n in (2, 4, 6, 8, 12, 24):
        for kind, edges in (("low", 0.2), ("high", 0.02), ("bandpass", (0.2, 0.3)), ("bandstop", (0.02, 0.03))):
            z, p, k = signal.butter(n // 2, edges, kind, output="zpk")
            sos = signal.zpk2sos(np.concatenate([z, z]), np.concatenate([p, p]), k * k)
            yield ["lr", n, kind, *np.resize(edges, 2)], pack(sos)


def lines():
    yield from conversions()
    yield from steady_states()
    yield from notches()
    yield from linkwitz_riley()


if __name__ == "__main__":
    fir_golden.write("iir_conversions", "what keys... : [length numbers]...", lines())
