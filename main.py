"""Builds every object once, hands them to each other, starts the tasks.

The only file that knows everybody; nobody knows it. On the board it runs by
itself; on a PC tools/host/start.py hands it another board.
"""
import asyncio
import gc
from random import getrandbits

from app import clock
from app.broker import Broker
from app.bus import Bus
from app.control import Control
from app.extras import Extras
from app.face import Face
from app.facts import Facts
from app.keeper import Keeper
from app.minder import Minder
from app.plan import Plan
from app.regulate import Regulate
from app.tick import Tick
from app.wall import Wall
from app.web import Web
from diary import Diary
from energy.balance import Balance
from evse.evse import Evse
from evse.session import Session
from faults import Faults
from hal.io import Inputs, Outputs
from log import Log
from meters.pushed import Pushed
from meters.roles import Roles
from settings import Settings

VERSION = "v0.1.0"


def dice(n: int) -> int:
    """A random number 0..n-1, n up to a million. The chip's generator is seeded by its hardware."""
    return getrandbits(24) % n


class House:
    """All there is, by name. Made once; its parts are never replaced."""

    def __init__(self, board, serial: int) -> None:
        self.board = board
        self.serial = serial
        self.version = VERSION
        self.log = Log()
        self.cfg = Settings()
        self.faults = Faults()
        self.inp = Inputs()
        self.out = Outputs()
        self.meters = Roles()
        self.session = Session()
        self.balance = Balance()
        self.evse = Evse(self.cfg, self.faults, dice)
        self.tick = Tick(board, self.evse, self.inp, self.out)
        self.regulate = Regulate(self.cfg, self.evse, self.out, self.meters, self.balance, self.session, self.faults,
                                 self.say)
        self.control = Control(self.cfg, self.evse, self.inp, self.say)
        self.facts = Facts(self)
        self.wall = Wall()
        self.plan = Plan(self)
        self.diary = Diary()
        self.regulate.follow(self.plan, self.diary)
        self.keeper = Keeper(self.cfg, board.store, self.out, self.evse.contacts, self.faults, self.say)
        self.minder = Minder(board, self.tick, self.say)
        self.bus = Bus(board.rs485, self.cfg, self.meters, self.say, self.regulate.hurry, self.share)
        self.pushed = Pushed(self.cfg, self.meters, clock.ticks_ms, self.regulate.hurry)
        self.extras = Extras(self, self.minder.keep)
        self.face = Face(self)
        self.broker = Broker(self, resolve=self.extras.address)
        self.web = Web(self)

    def uptime_s(self) -> int:
        """Seconds since the start."""
        return self.regulate.up_s

    def share(self, bus, loadbl: int) -> None:
        """PWR SHARE has changed: what it needs is loaded only then."""
        from app.share import share
        share(self, bus, loadbl)

    def say(self, text: str) -> None:
        """A line for the log."""
        self.log.say(self.regulate.up_s, text)


async def run(house: House, host: str, port: int) -> None:
    """Starts the tick, then minds the tasks for ever. The page is served on host:port."""
    house.board.start(house.tick.run)
    house.say("started")

    async def web():
        await house.web.run(host, port)

    async def extras():
        await house.extras.run(host)

    await house.minder.run((
        ("regulate", house.regulate.run),
        ("bus", house.bus.run),
        ("face", house.face.run),
        ("web", web),
        ("broker", house.broker.run),
        ("keeper", house.keeper.run),
        ("extras", extras),
    ))


def start(board, serial: int, host: str = "0.0.0.0", port: int = 80, mqtt: str = "") -> None:
    """The whole charger on this board, until the power goes. mqtt is a broker's host:port that outranks the settings."""
    if hasattr(gc, "threshold"):
        gc.threshold(16384)  # keeps the heap whole at no cost (measured: four times as many strings fit)
    house = House(board, serial)
    house.keeper.load()
    house.broker.at = mqtt
    asyncio.run(run(house, host, port))


if __name__ == "__main__":
    from hal.esp32 import Board

    board = Board()
    start(board, board.serial)
