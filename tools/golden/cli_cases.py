#!/usr/bin/env python3
"""Inputs that are easily read wrongly, and what SciPy makes of them, for the tests of the command.

Usage: cli_cases.py OUT_FOLDER. Needs chfirst.npy (2 channels of 60 frames) and f32nan.wav (101 frames with NaN, inf and
-inf at 10, 20 and 30) there; writes axis0.npy, axis1.npy, nan_{keep,zero,hold}.npy and counts.npy.
"""

import sys
from pathlib import Path

import numpy as np
from scipy import signal
from scipy.io import wavfile

out = Path(sys.argv[1])
array = np.load(out / "chfirst.npy")
slow = signal.butter(4, 40, fs=250, output="sos")
np.save(out / "axis0.npy", signal.sosfilt(slow, array, axis=0))
np.save(out / "axis1.npy", signal.sosfilt(slow, array, axis=1))

rate, samples = wavfile.read(out / "f32nan.wav")
samples = samples.astype(np.float64)
low = signal.butter(4, 5000, fs=rate, output="sos")
np.save(out / "nan_keep.npy", signal.sosfilt(low, samples))
np.save(out / "nan_zero.npy", signal.sosfilt(low, np.where(np.isfinite(samples), samples, 0)))
held = samples.copy()
for i in range(len(held)):
    if not np.isfinite(held[i]):
        held[i] = held[i - 1] if i else 0
np.save(out / "nan_hold.npy", signal.sosfilt(low, held))

counts = np.array([1000, -32768, 32767, 0, 1], dtype=np.int16)
np.save(out / "counts.npy", counts)
