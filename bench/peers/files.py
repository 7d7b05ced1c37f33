"""Whole processes from file to file, in turn: Millrace beside SoX, ffmpeg and a plain copy, every output checked."""

import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

import numpy as np
from scipy.io import wavfile

import peers

# Samples of noise that a long input repeats: what a filter makes of it repeats, too, once it has forgotten the start.
PERIOD = 1 << 24
# Of a float file against SciPy, relative to the peak; integers are right to one step besides.
TOLERANCE = 1e-6
FAST_FACTOR = 1000
PARTS = ('start', 'read', 'convert', 'transfer', 'filter', 'write')
# Of the parts of a run against the wall clock: a share; and, as the kernel tells a process's begin to a hundredth of a
# second and its end comes after the report, seconds.
TIMES_SHARE = 0.05
TIMES_SECONDS = 0.02
# Of a peer against Millrace: integers in SoX and ffmpeg are rounded between sections, resamplers differ.
PEER_TOLERANCE = 1e-3
RESAMPLER_TOLERANCE = 1e-4


@dataclasses.dataclass(frozen=True)
class Kind:
    """An encoding: its name, its numpy type, full scale, and one step of it."""
    name: str
    dtype: str
    scale: float
    step: float
    codec: str


F32 = Kind('f32', '<f4', 1, 0, 'pcm_f32le')
S16 = Kind('s16', '<i2', 1 << 15, 2.0 ** -15, 'pcm_s16le')
S24 = Kind('s24', '<i4', 1 << 31, 2.0 ** -23, 'pcm_s24le')


@dataclasses.dataclass(frozen=True)
class Job:
    """What a user does."""
    what: str
    kind: Kind
    channels: int
    rate: int
    seconds: float
    stage: str
    sos: np.ndarray = None
    raw: bool = False
    files: int = 1
    programs: tuple = ('sox',)

    def frames(self):
        return int(self.seconds * self.rate)

    def samples(self):
        return self.frames() * self.channels * self.files


def low_pass(rate):
    """One biquad, and the word for it."""
    return peers.butterworth(1, 480, rate), 'butter:low:480:order=2'


def low_pass_8(rate):
    return peers.butterworth(4, 5000, rate), 'butter:low:5k:order=8'


def jobs(minutes):
    seconds = 60 * minutes
    one, one_word = low_pass(96000)
    cd, cd_word = low_pass(44100)
    mono, mono_word = low_pass(48000)
    four, four_word = low_pass_8(48000)
    many = int(100 * minutes)
    raw = seconds / 600 * (5 << 30) / 4 / 48000
    return [
        Job('s24 stereo 96 kHz, K = 1', S24, 2, 96000, seconds, one_word, one, programs=('sox', 'cp')),
        Job('s16 stereo 44.1 kHz, K = 1', S16, 2, 44100, seconds, cd_word, cd, programs=('sox', 'ffmpeg', 'cp')),
        Job('f32 mono, K = 1', F32, 1, 48000, seconds, mono_word, mono, programs=('sox', 'ffmpeg', 'cp')),
        Job('f32 mono, K = 4', F32, 1, 48000, seconds, four_word, four, programs=('sox', 'ffmpeg')),
        Job('f32 mono, 48 to 44.1', F32, 1, 48000, seconds, 'resample:44.1k', programs=('sox', 'ffmpeg')),
        Job('s16 mono, one second', S16, 1, 48000, 1, mono_word, mono, programs=('sox',)),
        Job(f'{many} files of one second', S16, 1, 48000, 1, mono_word, mono, files=many, programs=('sox',)),
        Job('raw f32 922 MB, K = 1', F32, 1, 48000, 0.92e9 / 5.36870912e9 * raw, mono_word, mono, raw=True,
            programs=('sox', 'cat')),
        Job('raw f32 5 GiB, K = 4', F32, 1, 48000, raw, four_word, four, raw=True, programs=('cat',)),
    ]


class Bench:
    """A folder, the options, and where rows go."""

    def __init__(self, comparison):
        self.options = comparison.options
        self.folder = pathlib.Path(comparison.folder)
        self.asked = comparison.asked
        self.add = comparison.add

    def path(self, name, job):
        if job.files > 1:
            return self.folder / name
        return self.folder / (name + ('.raw' if job.raw else '.wav'))

    def write_input(self, job):
        period = min(job.frames(), PERIOD)
        x = 0.25 * np.random.default_rng(1).uniform(-1, 1, (period, job.channels))
        if job.stage.startswith('resample'):
            x = tones(period, job.rate)
        stored = store(x, job)
        if job.files > 1:
            folder = self.path('in', job)
            folder.mkdir()
            for i in range(job.files):
                write_wav(folder / f'{i:04}.wav', stored, job)
            return x, stored
        if job.raw:
            with open(self.path('in', job), 'wb') as file:
                repeat(file, stored, job.frames())
        else:
            write_wav(self.path('in', job), stored, job)
        return x, stored

    def command(self, name, job, *more):
        """A list of commands, which count together; with what else Millrace is asked for."""
        source, target = str(self.path('in', job)), str(self.path(name, job))
        if job.files > 1 and name == 'millrace':
            return [self.millrace(job, '--out-dir', target, *sorted(map(str, pathlib.Path(source).iterdir())), '--')]
        if job.files > 1:
            return ['mkdir -p %s; for f in %s/*.wav; do %s || exit; done' % (
                target, source, ' '.join(peers.sox_filter(job.sos, '"$f"', f'{target}/"${{f##*/}}"')))]
        raw = ['-t', 'raw', '-e', 'float', '-b', '32', '-r', str(job.rate), '-c', '1'] if job.raw else []
        if name == 'millrace':
            words = ['--raw-format', 'f32', '--channels', '1', '--rate', str(job.rate)] if job.raw else []
            return [self.millrace(job, *more, *words, source, target)]
        if name == 'sox' and job.sos is None:
            return [peers.sox_resample(source, target)]
        if name == 'sox':
            return [['sox', '-D', *raw, source, *raw, target] + peers.sox_filter(job.sos, source, target)[4:]]
        if name == 'ffmpeg' and job.sos is None:
            return [peers.ffmpeg_resample(source, target)]
        if name == 'ffmpeg':
            return [peers.ffmpeg_filter(job.sos, source, target, job.kind.codec)]
        return [{'cp': ['cp', source, target], 'cat': f'cat {source} > {target}'}[name]]

    def millrace(self, job, *words):
        """As a user types it: what is the default anyway is not asked for."""
        return [self.options.millrace, 'filter', '-q', *self.asked, *words, job.stage]

    def run(self, job):
        x, stored = self.write_input(job)
        names = ['millrace'] + [name for name in job.programs if peers.installed(name)]
        seconds = {name: [] for name in names}
        runs = self.options.runs
        for turn in range(runs + 1):
            for name in names:
                self.clear(self.path(name, job), turn)
                begin = time.perf_counter()
                for command in self.command(name, job):
                    execute(command)
                if turn:
                    seconds[name].append(time.perf_counter() - begin)
        error = self.check(job, x, stored)
        self.check_times(job)
        for name in names[1:]:
            self.row(job, name, seconds, error)
        for name in ['in', 'old'] + names:
            remove(self.path(name, job))

    def clear(self, path, turn):
        """Nothing is under this name. A folder is kept until the end: for some seconds after many files are removed, ext4
        takes twice as long to make new ones."""
        if path.is_dir():
            old = path.parent / 'old'
            old.mkdir(exist_ok=True)
            path.rename(old / f'{path.name}-{turn}')
        else:
            remove(path)

    def row(self, job, name, seconds, error):
        mine = statistics.median(seconds['millrace'])
        theirs = statistics.median(seconds[name])
        limit = name in ('cp', 'cat')
        different = 0 if limit else self.difference(job, name)
        ours = {'type': job.kind.name, 'what': job.what, 'backend': self.backend(job), 'speed': job.samples() / mine}
        self.add('files', ours, {'name': name, 'speed': job.samples() / theirs}, different,
                 RESAMPLER_TOLERANCE if job.sos is None else PEER_TOLERANCE,
                 {'millraceSeconds': mine, 'peerSeconds': theirs, 'differenceFromSciPy': error,
                  'pairedRatio': statistics.median(t / m for m, t in zip(seconds['millrace'], seconds[name]))})

    def backend(self, job):
        report = self.folder / 'report.json'
        return json.loads(report.read_text())['backend'] if report.exists() else 'auto'

    def check_times(self, job):
        """The report's parts are the time of a whole process, or it fails; those that are timed write none."""
        if job.files > 1:
            return
        reports = sorted((self.report(job) for _ in range(self.options.runs)), key=lambda report: report['missing'])
        report = reports[len(reports) // 2]
        print('          ' + ', '.join(f'{part} {report[part + "Seconds"]:.3f} s' for part in PARTS)
              + f' of {report["wall"]:.3f} s')
        if abs(report['missing']) > TIMES_SHARE * report['wall'] + TIMES_SECONDS:
            raise RuntimeError(f'{job.what}: the parts of the report are {report["missing"]:.3f} s less than the run')

    def report(self, job):
        """Of one more run, how long that took, and what is missing in its parts."""
        remove(self.path('millrace', job))
        path = self.folder / 'report.json'
        begin = time.perf_counter()
        execute(self.command('millrace', job, '--report', str(path))[0])
        wall = time.perf_counter() - begin
        report = json.loads(path.read_text())
        return {**report, 'wall': wall, 'missing': wall - sum(report[part + 'Seconds'] for part in PARTS)}

    def check(self, job, x, stored):
        """The largest difference from SciPy, relative to the peak; fails where it is too large."""
        if job.sos is None:
            return None
        frames = job.frames()
        period = len(x)
        source = samples(stored, job)
        expected = peers.sosfilt(job.sos, np.concatenate([source, source])[:min(2 * period, frames)].T)().T
        limit = TOLERANCE * (FAST_FACTOR if self.options.precision == 'fast' else 1)
        peak = np.abs(expected).max()
        limit += 0.51 * job.kind.step / peak
        worst = 0
        for path in sorted(self.path('millrace', job).iterdir()) if job.files > 1 else [self.path('millrace', job)]:
            worst = max(worst, largest_difference(read(path, job), expected, frames, period) / peak)
        if not worst <= limit:
            raise RuntimeError(f'{job.what}: differs from SciPy by {worst:.1e}, expected at most {limit:.1e}')
        return worst

    def difference(self, job, name):
        if job.files > 1:
            mine = [read(p, job) for p in sorted(self.path('millrace', job).iterdir())]
            theirs = [read(p, job) for p in sorted(self.path(name, job).iterdir())]
            return max(relative(a, b) for a, b in zip(mine, theirs, strict=True))
        mine, theirs = read(self.path('millrace', job), job), read(self.path(name, job), job)
        if job.sos is None:
            mine, theirs = mine[2000:-2000], theirs[2000:-2000]
        return relative(mine, theirs)


def relative(mine, theirs):
    """The largest difference relative to the peak; infinite where lengths differ by more than resamplers round."""
    if abs(len(mine) - len(theirs)) > 1:
        return float('inf')
    length = min(len(mine), len(theirs))
    worst, peak = 0, 0
    for at in range(0, length, PERIOD):
        a, b = mine[at:at + PERIOD][:length - at], theirs[at:at + PERIOD][:length - at]
        worst = max(worst, float(np.abs(a.astype(np.float64) - b).max()))
        peak = max(peak, float(np.abs(a).max()))
    return worst / peak


def largest_difference(actual, expected, frames, period):
    """Against the first period and a second one, which all that follow repeat."""
    if len(actual) != frames:
        return float('inf')
    worst = 0
    for at in range(0, frames, period):
        part = actual[at:at + period]
        right = expected[:period] if at == 0 else expected[period:]
        worst = max(worst, float(np.abs(part.astype(np.float64) - right[:len(part)]).max()))
    return worst


def tones(frames, rate):
    """Sines that every resampler passes, one column: whole periods of each, so that repeating them makes no click."""
    t = np.arange(frames) / frames
    cycles = [round(f * frames / rate) for f in (440, 3000, 10000)]
    return sum(0.25 * np.sin(2 * np.pi * n * t + n) for n in cycles).reshape(-1, 1)


def store(x, job):
    if job.kind is F32:
        return x.astype('<f4')
    return np.round(x / job.kind.step).astype('<i4')


def samples(stored, job):
    """What the stored numbers stand for."""
    return stored.astype(np.float64) * (job.kind.step or 1)


def repeat(file, stored, frames):
    data = stored.tobytes()
    width = len(data) // len(stored)
    for at in range(0, frames, len(stored)):
        file.write(data[:min(len(stored), frames - at) * width])


def write_wav(path, stored, job):
    """A WAV file of integers by their width, or of floats."""
    if job.kind is S24:
        data = stored.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    else:
        data = stored.astype(job.kind.dtype).tobytes()
    width = {S16: 2, S24: 3, F32: 4}[job.kind]
    times = -(-job.frames() // len(stored))
    size = job.frames() * job.channels * width
    frame = job.channels * width
    tag = 3 if job.kind is F32 else 1
    header = b'RIFF' + (36 + size).to_bytes(4, 'little') + b'WAVEfmt ' + (16).to_bytes(4, 'little')
    header += tag.to_bytes(2, 'little') + job.channels.to_bytes(2, 'little') + job.rate.to_bytes(4, 'little')
    header += (job.rate * frame).to_bytes(4, 'little') + frame.to_bytes(2, 'little') + (8 * width).to_bytes(2, 'little')
    header += b'data' + size.to_bytes(4, 'little')
    with open(path, 'wb') as file:
        file.write(header)
        left = size
        for _ in range(times):
            file.write(data[:left])
            left -= min(left, len(data))


def read(path, job):
    """Frames x channels, in parts of full scale; floats as they lie on the disk."""
    if job.raw:
        return np.memmap(path, '<f4', 'r').reshape(-1, 1)
    data = wavfile.read(path, mmap=job.kind is not S24)[1]
    data = data.reshape(len(data), -1)
    return data if job.kind is F32 else data / job.kind.scale


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def execute(command):
    if isinstance(command, str):
        command = ['sh', '-c', command]
    peers.run(command)


def compare(comparison):
    bench = Bench(comparison)
    for job in jobs(comparison.options.minutes):
        bench.run(job)
