"""SciPy's float64 output for the filter command's test: every 101st frame of 300,000, a column per filter.

The input is noise of 24 bits from the generator x -> 1103515245 x + 12345 mod 2^31, which the test makes again."""

import pathlib

import numpy
import scipy
from scipy import signal

RATE, FRAMES, STEP = 48000, 300000, 101
FOLDER = pathlib.Path(__file__).resolve().parents[2] / "cli/src/test/resources/golden"

noise = numpy.empty(FRAMES)
x = 1
for i in range(FRAMES):
    x = (1103515245 * x + 12345) % 2**31
    noise[i] = (x >> 7) / 2**23 - 1

columns = [
    signal.sosfilt(signal.butter(8, 5000, fs=RATE, output="sos"), noise),
    signal.sosfilt(signal.ellip(5, 0.5, 70, [300, 3400], "bandpass", fs=RATE, output="sos"), noise),
    signal.lfilter(signal.firwin(255, 8000, fs=RATE), 1, noise),
]
assert scipy.__version__ == "1.17.1"
numpy.save(FOLDER / "cli_filter.npy", numpy.stack(columns, axis=1)[::STEP])
