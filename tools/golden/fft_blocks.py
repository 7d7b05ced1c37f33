"""Golden spectra of real blocks: even, odd, prime and power-of-two lengths, in extended precision."""

import fir_golden
import numpy

BLOCKS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 45, 64, 67, 97, 100, 127, 199, 211, 256, 441, 509)


def lines():
    rng = numpy.random.default_rng(20)
    for block in BLOCKS:
        x = rng.standard_normal(block)
        n = numpy.arange(block)
        # the defining sum with angles reduced before they are rounded, in 80-bit floats
        angles = 2 * numpy.arccos(numpy.longdouble(-1)) * (
            numpy.outer(numpy.arange(block // 2 + 1), n) % block).astype(numpy.longdouble) / block
        re = (numpy.cos(angles) * x).sum(axis=1)
        im = -(numpy.sin(angles) * x).sum(axis=1)
        theirs = numpy.fft.rfft(x)
        assert numpy.abs(theirs - (re + 1j * im)).max() < 1e-13 * numpy.abs(theirs).max(), block
        yield [block], [*x, *re, *im]


if __name__ == "__main__":
    fir_golden.write("fft_blocks", "block : samples re im", lines())
