"""Who gets it, and who has to stop: the dealing among the seats, and this charger's limits by name.

Works on what balance.py has found out: budgets of fuses and sums, seats with
what they ask and take. The minimum comes first, a shortage stops the last
only, and what a car is still to let go of is not given to another. It reads
no meter; milliamps per phase.
"""
from micropython import const

from energy import share
from energy.car import FALL, STILL
from energy.crowd import Crowd
from energy.room import Room
from energy.seat import Seat
from energy.share import LINES, NO_LIMIT
from energy.surplus import Surplus

NORMAL, SMART, SOLAR = range(3)  # as settings' mode; what is above is solar too
OWN, MAINS, CIRCUIT, CAPACITY, RELAY, SURPLUS, TURN = range(7)  # Charger.by: whose brake it is

REST_MS = const(60000)  # after a stop for a shortage; twice as long after a second brief try
NO_WAY_MA = const(4000)  # so much too little at the minimum that nothing but a stop will help
RAISE_MA = const(300)   # less than this is not worth a new offer ...
RAISE_SUN_MA = const(50)  # ... in the sun, which climbs slowly, and what it leaves is lost
MOVING_MA = const(1500)  # ... and while a car still answers to the last one, what is known is not better than this
RELAY_MA = const(18000)  # 4.14 kW over the phases: below the 4.2 kW of EnWG 14a


class Deal:
    def __init__(self, fleet) -> None:
        self.fleet = fleet
        self.stale = 0         # 1: the mains meter is not to be believed any more
        self.circuit_stale = 0
        self.relay_open = 0    # 1: the grid operator's relay allows 4.2 kW in all
        self.master = 0        # 1: there are others on the wire, and CIRCUIT is for all of them
        self.limit_ma = [NO_LIMIT, 0, 0, 0, 0, 0, NO_LIMIT]  # for this charger, by whose they are
        self.grace_ms = 0      # countdown: the capacity is passed, and this is left until the charge stops
        self.seats = [Seat()]
        self.mains = Room(3)
        self.circuit = Room(3)
        self.total = Room(1)
        self.sun = Surplus()
        self._crowd = Crowd()
        self._left = [NO_LIMIT] * LINES
        self._turn = 0

    def _deal(self, cfg, dt_ms: int) -> bool:
        seats, left = self.seats, self._left
        self._lines(cfg, left)
        ranked = self._ranked(cfg)
        stop = self.stale or self.circuit_stale
        self._let_in(cfg, ranked, left, dt_ms, stop)
        slow = self.mains.active and self.mains.slow or self.circuit.active and self.circuit.slow
        if not slow:
            rise = share.rise if cfg.share == share.EQUAL else share.rise_in_order
            rise(ranked, left, 0)
            rise(ranked, left, 1)
            self._not_twice(left)
        changed = False
        for k in range(len(seats)):
            s, slot = seats[k], self.fleet.cars[k]
            dealt_ma = s.give_ma
            worth_ma = RAISE_SUN_MA if cfg.mode >= SOLAR else RAISE_MA if s.car.move == STILL else MOVING_MA
            if s.was_ma < dealt_ma < min(s.was_ma + worth_ma, s.may_ma):
                s.give_ma = s.was_ma
            if not k:
                self._name(left, dealt_ma, slow)
            if s.give_ma != s.was_ma:
                changed = True
            slot.give_ma, slot.by = s.give_ma, s.by
        return changed

    def _lines(self, cfg, left) -> None:
        """What all offers together may be, line by line."""
        for p in range(3):
            left[p] = self.mains.budget_ma[p] if self.mains.active else NO_LIMIT
            left[3 + p] = self.circuit.budget_ma[p] if self.circuit.active else NO_LIMIT
            if self.master:
                left[3 + p] = min(left[3 + p], cfg.circuit_a * 1000)
        left[6] = self.total.budget_ma[0] if self.total.active else NO_LIMIT
        left[7] = RELAY_MA if self.relay_open else NO_LIMIT
        left[8] = self.sun.limit_ma

    def _ranked(self, cfg):
        """The seats, who is served first in front. Few of them: sorted by hand."""
        seats = self.seats
        if len(seats) == 1:
            return seats
        ranked = []
        for s in seats:
            i = len(ranked)
            while i and self._before(cfg, s, ranked[i - 1]):
                i -= 1
            ranked.insert(i, s)
        return ranked

    def _before(self, cfg, a, b) -> bool:
        if a.idle() != b.idle():
            return b.idle()
        if cfg.share == share.PRIORITY and a.priority != b.priority:
            return a.priority < b.priority
        return (a.turn or NO_LIMIT) < (b.turn or NO_LIMIT)

    def _let_in(self, cfg, ranked, left, dt_ms: int, stop: int) -> None:
        """The minimum for whoever charges, then for whoever waits and fits; who is too many stops."""
        for s in ranked:
            s.give_ma = 0
            s.by = MAINS if self.stale else CIRCUIT if self.circuit_stale else TURN
            if stop:
                continue
            if s.lost_ms:
                share.take(left, s.mask, s.n, s.offered_ma)  # it does what it was last told
            elif s.car.charging and s.was_ma and s.asks:
                s.give_ma = s.min_ma
                s.by = OWN
                share.take(left, s.mask, s.n, s.min_ma)
        if not stop:
            self._too_many(cfg, ranked, left, dt_ms)
            waits = None
            for s in ranked:
                if s.give_ma or s.lost_ms or not s.asks or s.may_ma < s.min_ma:
                    continue
                line = share.fits(left, s.mask, s.n, s.min_ma, 0 if s.was_ma else share.ROOM_MA)
                if s.rest_ms or line >= 0:
                    s.by = share.BY[line] if line >= 0 else s.rest_by
                    waits = waits or s
                    continue
                s.give_ma = s.min_ma
                s.by = OWN
                share.take(left, s.mask, s.n, s.min_ma)
            if waits and cfg.rotate_min:
                self._rotate(cfg, ranked, waits)

    def _too_many(self, cfg, ranked, left, dt_ms: int) -> None:
        """When the minimum of those that charge is too much: after a while the last of them stops, and only it."""
        falls = 0
        for s in ranked:
            if s.car.move == FALL and min(left[0], left[1], left[2]) > -NO_WAY_MA:
                falls = 1
        if self.mains.active and self.mains.short(dt_ms, -min(left[0], left[1], left[2]), falls):
            self._stop_last(ranked, left, 0, 3)
        if self.circuit.active:
            if self.circuit.short(dt_ms, -min(left[3], left[4], left[5]), falls):
                self._stop_last(ranked, left, 3, 6)
        elif self.master:  # without a meter the offers themselves are what is counted
            while self._stop_last(ranked, left, 3, 6):
                pass
        if self.total.active and self._past_capacity(cfg, -left[6], dt_ms):
            self._stop_last(ranked, left, 6, 7)
        while self._stop_last(ranked, left, 7, 9):
            pass

    def _past_capacity(self, cfg, missing_ma: int, dt_ms: int) -> bool:
        """The sum of the phases is too much: CAP STOP minutes of grace at the minimum, or none. True when there is none left."""
        whole_ms = cfg.sum_mains_min * 60000
        if not whole_ms:
            self.grace_ms = 0
            return self.total.short(dt_ms, missing_ma)
        if missing_ma > 0 or (self.grace_ms and self.total.over_ma > 0):
            self.grace_ms = max(0, (self.grace_ms or whole_ms + dt_ms) - dt_ms)
        else:
            self.grace_ms = 0
        return not self.grace_ms

    def _stop_last(self, ranked, left, first: int, end: int) -> bool:
        """The last in rank that draws on a line of these which is too full stops. False when there is none."""
        for i in range(len(ranked) - 1, -1, -1):
            s = ranked[i]
            if not s.give_ma:
                continue
            for j in range(first, end):
                if left[j] < 0 and share.weight(j, s.mask, s.n):
                    s.give_ma = 0
                    s.by = share.BY[j]
                    s.rest_ms = s.longer(REST_MS) if j <= share.SUMS or len(ranked) > 1 else 0
                    s.rest_by = s.by
                    share.take(left, s.mask, s.n, -s.min_ma)
                    return True
        return False

    def _rotate(self, cfg, ranked, waits) -> None:
        """Somebody waits for lack of room only: who has charged longest, and long enough, gives its place."""
        longest = None
        for s in ranked:
            if s.give_ma and s.on_ms >= cfg.rotate_min * 60000 and (longest is None or s.on_ms > longest.on_ms):
                longest = s
        if longest is not None and not waits.rest_ms:
            longest.give_ma = 0
            longest.by = TURN
            self._turn += 1
            longest.turn = self._turn

    def _not_twice(self, left) -> None:
        """What one car is still to let go of is not given to another before it has."""
        for j in range(LINES):
            if left[j] >= NO_LIMIT:
                continue
            pending, raising = -left[j], 0  # where too little is left nobody is raised
            for s in self.seats:
                n = share.weight(j, s.mask, s.n)
                if s.give_ma < s.car.high_ma:
                    pending += (s.car.high_ma - s.give_ma) * n
                elif s.give_ma > max(s.min_ma, s.offered_ma):
                    raising += n
            if pending <= 0 or not raising:
                continue
            for s in self.seats:
                base = max(s.min_ma, s.offered_ma)
                if share.weight(j, s.mask, s.n) and s.give_ma > base and s.give_ma >= s.car.high_ma:
                    s.give_ma = max(base, s.give_ma - pending // raising)

    def _name(self, left, dealt_ma: int, slow: int) -> None:
        """This charger's limits by name: what it is given, and what else there would be."""
        s = self.seats[0]
        if slow:
            s.by = MAINS if self.mains.slow else CIRCUIT
        for by in range(len(self.limit_ma)):
            ma = NO_LIMIT
            for j in range(LINES):
                n = share.weight(j, s.mask, s.n)
                if n and share.BY[j] == by and left[j] < NO_LIMIT:
                    ma = min(ma, dealt_ma + max(0, left[j]) // n)
            if by == s.by and (s.asks or s.give_ma or self.stale or self.circuit_stale):
                ma = s.give_ma
            self.limit_ma[by] = ma
        self.limit_ma[OWN] = NO_LIMIT
