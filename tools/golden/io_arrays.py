#!/usr/bin/env python3
"""Arrays of every type and order written by NumPy, for the tests of io.

Usage: io_arrays.py OUT_FOLDER. Writes NAME.npy, the counts they hold as float64 frame after frame (NAME.f64), and a
table (arrays.txt): name, encoding, axis of time, channels, frames, whether the file is in the order that Millrace writes.
"""

import sys
from pathlib import Path

import numpy as np

FRAMES = 9
TYPES = {"s8": "i1", "s16": "i2", "s32": "i4", "s64": "i8", "u8": "u1", "u16": "u2", "u32": "u4", "u64": "u8",
         "f32": "f4", "f64": "f8"}

out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
for old in out.iterdir():
    old.unlink()
rows = []


def counts(kind, channels):
    """Counts of shape (channels, frames): the extremes, neighbours that float64 cannot tell apart, small numbers."""
    dtype = np.dtype(TYPES[kind])
    rng = np.random.default_rng(channels)
    if dtype.kind == "f":
        return (rng.integers(-1000, 1000, (channels, FRAMES)) / 8).astype(dtype)
    info = np.iinfo(dtype)
    values = rng.integers(info.min, info.max, (channels, FRAMES), dtype=dtype, endpoint=True)
    values[:, 0], values[:, 1], values[:, 2], values[:, 3] = info.min, info.max, 100, info.max // 2 + 1
    if dtype.itemsize == 8:
        values[:, 4], values[:, 5], values[:, 6] = 2**53 - 1, 2**53 + 1, 2**53 + 3
    return values


def add(name, kind, axis, array, ours):
    np.save(out / f"{name}.npy", array)
    frames_first = array if axis == 0 else array.T
    channels = 1 if array.ndim == 1 else frames_first.shape[1]
    (out / f"{name}.f64").write_bytes(np.ascontiguousarray(frames_first).astype("<f8").tobytes())
    rows.append(f"{name} {kind} {axis} {channels} {FRAMES} {ours}")


for kind, code in TYPES.items():
    values = counts(kind, 3)
    add(f"{kind}_one", kind, 0, values[0], True)
    add(f"{kind}_rows_c", kind, 1, np.ascontiguousarray(values), False)
    add(f"{kind}_columns_c", kind, 0, np.ascontiguousarray(values.T), True)
    if code[1] != "1":
        add(f"{kind}_rows_f", kind, 1, np.asfortranarray(values).astype("<" + code, order="F"), True)
        add(f"{kind}_big_f", kind, 0, np.asfortranarray(values.T).astype(">" + code, order="F"), False)

head = f"# NumPy {np.__version__}, Python {sys.version.split()[0]}\n"
(out / "arrays.txt").write_text(head + "\n".join(rows) + "\n")
