"""Stands in for MicroPython's own module on CPython, where a const is just its value.

On a MicroPython the built-in module is found first, so this file is never
read there. It knows nothing else: what the firmware asks of the interpreter
at run time (heap, stack) belongs to hal.
"""


def const(value):
    """The value itself; MicroPython folds it into the bytecode."""
    return value


def native(function):
    """MicroPython compiles such a function to machine code; here it stays what it is."""
    return function


viper = native


def opt_level(level: int = 0) -> int:
    return level


def alloc_emergency_exception_buf(size: int) -> None:
    """Needed on the chip, where a callback cannot allocate the exception it raises."""


def kbd_intr(character: int) -> None:
    """Which character stops the program; a PC has its own keys for that."""


def schedule(function, argument) -> None:
    """On the chip between two bytecodes; here at once."""
    function(argument)
