#!/usr/bin/env python3
"""Odd and damaged signal files, for the tests of io: by hand where no program writes them, else by SoX.

Usage: io_cases.py OUT_FOLDER. SoX writes what it writes to a pipe, and RIFX, from the same ramp as plain WAV.
"""

import struct
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
from scipy.io import wavfile

FRAMES = 101
out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)


def chunk(name, content):
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def riff(*chunks):
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bext(description, time_reference, date=b"2026-01-02", time=b"05-00-00"):
    return chunk(b"bext", struct.pack("<256s32s32s10s8sQH254x", description, b"", b"", date, time, time_reference, 1))


def cue(*points):
    entries = [struct.pack("<II4sIII", number, frame, b"data", 0, 0, frame) for number, frame in points]
    return chunk(b"cue ", struct.pack("<I", len(points)) + b"".join(entries))


def element(name, value):
    return f"<{name}>{value}</{name}>"


def ixml(rate, time_reference):
    high, low = divmod(time_reference, 2**32)
    speed = (element("FILE_SAMPLE_RATE", rate) + element("AUDIO_BIT_DEPTH", 16)
             + element("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_HI", high)
             + element("TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO", low) + element("TIMESTAMP_SAMPLE_RATE", rate))
    times = element("BWF_TIME_REFERENCE_LOW", low) + element("BWF_TIME_REFERENCE_HIGH", high)
    return chunk(b"iXML", ("<BWFXML>" + element("SPEED", speed) + element("BEXT", times) + "</BWFXML>").encode())


fmt = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 48000, 96000, 2, 16))
samples = np.round(20000 * np.sin(np.arange(FRAMES) * 0.13)).astype("<i2").tobytes()
data = chunk(b"data", samples)
guano = b"GUANO|Version: 1.0\nSamplerate: 48000\nLoc Position: 0.0 0.0\n"
label = chunk(b"LIST", b"adtl" + chunk(b"labl", struct.pack("<I", 1) + b"bat\0"))
site = chunk(b"LIST", b"INFO" + chunk(b"INAM", b"site 7\0"))
CASES = {
    "cut_header.wav": b"RIFF",
    "no_data.wav": riff(fmt),
    "cut_data.wav": riff(fmt, data)[:-31],
    "two_data.wav": riff(fmt, data, chunk(b"data", samples[::-1])),
    "broadcast.wav": riff(fmt, bext(b"dawn", 864012345), cue((1, 50)), label, ixml(48000, 864012345),
                          chunk(b"guan", guano), data),
    "trailing.wav": riff(fmt, bext(b"marsh at dawn", 0), site, data, cue((1, 50)),
                         chunk(b"iXML", b"<BWFXML/>"), chunk(b"wamd", b"\1\2\3")),
    "word_of_rf64.wav": (b"RF64\xff\xff\xff\xffWAVE" + chunk(b"ds64", struct.pack("<QQQI", 274, 2 * FRAMES, FRAMES, 0))
                         + fmt + b"data" + struct.pack("<I", 0xFFFFFF) + samples),
}
for name, content in CASES.items():
    (out / name).write_bytes(content)

# What SciPy and SoX make of a file that is cut within a frame, and SciPy of the rest.
with warnings.catch_warnings(action="ignore"):
    for name, frames in (("cut_data.wav", 85), ("broadcast.wav", FRAMES), ("trailing.wav", FRAMES)):
        rate, read = wavfile.read(out / name)
        assert rate == 48000 and read.tobytes() == samples[: 2 * frames], name
held = subprocess.run(["sox", out / "cut_data.wav", "-t", "raw", "-"], capture_output=True, check=True).stdout
assert held == samples[:170]

raw = ["sox", "-t", "raw", "-r", "96000", "-e", "signed", "-b", "32", "-c", "6", "-"]
ramp = (np.arange(6 * FRAMES) * 2**24 - 2**31).astype("<i4").tobytes()
for channels, kind in ((2, "signed 24"), (6, "signed 16"), (3, "float 32"), (1, "unsigned 8")):
    encoding, bits = kind.split()
    to = ["-c", str(channels), "-e", encoding, "-b", bits, "-t", "wav", "-D"]
    remix = ["remix", *map(str, range(1, channels + 1))]
    for order, name in (("-L", "pipe"), ("-B", "rifx")):
        process = subprocess.run([*raw, order, *to[:-1], "-D", "-", *remix], input=ramp, capture_output=True, check=True)
        (out / f"sox_{name}_{channels}_{bits}.wav").write_bytes(process.stdout)
print(subprocess.run(["sox", "--version"], capture_output=True, text=True, check=True).stdout.strip(), np.__version__)
