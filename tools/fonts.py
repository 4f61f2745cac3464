"""Turns the drawings of letters and pictures into modules of lib/ui.

The drawings are tools/fonts_small.txt (dots), tools/fonts_large.txt and
tools/art.txt (strokes of a pen). Change one there and run
`python tools/fonts.py`; a test holds that the modules say what is drawn.
"""
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PEN = 2        # pixels: the pen of the large letters is a square of this side
TOP = 1        # row on which the large letters begin
NAMED = {"sp": " ", "deg": "\u00b0", "sum": "\u03a3"}

SMALL_HEAD = '''"""The small letters: seven rows and a tail, one page high, as wide as needed.

One row of bytes per letter, a byte a column, bit 0 on top. They run from the
space to the tilde, then the degree ring and the sum sign. Written by
tools/fonts.py from the drawings beside it; change them there.
"""
from micropython import const

FIRST = const(32)

GLYPHS = (
'''
LARGE_HEAD = '''"""The large letters: sixteen rows, two pages high, strokes two pixels wide.

One row of bytes per letter: the columns of its upper page, then as many of
the lower one, bit 0 on top. They run from the space to the tilde, then the
degree ring and the sum sign. Written by tools/fonts.py from the strokes
beside it; change them there.
"""
from micropython import const

FIRST = const(32)

GLYPHS = (
'''

ART_HEAD = '''"""The pictures of the display: columns of eight rows, page after page, bit 0 on top.

BACK is pylon, house, car and the wires between them, four pages of 128. The
others are laid over it. Written by tools/fonts.py from tools/art.txt; change
them there.
"""
'''


def rows_of(name: str) -> list:
    """The drawings of a file as (letter, rest of the line), in font order."""
    found = []
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        for line in f.read().splitlines():
            word, _, rest = line.partition(" ")
            if word and word != ";;":  # a remark
                found.append((NAMED.get(word, word), rest))
    return found


def small(rest: str) -> bytes:
    """A drawing in dots as columns of eight rows."""
    rows = rest.split()
    wide = len(rows[0])
    columns = bytearray(wide)
    for y, row in enumerate(rows):
        if len(row) != wide or set(row) - {"#", "."}:
            raise ValueError("uneven drawing: " + rest)
        for x, dot in enumerate(row):
            if dot == "#":
                columns[x] |= 1 << y
    return bytes(columns)


def _line(dots: set, x0: int, y0: int, x1: int, y1: int, pen: int = PEN, top: int = TOP) -> None:
    steps = max(abs(x1 - x0), abs(y1 - y0), 1)
    for k in range(steps + 1):
        # rounding half away from the start keeps mirrored strokes mirrored
        x = (2 * (x0 * (steps - k) + x1 * k) + steps) // (2 * steps)
        y = (2 * (y0 * (steps - k) + y1 * k) + steps) // (2 * steps)
        for dx in range(pen):
            for dy in range(pen):
                dots.add((x + dx, y + dy + top))


def large(rest: str) -> bytes:
    """A drawing in strokes as upper and lower columns."""
    dots: set = set()
    wide = 0
    for stroke in rest.split("/"):
        points = []
        for word in stroke.split():
            if word[0] == "@":
                wide = int(word[1:])
            else:
                points.append((int(word[0], 36), int(word[1], 36)))
        for a, b in zip(points, points[1:] or points):
            _line(dots, a[0], a[1], b[0], b[1])
    wide = wide or 1 + max(x for x, y in dots)
    columns = [0] * wide
    for x, y in dots:
        if not 0 <= y < 16:
            raise ValueError("out of the line: " + rest)
        columns[x] |= 1 << y
    return bytes(c & 255 for c in columns) + bytes(c >> 8 for c in columns)


def picture(rest: str) -> list:
    """A picture in strokes as a list of pages."""
    pages, _, strokes = rest.partition(" ")
    dots: set = set()
    for stroke in strokes.split("/"):
        points = [tuple(map(int, word.split(","))) for word in stroke.split()]
        for a, b in zip(points, points[1:] or points):
            _line(dots, a[0], a[1], b[0], b[1], 1, 0)
    wide = 1 + max(x for x, y in dots)
    found = [bytearray(wide) for _ in range(int(pages))]
    for x, y in dots:
        found[y >> 3][x] |= 1 << (y & 7)
    return found


def art() -> str:
    """The text of the picture module."""
    lines = []
    for name, rest in rows_of("art.txt"):
        lines.append(name + " = (\n")
        for page in picture(rest):
            for at in range(0, len(page), 25):
                lines.append('    b"%s"\n' % "".join("\\x%02x" % b for b in page[at:at + 25]))
        lines.append(")\n")
    return ART_HEAD + "".join(lines)


def module(head: str, name: str, draw) -> str:
    """The text of a font module."""
    lines = []
    for letter, rest in rows_of(name):
        data = "".join("\\x%02x" % b for b in draw(rest))
        said = letter if letter != " " else "space"
        lines.append('    b"%s",  # %s\n' % (data, said))
    return head + "".join(lines) + ")\n"


def modules() -> dict:
    """File name in lib/ui to the text it must have."""
    return {"font_small.py": module(SMALL_HEAD, "fonts_small.txt", small),
            "font_large.py": module(LARGE_HEAD, "fonts_large.txt", large),
            "art.py": art()}


def main() -> int:
    for name, text in modules().items():
        with open(os.path.join(ROOT, "lib", "ui", name), "w", encoding="utf-8") as f:
            f.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
