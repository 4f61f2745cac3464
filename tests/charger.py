"""A charger on the bench, for stories: the core and a plant in one process, no tasks, no sockets.

The story moves the plant and lets time go by; ticks and seconds are called as
the rim would call them, and the mains meter is read straight off the plant.
Runs on every interpreter.
"""
from app.control import Control
from energy import balance as by
from energy.balance import Balance
from evse import iec61851, why
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, SURPLUS
from evse.session import Session
from faults import MAINS_METER, Faults
from hal.io import Inputs, Outputs
from hal.sim import Sim
from log import Log
from meters.reading import Reading
from settings import Settings
from tools.plant.site import Site

TICK_MS = 10


class Charger:
    def __init__(self, profile="default", **settings):
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.site = Site(profile)
        self.board = Sim(self.site)
        self.faults = Faults()
        self.log = Log()
        self.inp, self.out = Inputs(), Outputs()
        self.thrown = 0           # what the dice show
        self.evse = Evse(self.cfg, self.faults, lambda n: self.thrown)
        self.balance = Balance()
        self.session = Session()
        self.control = Control(self.cfg, self.evse, self.inp, lambda text: self.log.say(self.now_ms // 1000, text))
        self.mains = Reading()
        self.ev_meter = 0         # 1: the car's current is measured
        self.countdown_ms = 0
        self.meter_s = 1          # the meter is read every so many seconds; 0: it is silent
        self.now_ms = 0
        self._read_ms = 0
        self.board.start(self._tick)

    def _tick(self, dt_ms):
        self.board.read(self.inp)
        self.evse.tick(dt_ms, self.inp, self.out)
        self.board.write(self.out)
        self.now_ms += dt_ms
        if self.now_ms % 1000 == 0:
            self._second()

    def _second(self):
        now_s = self.now_ms // 1000
        if self.meter_s and now_s % self.meter_s == 0:
            self.mains.put(self.now_ms, self.site.mains_ma, [ma * 230 // 1000 for ma in self.site.mains_ma])
        slot = self.balance.fleet.cars[0]
        slot.online = 1
        slot.asks = 1 if self.evse.letter and self.cfg.access == 1 else 0
        slot.charging = 1 if self.out.c1 and self.evse.state in (iec61851.C2, iec61851.D2) else 0
        slot.offered_ma, slot.phases = self.evse.offered_ma, self.evse.phases.now
        slot.min_ma = self.cfg.min_current_a * 1000
        slot.max_ma = min([ma for who, ma in enumerate(self.evse.limits.ma) if who not in (MAINS, SURPLUS)] or [NO_LIMIT])
        self.balance.second(self.cfg, self.mains, None, self.now_ms, 1000)
        self.evse.second(max(self.site.car.amps_ma) if self.ev_meter else -1, self.evse.offered_ma)
        self.evse.auto_phases = self.balance.sun.phases
        self.evse.limits.put(MAINS, self.balance.limit_ma[by.MAINS], 5000)
        self.evse.limits.put(SURPLUS, self.balance.limit_ma[by.SURPLUS], 5000)
        self.faults.put(MAINS_METER, self.balance.stale)
        self.session.second(1 if self.evse.letter else 0, self.out.c1, -1)

    # what a story does

    def run(self, ms):
        self.board.run(ms)
        return self

    def plug(self, ms=0):
        self.site.car.plugged = True
        return self.run(ms)

    def unplug(self, ms=0):
        self.site.car.plugged = False
        return self.run(ms)

    def charge(self):
        """A car comes and charges; time is left to it to reach its full current."""
        self.run(2000).plug(20000)
        assert self.state == "C2" and self.out.c1, (self.state, self.why)
        return self

    def until(self, is_so, most_ms=10000):
        """Ticks until is_so(); how many ms that took."""
        start = self.now_ms
        while not is_so():
            assert self.now_ms - start < most_ms, "never in %d ms: %s %s" % (most_ms, self.state, self.why)
            self.run(TICK_MS)
        return self.now_ms - start

    # what a story sees

    @property
    def state(self):
        return iec61851.NAME[self.evse.state]

    @property
    def why(self):
        return why.NAME[self.evse.why]

    @property
    def car_ma(self):
        return self.site.car.ma


def story(title, charger, *steps):
    """Steps of (what is done, ms that go by, (state, contactor 1, reason) afterwards), in turn."""
    for do, ms, want in steps:
        if do:
            do(charger)
        charger.run(ms)
        got = (charger.state, charger.out.c1, charger.why)
        assert got == want, "%s: %s, not %s" % (title, got, want)


def shine(charger, a):
    """The sun yields so many amperes on each phase from now on."""
    ma = int(a * 1000)
    charger.site.sun.set_ma(ma, ma, ma)
    return charger


def under(sun_a, house_a, look_ms, profile="default", **settings):
    """Plugged in after so many ms under this sun, in Solar unless the settings say another mode. The house takes house_a on each phase."""
    charger = Charger(profile, **dict({"mode": "Solar", "max_current_a": 16}, **settings))
    ma = int(house_a * 1000)
    charger.site.house.set_ma(ma, ma, ma)
    shine(charger, sun_a).run(look_ms)
    return charger.plug()
