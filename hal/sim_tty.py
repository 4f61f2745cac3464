"""RS485 of the firmware on a PC: a tty or the slave side of a pty.

Neither read nor write waits. It knows bytes only; how the answers are paced
is the business of whatever holds the other end.
"""
import os
import select
import sys

_CPYTHON = sys.implementation.name == "cpython"


class Tty:
    """The RS485 converter. Reads only what is there; MicroPython's read would wait, so it asks before each byte."""

    def __init__(self, path: str) -> None:
        self.drops = 0
        if _CPYTHON:
            self._fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        else:
            self._file = open(path, "r+b", 0)
            self._poll = select.poll()
            self._poll.register(self._file, select.POLLIN)

    def configure(self, baud: int, parity: int = 0) -> None:
        """The line's speed is set from outside: a pty has none, a real tty got its own before the start."""

    def write(self, buf: bytes) -> None:
        try:
            if _CPYTHON:
                os.write(self._fd, buf)
            else:
                self._file.write(buf)
        except OSError:
            self.drops += 1   # line full or gone: the reader's deadline will tell

    def read(self, n: int) -> "bytes | None":
        try:
            if _CPYTHON:
                return os.read(self._fd, n) or None
            got = b""
            while len(got) < n and self._poll.poll(0):
                byte = self._file.read(1)
                if not byte:
                    break
                got += byte
            return got or None
        except OSError:
            return None
