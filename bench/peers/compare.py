#!/usr/bin/env python3
"""Times other programs on the work of `millrace bench`, in the same run, and prints the ratios.

On arrays, one thread: SciPy's sosfilt, oaconvolve and resample_poly, and libsoxr. Calls with arrays of a thousand samples
to a hundred million, as many threads as pay: sosfilt. From file to file, whole processes: SoX and ffmpeg. Every output is compared with Millrace's; one that differs fails the run. What is not installed is left
out. Needs NumPy and SciPy.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# One thread everywhere, and freed memory is kept: fresh pages would cost SciPy more than its arithmetic.
SETTINGS = {'OMP_NUM_THREADS': '1', 'OPENBLAS_NUM_THREADS': '1', 'MALLOC_MMAP_MAX_': '0',
            'MALLOC_TRIM_THRESHOLD_': str(1 << 40), 'MALLOC_TOP_PAD_': str(1 << 28)}

if __name__ == '__main__' and any(os.environ.get(name) != value for name, value in SETTINGS.items()):
    os.environ.update(SETTINGS)
    os.execv(sys.executable, [sys.executable] + sys.argv)

import numpy as np  # noqa: E402
import scipy  # noqa: E402

import files  # noqa: E402
import peers  # noqa: E402

RATE = 48000
# Largest difference relative to the peak that still is the same result. SciPy computes that result in float64, as its
# float32 cascades are worse than this. Resamplers differ in their filters.
TOLERANCE = {'cascade': 1e-6, 'calls': 1e-6, 'fir': 1e-6, 'resample': 3e-3}
TOLERANCE_F64 = {**TOLERANCE, 'cascade': 1e-9, 'calls': 1e-9, 'fir': 1e-12}
FAST_FACTOR = 1000
# Samples of arrays that are filtered in one call, by this many sections.
CALLS = [10 ** 3, 10 ** 4, 10 ** 5, 10 ** 6, 10 ** 7, 10 ** 8]
CALL_SECTIONS = 4
# Samples that Pipeline.filter takes, against forward and the allocation of an array for what it returns.
ONE_SHOT = [4800, 1 << 22]
# What Millrace does where it is not asked.
DEFAULTS = {'backend': 'auto', 'precision': 'precise'}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--only', default='cascade,fir,resample,calls,files', help='what to compare; by default %(default)s')
    parser.add_argument('--type', default='f32,f64', help='sample types of arrays; by default %(default)s')
    for option, default in DEFAULTS.items():
        parser.add_argument('--' + option, default=default, help="Millrace's; by default %(default)s")
    parser.add_argument('--sections', default='1,2,4,8', help='by default %(default)s')
    parser.add_argument('--taps', default='63,255,1023,4097', help='by default %(default)s')
    parser.add_argument('--frames', type=int, default=1 << 24, help='of an array; by default %(default)s')
    parser.add_argument('--minutes', type=float, default=10, help='of a file; raw ones and batches go with it; by default %(default)s')
    parser.add_argument('--runs', type=int, default=5, help='of a peer, for a median; by default %(default)s')
    parser.add_argument('--millrace', default=str(ROOT / 'millrace'), help='the command')
    parser.add_argument('--json', help='file for {"rows": [...]}')
    options = parser.parse_args()
    works = [*TOLERANCE, 'files']
    unknown = set(options.only.split(',')) - set(works)
    if unknown:
        parser.error(f'--only: unknown {", ".join(sorted(unknown))}, expected some of {", ".join(works)}')
    return options


class Comparison:
    """One run: its options, a folder, and the rows so far."""

    def __init__(self, options, folder):
        self.options = options
        self.asked = [word for option, default in DEFAULTS.items() if getattr(options, option) != default
                      for word in ('--' + option, getattr(options, option))]
        self.folder = pathlib.Path(folder)
        self.rows = []
        self.common = ['--threads', '1', '--backend', options.backend]

    def file(self, name):
        return str(self.folder / name)

    def bench(self, *words):
        """The only row of a `millrace bench`."""
        report = self.file('bench.json')
        peers.run([self.options.millrace, 'bench', *words, *self.common, '--precision', self.options.precision,
                   '--frames', str(self.options.frames), '--json', report])
        (row,) = json.loads(pathlib.Path(report).read_text())['rows']
        return row

    def calls(self, *words):
        """The only row of a `millrace bench calls`, on as many threads as pay."""
        report = self.file('bench.json')
        peers.run([self.options.millrace, 'bench', *words, '--backend', self.options.backend, '--json', report])
        (row,) = json.loads(pathlib.Path(report).read_text())['rows']
        return row

    def filtered(self, x, *stage):
        """What `millrace filter` makes of an array."""
        np.save(self.file('in.npy'), x)
        peers.run([self.options.millrace, 'filter', '-q', '-y', '--rate', str(RATE), *self.common, '--precision',
                   self.options.precision, self.file('in.npy'), self.file('out.npy'), *stage])
        return np.load(self.file('out.npy'))

    def add(self, work, ours, theirs, difference, tolerance=None, more=None):
        """Adds and prints a row; each side is a name, a type and samples per second."""
        tolerance = tolerance or (TOLERANCE_F64 if ours['type'] == 'f64' else TOLERANCE)[work]
        if self.options.precision == 'fast' and ours['type'] == 'f32':
            tolerance *= FAST_FACTOR
        row = {'work': work, 'type': ours['type'], 'what': ours['what'], 'backend': ours['backend'],
               'peer': theirs['name'], 'millraceSamplesPerSecond': ours['speed'],
               'peerSamplesPerSecond': theirs['speed'], 'ratio': ours['speed'] / theirs['speed'],
               'difference': difference, 'agrees': bool(difference <= tolerance), **(more or {})}
        self.rows.append(row)
        print('%-8s  %-4s  %-26s  %-7s  %10.1f  %-20s  %10.1f  %7.2f  %10.1e%s' % (
            work, row['type'], row['what'], row['backend'], ours['speed'] / 1e6, row['peer'],
            theirs['speed'] / 1e6, row['ratio'], difference, '' if row['agrees'] else '  DIFFERS'), flush=True)


def difference(expected, actual):
    """The largest difference relative to the peak; infinite where lengths differ by more than resamplers round."""
    if abs(len(expected) - len(actual)) > 1:
        return float('inf')
    length = min(len(expected), len(actual))
    expected, actual = expected[:length], actual[:length]
    return float(np.abs(expected - actual.astype(np.float64)).max() / np.abs(expected).max())


def noise(frames, dtype):
    return np.random.default_rng(1).uniform(-1, 1, frames).astype(dtype)


def tones(frames, dtype):
    """Sines that every resampler passes."""
    t = np.arange(frames) / RATE
    return sum(0.25 * np.sin(2 * np.pi * f * t + f) for f in (440, 3000, 10000)).astype(dtype)


def interior(y):
    """All but the beginning and the end, where resamplers differ in what they take the signal to be outside."""
    return y[2000:-2000]


def ours(row, what):
    return {'type': row['type'], 'what': what, 'backend': row['backend'], 'speed': row['samplesPerSecond']}


def around(measure, call, runs):
    """What measure returns, and the median time of a peer's call half before and half after it."""
    before = peers.median_seconds(call, runs)
    result = measure()
    return result, 0.5 * (before + peers.median_seconds(call, runs))


def compare_array(comparison, work, case, call):
    """One row against one of SciPy's functions; a case is its options, its stage and its expected output."""
    options = comparison.options
    words, what, name = case
    row, seconds = around(lambda: comparison.bench(work, *words), call, options.runs)
    theirs = {'name': name, 'speed': options.frames / seconds}
    return ours(row, what), theirs


def compare_cascades(comparison, kind, dtype):
    x = noise(comparison.options.frames, dtype)
    for sections in comparison.options.sections.split(','):
        sos = peers.butterworth(int(sections))
        np.save(comparison.file('sos.npy'), sos)
        case = (['--sections', sections, '--type', kind], f'K = {sections}', 'SciPy sosfilt')
        sides = compare_array(comparison, 'cascade', case, peers.sosfilt(sos, x))
        short = x[:1 << 20]
        expected = peers.sosfilt(sos, short.astype(np.float64))()
        actual = comparison.filtered(short, 'sos:' + comparison.file('sos.npy'))
        comparison.add('cascade', *sides, difference(expected, actual))


def compare_calls(comparison, kind, dtype):
    """Plan.forward from one array to another, in a JVM that is warm."""
    sos = peers.butterworth(CALL_SECTIONS)
    np.save(comparison.file('sos.npy'), sos)
    for frames in CALLS:
        x = noise(frames, dtype)
        call = peers.sosfilt(sos, x)
        words = ['calls', '--type', kind, '--sections', str(CALL_SECTIONS), '--frames', str(frames)]
        row, seconds = around(lambda: comparison.calls(*words), lambda: repeated(call, frames), comparison.options.runs)
        seconds /= repeats(frames)
        short = x[:1 << 20]
        expected = peers.sosfilt(sos, short.astype(np.float64))()
        differs = difference(expected, comparison.filtered(short, 'sos:' + comparison.file('sos.npy')))
        mine = {'type': kind, 'what': f'{frames:,} samples', 'backend': row['backend'],
                'speed': 1e6 * frames / row['arrayMicroseconds']}
        comparison.add('calls', mine, {'name': 'SciPy sosfilt', 'speed': frames / seconds}, differs)
    for frames in ONE_SHOT:
        row = comparison.calls('calls', '--type', kind, '--sections', str(CALL_SECTIONS), '--frames', str(frames))
        mine = {'type': kind, 'what': f'filter {frames:,} samples', 'backend': row['backend'],
                'speed': 1e6 * frames / row['filterMicroseconds']}
        alone = frames * row['filterOverForwardAndNew'] / row['filterMicroseconds'] * 1e6
        comparison.add('calls', mine, {'name': 'forward and new', 'speed': alone}, row['maxError'])


def repeats(frames):
    """Calls that are timed together, so that the clock can tell."""
    return max(1, 10 ** 6 // frames)


def repeated(call, frames):
    for _ in range(repeats(frames)):
        call()


def compare_firs(comparison, kind, dtype):
    x = noise(comparison.options.frames, dtype)
    for taps in comparison.options.taps.split(','):
        h = peers.lowpass(int(taps))
        np.save(comparison.file('taps.npy'), h)
        case = (['--taps', taps, '--type', kind], f'{taps} taps', 'SciPy oaconvolve')
        sides = compare_array(comparison, 'fir', case, peers.oaconvolve(h, x))
        short = x[:1 << 20]
        expected = peers.oaconvolve(h, short.astype(np.float64))()[:len(short)]
        actual = comparison.filtered(short, 'fir:' + comparison.file('taps.npy'))
        comparison.add('fir', *sides, difference(expected, actual))


def compare_resamplers(comparison, kind, dtype):
    frames = comparison.options.frames
    x = noise(frames, dtype)
    short = tones(1 << 20, dtype)
    actual = interior(comparison.filtered(short, 'resample:44.1k'))
    words = ['--type', kind]
    sides = compare_array(comparison, 'resample', (words, '48 to 44.1', 'SciPy resample_poly'), peers.resample_poly(x))
    expected = interior(peers.resample_poly(short.astype(np.float64))())
    comparison.add('resample', *sides, difference(expected, actual))
    soxr = peers.Soxr.find()
    if soxr is None or kind != 'f32':
        return
    out = np.ones(frames, dtype)
    sides = compare_array(
        comparison, 'resample', (words, '48 to 44.1', 'soxr HQ'), lambda: soxr.resample(x, out))
    written = soxr.resample(short, out)
    comparison.add('resample', *sides, difference(interior(out[:written].astype(np.float64)), actual))


def main():
    options = arguments()
    peers.run([options.millrace, '--version'])
    print('Python %s, NumPy %s, SciPy %s' % (sys.version.split()[0], np.__version__, scipy.__version__))
    for program, flag in (('sox', '--version'), ('ffmpeg', '-version')):
        print(peers.version(program, flag) if peers.installed(program) else program + ': not installed')
    print('soxr: ' + ('found' if peers.Soxr.find() else 'not installed'))
    print('\n%-8s  %-4s  %-26s  %-7s  %10s  %-20s  %10s  %7s  %10s' % (
        'work', 'type', 'what', 'backend', 'M/s', 'peer', 'M/s', 'ratio', 'difference'))
    with tempfile.TemporaryDirectory() as folder:
        comparison = Comparison(options, folder)
        only = options.only.split(',')
        for kind in options.type.split(','):
            dtype = {'f32': np.float32, 'f64': np.float64}[kind]
            for work, compare in (('cascade', compare_cascades), ('fir', compare_firs), ('resample', compare_resamplers),
                                  ('calls', compare_calls)):
                if work in only:
                    compare(comparison, kind, dtype)
        if 'files' in only:
            files.compare(comparison)
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps({'rows': comparison.rows}, indent=2) + '\n')
    return 0 if all(row['agrees'] for row in comparison.rows) else 1


if __name__ == '__main__':
    sys.exit(main())
