"""What was planned comes true: windows, a start and a stop, goals, and "charge now"."""
import pytest
from app.control import Control
from app.plan import Plan
from energy.calendar import days_of
from evse import why
from evse.evse import Evse
from evse.limits import NO_LIMIT, PLAN
from evse.session import Session
from faults import Faults
from hal.io import Inputs
from settings import Settings

FRIDAY = days_of(2026, 11, 20) * 86400 - 3600  # its first minute in Amsterdam, in UTC
SUMMER_BEGINS = days_of(2026, 3, 29) * 86400   # 1:00 in Amsterdam; an hour later it is 3:00


class Wall:
    def __init__(self, utc_s):
        self.at = utc_s

    def utc_s(self):
        return self.at


class House:
    """As much of a house as a plan needs; time goes by in minutes."""

    def __init__(self, utc_s=FRIDAY, **settings):
        self.cfg = Settings()
        self.said = []
        self.evse = Evse(self.cfg, Faults())
        self.control = Control(self.cfg, self.evse, Inputs(), self.say)
        self.session = Session()
        self.wall = Wall(utc_s)
        self.plan = Plan(self)
        self.plugged = 1
        self.evse.letter = 1
        for key, value in settings.items():
            self.control.put(key, value)
        self.plan.second(1)

    def say(self, text):
        self.said.append(text)

    def go(self, minutes):
        """So many minutes later; what there is then: (mode, reason to hold back, limit)."""
        for _ in range(minutes):
            if self.wall.at:
                self.wall.at += 60
            self.evse.letter = self.plugged
            self.session.s += 60
            self.plan.second(self.plugged)
        return self.cfg.mode, self.evse.hold, self.evse.limits.ma[PLAN]

    def second(self):
        self.plan.second(self.plugged)
        return self.evse.hold


NORMAL, SMART, SOLAR = 0, 1, 2


def test_a_night_window_brings_its_mode_and_limit_and_gives_the_owners_mode_back():
    h = House(mode="Solar", week="Mo-Fr 23:00-07:00 Smart 16")
    assert h.go(22 * 60 + 59) == (SOLAR, 0, NO_LIMIT)
    assert h.go(1) == (SMART, 0, 16000)
    assert h.plan.next_s() == 8 * 3600
    assert h.go(8 * 60 - 1) == (SMART, 0, 16000)
    assert h.go(1) == (SOLAR, 0, NO_LIMIT)


def test_outside_the_windows_it_waits_when_the_owner_wants_that():
    h = House(week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    assert h.go(7 * 60)[1] == why.TIMER
    assert h.plan.next_s() == 16 * 3600
    assert h.go(16 * 60) == (SMART, 0, NO_LIMIT)


def test_a_window_that_is_off_holds_back_and_leaves_the_mode():
    h = House(mode="Solar", week="Mo-Fr 17:00-20:00 Off")
    assert h.go(17 * 60) == (SOLAR, why.TIMER, NO_LIMIT)
    assert h.go(3 * 60) == (SOLAR, 0, NO_LIMIT)


def test_while_nobody_knows_the_time_nobody_is_held_back():
    h = House(utc_s=0, week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    assert h.go(10) == (NORMAL, 0, NO_LIMIT) and h.plan.next_s() == 0


def test_a_restart_within_a_window_still_knows_the_owners_mode():
    h = House(mode="Solar", week="Mo-Su 00:00-02:00 Smart")
    assert h.go(60)[0] == SMART and h.cfg.base_mode == SOLAR + 1
    h.plan = Plan(h)
    assert h.go(1)[0] == SMART
    assert h.go(60)[0] == SOLAR and h.cfg.base_mode == 0


def test_a_restart_after_the_window_gives_the_owners_mode_back_too():
    h = House(mode="Solar", week="Mo-Su 00:00-02:00 Smart")
    h.go(60)
    h.plan = Plan(h)
    h.wall.at += 3 * 3600
    h.second()
    assert h.cfg.mode == SOLAR and h.cfg.base_mode == 0


def test_a_window_asks_for_a_meter_that_is_not_there_and_the_mode_stays():
    h = House(mains_meter="Disabled", week="Mo-Su 00:00-02:00 Smart")
    assert h.go(1)[0] == NORMAL
    assert "plan: mode Smart and Solar need a mains meter: set mains_meter first" in h.said
    assert h.go(180)[0] == NORMAL


def test_a_start_tonight_holds_back_once():
    h = House()
    at = h.plan.local_s() // 60
    h.plan.delay(at + 120, 0, 0)
    assert h.go(119)[1] == why.TIMER and h.plan.next_s() == 60
    assert h.go(1)[1] == 0
    assert h.go(3 * 1440)[1] == 0


def test_a_stop_switches_off_as_the_reference_does():
    h = House(mode="Smart")
    at = h.plan.local_s() // 60
    h.plan.delay(at + 60, at + 120, 0)
    assert h.go(119)[1] == 0 and h.control.mode() == "smart"
    h.go(1)
    assert h.control.mode() == "off" and not h.cfg.start_at and not h.cfg.stop_at


def test_every_night_at_one_also_when_summer_begins():
    h = House(utc_s=SUMMER_BEGINS - 86400 - 3600)  # Saturday 0:00 local
    at = h.plan.local_s() // 60
    h.plan.delay(at + 60, at + 300, 1)
    starts = []
    held = 1
    for minute in range(3 * 1440 - 61):  # one of the days has 23 hours
        now = 1 if h.go(1)[1] else 0
        if held and not now:
            starts.append(h.plan.local_s() // 60 % 1440)
        held = now
    assert starts == [60, 60, 60]  # one o'clock on the wall each night


def test_power_gone_for_days_does_not_confuse_the_daily_start():
    h = House()
    at = h.plan.local_s() // 60
    h.plan.delay(at + 60, at + 300, 1)
    h.wall.at += 5 * 86400 + 3600 * 2  # 2:00, five days later: within the window
    assert h.second() == 0
    h.wall.at += 3600 * 4              # 6:00: outside
    assert h.second() == why.TIMER


@pytest.mark.parametrize("start, stop, daily, field", [(-5, 0, 0, "starttime"), (60, 60, 0, "stoptime"), (60, 30, 0, "stoptime"), (0, -5, 0, "stoptime"),
                                                       (60, 0, 1, "repeat"), (60, 60 + 1440, 1, "repeat")])
def test_a_time_that_cannot_be_is_refused_by_name_and_changes_nothing(start, stop, daily, field):
    h = House()
    at = h.plan.local_s() // 60
    h.plan.delay(at + 10, at + 20, 0)
    with pytest.raises(ValueError) as e:
        h.plan.delay(at + start if start else 0, at + stop if stop else 0, daily)
    assert str(e.value).startswith(field)
    assert (h.cfg.start_at, h.cfg.stop_at, h.cfg.start_daily) == (at + 10, at + 20, 0)


def test_without_a_clock_there_is_no_delayed_start():
    with pytest.raises(ValueError):
        House(utc_s=0).plan.delay(60, 0, 0)


def test_a_session_is_done_at_its_energy_its_time_or_the_cars_charge():
    h = House(goal_kwh=10)
    h.session.wh = 9999
    assert h.second() == 0
    h.session.wh = 10000
    assert h.second() == why.DONE
    h = House(goal_min=30)
    h.session.charging_s = 1799
    assert h.second() == 0
    h.session.charging_s = 1800
    assert h.second() == why.DONE
    h = House(goal_soc=80)
    assert h.second() == 0  # nobody has told it
    h.plan.put_soc(79)
    assert h.second() == 0
    h.plan.put_soc(80)
    assert h.second() == why.DONE
    h.plugged = 0
    assert h.second() == 0 and h.plan.soc == -1


def test_without_a_goal_nothing_is_ever_done():
    h = House()
    h.session.wh, h.session.charging_s = 10 ** 6, 10 ** 6
    h.plan.put_soc(100)
    assert h.second() == 0


def test_charge_now_outranks_the_plan_until_its_end():
    h = House(mode="Solar", week="Mo-Su 00:00-24:00 Off", goal_soc=50)
    h.plan.put_soc(60)
    assert h.second() == why.TIMER
    h.plan.boost(2)
    for _ in range(119):
        assert h.second() == 0 and h.cfg.mode == SMART
    assert h.second() == why.TIMER and h.cfg.mode == SOLAR


def test_charge_now_ends_when_the_car_goes():
    h = House(mode="Solar")
    h.plan.boost(60)
    h.go(1)
    assert h.cfg.mode == SMART
    h.plugged = 0
    h.go(1)
    assert h.cfg.mode == SOLAR and not h.plan.boost_s


def test_charge_now_is_full_current_where_no_meter_is():
    h = House(mains_meter="Disabled")
    h.plan.boost(5)
    assert h.second() == 0 and h.cfg.mode == NORMAL


def test_charge_now_needs_a_car_a_mode_and_an_end():
    h = House(access="Off")
    with pytest.raises(ValueError):
        h.plan.boost(5)
    h = House()
    for minutes in (-1, 1441):
        with pytest.raises(ValueError):
            h.plan.boost(minutes)
    h.evse.letter = 0
    with pytest.raises(ValueError):
        h.plan.boost(5)
    h.plan.boost(0)  # to end it is always possible


def test_who_looks_ahead_between_a_new_week_and_the_next_second_does_not_keep_the_old_one():
    h = House(week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    assert h.plan.next_s() == 7 * 3600 and not h.plan.starts_s()
    h.control.put("week", "")
    h.plan.next_s()
    h.second()
    assert h.plan.next_s() == 0


def test_charge_now_at_a_node_lifts_its_own_plan_and_not_the_masters_sun():
    h = House(loadbl="Node 1", mode="Smart", week="Mo-Su 00:00-24:00 Off")
    assert h.second() == why.TIMER
    h.plan.boost(5)
    assert h.second() == 0 and h.cfg.mode == SMART
    h.cfg.put("mode", "Solar")  # the master's word
    assert h.second() == why.TIMER and not h.plan.boost_s
    assert h.said[-1] == "plan: charge now has ended: the master charges on sun"
    with pytest.raises(ValueError) as e:
        h.plan.boost(5)
    assert "master" in str(e.value) and not h.plan.boost_s
    h.plan.boost(0)
    h.cfg.put("mode", "Min+PV")
    with pytest.raises(ValueError):
        h.plan.boost(5)


def test_a_nodes_mode_is_its_masters_but_its_hours_are_its_own():
    h = House(loadbl="Node 1", mode="Solar", week="Mo-Su 00:00-01:00 Smart 8; Mo-Su 01:00-02:00 Off")
    assert h.go(1) == (SOLAR, 0, 8000)
    assert h.go(60) == (SOLAR, why.TIMER, NO_LIMIT)


def test_a_charge_of_the_battery_is_a_percentage():
    for percent in (-1, 101):
        with pytest.raises(ValueError):
            House().plan.put_soc(percent)


def test_a_week_and_a_zone_are_checked_before_they_are_kept():
    h = House()
    for key, bad in (("week", "Mo 01:00-02:00 Fast"), ("timezone", "Amsterdam")):
        with pytest.raises(ValueError):
            h.control.put(key, bad)
    assert h.cfg.week == "" and h.cfg.timezone.startswith("CET")
