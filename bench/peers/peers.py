"""Other programs on the same work: SciPy and soxr on arrays, SoX and ffmpeg on files."""

import ctypes
import ctypes.util
import shutil
import statistics
import subprocess
import time

import numpy as np
from scipy import signal


def median_seconds(call, runs):
    """The median time of a call after one that is not counted."""
    call()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def butterworth(sections, cutoff=0.02, rate=None):
    """A low-pass; with a cutoff of 0.02 of the Nyquist frequency the cascade of `millrace bench cascade`."""
    return signal.butter(2 * sections, cutoff, fs=rate, output='sos')


def lowpass(taps):
    """The taps of `millrace bench fir`."""
    return signal.firwin(taps, 0.25)


def sosfilt(sos, x):
    # Coefficients of the samples' own type: others would turn float32 samples into float64 first.
    sos = sos.astype(x.dtype)
    return lambda: signal.sosfilt(sos, x)


def oaconvolve(taps, x):
    taps = taps.astype(x.dtype)
    return lambda: signal.oaconvolve(x, taps)


def resample_poly(x):
    return lambda: signal.resample_poly(x, 147, 160)


class Soxr:
    """libsoxr in one call, 20 bit ('HQ'), float32, one thread."""

    FLOAT32_SPLIT = 4
    HQ = 4

    class IoSpec(ctypes.Structure):
        _fields_ = [('itype', ctypes.c_int), ('otype', ctypes.c_int), ('scale', ctypes.c_double),
                    ('e', ctypes.c_void_p), ('flags', ctypes.c_ulong)]

    class QualitySpec(ctypes.Structure):
        _fields_ = [('precision', ctypes.c_double), ('phase_response', ctypes.c_double),
                    ('passband_end', ctypes.c_double), ('stopband_begin', ctypes.c_double),
                    ('e', ctypes.c_void_p), ('flags', ctypes.c_ulong)]

    def __init__(self):
        self.library = ctypes.CDLL(ctypes.util.find_library('soxr') or 'libsoxr.so.0')
        self.library.soxr_quality_spec.restype = self.QualitySpec
        self.library.soxr_quality_spec.argtypes = [ctypes.c_ulong, ctypes.c_ulong]
        self.library.soxr_oneshot.restype = ctypes.c_char_p

    @classmethod
    def find(cls):
        """The library, or None where it is not installed."""
        try:
            return cls()
        except OSError:
            return None

    def resample(self, x, out):
        """Resamples x from 48 to 44.1 kHz into out; returns the frames written."""
        read, written = ctypes.c_size_t(), ctypes.c_size_t()
        quality = self.library.soxr_quality_spec(self.HQ, 0)
        error = self.library.soxr_oneshot(
            ctypes.c_double(48000), ctypes.c_double(44100), ctypes.c_uint(1),
            x.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(len(x)), ctypes.byref(read),
            out.ctypes.data_as(ctypes.c_void_p), ctypes.c_size_t(len(out)), ctypes.byref(written),
            None, ctypes.byref(quality), None)
        if error:
            raise RuntimeError('soxr: ' + error.decode())
        return written.value


def unit_gain(sos):
    """The same filter with gain 1 at 0 Hz in every section, for programs with integers between sections."""
    sos = sos.copy()
    for row in sos:
        row[:3] *= row[3:].sum() / row[:3].sum()
    return sos


def sox_filter(sos, source, target):
    words = []
    for row in unit_gain(sos):
        words += ['biquad'] + [repr(float(value)) for value in row]
    return ['sox', '-D', source, target] + words


def sox_resample(source, target):
    return ['sox', '-D', source, target, 'rate', '-h', '44100']


def ffmpeg(source, target, chain, codec='pcm_f32le'):
    return ['ffmpeg', '-nostdin', '-loglevel', 'error', '-y', '-i', source,
            '-af', chain, '-c:a', codec, target]


def ffmpeg_filter(sos, source, target, codec='pcm_f32le'):
    names = ['b0', 'b1', 'b2', 'a0', 'a1', 'a2']
    chain = []
    for row in unit_gain(sos):
        chain.append('biquad=' + ':'.join(f'{name}={float(value)!r}' for name, value in zip(names, row)))
    return ffmpeg(source, target, ','.join(chain), codec)


def ffmpeg_resample(source, target):
    return ffmpeg(source, target, 'aresample=44100')


def installed(program):
    return shutil.which(program) is not None


def run(command):
    """Runs a program; says what it said where it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise RuntimeError(f'{" ".join(command[:2])} ended with {done.returncode}: {done.stdout.strip()}')


def version(*command):
    """The first line that a program prints about itself."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip().split('\n')[0]
