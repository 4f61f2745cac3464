"""The regulation second: meters in, limits out.

Here the two rooms that do not know each other meet, the connector and the
energy, over milliamps. A limit that is given lives five seconds; if this task
dies, the offer dies with it.
"""
import faults
from app import clock
from evse.iec61851 import C2, D2
from evse.limits import MAINS, NO_LIMIT, NODE, SURPLUS
from evse.why import CHARGING, NO_CURRENT
from meters.silence import Silence

LIFE_MS = 5000
NODE_1 = 2          # as settings' loadbl; those above are nodes too
EV_FRESH_MS = 3000  # an EV reading older than this judges nobody


class Regulate:
    def __init__(self, cfg, evse, out, meters, balance, session, fault_list, say=None) -> None:
        """say(text) writes a line for the log."""
        self.cfg = cfg
        self.evse = evse
        self.out = out
        self.meters = meters
        self.balance = balance
        self.session = session
        self.faults = fault_list
        self.silence = Silence(meters, fault_list)
        self.say = say
        self.plan = self.diary = None   # what was planned, and the day's diary
        self._told = 0   # faults.serial as last written down
        self.up_s = 0    # seconds since the start, counted here

    def follow(self, plan, diary) -> None:
        """From now on plan and diary have their second, too."""
        self.plan = plan
        self.diary = diary

    async def run(self) -> None:
        """For ever, once a second, without drift."""
        due = clock.ticks_ms()
        while True:
            self.second()
            due = clock.ticks_add(due, 1000)
            rest = clock.ticks_diff(due, clock.ticks_ms())
            if rest < -5000:
                due = clock.ticks_ms()  # the world stood still (a debugger, a suspended PC): do not run after it
            await clock.sleep_ms(rest if rest > 0 else 0)

    def second(self) -> None:
        """One second more."""
        self.up_s += 1
        if self.faults.serial != self._told:
            self._told = self.faults.serial
            if self.say:
                self.say("fault " + (self.faults.names() or "gone"))
        evse = self.evse
        mains = self.meters.mains
        charging = self._charging()
        balance = self.balance
        balance.second(self.cfg, mains.ma, mains.age_ms(clock.ticks_ms()), charging, evse.offered_ma, evse.phases.now)
        ev = self.meters.ev
        known = ev.known and ev.age_ms(clock.ticks_ms()) <= EV_FRESH_MS
        evse.second(max(ev.ma) if known else -1, evse.offered_ma)
        node = self.cfg.loadbl >= NODE_1  # its master reckons for it; app/node.py gives what that allots
        if node and evse.limits.ma[NODE] == NO_LIMIT:
            evse.limits.put(NODE, 0)      # it has not listened yet
        evse.auto_phases = 3 if node else balance.sun.phases
        evse.limits.put(MAINS, NO_LIMIT if node else balance.mains_ma, LIFE_MS)
        evse.limits.put(SURPLUS, NO_LIMIT if node else balance.sun.ma, LIFE_MS)
        self.faults.put(faults.MAINS_METER, balance.stale and not node)
        self.silence.second(self.cfg, clock.ticks_ms())
        self.session.second(1 if evse.letter else 0, self.out.c1, ev.import_wh if ev.known else -1)
        if self.plan:
            self.plan.second(1 if evse.letter else 0)
        if self.diary:
            self.diary.second(self.up_s, evse.why, evse.by, evse.offered_ma)

    def hurry(self) -> None:
        """The mains meter has spoken between two seconds: what has to come down comes down now."""
        if self.balance.hurry(self.cfg, self.meters.mains.ma, self._charging(), self.evse.offered_ma):
            self.evse.limits.put(MAINS, self.balance.mains_ma, LIFE_MS)

    def _charging(self) -> int:
        """1: a contactor is closed and current is offered, with ventilation or without."""
        state = self.evse.state
        return 1 if self.out.c1 and (state == C2 or state == D2) else 0

    def countdown_s(self) -> int:
        """Seconds until what the present reason waits for; 0 when nothing runs."""
        evse = self.evse
        if evse.why == NO_CURRENT:
            return self.balance.sun.dark_s if evse.by == SURPLUS else self.balance.room.rest_s
        if evse.why == CHARGING:
            return self.balance.sun.stop_s
        return (evse.countdown_ms() + 999) // 1000

    def stop_timer_s(self) -> int:
        """Solar: seconds until the charge stops for lack of sun; 0 when there is enough."""
        return self.balance.sun.stop_s
