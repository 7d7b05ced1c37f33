#!/usr/bin/env python3
"""Runs the benchmarks that the README quotes and writes them, with machine and date, to one file.

Usage: bench/record.py FILE.json [cpu|opencl]. The CPU's take some three minutes, those of OpenCL beside the CPU's one
minute; nothing else should run. Every output is checked on the way.
"""

import datetime
import hashlib
import json
import os
import pathlib
import platform
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CPU = [
    'cascade --type f64 --threads 1',
    'cascade --type f64 --threads 2 --sections 4',
    'cascade --type f32 --threads 1',
    'cascade --type f32 --threads 1 --precision fast',
    'cascade --type f32 --threads 2 --sections 4 --channels 300 --frames 65536',
    'cascade --type f64 --threads 1 --narrow',
    'cascade --type f32 --threads 1 --narrow',
    'cascade --type f32 --threads 1 --narrow --precision fast',
]
OPENCL = [
    f'cascade --type {kind} --sections 4 {how}'
    for kind in ('f32', 'f64')
    for how in ('--backend opencl', '--backend opencl --threshold 999999999', '--backend java', '--backend native')
] + ['cascade --type f32 --sections 4 --precision fast --backend opencl']
PEERS = [
    '--only cascade --type f64',
    '--only fir,resample --type f32 --taps 63,4097 --precision fast',
    '--only fir,resample --type f32 --taps 63,4097 --precision precise',
]


def rows(command, folder):
    path = pathlib.Path(folder) / 'rows.json'
    subprocess.run(command + ['--json', str(path)], check=True, stdout=sys.stderr)
    found = json.loads(path.read_text())['rows']
    return [{'command': ' '.join(command[1:]), **row} for row in found]


def processor():
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            return line.split(':')[1].strip()
    return platform.machine()


def kernels():
    """What KernelHash says of the device source, so that a test knows figures of other kernels."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / 'kernels').iterdir()):
        if path.suffix in ('.cl', '.h'):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def main(file, suite='cpu'):
    commands, others = (CPU, PEERS) if suite == 'cpu' else (OPENCL, [])
    with tempfile.TemporaryDirectory() as folder:
        own = [row for words in commands for row in rows([str(ROOT / 'millrace'), 'bench'] + words.split(), folder)]
        peers = [row for words in others for row in rows([str(ROOT / 'bench/peers/compare.py')] + words.split(), folder)]
    result = {'date': datetime.date.today().isoformat(), 'processor': processor(), 'cores': os.cpu_count(),
              'system': f'{platform.system()} {platform.release()}', 'rows': own, 'peers': peers}
    if suite == 'opencl':
        result['kernels'] = kernels()
    pathlib.Path(file).write_text(json.dumps(result, indent=1) + '\n')


if __name__ == '__main__':
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ['cpu'], ['opencl']):
        sys.exit(__doc__)
    main(*sys.argv[1:])
