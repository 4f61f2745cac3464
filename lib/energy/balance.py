"""Who gets what: Normal, Smart and Solar, for one charger or a fleet, on every reading and once a second.

In go the readings of mains and circuit and the fleet's slots; out comes what
each charger is given and whose brake that is. What is known of a car is in
car.py, a fuse in room.py, the sun in surplus.py, who gets it in deal.py; here
is only who is asked when. It knows no pilot and no
meter; milliamps per phase, import positive.
"""
from micropython import const

from energy.deal import CAPACITY, CIRCUIT, MAINS, NORMAL, OWN, RELAY, SMART, SOLAR, SURPLUS, TURN, Deal  # noqa: F401  for who reads us
from energy.fleet import Fleet
from energy.seat import Seat
from energy.share import NO_LIMIT  # noqa: F401  for who reads us

FIXED = const(1)               # as settings' capacity

SLOW_MS = const(4000)   # a reading this old lowers the offers to MIN ...
STALE_MS = const(11000)  # ... and this old stops them (the reference's times)
CIRCUIT_SLOW_MS = const(8000)
CIRCUIT_STALE_MS = const(20000)
BLIND_MS = const(500)   # an overload on a phase where no car is thought to be, for so long: is that so?


class Balance(Deal):
    def __init__(self, fleet=None) -> None:
        Deal.__init__(self, fleet or Fleet())
        self.peak_ma = 0       # CAP MODE Interval and Flanders: what the sum of the phases may be now; 0: none
        self._ma = [0, 0, 0]   # the last reading
        self._at = self._circuit_at = -1
        self._gap_ms = self._circuit_gap_ms = 0
        self._every_ms = 1000  # how often the mains are heard

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
        trial = self.car.trial_ma if len(self.seats) == 1 else 0
        blind = False
        for p in range(3):
            offered_ma = self._offers(p)
            room.decide(p, limit_ma, offered_ma, ma[p], trial)
            if ma[p] > limit_ma and not offered_ma:
                blind = True
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
