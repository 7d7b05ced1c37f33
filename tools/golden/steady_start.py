"""Filters that start in the steady state, by SciPy's sosfilt with sosfilt_zi times the first sample, and lfilter_zi.

Writes core/src/test/resources/golden/steady_start.txt.gz. The signal has 2 channels of 3000 frames at 250 Hz: 4000 and
-100 plus 20 of noise. Chains: Butterworth 4 bandpass 0.5 to 40 Hz; Butterworth 2 low-pass at 5 Hz, gain -0.5, 31 taps of a
window, Chebyshev 3 high-pass at 1 Hz, where each stage starts from the level that the one before it settles at."""

import fir_golden
import numpy
from scipy import signal

RATE, FRAMES = 250, 3000
noise = numpy.empty(2 * FRAMES)
state = 1
for i in range(noise.size):
    state = (1103515245 * state + 12345) % 2**31
    noise[i] = (state >> 7) / 2**23 - 1
x = 20 * noise.reshape(2, FRAMES) + numpy.array([[4000.0], [-100.0]])


def cascade(sos, y, level):
    zi = signal.sosfilt_zi(sos)[:, None, :] * level[None, :, None]
    out, _ = signal.sosfilt(sos, y, zi=zi)
    return out, level * numpy.prod(sos[:, :3].sum(1) / sos[:, 3:].sum(1))


def taps(h, y, level):
    out, _ = signal.lfilter(h, 1, y, zi=signal.lfilter_zi(h, 1)[None, :] * level[:, None])
    return out, level * h.sum()


band = signal.butter(4, [0.5, 40], "bandpass", fs=RATE, output="sos")
first, _ = cascade(band, x, x[:, 0])
y, level = cascade(signal.butter(2, 5, fs=RATE, output="sos"), x, x[:, 0])
y, level = taps(signal.firwin(31, 20, fs=RATE), -0.5 * y, -0.5 * level)
y, level = cascade(signal.cheby1(3, 1, 1, "highpass", fs=RATE, output="sos"), y, level)
print("largest of the first 2 s:", numpy.abs(first[0, : 2 * RATE]).max())


def lines():
    for name, out in (("bandpass", first), ("chain", y)):
        for channel in range(2):
            yield [name, channel], out[channel, ::7]


if __name__ == "__main__":
    fir_golden.write("steady_start", "chain channel : every 7th frame", lines())
