"""Golden Kaiser orders: taps, beta and the attenuation those taps reach, from scipy.signal."""

import fir_golden
from scipy.signal import kaiser_atten, kaiserord

CASES = [(a, w, r) for a in (8.0, 15.0, 20.9, 21.1, 35.0, 49.9, 50.1, 65.0, 96.0, 140.0)
         for w, r in ((50.0, 1000.0), (499.0, 1000.0), (3.7, 44100.0), (0.11, 1.0))]


def lines():
    for attenuation, width, rate in CASES:
        relative = width / (rate / 2)
        taps, beta = kaiserord(attenuation, relative)
        yield [attenuation, width, rate], [taps, beta, kaiser_atten(taps, relative)]


if __name__ == "__main__":
    fir_golden.write("fir_kaiser_order", "attenuationDb widthHz rateHz : taps beta attenuationDb", lines())
