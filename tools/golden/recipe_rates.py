"""One recipe at two rates, by SciPy's butter and sosfilt: a low-pass of 4 kHz and a notch of 50 Hz on an impulse.

Writes core/src/test/resources/golden/recipe_rates.txt.gz: the first 400 frames at 44.1 and at 48 kHz."""

import fir_golden
import numpy
from scipy import signal

impulse = numpy.zeros(400)
impulse[0] = 1


def lines():
    for rate in (44100, 48000):
        y = signal.sosfilt(signal.butter(6, 4000, fs=rate, output="sos"), impulse)
        b, a = signal.iirnotch(50, 30, fs=rate)
        yield [rate], signal.lfilter(b, a, y)


if __name__ == "__main__":
    fir_golden.write("recipe_rates", "rate in Hz : frames", lines())
