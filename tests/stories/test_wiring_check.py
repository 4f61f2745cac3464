"""An electrician has left; the check finds out what he did to the current transformers."""
import pytest

from app import clock
from app.checkup import CAR, IDLE, Checkup
from charger import Charger
from evse.limits import NO_LIMIT, OVERRIDE
from meters.roles import Roles


class Thing:
    pass


class Visit:
    """A charger whose mains CTs sit on `phases`, turned round where `turned` is 1, and somebody who checks it."""

    def __init__(self, phases=(0, 1, 2), turned=(0, 0, 0), profile="default", **settings):
        values = {"mode": "smart", "max_current_a": 16, "ev_meter": "Eastron3P"}
        values.update(settings)
        self.charger = c = Charger(profile, **values)
        c.site.metering.phases[:] = phases
        c.site.metering.turned[:] = turned
        h = self.house = Thing()
        h.cfg, h.evse, h.out, h.control, h.meters = c.cfg, c.evse, c.out, c.control, Roles()
        self.lines = []
        h.say = self.lines.append
        self.check = Checkup(h)
        self.wobble = 0

    def second(self, n=1):
        for _ in range(n):
            self.charger.run(1000)
            site, now = self.charger.site, clock.ticks_ms()
            mains = site.metering._as_wired(site.mains_ma)
            self.wobble = (self.wobble * 31 + 7) % 401
            self.house.meters.mains.put(now, [ma + self.wobble - 200 for ma in mains])
            self.house.meters.ev.put(now, site.car.amps_ma)
            self.check.step(1000)
        return self

    def through(self, most_s=310):
        for _ in range(most_s):
            if self.check.state == IDLE:
                return self
            self.second()
        raise AssertionError("it never ended")

    def kettle(self, phase, amps=9):
        """An announced load: the check, then the kettle in time, then it is off again."""
        self.check.start(phase)
        self.second(8)
        assert "L%d" % phase in self.check.text()
        self.charger.site.house.ma[phase - 1] += amps * 1000
        self.through()
        self.charger.site.house.ma[phase - 1] -= amps * 1000
        return self.second(2)

    def words(self):
        return [self.check.wiring.text(i) for i in range(3)]


def test_a_car_alone_shows_that_a_transformer_is_reversed_and_its_override_is_taken_back():
    visit = Visit(turned=(0, 1, 0))
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    visit.check.start(CAR)
    visit.second(12)
    assert visit.house.control.override_ma == 6000
    visit.through()
    assert visit.words() == ["direction right, phase not known yet", "reversed, phase not known yet", "direction right, phase not known yet"]
    assert visit.house.control.override_ma == 0 and visit.charger.evse.limits.ma[OVERRIDE] == NO_LIMIT
    assert "Correct CT L2" in visit.check.text() and "check: CT L1" in visit.lines[-1]


def test_reversed_on_l2_and_l1_swapped_with_l3_is_told_whole():
    visit = Visit((2, 1, 0), (0, 1, 0))
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    visit.check.start(CAR)
    visit.through()
    visit.charger.unplug(20000)
    visit.kettle(1).kettle(3)
    assert visit.words() == ["measures L3", "reversed", "measures L1"]
    assert visit.check.text() == "Correct CT L1 (measures L3), CT L2 (reversed), CT L3 (measures L1), then check again."


def test_corrected_and_checked_again_it_is_right():
    visit = Visit((1, 0, 2), (0, 0, 0))
    visit.kettle(1)
    assert visit.words()[1] == "measures L1"
    visit.charger.site.metering.phases[:] = (0, 1, 2)
    visit.kettle(1)
    assert "The wiring was changed" in visit.check.text()
    visit.kettle(2).kettle(3)
    assert visit.words() == ["right"] * 3 and visit.check.text() == "The mains meter is wired right."


def test_a_car_that_comes_while_the_check_waits_is_the_step():
    visit = Visit(turned=(0, 0, 1))
    visit.charger.cfg.put("mode", "normal")
    visit.check.start(CAR)
    visit.second(15)
    assert visit.check.text() == "Waiting for the car to change its current."
    visit.charger.plug()
    visit.through()
    assert visit.check.wiring.ct(2)[1] == -1 and visit.check.wiring.ct(0)[1] == 1


def test_a_car_without_a_meter_is_taken_by_what_it_is_offered():
    visit = Visit(turned=(1, 0, 0), ev_meter="Disabled")
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    visit.check.start(CAR)
    visit.through()
    assert visit.check.wiring.ct(0)[1] == -1 and visit.check.wiring.ct(1)[1] == 1


def test_the_owners_override_is_left_alone():
    visit = Visit()
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    visit.house.control.override(12000)
    visit.check.start(CAR)
    visit.second(30)
    visit.check.stop()
    assert visit.house.control.override_ma == 12000


def test_without_a_step_it_gives_up_and_says_so():
    visit = Visit()
    visit.check.start(1)
    visit.through()
    assert visit.check.text() == "No step was seen in 5 minutes." and visit.words()[0] == "not known yet"


def test_stopped_in_the_middle_nothing_stays_behind():
    visit = Visit()
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    visit.check.start(CAR)
    visit.second(12)
    visit.check.stop()
    assert visit.house.control.override_ma == 0 and visit.check.left_s == 0


@pytest.mark.parametrize("what, word", [(4, "phase"), (-1, "phase")])
def test_a_phase_that_is_none_is_refused(what, word):
    visit = Visit()
    with pytest.raises(ValueError) as e:
        visit.check.start(what)
    assert word in str(e.value)


def test_a_load_beside_a_charging_car_is_refused():
    visit = Visit()
    visit.charger.cfg.put("mode", "normal")
    visit.charger.charge()
    with pytest.raises(ValueError) as e:
        visit.check.start(2)
    assert "stop the charge first" in str(e.value)


def test_a_silent_mains_meter_teaches_nothing():
    visit = Visit()
    visit.check.start(1)
    for _ in range(320):
        visit.check.step(1000)
    assert visit.check.state == IDLE and visit.check.wiring.steps == 0
