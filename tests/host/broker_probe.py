"""Our MQTT task with a small stand-in for the house; tells each second how it fares.

    broker_probe.py HOST PORT

Runs on CPython and on MicroPython until it is ended. It waits less patiently
than the charger does, so that a test of broken peers is soon over. Each line: connected,
connects, lost, sent, heard, dropped, mode, the longest gap of a 10 ms task
beside it so far, and the status. Every second a number changes, and every
third line the mains current too.
"""
import asyncio
import sys

from probe import Beat
from app import clock, mqtt
from app.broker import Broker
from app.control import MODES
from faults import Faults
from meters.roles import Roles
from settings import Settings

mqtt.PATIENCE_S, mqtt.PING_S, mqtt.DEAF_S = 2, 2, 5

TABLE = (  # as points.TABLE
    ("mode", "word", "", 0, ""),
    ("evse.offered_ma", "evse.offered_ma", "mA", 0, ""),
    ("mains.ma", "meters.mains.ma", "mA", 0, ""),
    ("session.s", "seconds", "s", 0, ""),
    ("uptime_s", "seconds", "s", 1, ""),
    ("note", "note", "", 0, ""),
)


class Evse:
    state, letter, offered_ma, temp_c = 4, 2, 16000, 31


class House:
    serial = 1234
    note = None

    def __init__(self, host, port):
        self.cfg = Settings()
        self.cfg.put("mqtt_host", host)
        self.cfg.put("mqtt_port", port)
        self.evse, self.faults, self.meters = Evse(), Faults(), Roles()
        self.control = self.facts = self.plan = self
        self.override_ma = self.seconds = 0
        self.word = "normal"

    def set_mode(self, name):
        if name not in MODES:
            raise ValueError("mode must be one of " + ", ".join(MODES))
        self.word = name

    def boost(self, minutes):
        self.told("boost %d" % minutes)

    def put_soc(self, percent):
        self.told("soc %d" % percent)

    def put(self, key, value):
        self.told("%s %s" % (key, value))

    def told(self, text):
        self.note = text

    def say(self, text):
        print("LOG", text)


async def main(host, port):
    house = House(host, port)
    broker = Broker(house, TABLE)
    beat = Beat()
    tasks = [asyncio.create_task(broker.run()), asyncio.create_task(beat.run())]
    while True:
        print("NOW %d %d %d %d %d %d %s %d %s" % (broker.connected, broker.connects, broker.lost, broker.sent, broker.heard,
                                                 broker.dropped, house.word, beat.longest, broker.state()))
        await asyncio.sleep_ms(1000)
        house.seconds += 1
        if house.seconds % 3 == 0:
            house.meters.mains.put(clock.ticks_ms(), [1000 * house.seconds, -2000, 0], [0, 0, 0])
        assert not [task for task in tasks if task.done()]


asyncio.run(main(*sys.argv[1:]))
