"""The commissioning check: watches a load come or go and asks meters/commission.py what that says about the CTs.

The load is the car, whose current is known from its meter or from what it is
offered, or one that a person switches on an announced phase. Means are taken
over windows of _WINDOW_S; between two quiet windows lies the step. While the
car charges the check makes the step itself: it asks for MIN as an override,
takes that back when it has seen enough, and never asks for more current than
there was. In Solar, or with an override of somebody else, it waits for a step.
"""
from micropython import const

from app import clock
from evse.iec61851 import C2, D2
from meters.commission import CHANGED, LEAST_MA, OK, UNCLEAR, Wiring, pattern

_WINDOW_S = const(4)
_FRESH_MS = const(3000)        # older readings count for nothing
_CAR_QUIET_MA = const(700)     # a window in which the car moves more is not quiet
_HOUSE_QUIET_MA = const(1500)  # ... and for an announced load the mains
_LONGEST_S = const(300)        # then it gives up waiting
CAR = const(0)                 # what: the car, or the phase 1..3 of an announced load

IDLE, RUNNING = 0, 1


class Checkup:
    def __init__(self, house) -> None:
        self.house = house
        self.wiring = Wiring()
        self.state = IDLE
        self.what = CAR
        self.news = ""         # what came of the last step, a sentence
        self.left_s = 0
        self._override_ma = -1  # what we asked for, -1 nothing
        self._ms = 0
        self._samples = 0
        self._sum = [0] * 6    # mains L1..L3, car L1..L3, mA
        self._low = [0] * 6
        self._high = [0] * 6
        self._base: list = []  # the quiet means that the step begins from, and the newest ones
        self._last: list = []
        self._settled = 0      # 1: one quiet window has passed since the step; meters lag

    def start(self, what: int) -> None:
        """what: CAR, or the phase 1..3 where a load is going to be switched. ValueError says why it cannot be now."""
        if not 0 <= what <= 3:
            raise ValueError("phase must be 1 to 3")
        house = self.house
        if not house.cfg.mains_meter:
            raise ValueError("there is no mains meter to check: set mains_meter first")
        if what and house.out.c1:
            raise ValueError("stop the charge first: the car would answer to the load")
        self.stop()
        self.what = what
        self.state = RUNNING
        self.left_s = _LONGEST_S
        self.news = ""
        self._base = []
        self._last = []
        self._settled = self._samples = self._ms = 0

    def stop(self) -> None:
        """Ends the check, and takes back what it asked for. What is known stays known."""
        self.state = IDLE
        self.left_s = 0
        control = self.house.control
        if self._override_ma >= 0 and control.override_ma == self._override_ma:
            control.override(0)
        self._override_ma = -1

    def forget(self) -> None:
        """As if nothing had ever been checked."""
        self.stop()
        self.wiring.forget()
        self.news = ""

    def step(self, dt_ms: int) -> None:
        """Some time went by; one look at the meters."""
        if self.state == IDLE:
            return
        self._ms += dt_ms
        while self._ms >= 1000:
            self._ms -= 1000
            self.left_s -= 1
            self._second()
            if self.state == IDLE:
                return

    def text(self) -> str:
        """What is going on, or what to do."""
        if self.state == IDLE:
            return self.news or self.wiring.todo()
        if not self._last:
            return "Looking at the mains; switch nothing now."
        if self.what:
            return "Now switch a large load on L%d, a kettle for example." % self.what
        return "Waiting for the car to change its current."

    def _second(self) -> None:
        if self.left_s <= 0:
            self.stop()
            self.news = "No step was seen in %d minutes." % (_LONGEST_S // 60)
            return
        now = clock.ticks_ms()
        mains = self.house.meters.mains
        if mains.age_ms(now) > _FRESH_MS:
            self._samples = 0
            return
        car = self._car(now)
        values = (mains.ma[0], mains.ma[1], mains.ma[2], car[0], car[1], car[2])
        for i in range(6):
            ma = values[i]
            first = not self._samples
            self._sum[i] = ma if first else self._sum[i] + ma
            self._low[i] = ma if first else min(self._low[i], ma)
            self._high[i] = ma if first else max(self._high[i], ma)
        self._samples += 1
        if self._samples >= _WINDOW_S:
            self._samples = 0
            self._window()

    def _car(self, now) -> tuple:
        """The car's current per phase, mA: measured, else what it is offered while the contactor is closed."""
        house = self.house
        ev = house.meters.ev
        if house.cfg.ev_meter and ev.age_ms(now) <= _FRESH_MS:
            return ev.ma[0], ev.ma[1], ev.ma[2]
        evse = house.evse
        ma = evse.offered_ma if house.out.c1 and evse.state in (C2, D2) else 0
        return (ma, ma, ma) if evse.phases.now == 3 else (ma, 0, 0)

    def _window(self) -> None:
        """A window is full."""
        first, last, most = (0, 3, _HOUSE_QUIET_MA) if self.what else (3, 6, _CAR_QUIET_MA)
        if max([self._high[i] - self._low[i] for i in range(first, last)]) > most:
            self._settled = 0
            return
        means = [s // _WINDOW_S for s in self._sum]
        if not self._last:
            self._last = means
        elif not self._base:
            self._base, self._last = self._last, means
            if not self.what:
                self._push()
        elif max([abs(means[i] - self._base[i]) for i in range(first, last)]) < LEAST_MA:
            self._base, self._last = self._last, means
        elif not self._settled:
            self._settled = 1
        else:
            self._judge(means)

    def _push(self) -> None:
        """Makes the step, if the car charges and nobody else has a say."""
        house = self.house
        low_ma = house.cfg.min_current_a * 1000
        if house.out.c1 and not house.control.override_ma and house.evse.offered_ma >= low_ma + LEAST_MA:
            try:
                house.control.override(low_ma)
            except ValueError:
                return  # in Solar there is none: the sun will make a step
            self._override_ma = low_ma

    def _judge(self, means: list) -> None:
        base = self._base
        seen = [means[i] - base[i] for i in range(3)]
        step = [means[i] - base[i] for i in range(3, 6)]
        if self.what:
            step = [0, 0, 0]
            step[self.what - 1] = max([abs(ma) for ma in seen])  # it was switched on: a fall is a CT turned round
        elif not self._measured():
            sign = -1 if step[0] < 0 else 1
            step = [sign * ma for ma in pattern(seen, self.house.evse.phases.now)]
        result = self.wiring.learn(seen, step)
        self.stop()
        if result == OK:
            self.news = self.wiring.todo()
        elif result == CHANGED:
            self.news = "The wiring was changed; what was known before is forgotten. " + self.wiring.todo()
        elif result == UNCLEAR:
            self.news = "Unclear: something else was switched too, or a CT sees nothing. Check again."
        else:
            self.news = "The step was too small. Check again."
        self.house.say("check: " + ", ".join(["CT L%d %s" % (i + 1, self.wiring.text(i)) for i in range(3)]))

    def _measured(self) -> bool:
        return bool(self.house.cfg.ev_meter) and self.house.meters.ev.age_ms(clock.ticks_ms()) <= _FRESH_MS
