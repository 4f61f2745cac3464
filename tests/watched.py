"""A car that is watched on the mains, reading by reading: the bench of the tests of energy/answer.py and car.py. Milliamps."""
from energy.answer import Answer
from energy.car import Car


class Onlooker(Answer):
    """Watches a car of which some is known; all three phases of the mains were at nought when its offer changed."""

    def __init__(self, move, mask=7, phases=3, rate=0, most_ma=0):
        Answer.__init__(self)
        self.move, self.mask, self.phases, self.rate, self._most_ma = move, mask, phases, rate, most_ma

    def reads(self, *ma, gap_ms=500, cars_ma=16000):
        """The next reading; all cars together can have moved cars_ma. (what is the house's on each phase, what is the car's)"""
        self._house_steps(ma, (0, 0, 0), gap_ms, cars_ma)
        return self._ref, self._answer(ma)


class Watched:
    """A car, its house, and readings every so often. The story says what the car draws; the car model has to find out."""

    def __init__(self, house=(5000, 4000, 3000), phases=(0, 1, 2), every_ms=500, contactors=3):
        self.car, self.house, self.phases, self.every_ms, self.contactors = Car(), list(house), phases, every_ms, contactors
        self.last, self.drawn, self.offered, self.charging = self.mains(0), 0, 0, 0

    def mains(self, drawn):
        return [self.house[p] + (drawn if p in self.phases else 0) for p in range(3)]

    def read(self, drawn, times=1):
        for _ in range(times):
            self.drawn = drawn
            now = self.mains(drawn)
            self.car.told(self.every_ms, self.charging, self.offered, self.contactors, self.last)
            self.car.seen(now, self.last, self.every_ms, max(0, self.car.way_ma()), max(0, -self.car.way_ma()), 0)
            self.last = now
        return self

    def after(self, ms, drawn=None):
        """One reading, so much later."""
        was, self.every_ms = self.every_ms, ms
        self.read(self.drawn if drawn is None else drawn)
        self.every_ms = was
        return self

    def offer(self, ma, charging=1):
        """Another offer, between two readings; charging 0: the contactor opens."""
        self.offered, self.charging = ma, charging
        self.car.told(0, charging, ma, self.contactors, self.last)
        return self

    def start(self, offered, takes=None):
        """Closed; the car waits two seconds, rises by 2 A a second and stays at what it takes."""
        self.charging, self.offered = 1, offered
        takes = offered if takes is None else takes
        self.read(0, 2000 // self.every_ms)
        drawn = 0
        while drawn < takes:
            drawn = min(takes, drawn + 2 * self.every_ms)
            self.read(drawn)
        return self.read(takes, 8000 // self.every_ms)

    def moves(self, offered, after_ms=1500, rate=6, to=None):
        """A new offer: the car answers after so long, at so many A a second."""
        self.offered = offered
        to = offered if to is None else to
        self.read(self.drawn, after_ms // self.every_ms)
        while self.drawn != to:
            step = min(abs(to - self.drawn), rate * self.every_ms)
            self.read(self.drawn + (step if to > self.drawn else -step))
        return self

    def bounds(self):
        return self.car.low_ma, self.car.high_ma
