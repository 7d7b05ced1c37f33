#!/usr/bin/env python3
"""Signal files written by other programs, for the tests of io.

Usage: io_files.py OUT_FOLDER. Writes small files made by SoX, ffmpeg, SciPy, NumPy and Python's wave
module, the samples they hold as interleaved float64 (NAME.f64), and a table (files.txt):
file, container, encoding, rate, channels, frames (-1: the header does not say), channel mask, samples.
Every value lies on the grid of its encoding, so no program has to round.
"""

import struct
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import scipy
from scipy.io import wavfile

FRAMES = 65
BITS = {"u8": 8, "s16": 16, "s24": 24, "s32": 32, "f32": 24, "f64": 32}
SOX = {"u8": "-e unsigned -b 8", "s16": "-e signed -b 16", "s24": "-e signed -b 24",
       "s32": "-e signed -b 32", "f32": "-e float -b 32", "f64": "-e float -b 64"}
FFMPEG = {"u8": "u8", "s16": "s16le", "s24": "s24le", "s32": "s32le", "f32": "f32le", "f64": "f64le"}
FORMAT = {"u8": "<u1", "s16": "<i2", "s32": "<i4", "f32": "<f4", "f64": "<f8"}

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for old in out.iterdir():
    old.unlink()
raw = out / "raw.tmp"
rows = []


def samples(encoding, channels):
    """Integers on the encoding's grid, extremes included, shape (frames, channels)."""
    half = 1 << (BITS[encoding] - 1)
    rng = np.random.default_rng(channels * 100 + BITS[encoding])
    values = rng.integers(-half, half, (FRAMES, channels))
    values[0, :] = -half
    values[1, :] = half - 1
    values[2, :] = 0
    return values


def scaled(encoding, channels):
    return samples(encoding, channels) / float(1 << (BITS[encoding] - 1))


def stored(encoding, channels):
    """The samples as an array of the encoding's type (s24: bytes)."""
    values = samples(encoding, channels)
    if encoding == "u8":
        return (values + 128).astype("<u1")
    if encoding == "s24":
        return values.astype("<i4").reshape(-1).view("u1").reshape(-1, 4)[:, :3].copy()
    if encoding[0] == "f":
        return scaled(encoding, channels).astype(FORMAT[encoding])
    return values.astype(FORMAT[encoding])


def add(name, container, encoding, channels, rate=44100, frames=FRAMES, mask=0):
    expected = f"{encoding}_{channels}.f64"
    (out / expected).write_bytes(scaled(encoding, channels).astype("<f8").tobytes())
    rows.append(f"{name} {container} {encoding} {rate} {channels} {frames} {mask} {expected}")


def shell(command, encoding, channels):
    raw.write_bytes(stored(encoding, channels).tobytes())
    subprocess.run(command, shell=True, check=True, cwd=out, stderr=subprocess.DEVNULL)


def sox(name, container, encoding, channels, mask=0):
    source = f"sox -t raw -r 44100 {SOX[encoding]} -c {channels} raw.tmp"
    shell(f"{source} -D {SOX[encoding]} {name}", encoding, channels)
    add(name, container, encoding, channels, mask=mask)


def ffmpeg(name, container, encoding, channels, options="", mask=0, pipe=False):
    form = FFMPEG[encoding]
    source = f"ffmpeg -v error -f {form} -ar 44100 -ac {channels} -i raw.tmp"
    muxer = "w64" if container == "w64" else "wav"
    target = f"-f {muxer} - | cat > {name}" if pipe else f"-y {name}"
    shell(f"{source} -c:a pcm_{form} {options} {target}", encoding, channels)
    add(name, container, encoding, channels, frames=-1 if pipe else FRAMES, mask=mask)


def riff(name, container, encoding, channels, data_size, riff_size):
    """A plain header with sizes as some writers to a pipe leave them."""
    data = stored(encoding, channels).tobytes()
    width = 3 if encoding == "s24" else int(FORMAT[encoding][-1])
    fmt = struct.pack("<HHIIHH", 1, channels, 44100, 44100 * channels * width, channels * width,
                      8 * width)
    head = b"RIFF" + struct.pack("<I", riff_size) + b"WAVEfmt " + struct.pack("<I", 16) + fmt
    (out / name).write_bytes(head + b"data" + struct.pack("<I", data_size) + data)
    add(name, container, encoding, channels, frames=-1)


# Speaker masks: sox's and ffmpeg's defaults for their extensible headers.
sox("sox_u8.wav", "wav", "u8", 1)
sox("sox_s16.wav", "wav", "s16", 2)
sox("sox_s24.wav", "wav", "s24", 3)
sox("sox_s32.wav", "wav", "s32", 1, mask=4)
sox("sox_f32.wav", "wav", "f32", 2)
sox("sox_f64.wav", "wav", "f64", 1)
sox("sox_s16.w64", "w64", "s16", 2)
sox("sox_f32.w64", "w64", "f32", 1)
shell("cat raw.tmp | sox -t raw -r 44100 -e signed -b 16 -c 2 - -t wav - | cat > sox_pipe.wav", "s16", 2)
add("sox_pipe.wav", "wav", "s16", 2, frames=-1)

exact = "-bitexact"
for kind, count, speakers in (("u8", 1, 0), ("s16", 6, 0x3F), ("s24", 2, 3), ("s32", 2, 3), ("f32", 7, 0x70F),
                              ("f64", 2, 3)):
    ffmpeg(f"ffmpeg_{kind}.wav", "wav", kind, count, exact, speakers)
ffmpeg("ffmpeg_rf64.wav", "rf64", "s16", 2, exact + " -rf64 always")
ffmpeg("ffmpeg_junk.wav", "wav", "s16", 1, exact + " -rf64 auto")
ffmpeg("ffmpeg_bext.wav", "wav", "s16", 1, exact + " -write_bext 1 -metadata description=creek")
ffmpeg("ffmpeg_list.wav", "wav", "u8", 1, "-metadata title=odd")
ffmpeg("ffmpeg_s24.w64", "w64", "s24", 2, exact, 3)
ffmpeg("ffmpeg_f64.w64", "w64", "f64", 1, exact, 4)
ffmpeg("ffmpeg_pipe.wav", "wav", "f32", 1, mask=4, pipe=True)
ffmpeg("ffmpeg_pipe_rf64.wav", "rf64", "s16", 2, "-rf64 always", pipe=True)
ffmpeg("ffmpeg_pipe.w64", "w64", "s16", 2, pipe=True)

for kind, count in (("u8", 1), ("s16", 2), ("s24", 1)):
    with wave.open(str(out / f"python_{kind}.wav"), "wb") as w:
        w.setnchannels(count)
        w.setsampwidth(BITS[kind] // 8)
        w.setframerate(8000)
        w.writeframes(stored(kind, count).tobytes())
    add(f"python_{kind}.wav", "wav", kind, count, 8000)
for kind, count in (("s16", 1), ("s32", 2), ("f32", 2), ("f64", 3)):
    wavfile.write(out / f"scipy_{kind}.wav", 96000, stored(kind, count))
    add(f"scipy_{kind}.wav", "wav", kind, count, 96000)

riff("zero_sizes.wav", "wav", "s16", 2, 0, 0)
riff("zero_data.wav", "wav", "s16", 2, 0, 36)
riff("all_ones.wav", "wav", "s16", 1, 0xFFFFFFFF, 0xFFFFFFFF)
riff("arecord.wav", "wav", "s16", 1, 0x80000000, 0x80000024)
rf64 = (out / "ffmpeg_rf64.wav").read_bytes()
(out / "struct_bw64.wav").write_bytes(b"BW64" + rf64[4:])
add("struct_bw64.wav", "rf64", "s16", 2)

for kind, count, order, version, layout in (
        ("f32", 1, "<", (1, 0), "C"), ("f64", 1, ">", (1, 0), "C"), ("s16", 1, "<", (2, 0), "C"),
        ("s32", 1, ">", (3, 0), "C"), ("f32", 3, ">", (1, 0), "C"), ("f64", 2, "<", (2, 0), "C"),
        ("s16", 3, "<", (1, 0), "C"),
        ("s16", 3, ">", (1, 0), "F"), ("f32", 7, "<", (1, 0), "F"), ("f64", 3, ">", (3, 0), "F"),
        ("s32", 2, "<", (1, 0), "F")):
    array = stored(kind, count).astype(order + FORMAT[kind][1:])
    array = np.asfortranarray(array) if layout == "F" else array
    array = array[:, 0] if count == 1 else array
    name = f"numpy_{kind}_{count}_{'be' if order == '>' else 'le'}_{layout}.npy"
    with open(out / name, "wb") as f:
        np.lib.format.write_array(f, array, version=version)
    add(name, "npy", kind, count, 0)

raw.unlink()
sox_version = subprocess.run(["sox", "--version"], capture_output=True, text=True).stdout.split()[-1]
ffmpeg_version = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True).stdout.split()[2]
head = f"# SciPy {scipy.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}, " \
       f"SoX {sox_version}, ffmpeg {ffmpeg_version}\n"
(out / "files.txt").write_text(head + "\n".join(rows) + "\n")
