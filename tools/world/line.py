"""The RS485 line of the world as a pseudo terminal.

What is written into the terminal goes onto the plant's wire at the plant's
present time, and what the wire has by then delivered comes out of it, so the
answers of the meter arrive after request, turnaround and reply have taken
their time at 9600 baud. It knows bytes, not Modbus.
"""
import asyncio
import os
import termios
import tty

from tools.plant.wire import Port

CHUNK = 256


class Line:
    """A pty before `wire`; `path` is the end the firmware opens."""

    def __init__(self, wire: Port) -> None:
        self.wire = wire
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self.path = os.ttyname(self._slave)

    def open(self) -> None:
        asyncio.get_running_loop().add_reader(self._master, self._in)

    def close(self) -> None:
        """Undoes open() and gives the pty back."""
        asyncio.get_running_loop().remove_reader(self._master)
        self.close_pty()

    def close_pty(self) -> None:
        """Gives the pty back where nobody had opened the line."""
        os.close(self._master)
        os.close(self._slave)

    def step(self) -> None:
        """After each step of the plant: hands over what has arrived."""
        got = self.wire.read(CHUNK)
        if got:
            try:
                os.write(self._master, got)
            except BlockingIOError:
                pass   # nobody reads the line; on copper the bytes would be gone as well

    def _in(self) -> None:
        try:
            data = os.read(self._master, CHUNK)
        except OSError:
            return
        if data:
            self.wire.write(data)


def prepare(path: str, baud: int = 9600) -> int:
    """Sets a real tty to raw, 8N1 and baud, and holds it open so that it stays so. Returns the descriptor; OSError if it cannot be had."""
    fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        tty.setraw(fd)
        speed = getattr(termios, "B%d" % baud)
        mode = termios.tcgetattr(fd)
        mode[4] = mode[5] = speed
        termios.tcsetattr(fd, termios.TCSANOW, mode)
    except termios.error as error:
        os.close(fd)
        raise OSError("%s is not a tty: %s" % (path, error)) from error
    return fd
