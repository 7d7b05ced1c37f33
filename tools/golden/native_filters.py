"""Second-order sections from SciPy for the tests of the C kernels: a header of coefficients, [b0 b1 b2 a1 a2] a section."""

import pathlib

import scipy
from scipy import signal

HEADER = pathlib.Path(__file__).resolve().parents[2] / "native/src/test/c/filters.h"


def designs():
    for sections in (1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 40):
        yield f"butter{2 * sections} low .02", signal.butter(2 * sections, 0.02, output="sos")
    yield "butter4 low .2", signal.butter(4, 0.2, output="sos")
    yield "butter8 low .2", signal.butter(8, 0.2, output="sos")
    for sections in (1, 2, 4, 8):
        yield f"butter{2 * sections} low .001", signal.butter(2 * sections, 0.001, output="sos")
    yield "butter4 high .001", signal.butter(4, 0.001, "high", output="sos")
    yield "butter5 band .1 .3", signal.butter(5, (0.1, 0.3), "band", output="sos")
    yield "cheby8 low .001", signal.cheby1(8, 0.1, 0.001, output="sos")
    yield "cheby24 low .02", signal.cheby1(24, 0.1, 0.02, output="sos")
    yield "ellip7 high .3", signal.ellip(7, 0.5, 70, 0.3, "high", output="sos")
    yield "bessel3 low .05", signal.bessel(3, 0.05, output="sos")
    yield "notch 30 .005", signal.tf2sos(*signal.iirnotch(0.005, 30))
    yield "peak 100 .3", signal.tf2sos(*signal.iirpeak(0.3, 100))
    yield "integrator", [[0.01, 0, 0, 1, -1, 0]]
    yield "real poles", [[1, 0.3, 0, 1, -0.5, -0.2]]
    yield "delays", [[0, 0, 1, 1, 0, 0], [0, 1, 0, 1, 0, 0]]


def main():
    lines = [f"/* Made by tools/golden/native_filters.py with SciPy {scipy.__version__}. */", ""]
    table = []
    for index, (name, sos) in enumerate(designs()):
        lines.append(f"static const double filter{index}[] = {{")
        for b0, b1, b2, a0, a1, a2 in sos:
            assert a0 == 1
            lines.append("    " + ", ".join(repr(float(v)) for v in (b0, b1, b2, a1, a2)) + ",")
        lines.append("};")
        table.append(f'    {{"{name}", {len(sos)}, filter{index}}},')
    lines += ["", "static const struct {", "  const char *name;", "  int sections;", "  const double *coefficients;",
              "} filters[] = {", *table, "};", ""]
    HEADER.write_text("\n".join(lines))
    print(HEADER.name, len(table), "filters")


if __name__ == "__main__":
    assert scipy.__version__ == "1.17.1"
    main()
