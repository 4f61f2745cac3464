"""Looks for a meter on a tty through our own frames until one is found, and prints it: find_probe.py TTY

Runs on CPython and on MicroPython. One line: address, model, mA of three phases; or "nothing" after a while.
"""
import asyncio
import sys

if sys.implementation.name == "micropython":
    sys.path[:] = [".frozen", "tools/host", "lib", ".", "build/vendor"]
else:
    sys.path[:0] = ["tools/host", "lib", ".", "build/vendor"]
import shim  # noqa: F401,E402
import unfold  # noqa: F401,E402
from app import clock  # noqa: E402
from app.finder import Finder  # noqa: E402
from app.rtu import Rtu  # noqa: E402
from hal.sim_tty import Tty  # noqa: E402
from meters import models  # noqa: E402
from settings import Settings  # noqa: E402

BAUD = 115200  # a pty has no speed: this only keeps the waiting short
PATIENCE_MS = 15000


async def main(tty):
    rtu = Rtu(Tty(tty), BAUD)
    cfg = Settings()
    cfg.put("mains_addr", 11)  # asked first: the server on the other side grows deaf after frames for others
    finder = Finder(cfg, "mains")
    start = clock.ticks_ms()
    while not finder.hits and clock.ticks_diff(clock.ticks_ms(), start) < PATIENCE_MS:
        await finder.step(rtu)
        await clock.sleep_ms(2)
    for hit in finder.hits:
        print(hit.meter.address, models.row(hit.meter.model)[models.NAME], hit.meter.reading.ma)
    if not finder.hits:
        print("nothing")


asyncio.run(main(sys.argv[1]))
