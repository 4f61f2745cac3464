"""The regulation second: meters in, limits out.

Here the two rooms that do not know each other meet, the connector and the
energy, over milliamps: this charger's slot of the fleet is filled from the
connector, and what the regulator answers becomes limits by name. A limit that
is given lives five seconds; if this task dies, the offer dies with it.
"""
from micropython import const

import faults
from app import clock
from energy import balance as by
from energy.least import Least
from evse.auth import ON
from evse.iec61851 import C2, D2
from evse.limits import CABLE, CAPACITY, CIRCUIT, MAINS, MAX, NO_LIMIT, NODE, OVERDRAW, OVERRIDE, PLAN, RELAY, SURPLUS, TEMPERATURE
from evse.why import CHARGING, DONE, NO_CURRENT, TIMER
from meters.silence import Silence

_LIFE_MS = const(5000)
MASTER, NODE_1 = 1, 2  # as settings' loadbl; those above are nodes too
OWN = (CABLE, MAX, TEMPERATURE, OVERRIDE, RELAY, OVERDRAW, PLAN)  # limits that the regulator does not make
_SLACK_S = const(3)         # a master lets a node's timer be off by so much
_HOME_MS = const(60000)     # what was said of the home battery is worth something for so long (the reference's time)
_EV_FRESH_MS = const(3000)  # an EV reading older than this judges nobody


class Regulate:
    def __init__(self, cfg, evse, out, meters, balance, session, fault_list, say=None) -> None:
        """say(text) writes a line for the log."""
        self.cfg = cfg
        self.evse = evse
        self.out = out
        self.meters = meters
        self.balance = balance
        self.fleet = balance.fleet
        self.session = session
        self.least = Least()   # the least offer its car was seen to charge at
        self.faults = fault_list
        self.silence = Silence(meters, fault_list)
        self.say = say
        self.plan = self.diary = None   # what was planned, and the day's diary
        self.tariff = None  # made when CAP MODE needs a clock
        self._told = 0   # faults.serial as last written down
        self._ranked = self._count = -1  # cfg.serial and chargers when the order of service was read last
        self.up_s = 0    # seconds since the start, counted here
        self._at = clock.ticks_ms()  # when the regulator was asked last

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
            brief = self.faults.raised & ~self.faults.mask
            self.faults.raised = 0
            if self.say and brief:
                self.say("fault %s came and went" % faults.names(brief))
            if self.say and (self.faults.mask or not brief):
                self.say("fault " + (self.faults.names() or "gone"))
        evse, ev, balance = self.evse, self.meters.ev, self.balance
        node = self.cfg.loadbl >= NODE_1  # its master reckons for it; app/node.py gives what that allots
        self._rank()
        drawn_ma = self._slot()
        evse.second(drawn_ma, evse.offered_ma)
        self._learn_least(drawn_ma)
        if node and evse.limits.ma[NODE] == NO_LIMIT:
            evse.limits.put(NODE, 0)      # it has not listened yet
        meters = self.meters
        if self.plan and self.cfg.capacity > by.FIXED:
            if not self.tariff:
                from app.tariff import Tariff
                self.tariff = Tariff(self.plan.house)
            self.tariff.second()
        self._home()
        balance.second(self.cfg, meters.mains, meters.circuit, clock.ticks_ms(), self._dt_ms())
        evse.auto_phases = 3 if node else balance.sun.phases
        self._put()
        self.faults.put(faults.MAINS_METER, balance.stale and not node)
        self.silence.second(self.cfg, clock.ticks_ms())
        self.session.second(1 if evse.letter else 0, self.out.c1, ev.import_wh if ev.known else -1)
        if self.plan:
            self.plan.second(1 if evse.letter else 0)
        if self.diary:
            self.diary.second(self.up_s, evse.why, evse.by, evse.offered_ma)

    def _learn_least(self, drawn_ma: int) -> None:
        """A car that charges at eight ampere and not at six: its owner hears of it."""
        least, evse = self.least, self.evse
        was_ma = least.ma
        if not evse.letter:
            least.forget()
        else:
            least.second(1000, self._charging(), evse.offered_ma, drawn_ma)
            if least.ma > was_ma and self.say:
                self.say("car draws nothing at %d.%d A, but did at more: MIN %d A may suit it" % (
                    evse.offered_ma // 1000, evse.offered_ma % 1000 // 100, least.ma // 1000))

    def hurry(self) -> None:
        """The mains meter has spoken between two seconds: what has to change changes now."""
        self._slot()
        if self.balance.hurry(self.cfg, self.meters.mains, self.meters.circuit, clock.ticks_ms(), self._dt_ms()):
            self._put()

    def _rank(self) -> None:
        """The order of service, read when a setting or the number of chargers has changed."""
        cfg, count = self.cfg, len(self.fleet.cars)
        if cfg.serial != self._ranked or count != self._count:
            self._ranked, self._count = cfg.serial, count
            try:
                self.fleet.rank(cfg.priorities)
            except ValueError as e:   # a file that somebody wrote: nobody stops charging for that
                self.fleet.rank("")
                if self.say:
                    self.say(str(e))

    def _home(self) -> None:
        """What the home battery does, for the sun: somebody's word, else a meter's."""
        now, feed = clock.ticks_ms(), self.meters.battery_feed
        if feed.age_ms(now) <= _HOME_MS:
            self.balance.sun.home(feed.ma, feed.at)
            return
        meter = self.meters.battery
        known = self.cfg.battery_meter and meter.age_ms(now) <= _HOME_MS
        self.balance.sun.home(meter.ma[0] + meter.ma[1] + meter.ma[2] if known else 0, meter.at if known else -1)

    def _dt_ms(self) -> int:
        """Since the regulator was asked last."""
        now = clock.ticks_ms()
        dt_ms = clock.ticks_diff(now, self._at)
        self._at = now
        return min(max(dt_ms, 0), 10000)

    def _slot(self) -> int:
        """This charger's slot of the fleet; what its car draws on its worst phase by a fresh EV reading, mA, or -1."""
        evse, cfg, slot, ev = self.evse, self.cfg, self.fleet.cars[0], self.meters.ev
        slot.online = 1
        waits = evse.letter and cfg.access == ON and not self.faults.stop and evse.why != TIMER and evse.why != DONE
        slot.asks = 1 if waits else 0
        slot.charging = self._charging()
        slot.offered_ma = evse.offered_ma
        slot.phases = evse.phases.now
        slot.min_ma = cfg.min_current_a * 1000
        most_ma = NO_LIMIT
        for who in OWN:
            most_ma = min(most_ma, evse.limits.ma[who])
        slot.max_ma = most_ma
        slot.drawn_ma = -1
        if ev.known and ev.age_ms(clock.ticks_ms()) <= _EV_FRESH_MS:
            slot.l1_ma, slot.l2_ma, slot.l3_ma = ev.ma[0], ev.ma[1], ev.ma[2]
            slot.drawn_ma = max(0, max(ev.ma))
        self.balance.master = 1 if cfg.loadbl == MASTER else 0
        self.balance.relay_open = evse.switch.relay_open
        return slot.drawn_ma

    def _put(self) -> None:
        """The regulator's word becomes limits."""
        limits, ma = self.evse.limits, self.balance.limit_ma
        loadbl = self.cfg.loadbl
        if loadbl >= NODE_1:
            for who in (MAINS, CIRCUIT, CAPACITY, SURPLUS):
                limits.put(who, NO_LIMIT, _LIFE_MS)
            return
        limits.put(MAINS, ma[by.MAINS], _LIFE_MS)
        limits.put(CIRCUIT, ma[by.CIRCUIT], _LIFE_MS)
        limits.put(CAPACITY, ma[by.CAPACITY], _LIFE_MS)
        limits.put(SURPLUS, ma[by.SURPLUS], _LIFE_MS)
        limits.put(NODE, min(ma[by.RELAY], ma[by.TURN]) if loadbl == MASTER else NO_LIMIT, _LIFE_MS)

    def _charging(self) -> int:
        """1: a contactor is closed and current is offered, with ventilation or without."""
        state = self.evse.state
        return 1 if self.out.c1 and (state == C2 or state == D2) else 0

    def countdown_s(self) -> int:
        """Seconds until what the present reason waits for; 0 when nothing runs."""
        evse = self.evse
        if evse.why == TIMER:
            return self.plan.starts_s() if self.plan else 0
        node = self.cfg.loadbl >= NODE_1  # what is reckoned here is not what its master does
        if evse.why == NO_CURRENT:
            return 0 if node else self.balance.sun.dark_s if evse.by == SURPLUS else self.balance.rest_s()
        if evse.why == CHARGING:
            return self.stop_timer_s() or (0 if node else (self.balance.grace_ms + 999) // 1000)
        return (evse.countdown_ms() + 999) // 1000

    def stop_timer_s(self) -> int:
        """Solar: seconds until the charge stops for lack of sun; 0 when there is enough."""
        if self.cfg.loadbl < NODE_1:
            return self.balance.sun.ends_s(self.cfg)
        node = self.plan.house.bus.node if self.plan else None
        return node.regs.timer_s if node and node.regs.timer_s > _SLACK_S else 0
