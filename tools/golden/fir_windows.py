"""Golden windows: every shape, symmetric and periodic, from scipy.signal.windows."""

import fir_golden
from scipy.signal import get_window

SHAPES = [
    ("boxcar", "boxcar"), ("bartlett", "bartlett"), ("hamming", "hamming"), ("hann", "hann"),
    ("blackman", "blackman"), ("blackman-harris", "blackmanharris"), ("nuttall", "nuttall"),
    ("flattop", "flattop"), ("parzen", "parzen"), ("bohman", "bohman"),
] + [(f"kaiser:{beta}", ("kaiser", beta)) for beta in (0.0, 0.5, 5.65326, 8.6, 14.0, 30.0)]
LENGTHS = (1, 2, 3, 4, 7, 8, 9, 64, 255, 256, 1024)


def lines():
    for label, name in SHAPES:
        for length in LENGTHS:
            for form, fftbins in (("symmetric", False), ("periodic", True)):
                yield [label, form], get_window(name, length, fftbins=fftbins)


if __name__ == "__main__":
    fir_golden.write("fir_windows", "shape form : samples", lines())
