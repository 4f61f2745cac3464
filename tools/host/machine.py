"""Enough of the chip's `machine` for the Modbus library to be imported on a PC.

The library's transport asks for UART and Pin when it is imported. Ours never
makes one of them: on a PC the bytes go over the simulated wire or a tty. So
these two only say clearly that somebody asked for a chip that is not there.
Tests that drive hal's files for the chip bring fakes of their own.
"""


class UART:
    """The chip's serial port."""

    def __init__(self, *args, **kwargs) -> None:
        raise OSError("no UART on a PC")


class Pin:
    """A pin of the chip."""

    IN = 0
    OUT = 1

    def __init__(self, *args, **kwargs) -> None:
        raise OSError("no pins on a PC")
