"""Who gets what: Normal, Smart and Solar, for one charger or a fleet, on every reading and once a second.

In go the readings of mains and circuit and the fleet's slots; out comes what
each charger is given and whose brake that is. What is known of a car is in
car.py, a fuse in room.py, the sun in surplus.py, the dealing in share.py;
here is only who is asked when, and who has to stop. It knows no pilot and no
meter; milliamps per phase, import positive.
"""
from micropython import const

from energy import share
from energy.crowd import Crowd
from energy.car import FALL, STILL
from energy.fleet import Fleet
from energy.room import Room
from energy.seat import Seat
from energy.share import LINES, NO_LIMIT
from energy.surplus import Surplus

NORMAL, SMART, SOLAR = range(3)  # as settings' mode; what is above is solar too

FIXED = const(1)               # as settings' capacity

OWN, MAINS, CIRCUIT, CAPACITY, RELAY, SURPLUS, TURN = range(7)  # Charger.by: whose brake it is

SLOW_MS = const(4000)   # a reading this old lowers the offers to MIN ...
STALE_MS = const(11000)  # ... and this old stops them (the reference's times)
CIRCUIT_SLOW_MS = const(8000)
CIRCUIT_STALE_MS = const(20000)
REST_MS = const(60000)  # after a stop for a shortage
BLIND_MS = const(500)   # an overload on a phase where no car is thought to be, for so long: is that so?
NO_WAY_MA = const(4000)  # so much too little at the minimum that nothing but a stop will help
RAISE_MA = const(300)   # less than this is not worth a new offer ...
RAISE_SUN_MA = const(50)  # ... in the sun, which climbs slowly, and what it leaves is lost
MOVING_MA = const(1500)  # ... and while a car still answers to the last one, what is known is not better than this
RELAY_MA = const(18000)  # 4.14 kW over the phases: below the 4.2 kW of EnWG 14a


class Balance:
    def __init__(self, fleet=None) -> None:
        self.fleet = fleet or Fleet()
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
        self.peak_ma = 0       # CAP MODE Interval and Flanders: what the sum of the phases may be now; 0: none
        self._crowd = Crowd()
        self._left = [NO_LIMIT] * LINES
        self._ma = [0, 0, 0]   # the last reading
        self._at = self._circuit_at = -1
        self._gap_ms = self._circuit_gap_ms = 0
        self._every_ms = 1000  # how often the mains are heard
        self._second_ms = 0
        self._turn = 0

    @property
    def car(self):
        """What is known of this charger's car."""
        return self.seats[0].car

    def rest_s(self) -> int:
        """Until this charger may try again after a shortage, s."""
        return (self.seats[0].rest_ms + 999) // 1000

    def second(self, cfg, mains, circuit, now: int, dt_ms: int) -> None:
        """Once a second: mains and circuit are meters' readings (circuit may be None), now their clock."""
        self._look(cfg, mains, circuit, now, dt_ms)
        self._sun(cfg, mains)
        self._deal(cfg, dt_ms)

    def hurry(self, cfg, mains, circuit, now: int, dt_ms: int) -> bool:
        """A new reading between two seconds. True when somebody is given less or more now."""
        self._look(cfg, mains, circuit, now, dt_ms)
        return self._deal(cfg, dt_ms)

    # what is

    def _look(self, cfg, mains, circuit, now: int, dt_ms: int) -> None:
        seats, slots = self.seats, self.fleet.cars
        while len(seats) < len(slots):
            seats.append(Seat())
        while len(seats) > len(slots):
            seats.pop()
        for k in range(len(slots)):
            seats[k].fill(dt_ms, slots[k], self._ma)
            if seats[k].asks and not seats[k].turn:
                self._turn += 1
                seats[k].turn = self._turn
        smart = cfg.mode != NORMAL
        age_ms = mains.age_ms(now)
        self._gap_ms += dt_ms
        if mains.known and mains.at != self._at:
            self._at = mains.at
            self._hear(mains.ma)
        self.stale = 1 if smart and age_ms > STALE_MS else 0
        slow_ms = max(SLOW_MS, self._every_ms * 3 // 2)
        if smart and not self.stale:
            self._limit(self.mains, dt_ms, cfg.mains_a * 1000, self._ma, 1 if age_ms > slow_ms else 0)
        else:
            self.mains.off()
            self.mains.slow = 0
        limit_ma = cfg.sum_mains_a * 1000 if cfg.capacity == FIXED else self.peak_ma if cfg.capacity else 0
        if smart and limit_ma and not self.stale:
            self._limit_sum(limit_ma)
        else:
            self.total.off()
            self.grace_ms = 0
        self._look_circuit(cfg, circuit, now, dt_ms)

    def _hear(self, ma) -> None:
        """A new reading of the mains: what of it are the cars?"""
        gap_ms = min(self._gap_ms, STALE_MS)
        self._every_ms = gap_ms if gap_ms > self._every_ms else self._every_ms - (self._every_ms - gap_ms) // 4
        self._every_ms = min(self._every_ms, 5500)
        self._gap_ms = 0
        last = self._ma
        low = high = up = down = all_ma = 0
        for s in self.seats:
            all_ma += s.car.high_ma
            way = s.car.way_ma()
            if way > 0:
                up += way
            else:
                down -= way
        for s in self.seats:
            s.car.seen(ma, last, gap_ms, up, down, all_ma - s.car.high_ma)
            low += s.car.low_ma * s.n
            high += s.car.high_ma * s.n
        last[0], last[1], last[2] = ma[0], ma[1], ma[2]
        self._read(self.mains, gap_ms, ma)
        self.total.read(gap_ms, 0, ma[0] + ma[1] + ma[2], low, high)
        self.total.heard(gap_ms)

    def _read(self, room, gap_ms: int, ma) -> None:
        for p in range(3):
            low = high = 0
            for s in self.seats:
                if s.mask >> p & 1:
                    high += s.car.high_ma
                    if s.n == 3 or s.mask != 7:
                        low += s.car.low_ma
            room.read(gap_ms, p, ma[p], low, high)
        room.heard(gap_ms)

    def _offers(self, p: int) -> int:
        ma = 0
        for s in self.seats:
            if s.mask >> p & 1:
                ma += s.offered_ma
        return ma

    def _limit(self, room, dt_ms: int, limit_ma: int, ma, slow: int) -> None:
        trial = self.seats[0].car.trial_ma if len(self.seats) == 1 else 0
        blind = 0
        for p in range(3):
            offered_ma = self._offers(p)
            room.decide(p, limit_ma, offered_ma, ma[p], trial)
            if ma[p] > limit_ma and not offered_ma:
                blind = 1
        room.look()
        room.blind_ms = room.blind_ms + dt_ms if blind else 0
        if room.blind_ms > BLIND_MS:
            room.blind_ms = 0
            for s in self.seats:
                if s.car.charging:
                    s.car.everywhere()
        room.slow = slow

    def _limit_sum(self, limit_ma: int) -> None:
        ma = self._ma
        offered = 0
        for s in self.seats:
            offered += s.offered_ma * s.n
        self.total.decide(0, limit_ma, offered, ma[0] + ma[1] + ma[2], 0)
        self.total.look()

    def _look_circuit(self, cfg, circuit, now: int, dt_ms: int) -> None:
        room = self.circuit
        self.circuit_stale = 0
        self._circuit_gap_ms += dt_ms
        if circuit is None or not cfg.circuit_meter:
            room.off()
            room.slow = 0
            return
        age_ms = circuit.age_ms(now)
        if circuit.known and circuit.at != self._circuit_at:
            self._circuit_at = circuit.at
            self._read(room, min(self._circuit_gap_ms, STALE_MS), circuit.ma)
            self._circuit_gap_ms = 0
        if age_ms > CIRCUIT_STALE_MS:
            self.circuit_stale = 1
            room.off()
        else:
            self._limit(room, dt_ms, cfg.circuit_a * 1000, circuit.ma, 1 if age_ms > CIRCUIT_SLOW_MS else 0)

    def _sun(self, cfg, mains) -> None:
        sun = self.sun
        sun.rest()
        if cfg.mode < SOLAR:
            sun.off()
            if cfg.mode == NORMAL:
                sun.dark_s = 0
            return
        total_ma = mains.ma[0] + mains.ma[1] + mains.ma[2]
        self._crowd.fill(self.seats)
        sun.second(cfg, total_ma, self._crowd)

    # who gets it

    def _deal(self, cfg, dt_ms: int) -> bool:
        seats, left = self.seats, self._left
        self._lines(cfg, left)
        ranked = self._ranked(cfg)
        stop = self.stale or self.circuit_stale
        self._let_in(cfg, ranked, left, dt_ms, stop)
        slow = self.mains.active and self.mains.slow or self.circuit.active and self.circuit.slow
        if not slow:
            if cfg.share == share.EQUAL or len(seats) == 1:
                share.rise(ranked, left, 0)
                share.rise(ranked, left, 1)
            else:
                share.rise_in_order(ranked, left, 0)
                share.rise_in_order(ranked, left, 1)
            if len(seats) > 1:
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
        short_ms = dt_ms
        for s in ranked:
            if s.car.move == FALL and min(left[0], left[1], left[2]) > -NO_WAY_MA:
                short_ms = dt_ms // 2  # the meter shows more than there will be in a moment
        if self.mains.active and self.mains.short(short_ms, -min(left[0], left[1], left[2])):
            self._stop_last(ranked, left, 0, 3)
        if self.circuit.active:
            if self.circuit.short(short_ms, -min(left[3], left[4], left[5])):
                self._stop_last(ranked, left, 3, 6)
        elif self.master:  # without a meter the offers themselves are what is counted
            while min(left[3], left[4], left[5]) < 0 and self._stop_last(ranked, left, 3, 6):
                pass
        if self.total.active:
            self._past_capacity(cfg, ranked, left, dt_ms)
        for j in (7, 8):
            while left[j] < 0 and self._stop_last(ranked, left, j, j + 1):
                pass

    def _past_capacity(self, cfg, ranked, left, dt_ms: int) -> None:
        """The sum of the phases is too much: CAP STOP minutes of grace at the minimum, or none."""
        missing_ma = -left[6]
        whole_ms = cfg.sum_mains_min * 60000
        if not whole_ms:
            self.grace_ms = 0
            if self.total.short(dt_ms, missing_ma):
                self._stop_last(ranked, left, 6, 7)
        elif missing_ma > 0 or (self.grace_ms and self.total.over_ma > 0):
            self.grace_ms = (self.grace_ms or whole_ms + dt_ms) - dt_ms
            if self.grace_ms <= 0:
                self.grace_ms = 0
                self._stop_last(ranked, left, 6, 7)
        else:
            self.grace_ms = 0

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
                    s.rest_ms = REST_MS if j <= share.SUMS or len(ranked) > 1 else 0
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
            pending, raising = -max(0, left[j]), 0
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
