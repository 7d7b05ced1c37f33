"""Golden order estimates, from scipy.signal's buttord, cheb1ord, cheb2ord and ellipord."""

import numpy as np
from scipy import signal

import fir_golden

RATE = 48000.0
EDGES = [
    ("low", 1000.0, 1500.0), ("low", 20.0, 21.0), ("low", 9000.0, 20000.0),
    ("high", 1500.0, 1000.0), ("high", 40.0, 25.0), ("high", 20000.0, 19000.0),
    ("bandpass", (1000.0, 2000.0), (800.0, 2500.0)), ("bandpass", (5000.0, 5100.0), (4990.0, 5200.0)),
    ("bandpass", (300.0, 3400.0), (200.0, 4000.0)),
    ("bandstop", (800.0, 2500.0), (1000.0, 2000.0)), ("bandstop", (4000.0, 9000.0), (5000.0, 6000.0)),
    ("bandstop", (300.0, 12000.0), (400.0, 11000.0)),
]
LEVELS = [(1.0, 60.0), (0.1, 40.0), (3.0, 20.0), (0.01, 100.0)]
FAMILIES = [("butterworth", signal.buttord), ("chebyshev1", signal.cheb1ord),
            ("chebyshev2", signal.cheb2ord), ("elliptic", signal.ellipord)]


def lines():
    for family, estimate in FAMILIES:
        for kind, passed, stopped in EDGES:
            for ripple, attenuation in LEVELS:
                order, edges = estimate(passed, stopped, ripple, attenuation, fs=RATE)
                keys = [family, kind, *np.resize(passed, 2), *np.resize(stopped, 2), ripple, attenuation]
                yield keys, [order, *np.resize(edges, 2)]


if __name__ == "__main__":
    fir_golden.write("iir_orders", "family kind pass stop ripple attenuation : order low high", lines())
