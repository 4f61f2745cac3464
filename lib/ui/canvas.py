"""A sheet of 128 by 64 dots and the few ways to draw on it.

The dots lie as the panel wants them: eight pages of 128 bytes, a byte is
eight rows of one column, bit 0 on top. Text sits on whole pages, so drawing
a letter is or-ing bytes. Everything is clipped: what hangs over the edge is
left out, never an error. It knows letters and lines, nothing of chargers.
"""
from micropython import const
from ui import font_large, font_small

WIDE = const(128)
PAGES = const(8)
LEFT = const(0)
CENTRE = const(1)
RIGHT = const(2)

_FIRST = const(32)
_LAST = const(126)
_SMALL_GAP = const(1)    # blank columns after a small letter
_LARGE_GAP = const(2)    # and after a large one
_RING = const(95)        # places of the letters outside ASCII
_SUM = const(96)


def place(letter: str) -> int:
    """Where a letter stands in the fonts; a letter we cannot draw is a question mark."""
    code = ord(letter)
    if _FIRST <= code <= _LAST:
        return code - _FIRST
    if code == 0xB0:     # the ring of °C
        return _RING
    if code == 0x3A3:    # capital sigma, a sum
        return _SUM
    return 31


def small_width(text: str) -> int:
    """Columns of a small text, without the gap after its last letter."""
    glyphs = font_small.GLYPHS
    wide = -_SMALL_GAP
    for letter in text:
        wide += len(glyphs[place(letter)]) + _SMALL_GAP
    return wide if wide > 0 else 0


def large_width(text: str) -> int:
    """Columns of a large text, without the gap after its last letter."""
    glyphs = font_large.GLYPHS
    wide = -_LARGE_GAP
    for letter in text:
        wide += (len(glyphs[place(letter)]) >> 1) + _LARGE_GAP
    return wide if wide > 0 else 0


class Canvas:
    """Draws into buf, a bytearray of 1024 that somebody else keeps."""

    def __init__(self, buf: bytearray) -> None:
        self.buf = buf
        view = memoryview(buf)
        self.page = []            # the eight pages, made once: slicing later is garbage
        for p in range(PAGES):
            self.page.append(view[p * WIDE:p * WIDE + WIDE])
        self._blank = bytes(WIDE)

    def clear(self, first: int = 0, last: int = 7) -> None:
        """Blanks the pages first to last."""
        for p in range(max(first, 0), min(last, PAGES - 1) + 1):
            self.page[p][:] = self._blank

    def small(self, page: int, x: int, text: str, align: int = LEFT) -> None:
        """Small text on one page. x is its left edge, its middle, or the column after its end."""
        if align:
            wide = small_width(text)
            x -= wide if align == RIGHT else wide >> 1
        if not 0 <= page < PAGES:
            return
        row = self.page[page]
        glyphs = font_small.GLYPHS
        for letter in text:
            code = ord(letter) - 32
            glyph = glyphs[code if 0 <= code < 95 else place(letter)]
            wide = len(glyph)
            if x >= 0 and x + wide <= WIDE:
                for b in glyph:
                    row[x] |= b
                    x += 1
            else:
                for b in glyph:
                    if 0 <= x < WIDE:
                        row[x] |= b
                    x += 1
            x += _SMALL_GAP

    def large(self, page: int, text: str, x: int = 64, align: int = CENTRE) -> None:
        """Large text on page and the next. Centred on the panel unless x and align say else."""
        if align:
            wide = large_width(text)
            x -= wide if align == RIGHT else wide >> 1
        if not 0 <= page < PAGES - 1:
            return
        top = self.page[page]
        low = self.page[page + 1]
        glyphs = font_large.GLYPHS
        for letter in text:
            code = ord(letter) - 32
            glyph = glyphs[code if 0 <= code < 95 else place(letter)]
            wide = len(glyph) >> 1
            if x >= 0 and x + wide <= WIDE:
                for k in range(wide):
                    top[x] |= glyph[k]
                    low[x] |= glyph[wide + k]
                    x += 1
            else:
                for k in range(wide):
                    if 0 <= x < WIDE:
                        top[x] |= glyph[k]
                        low[x] |= glyph[wide + k]
                    x += 1
            x += _LARGE_GAP

    def hline(self, y: int, x0: int = 0, x1: int = 127) -> None:
        """A line one dot high on row y, columns x0 to x1 both included."""
        if 0 <= y < PAGES * 8:
            self.fill(y >> 3, x0, x1, 1 << (y & 7))

    def fill(self, page: int, x0: int, x1: int, bits: int = 255) -> None:
        """Ors bits into the columns x0 to x1 of a page."""
        if 0 <= page < PAGES:
            row = self.page[page]
            for x in range(max(x0, 0), min(x1, WIDE - 1) + 1):
                row[x] |= bits

    def erase(self, page: int, x0: int, x1: int) -> None:
        """Blanks the columns x0 to x1 of a page."""
        if 0 <= page < PAGES:
            row = self.page[page]
            for x in range(max(x0, 0), min(x1, WIDE - 1) + 1):
                row[x] = 0

    def icon(self, page: int, x: int, columns: bytes) -> None:
        """Ors a picture one page high into a page, from column x."""
        if 0 <= page < PAGES:
            row = self.page[page]
            for b in columns:
                if 0 <= x < WIDE:
                    row[x] |= b
                x += 1
