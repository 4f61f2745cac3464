"""A ring of lines: what happened lately, for the owner who comes at night.

Fixed in size, so that it can never eat the heap nor break it into pieces: one
piece of SIZE bytes, and the oldest lines go when a new one needs their room.
It knows no clock; whoever writes says when. Lines are cut at LINE bytes.
"""
SIZE = 2048  # some forty lines of usual length
LINE = 96
_HEAD = 5    # of a line in the ring: four bytes of time, one of length


class Log:
    def __init__(self) -> None:
        self._ring = bytearray(SIZE)
        self._begin = self._end = 0  # bytes ever dropped and ever written; a place in the ring is that modulo SIZE
        self.count = 0               # lines ever written

    def say(self, at_s: int, text: str) -> None:
        """Keeps a line; at_s is seconds since the start."""
        data = _cut(text)
        while self._end + _HEAD + len(data) - self._begin > SIZE:
            self._begin += _HEAD + self._ring[(self._begin + 4) % SIZE]
        for i in range(4):
            self._put(at_s >> 8 * i & 255)
        self._put(len(data))
        for byte in data:
            self._put(byte)
        self.count += 1

    def lines(self):
        """(at_s, text) of what is kept, oldest first. A line that goes while somebody reads is left out."""
        ring = self._ring
        at = self._begin
        while at < self._end:
            at_s = 0
            for i in range(4):
                at_s |= ring[(at + i) % SIZE] << 8 * i
            size = ring[(at + 4) % SIZE]
            text = bytes([ring[(at + _HEAD + i) % SIZE] for i in range(size)]).decode()
            at += _HEAD + size
            yield at_s, text
            at = max(at, self._begin)

    def _put(self, byte: int) -> None:
        self._ring[self._end % SIZE] = byte
        self._end += 1


def _cut(text: str) -> bytes:
    """At most LINE bytes of a text, whole letters only."""
    data = text.encode()[:LINE]
    while True:
        try:
            data.decode()
            return data
        except UnicodeError:
            data = data[:-1]
