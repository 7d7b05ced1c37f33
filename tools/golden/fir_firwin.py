"""Golden window-method designs from scipy.signal.firwin: single bands, multiband, pass-zero forms."""

import fir_golden
from scipy.signal import firwin

RATE = 48000.0
WINDOWS = [("hamming", "hamming"), ("hann", "hann"), ("blackman-harris", "blackmanharris"),
           ("kaiser:8.6", ("kaiser", 8.6)), ("boxcar", "boxcar"), ("flattop", "flattop")]
BANDS = [((5000.0,), True), ((24.0,), True), ((23000.0,), True), ((5000.0,), False), ((24.0,), False),
         ((300.0, 3400.0), False), ((300.0, 3400.0), True), ((11990.0, 12010.0), False),
         ((1000.0, 2000.0, 9000.0), True), ((1000.0, 2000.0, 9000.0), False),
         ((500.0, 2000.0, 8000.0, 15000.0), True), ((500.0, 2000.0, 8000.0, 15000.0), False)]


def lines():
    for label, window in WINDOWS:
        for cutoff, pass_zero in BANDS:
            for taps in (1, 2, 3, 32, 33, 254, 255, 1023) if label == "hamming" else (33, 254, 255):
                pass_nyquist = pass_zero != (len(cutoff) % 2 == 1)
                if taps % 2 == 0 and pass_nyquist:
                    continue
                h = firwin(taps, cutoff, window=window, pass_zero=pass_zero, fs=RATE)
                yield [label, ",".join(map(str, cutoff)), pass_zero, RATE], h


if __name__ == "__main__":
    fir_golden.write("fir_firwin", "window edgesHz passZero rateHz : taps", lines())
