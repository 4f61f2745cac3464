"""A picture of the display: a frame of 1024 bytes as PNG, or as text and back.

The frame is what lib/ui draws: eight pages of 128 bytes, bit 0 the top row.
The text form is for the golden frames of the tests: 32 lines of 128 letters,
each letter two dots one over the other: ' upper, . lower, : both, blank none.
`python tools/lcd_png.py frame.txt frame.png [scale]` makes a picture of one.
"""
import struct
import sys

WIDE, HIGH = 128, 64
DOTS = " '.:"                # by upper + 2 * lower
PAPER = (226, 232, 214)      # the panel at rest, lit from behind
INK = (38, 44, 64)
BORDER = 3                   # dots of paper around the picture


def dot(frame, x: int, y: int) -> int:
    """1 when the dot at column x, row y is dark."""
    return frame[(y >> 3) * WIDE + x] >> (y & 7) & 1


def art(frame) -> str:
    """The frame as text, blanks at the ends of lines left out."""
    lines = []
    for y in range(0, HIGH, 2):
        line = "".join([DOTS[dot(frame, x, y) + 2 * dot(frame, x, y + 1)] for x in range(WIDE)])
        lines.append(line.rstrip() + "\n")
    return "".join(lines)


def frame_of(text: str) -> bytearray:
    """The frame a text shows. ValueError when it is not a frame's text."""
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) != HIGH // 2:
        raise ValueError("a frame has %d lines, not %d" % (HIGH // 2, len(lines)))
    frame = bytearray(WIDE * HIGH // 8)
    for row, line in enumerate(lines):
        if len(line) > WIDE:
            raise ValueError("line %d is longer than %d" % (row + 1, WIDE))
        for x, letter in enumerate(line):
            if letter not in DOTS:
                raise ValueError("line %d has a %r" % (row + 1, letter))
            frame[(row >> 2) * WIDE + x] |= DOTS.index(letter) << (row & 3) * 2
    return frame


def _chunk(kind: bytes, data: bytes) -> bytes:
    import zlib  # here, because the text form is used on MicroPython too, which has none
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(frame, scale: int = 4) -> bytes:
    """The frame as a PNG of two colours, each dot scale pixels wide (1 to 32)."""
    import zlib
    if not 1 <= scale <= 32:
        raise ValueError("scale must be 1 to 32")
    wide = (WIDE + 2 * BORDER) * scale
    blank = b"\0" + bytes((wide + 7) // 8)
    rows = [blank] * (BORDER * scale)
    for y in range(HIGH):
        bits = "0" * (BORDER * scale)
        bits += "".join([str(dot(frame, x, y)) * scale for x in range(WIDE)])
        bits = bits.ljust((wide + 7) // 8 * 8, "0")
        rows += [b"\0" + int(bits, 2).to_bytes(len(bits) // 8, "big")] * scale
    rows += [blank] * (BORDER * scale)
    head = struct.pack(">IIBBBBB", wide, len(rows), 1, 3, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"PLTE", bytes(PAPER + INK))
            + _chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + _chunk(b"IEND", b""))


def main(words: list) -> int:
    if len(words) not in (2, 3):
        print(__doc__)
        return 2
    with open(words[0], encoding="ascii") as f:
        frame = frame_of(f.read())
    with open(words[1], "wb") as f:
        f.write(png(frame, int(words[2]) if len(words) == 3 else 4))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
