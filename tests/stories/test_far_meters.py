"""Mains readings that come from afar: pushed every five seconds, and a HomeWizard that is slow or unplugged. MAINS is 25 A."""
from charger import Charger
from meters.pushed import BatteryFeed, Pushed

FULL_MA = 15996  # 16 A as the pilot can say it


class Roles:
    """The charger's one reading, as the door of pushed readings wants it."""

    def __init__(self, mains):
        self.mains, self.battery_feed = mains, BatteryFeed()

    def latest(self, role):
        return self.mains


class Fed(Charger):
    """Its mains meter speaks only when the story lets it."""

    def __init__(self, **settings):
        super().__init__(mode="Smart", max_current_a=16, mains_meter="API", **settings)
        self.meter_s = 0
        self.site.house.set_ma(5000, 4000, 3000)
        self.pushed = Pushed(self.cfg, Roles(self.mains), lambda: self.now_ms)

    def push(self, seconds, every_s=5):
        """Somebody pushes for so long; returns the offers there were, one a second."""
        offers = []
        for s in range(seconds):
            if s % every_s == 0:
                self.pushed.put("mains", list(self.site.mains_ma))
            self.run(1000)
            offers.append(self.evse.offered_ma)
        return offers

    def ask(self, seconds, takes_ms, rest_ms=1000):
        """A HomeWizard is asked for so long, whose answers take their time and tell of the moment they were asked for.

        Returns the offers there were, ten a second. A third of the wait counts as age, as app.homewizard does.
        """
        offers = []
        until = self.now_ms + 1000 * seconds
        while self.now_ms < until:
            asked, then = self.now_ms, list(self.site.mains_ma)
            for _ in range(takes_ms // 100):
                self.run(100)
                offers.append(self.evse.offered_ma)
            self.mains.put(asked + takes_ms * 2 // 3, then)
            for _ in range(max(100, rest_ms - takes_ms) // 100):
                self.run(100)
                offers.append(self.evse.offered_ma)
        return offers


def test_readings_pushed_every_five_seconds_are_enough():
    c = Fed()
    c.push(20)
    c.plug()
    c.push(40)
    assert c.state == "C2" and min(c.push(60)) == FULL_MA


def test_a_kettle_between_two_pushed_readings_is_seen_with_the_next():
    c = Fed()
    c.push(10)
    c.plug()
    c.push(40)
    c.site.house.set_ma(14000, 4000, 3000)
    c.push(15)
    assert max(c.site.mains_ma) <= 25200 and c.out.c1
    c.site.house.set_ma(5000, 4000, 3000)
    assert max(c.push(60)) == FULL_MA


def test_a_gap_in_the_feed_first_lowers_then_stops_and_ends_by_itself():
    c = Fed()
    c.push(10)
    c.plug()
    c.push(46)
    since = c.now_ms - c.mains.at
    assert c.state == "C2" and since == 1000
    c.run(9000)        # ten seconds without a word
    assert c.out.c1 and c.evse.offered_ma == 6000
    c.run(3000)
    assert c.evse.offered_ma == 0 and c.faults.names() == "mains_meter"
    c.run(7000)
    assert not c.out.c1
    c.push(90)
    assert c.faults.names() == "" and c.out.c1 and c.evse.offered_ma == FULL_MA


def test_a_homewizard_with_a_slow_answer_now_and_then_does_no_harm():
    c = Fed()
    c.ask(10, 100)
    c.plug()
    c.ask(40, 100)
    offers = []
    for _ in range(5):
        offers += c.ask(1, 2700) + c.ask(8, 100)
    assert min(offers) == FULL_MA and c.site.car.hot_opens == 0


def test_a_homewizard_that_is_always_slow_does_no_harm_either():
    c = Fed()
    c.ask(10, 2700)
    c.plug()
    c.ask(60, 2700)
    assert c.out.c1 and min(c.ask(120, 2700)) == FULL_MA
    c.site.house.set_ma(14000, 4000, 3000)
    c.ask(15, 2700)
    assert max(c.site.mains_ma) <= 25200 and c.out.c1


def test_a_homewizard_that_is_unplugged_for_twenty_seconds():
    c = Fed()
    c.ask(10, 100)
    c.plug()
    c.ask(40, 100)
    assert c.evse.offered_ma == FULL_MA
    c.run(10000)
    assert c.out.c1 and c.evse.offered_ma == 6000
    c.run(10000)
    assert not c.out.c1 and c.faults.names() == "mains_meter" and c.site.car.hot_opens == 0
    c.ask(90, 100)
    assert c.faults.names() == "" and c.out.c1 and c.evse.offered_ma == FULL_MA
