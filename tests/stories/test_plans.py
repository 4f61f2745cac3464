"""A plan and a real core: the car waits for its hour, charges, and is stopped as gently as by a person.

Windows of the week, a start every night, "charge now", goals of a session.
The wall clock is set forward over the hours in which nothing happens; ticks
go by only around the edges. The regulation second is the real one, in the
story's own time.
"""
from app import regulate
from app.plan import Plan
from charger import Charger
from energy.calendar import days_of
from evse.limits import NO_LIMIT, PLAN
from meters.roles import Roles

THURSDAY = days_of(2026, 11, 19) * 86400 - 3600  # its first minute in Amsterdam, in UTC
LAST_OF_WINTER = days_of(2026, 3, 28) * 86400    # a Saturday, one o'clock in Amsterdam; the next night has no hour from two to three
HOUR, DAY = 3600, 86400
UWS_PER_WH = 3600000000


class Wall:
    at = THURSDAY

    def utc_s(self):
        return self.at


class Planned(Charger):
    """A charger with a plan, an EV meter and a clock. Use: `with Planned(...) as c`."""

    def __init__(self, utc_s=THURSDAY, **settings):
        Charger.__init__(self, **settings)
        self.meters = Roles()
        self.wall = Wall()
        self.wall.at = utc_s
        self.register_wh = 0      # on top of what the car has had: hours that were left out
        self.most_ma = 0          # the most that was offered
        self.plan = Plan(self)
        self.regulate = regulate.Regulate(self.cfg, self.evse, self.out, self.meters, self.balance, self.session, self.faults)
        self.regulate.follow(self.plan, None)

    def __enter__(self):
        self._real = regulate.clock
        regulate.clock = self     # the second counts in the story's time
        return self

    def __exit__(self, *error):
        regulate.clock = self._real

    def ticks_ms(self):
        return self.now_ms

    def ticks_diff(self, a, b):
        return a - b

    def say(self, text):
        self.log.say(self.now_ms // 1000, text)

    def _second(self):
        self.wall.at += 1
        mains, ev, car = self.meters.mains, self.meters.ev, self.site.car
        mains.put(self.now_ms, self.site.mains_ma, [ma * 230 // 1000 for ma in self.site.mains_ma])
        ev.put(self.now_ms, car.amps_ma, [ma * 230 // 1000 for ma in car.amps_ma])
        ev.put_energy(self.register_wh + car.energy_uws // UWS_PER_WH, 0)
        self.regulate.second()
        self.most_ma = max(self.most_ma, self.evse.offered_ma)

    def now(self, utc_s):
        """The hours until then go by unseen."""
        assert utc_s >= self.wall.at
        self.wall.at = utc_s
        return self

    def seen(self):
        return self.state, self.out.c1, self.why

    def starts(self):
        """It charges, at once: the car's own time and no more."""
        self.until(lambda: self.state == "C2" and self.out.c1, 12000)

    def stops(self, why):
        """It stops, at once and softly: the car is asked, falls, and then the contactor opens."""
        self.until(lambda: self.state != "C2", 2000)
        assert (self.state, self.out.c1) == ("C1", 1) and self.car_ma > 1000
        self.until(lambda: not self.out.c1, 7000)
        self.run(3000)
        assert self.seen() == ("B1", 0, why)
        assert (self.site.car.hot_opens, self.faults.mask) == (0, 0)


WAITS, CHARGES = ("B1", 0, "timer"), ("C2", 1, "charging")


def test_a_night_tariff_from_evening_to_morning():
    with Planned(THURSDAY + 22 * HOUR, mode="Normal", week="Mo-Fr 23:00-07:00 Smart 10", week_else="Wait") as c:
        assert c.run(2000).plug(10000).seen() == WAITS
        assert c.now(THURSDAY + 23 * HOUR - 5).run(4000).seen() == WAITS
        c.starts()
        c.run(10000)
        assert c.cfg.mode == 1 and c.evse.limits.ma[PLAN] == 10000
        assert 9900 <= c.car_ma <= 10000 and c.most_ma <= 10000
        assert c.now(THURSDAY + 31 * HOUR - 5).run(4000).seen() == CHARGES
        c.stops("timer")
        assert c.cfg.mode == 0 and c.evse.limits.ma[PLAN] == NO_LIMIT and c.most_ma <= 10000
        c.run(15000).now(THURSDAY + DAY + 23 * HOUR).starts()    # the pause after a stop was over long ago
        c.run(10000).now(THURSDAY + DAY + 31 * HOUR).stops("timer")         # Friday's night ends on Saturday
        assert c.now(THURSDAY + 2 * DAY + 23 * HOUR).run(15000).seen() == WAITS  # and Saturday has none
        assert c.evse.contacts.closings == 2


def test_every_night_from_one_to_five_also_when_summer_begins():
    with Planned(LAST_OF_WINTER - 4 * HOUR, mode="Normal") as c:
        at = c.run(2000).plan.local_s() // 60
        one = at - at % 1440 + 1440 + 60
        c.plan.delay(one, one + 240, 1)
        assert c.plug(10000).seen() == WAITS
        for start, hours in ((0, 4), (DAY, 3), (2 * DAY - HOUR, 4)):  # in UTC: one of the nights is an hour short
            start += LAST_OF_WINTER
            assert c.now(start - 5).run(4000).seen() == WAITS
            c.starts()
            assert c.now(start + hours * HOUR - 5).run(4000).seen() == CHARGES
            c.stops("timer")
            assert c.plan.local_s() % DAY // 60 == 5 * 60
        assert c.evse.contacts.closings == 3


def test_charge_now_needs_no_sun_and_ends_after_its_minutes():
    with Planned(mode="Solar", stop_min=1) as c:
        assert c.run(2000).plug(20000).seen() == ("B1", 0, "no_current")
        c.plan.boost(1)
        c.starts()
        assert c.cfg.mode == 1 and c.plan.boost_s > 45
        c.run(20000)
        assert c.car_ma > 12000       # what the mains leave
        c.until(lambda: not c.plan.boost_s, 50000)
        assert c.cfg.mode == 2 and c.cfg.base_mode == 0
        c.until(lambda: c.state != "C2", 75000)      # Solar gives the sun its minute
        c.run(10000)
        assert c.seen() == ("B1", 0, "no_current")
        assert (c.site.car.hot_opens, c.evse.contacts.closings, c.faults.mask) == (0, 1, 0)


def test_a_session_that_has_its_energy_is_done_until_the_next_one():
    with Planned(mode="Normal", goal_kwh=10) as c:
        c.run(2000).plug()
        c.starts()
        c.run(10000)
        c.register_wh += 9970 - c.session.wh     # hours later
        assert c.run(2000).seen() == CHARGES
        c.until(lambda: c.session.wh >= 10000, 20000)
        c.stops("done")
        assert 10000 <= c.session.wh <= 10030
        assert c.now(c.wall.at + 10 * HOUR).run(20000).seen() == ("B1", 0, "done")
        c.unplug(5000)
        assert c.why == "no_car"
        c.plug()
        c.starts()
        assert c.run(5000).session.wh < 100 and c.evse.contacts.closings == 2


def test_a_car_that_has_the_charge_its_owner_wants_is_done_and_the_next_car_is_another():
    with Planned(mode="Normal", goal_soc=80) as c:
        c.run(2000).plug()
        c.starts()
        c.plan.put_soc(79)
        assert c.run(10000).seen() == CHARGES
        c.plan.put_soc(80)
        c.stops("done")
        assert c.run(20000).seen() == ("B1", 0, "done")
        c.unplug(5000).plug()
        c.starts()
        assert c.run(5000).seen() == CHARGES and c.plan.soc == -1
