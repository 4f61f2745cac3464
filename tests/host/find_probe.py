"""Looks for a meter on a tty through our own frames until one is found, and prints it: find_probe.py TTY

Runs on CPython and on MicroPython. One line: address, model, mA of three phases; or "nothing" after a while.
"""
import asyncio
import sys

import probe  # noqa: F401
from app import clock
from app.finder import Finder
from app.rtu import Rtu
from hal.sim_tty import Tty
from meters import models
from settings import Settings

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
