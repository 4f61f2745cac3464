"""Reads one meter on a tty through our own frames, and prints what its reading then holds.

    make_probe.py TTY MODEL [KEY=VALUE ...]

MODEL is its number in the settings; KEY=VALUE are settings. Runs on CPython
and on MicroPython. Asks for the currents and for all that is due in two minutes.
"""
import asyncio
import sys

import probe  # noqa: F401
import settings
from app import clock
from app.rtu import Rtu, RtuError
from hal.sim_tty import Tty
from meters.build import build
from meters.modbus_meter import CURRENTS
from meters.reading import Reading

BAUD = 115200  # a pty has no speed: this only keeps the waiting short
STEP_MS, MINUTES = 250, 2
TRIES, LATE = 5, ("silent", "short")  # a server that a busy machine held up is asked again, as the bus would


async def main(tty, model, pairs):
    cfg = settings.Settings()
    for pair in pairs:
        key, _, value = pair.partition("=")
        cfg.put(key, value)
    rtu = Rtu(Tty(tty), BAUD)
    reading = Reading()
    meter = build(model, 11, reading, cfg)
    meter.address = 11
    ask = [CURRENTS]
    for what in ask:
        function, start, count = meter.telegram(what)
        for _ in range(TRIES):
            try:
                meter.take(what, await rtu.read(function, meter.address, start, count), clock.ticks_ms())
                break
            except RtuError as e:
                if e.args[0] not in LATE:
                    meter.fail(e.args[0])
                    break
        if len(ask) == 1:
            for _ in range(MINUTES * 60_000 // STEP_MS):
                due = meter.energy_due(STEP_MS)
                if due and ask.count(due) < MINUTES:
                    ask.append(due)
    print("%s %s %s %d %d %s" % (reading.ma, reading.w, reading.mv, reading.import_wh, reading.export_wh,
                                 reading.counted() or "sound"))


asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
