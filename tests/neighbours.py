"""Several chargers on one wire, in virtual time: each with its own board, core, bus task and place, before one house.

What is shared out is decided by a plain sharer that stands in for the
regulator: so many amperes, by equal parts, MIN first. The wire is the plant's:
bytes take as long as they take at 9600 baud, whoever talks into another spoils
it. A story is a coroutine that is handed the street; `wait` lets time go by.
"""
import asyncio
import gc

from app import clock
from app.bus import Bus
from app.control import Control
from app.share import share
from energy.fleet import Fleet
from evse import iec61851, why
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, NODE, SURPLUS
from evse.session import Session
from faults import Faults
from hal.io import Inputs, Outputs
from hal.sim import Sim
from meters.roles import Roles
from settings import Settings
from tools.plant import vclock
from tools.plant.site import Site

TICK_MS = 10


def room_for(stations):
    """Skips a story of several on an interpreter with a charger's heap."""
    gc.collect()
    if stations > 1 and hasattr(gc, "mem_free") and gc.mem_free() < 200000:
        import pytest  # only where there are tests; a probe has none
        pytest.skip("several chargers do not fit into the heap of one")


class Sharer:
    """As much as there is, by equal parts: the place of app/regulate.py."""

    def __init__(self, house, total_ma):
        self.house = house
        self.total_ma = total_ma
        self.fleet = Fleet()
        self.up_s = 0
        self.runs = True
        self.stop_s = 0

    def stop_timer_s(self):
        return self.stop_s

    def second(self):
        if not self.runs:
            return
        self.up_s += 1
        house = self.house
        limits = house.evse.limits
        if house.cfg.loadbl > 1 and limits.ma[NODE] == NO_LIMIT:
            limits.put(NODE, 0)
        mine = self.fleet.cars[0]
        evse = house.evse
        mine.online = 1
        mine.asks = 1 if evse.letter and house.cfg.access == 1 else 0
        mine.max_ma = house.cfg.max_current_a * 1000
        mine.offered_ma = evse.offered_ma
        left_ma = self.total_ma - sum([car.offered_ma for car in self.fleet.cars if not car.online])
        asking = [car for car in self.fleet.cars if car.online and car.asks]
        for car in self.fleet.cars:
            car.give_ma = 0
        while asking and left_ma // len(asking) < 6000:
            asking.pop()
        for i in range(len(asking)):
            asking[i].give_ma = min(asking[i].max_ma, left_ma // (len(asking) - i))
            left_ma -= asking[i].give_ma
        own_ma = NO_LIMIT if house.cfg.loadbl != 1 else mine.give_ma
        limits.put(MAINS, own_ma, 5000)
        limits.put(SURPLUS, NO_LIMIT, 5000)


class Neighbour:
    """One charger: all that a house has of it, but no views."""

    def __init__(self, spot, number, total_ma, settings):
        self.serial = 1000 + number
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.site = spot
        self.board = Sim(spot)
        self.port = spot.wire
        self.lines = []
        self.total_ma = total_ma
        self.task = None
        self.closed = 0          # how often its contactor has closed
        self.opened = 0
        self._was = 0
        self._boot()

    def _boot(self):
        """As it comes up: only the settings are what they were."""
        spot = self.site
        self.faults = Faults()
        self.inp, self.out = Inputs(), Outputs()
        self.meters = Roles()
        self.session = Session()
        self.evse = Evse(self.cfg, self.faults)
        self.control = Control(self.cfg, self.evse, self.inp, self.say)
        self.regulate = Sharer(self, self.total_ma)
        self.bus = Bus(spot.wire, self.cfg, self.meters, self.say, None, self._share)

    def _share(self, bus, loadbl):
        share(self, bus, loadbl)

    def say(self, text):
        self.lines.append(text)

    def tick(self, dt_ms):
        if not self.task:
            return               # without power
        self.board.read(self.inp)
        self.evse.tick(dt_ms, self.inp, self.out)
        self.board.write(self.out)
        if self.out.c1 != self._was:
            self._was = self.out.c1
            self.closed += self.out.c1
            self.opened += 1 - self.out.c1

    def on(self):
        """Power comes: it starts anew, and the bus task runs."""
        if self.task is False:
            self._boot()
        self.regulate.second()
        self.task = asyncio.create_task(self.bus.run())

    def off(self):
        """Power goes, contactors fall open; the car stays where it is."""
        self.task.cancel()
        self.task = False
        self.board.safe()
        self.out.c1 = self.out.c2 = self._was = 0

    @property
    def state(self):
        return iec61851.NAME[self.evse.state]

    @property
    def why(self):
        return why.NAME[self.evse.why]

    @property
    def car(self):
        return self.site.car


class Street:
    """A master and nodes: numbers are their places, 0 the master, so Street((0, 1, 2))."""

    def __init__(self, numbers=(0, 1), total_ma=32000, **settings):
        room_for(len(numbers))
        vclock.install()         # before anything asks what time it is
        self._start = vclock.now_ms()
        self.site = Site(chargers=max(len(numbers), 1))
        self.line = self.site.line
        self.chargers = []
        self.beside = []         # coroutines that run beside: other masters, other nodes
        for i in range(len(numbers)):
            own = dict(settings)
            own["loadbl"] = numbers[i] + 1
            own.setdefault("max_current_a", 16)
            self.chargers.append(Neighbour(self.site.spots[i], numbers[i], total_ma, own))

    def _beat(self, dt_ms):
        self.site.step(dt_ms)
        for charger in self.chargers:
            charger.tick(dt_ms)

    def _second(self, _):
        for charger in self.chargers:
            if charger.task:
                charger.regulate.second()

    def _ms(self):
        return vclock.now_ms() - self._start

    def _us(self):
        return self._ms() * 1000

    def run(self, story):
        """Lets story(street) happen."""
        async def all_of_it():
            tasks = [asyncio.create_task(one) for one in self.beside]
            for charger in self.chargers:
                charger.on()
            try:
                return await story(self)
            finally:
                for charger in self.chargers:
                    if charger.task:
                        charger.off()
                for task in tasks:
                    task.cancel()
        try:
            self.line.clock = self._us
            vclock.every(TICK_MS, self._beat)
            vclock.every(1000, self._second)
            return vclock.run(all_of_it())
        finally:
            vclock.remove()

    def __getitem__(self, i):
        return self.chargers[i]


async def wait(ms):
    """Lets ms go by."""
    await clock.sleep_ms(ms)


async def until(is_so, most_ms=20000):
    """Waits until is_so(); how many ms that took."""
    start = clock.ticks_ms()
    while not is_so():
        took = clock.ticks_diff(clock.ticks_ms(), start)
        assert took < most_ms, "never in %d ms" % most_ms
        await clock.sleep_ms(TICK_MS)
    return clock.ticks_diff(clock.ticks_ms(), start)
