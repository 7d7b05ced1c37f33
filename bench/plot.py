#!/usr/bin/env python3
"""Draws the rows against other programs in a file of bench/record.py as bars, an SVG beside it.

Usage: bench/plot.py FILE.json. The README shows the picture; running this again makes the same one.
"""

import json
import pathlib
import sys
from xml.sax.saxutils import escape

WIDTH, LEFT, RIGHT, TOP, ROW, BAR = 860, 250, 150, 62, 44, 15
STYLE = '''
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1c1e21; }
.head { font-size: 16px; font-weight: 600; } .soft { fill: #5b6168; } .own { fill: #0072b2; } .peer { fill: #d55e00; }
.axis { stroke: #5b6168; }
@media (prefers-color-scheme: dark) {
  text { fill: #e8eaed; } .soft { fill: #a2a9b0; } .own { fill: #56b4e9; } .peer { fill: #f08239; } .axis { stroke: #a2a9b0; }
}
'''


def bars(row, top, scale):
    """The two bars of a row, with their figures."""
    name = f'{row["work"]}, {row["what"]}' + (' kHz' if row['work'] == 'resample' else '')
    kind = 'float64' if row['type'] == 'f64' else 'float32, ' + row['command'].split()[-1]
    yield f'<text x="{LEFT - 10}" y="{top + 13}" text-anchor="end">{escape(name)}</text>'
    yield f'<text class="soft" x="{LEFT - 10}" y="{top + 29}" text-anchor="end">{escape(kind)}</text>'
    own, peer = row['millraceSamplesPerSecond'] / 1e6, row['peerSamplesPerSecond'] / 1e6
    for at, style, value, label in (
        (top, 'own', own, f'{own:,.0f}   ({row["ratio"]:.1f} times)'),
        (top + BAR + 2, 'peer', peer, f'{peer:,.0f}   {row["peer"]}'),
    ):
        yield f'<rect class="{style}" x="{LEFT}" y="{at + 1}" width="{value * scale:.1f}" height="{BAR - 1}"/>'
        yield f'<text x="{LEFT + value * scale + 6:.1f}" y="{at + 13}">{escape(label)}</text>'


def picture(report):
    rows = report['peers']
    height = TOP + ROW * len(rows) + 34
    scale = (WIDTH - LEFT - RIGHT) / max(row['millraceSamplesPerSecond'] / 1e6 for row in rows)
    head = 'One thread, million samples per second (longer is faster)'
    foot = f'{report["processor"]}, {report["cores"]} cores, {report["system"]}, {report["date"]}; every output checked'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img">',
        f'<title>{head}</title><style>{STYLE}</style>',
        f'<text class="head" x="10" y="24">{head}</text>',
        f'<rect class="own" x="10" y="38" width="12" height="12"/><text x="28" y="49">Millrace, native</text>',
        f'<rect class="peer" x="150" y="38" width="12" height="12"/><text x="168" y="49">the same work elsewhere</text>',
    ]
    for i, row in enumerate(rows):
        lines += bars(row, TOP + 6 + ROW * i, scale)
    lines += [
        f'<line class="axis" x1="{LEFT}" y1="{TOP}" x2="{LEFT}" y2="{height - 30}"/>',
        f'<text class="soft" x="10" y="{height - 10}">{escape(foot)}</text>',
        '</svg>',
    ]
    return '\n'.join(lines) + '\n'


def main(file):
    source = pathlib.Path(file)
    source.with_suffix('.svg').write_text(picture(json.loads(source.read_text())))


if __name__ == '__main__':
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
