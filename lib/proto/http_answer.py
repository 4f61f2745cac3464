"""An HTTP/1.1 answer as it comes in, piece by piece: status, length or chunks, body.

The body is handed on in the pieces it came in and never kept, so an answer of
any length costs nothing. Every limit that is passed and every word that is
not HTTP is a ValueError of one word. Opens nothing and waits for nothing.
"""
from micropython import const

LINE = const(256)    # bytes of a line of the head; longer ones are not what we ask
LINES = const(40)    # of them
BODY = const(16384)  # bytes; a P1 meter with four more meters behind it needs 2500

STATUS, HEAD, SIZE, DATA, AFTER, TRAILER, DONE = range(7)


class Answer:
    def __init__(self, body) -> None:
        """body(data, start, end) is given the bytes data[start:end] of the body."""
        self._body = body
        self._line = bytearray(LINE)
        self.start()

    def start(self) -> None:
        """A new answer begins."""
        self.keep = 0        # 1: another question may follow on this connection
        self._state = STATUS
        self._lines = 0
        self._left = -1      # bytes of the body, or of this chunk; -1: until the other side closes
        self._size = 0       # bytes of the body so far
        self._chunked = 0
        self._long = 0       # bytes of the line so far

    def feed(self, data: bytes) -> bool:
        """Takes what came. True when the answer is complete. ValueError: http, long, or http and the status."""
        i, end = 0, len(data)
        while i < end:
            if self._state == DONE:
                self.keep = 0  # more than was asked for
                return True
            if self._state == DATA:
                n = end - i if self._left < 0 else min(self._left, end - i)
                self._size += n
                if self._size > BODY:
                    raise ValueError("long")
                self._body(data, i, i + n)
                i += n
                if self._left > 0:
                    self._left -= n
                    if not self._left:
                        self._state = AFTER if self._chunked else DONE
                continue
            c = data[i]
            i += 1
            if c != 10:
                if self._long >= LINE:
                    raise ValueError("long")
                self._line[self._long] = c
                self._long += 1
                continue
            if self._state != HEAD or self._long < 2 or self._line[0] in b"CTct":
                self._take(bytes(memoryview(self._line)[:self._long]).strip())
            else:
                self._count()    # a header that tells us nothing
            self._long = 0
        return self._state == DONE

    def closed(self) -> None:
        """The other side has closed. ValueError("short") unless that is how the answer ends."""
        self.keep = 0
        if self._state == DATA and self._left < 0:
            self._state = DONE
        if self._state != DONE:
            raise ValueError("short")

    def _count(self) -> None:
        self._lines += 1
        if self._lines > LINES:
            raise ValueError("long")

    def _take(self, line: bytes) -> None:
        """One line of the head, or between chunks."""
        if self._state == HEAD or self._state == TRAILER:
            self._count()
        if self._state == STATUS:
            if line[:7] != b"HTTP/1." or not line[9:12].isdigit():
                raise ValueError("http")
            if line[9:12] != b"200":
                raise ValueError("http" + line[9:12].decode())
            self.keep = 1 if line[7:8] == b"1" else 0
            self._state = HEAD
        elif self._state == HEAD:
            if line:
                self._header(line.lower())
            else:
                self._state = SIZE if self._chunked else DATA if self._left else DONE
                if self._left < 0 and not self._chunked:
                    self.keep = 0
        elif self._state == SIZE:
            digits = line.split(b";")[0].strip()
            if not digits or len(digits) > 6:
                raise ValueError("http")
            self._left = int(digits.decode(), 16)  # a ValueError of its own for nonsense
            self._state = DATA if self._left else TRAILER
        elif self._state == AFTER:
            if line:
                raise ValueError("http")
            self._state = SIZE
        elif not line:  # the end of the trailer
            self._state = DONE

    def _header(self, line: bytes) -> None:
        name, colon, value = line.partition(b":")
        value = value.strip()
        if name == b"content-length":
            if not value.isdigit():
                raise ValueError("http")
            if len(value) > 6 or int(value) > BODY:
                raise ValueError("long")
            if not self._chunked:
                self._left = int(value)
        elif name == b"transfer-encoding" and value != b"identity":
            if value != b"chunked":
                raise ValueError("http")
            self._chunked = 1
            self._left = -1
        elif name == b"connection" and b"close" in value:
            self.keep = 0
