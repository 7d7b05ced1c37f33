"""The format of the FIR golden files: one case per line, "key key ... : number number ...", gzipped."""

import gzip
import pathlib

import numpy
import scipy

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "core/src/test/resources/golden"


def write(name, columns, lines):
    text = [f"# scipy {scipy.__version__} numpy {numpy.__version__}", f"# {columns}"]
    for keys, numbers in lines:
        keys = " ".join(str(k) for k in keys)
        # + 0.0 turns -0.0, what an underflow leaves, into 0.0
        text.append(keys + " : " + " ".join(repr(float(v) + 0.0) for v in numbers))
    path = FOLDER / f"{name}.txt.gz"
    # no time stamp, so that the same data make the same file
    path.write_bytes(gzip.compress(("\n".join(text) + "\n").encode(), mtime=0))
    print(path.name, len(text) - 2, "cases", path.stat().st_size, "bytes")
