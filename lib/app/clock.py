"""The one place where the rim asks for the time.

Process rhythms (polls, the regulation second, the picture) take their time
from here and always through the module, so that a test can put a virtual
clock in and a PC can run the day faster. Deadlines towards network peers do
not use it: a phone lives in real time. The core is handed dt_ms and asks
nobody.
"""
import asyncio
from time import ticks_add, ticks_diff, ticks_ms

__all__ = ("ticks_ms", "ticks_diff", "ticks_add", "sleep_ms")


async def sleep_ms(ms: int) -> None:
    """Rests this task for ms milliseconds of process time."""
    await asyncio.sleep_ms(ms)
