"""A ring of lines: what happened lately, for the owner who comes at night.

Fixed in size, so that it can never eat the heap. It knows no clock; whoever
writes says when. Lines are cut at LINE characters.
"""
LINES = 40
LINE = 96


class Log:
    def __init__(self) -> None:
        self._ring: list = [None] * LINES
        self._next = 0
        self.count = 0  # lines ever written

    def say(self, at_s: int, text: str) -> None:
        """Keeps a line; at_s is seconds since the start."""
        self._ring[self._next] = (at_s, text[:LINE])
        self._next = (self._next + 1) % LINES
        self.count += 1

    def lines(self):
        """(at_s, text) of what is kept, oldest first."""
        for i in range(LINES):
            line = self._ring[(self._next + i) % LINES]
            if line:
                yield line
