#!/usr/bin/env python3
"""Times Millrace against SciPy and ffmpeg on the same work in the same run, checks every output, prints ratios.

Usage: tools/peers.py, after ./millrace --version. Needs SciPy; ffmpeg where it is in PATH.
"""
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np
from scipy import signal
from scipy.io import wavfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
RATE = 48_000
MINUTES = 10
ROUNDS = 7


def relative_rms(y, expected):
    return float(np.sqrt(np.mean((y - expected) ** 2) / np.mean(expected**2)))


def check(name, error, limit):
    print(f"{name}: relative rms error {error:.2g}")
    if not error <= limit:
        sys.exit(f"{name}: relative rms error {error}, expected at most {limit}")


def files(work):
    x = (np.random.default_rng(1).standard_normal(MINUTES * 60 * RATE) * 0.1).astype(np.float32)
    wavfile.write(work / "in.wav", RATE, x)
    sos = signal.butter(8, 5000, fs=RATE, output="sos")
    expected = signal.sosfilt(sos, x.astype(np.float64))
    commands = {"millrace": [ROOT / "millrace", "filter", "-q", work / "in.wav", work / "millrace.wav",
                             "butter:low:5k:order=8"]}
    if shutil.which("ffmpeg"):
        sections = ",".join("biquad=" + ":".join(f"{k}={float(v)!r}" for k, v in zip("b0 b1 b2 a0 a1 a2".split(), row))
                            for row in sos)
        commands["ffmpeg"] = ["ffmpeg", "-v", "error", "-i", work / "in.wav", "-af", sections, "-c:a", "pcm_f32le",
                              work / "ffmpeg.wav"]
    seconds = {name: [] for name in commands}
    for _ in range(1 + ROUNDS):
        for name, command in commands.items():
            (work / f"{name}.wav").unlink(missing_ok=True)
            start = time.perf_counter()
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(values[1:]) for name, values in seconds.items()}
    for name in commands:
        check(f"{name}, {MINUTES} min file", relative_rms(wavfile.read(work / f"{name}.wav")[1], expected), 1e-6)
        print(f"{name}, {MINUTES} min file: median {medians[name]:.2f} s of {ROUNDS}, least {min(seconds[name]):.2f} s")
    if "ffmpeg" in medians:
        print(f"time of millrace / ffmpeg: {medians['millrace'] / medians['ffmpeg']:.2f}")


def arrays(work):
    java = os.environ.get("JAVA_HOME", "/usr") + "/bin/java"
    x = np.random.default_rng(2).standard_normal(1 << 22)
    (work / "in").write_bytes(x.astype("<f8").tobytes())
    sos = signal.butter(8, 480, fs=RATE, output="sos")
    taps = signal.firwin(4097, 5000, fs=RATE)
    peers = {"butter": lambda: signal.sosfilt(sos, x), "fir": lambda: signal.oaconvolve(x, taps)[: len(x)]}
    for name, peer in peers.items():
        rates = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            expected = peer()
            rates.append(len(x) / (time.perf_counter() - start) / 1e6)
        result = subprocess.run([java, "-cp", f"{ROOT}/target/dist/lib/*", ROOT / "tools/Speed.java", work / "in",
                                 work / "out", name], check=True, capture_output=True, text=True)
        check(f"{name}, float64", relative_rms(np.fromfile(work / "out", "<f8"), expected), 1e-11)
        ours, theirs = float(result.stdout), statistics.median(rates)
        print(f"{name}, one thread, float64: java {ours:.0f} Ms/s, SciPy {theirs:.0f} Ms/s, ratio {ours / theirs:.2f}")


with tempfile.TemporaryDirectory() as folder:
    arrays(pathlib.Path(folder))
    files(pathlib.Path(folder))
