"""Meters on the network as the charger reads them, with a small stand-in for the house; tells what came of it.

    netmeter_probe.py MODEL HOST ADDRESS [MDNS_PORT]

Runs on CPython and on MicroPython until it is ended. Every 100 ms a line:
known, mA of the three phases, W, Wh in, Wh out, age in ms, ok, errors, the
last error, how often the regulator was hurried, and the longest gap of a
10 ms task beside it so far. Lines of the log begin with LOG.
"""
import asyncio
import sys

from probe import Beat
from app import clock, lookup
from app.extras import Extras
from app.minder import Minder
from meters.roles import Roles
from settings import Settings


class House:
    def __init__(self, model, host, address):
        self.cfg = Settings()
        self.cfg.put("mains_meter", model)
        self.cfg.put("mains_host", host)
        self.cfg.put("mains_addr", address)
        self.meters, self.regulate = Roles(), self
        self.meters.mains.trust_ma = 50000
        self.minder = Minder(None, None, self.say)
        self.hurried = 0

    def hurry(self):
        self.hurried += 1

    def say(self, text):
        print("LOG", text)


async def main(model, host, address, mdns_port="0"):
    if int(mdns_port):
        lookup.at[:] = ["127.0.0.1", int(mdns_port)]
    house = House(model, host, address)
    extras = Extras(house)
    asyncio.create_task(extras.run("127.0.0.1"))
    await asyncio.sleep_ms(300)  # what is loaded once is no gap
    beat = Beat()
    asyncio.create_task(beat.run())
    while True:
        r = house.meters.mains
        print("NOW %d %d %d %d %d %d %d %d %d %d %s %d %d" % (
            r.known, r.ma[0], r.ma[1], r.ma[2], r.power_w(), r.import_wh, r.export_wh, r.age_ms(clock.ticks_ms()), r.ok, r.errors,
            r.last_error or "-", house.hurried, beat.longest))
        await asyncio.sleep_ms(100)


asyncio.run(main(*sys.argv[1:]))
