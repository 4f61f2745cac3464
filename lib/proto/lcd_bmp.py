"""The LCD as a picture file: 128 x 64 pixels, one bit each, 1086 bytes.

The panel keeps eight pages of 128 columns, bit 0 on top; a BMP wants rows from
the bottom up, the leftmost pixel in bit 7. Palette and size are those that
SmartEVSE clients know, who colour the red themselves.
"""
from micropython import const

SIZE = const(1086)

HEADER = (b"BM" + b"\x3e\x04\x00\x00" + b"\x00\x00\x00\x00" + b"\x3e\x00\x00\x00"
          + b"\x28\x00\x00\x00" + b"\x80\x00\x00\x00" + b"\x40\x00\x00\x00" + b"\x01\x00" + b"\x01\x00"
          + b"\x00\x00\x00\x00" + b"\x00\x04\x00\x00" + b"\x00\x00\x00\x00" * 2 + b"\x02\x00\x00\x00" * 2
          + b"\xff\xff\xff\x00" + b"\x00\x00\xff\x00")


def rows(frame):
    """frame: 1024 bytes, page by page. The file in pieces: its header, then a row at a time."""
    yield HEADER
    line = bytearray(16)
    for y in range(63, -1, -1):
        page = y // 8 * 128
        bit = 1 << y % 8
        for i in range(16):
            byte = 0
            for x in range(page + i * 8, page + i * 8 + 8):
                byte = byte << 1 | (1 if frame[x] & bit else 0)
            line[i] = byte
        yield bytes(line)
