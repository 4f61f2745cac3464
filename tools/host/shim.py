"""What CPython lacks of MicroPython, put in place by `import shim` before anything of lib is imported.

Puts ticks_ms, ticks_us, ticks_diff and ticks_add into `time`, sleep_ms into
`asyncio`, and the old u-names of three modules into sys.modules for the MQTT
codec. A test that holds the clock replaces `time.ticks_ms` as it would any
attribute; lib takes its time from app.clock. On a MicroPython all that is
there, and nothing is done.
"""
import sys

_PERIOD = 1 << 30  # as on the 32-bit ports: milliseconds and microseconds wrap here


def _ticks_diff(end: int, start: int) -> int:
    """Signed distance of two ticks, right as long as they are less than half a period apart."""
    return ((end - start + _PERIOD // 2) & (_PERIOD - 1)) - _PERIOD // 2


def _ticks_add(ticks: int, delta: int) -> int:
    return (ticks + delta) & (_PERIOD - 1)


def _install() -> None:
    import asyncio
    import binascii
    import socket
    import struct
    import time

    def ticks_ms() -> int:
        return (time.monotonic_ns() // 1_000_000) & (_PERIOD - 1)

    def ticks_us() -> int:
        return (time.monotonic_ns() // 1_000) & (_PERIOD - 1)

    async def sleep_ms(ms: int) -> None:
        await asyncio.sleep(ms / 1000)

    def print_exception(error, file=None) -> None:
        import traceback
        traceback.print_exception(error, file=file)

    for module, names in ((time, (("ticks_ms", ticks_ms), ("ticks_us", ticks_us), ("ticks_diff", _ticks_diff), ("ticks_add", _ticks_add),
                                  ("sleep_ms", lambda ms: time.sleep(ms / 1000)), ("sleep_us", lambda us: time.sleep(us / 1e6)))),
                          (asyncio, (("sleep_ms", sleep_ms),)),
                          (sys, (("print_exception", print_exception),))):
        for name, value in names:
            if not hasattr(module, name):
                setattr(module, name, value)
    for name, module in (("usocket", socket), ("ustruct", struct), ("ubinascii", binascii)):
        sys.modules.setdefault(name, module)


if sys.implementation.name == "cpython":
    _install()
