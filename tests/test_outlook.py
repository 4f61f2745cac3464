"""What comes next, in plain words, and how far a session is."""
import pytest
from app import outlook
from evse import limits, why
from test_plan import FRIDAY, House


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


def house(minutes=0, **settings):
    """A house with a plan, minutes after Friday 0:00, and a regulator that counts nothing."""
    h = House(FRIDAY + minutes * 60, **settings)
    h.balance = Thing(sun=Thing(stop_s=0, needs_ma=0, phases=3), grace_ms=0)
    h.regulate = Thing(countdown_s=lambda: 0)
    h.evse.why = h.evse.hold or why.CHARGING
    if h.evse.why == why.TIMER:
        h.regulate.countdown_s = h.plan.starts_s
    return h


@pytest.mark.parametrize("s, said", ((1, "1 s"), (10, "10 s"), (41, "50 s"), (60, "60 s"), (61, "2 min"), (540, "9 min"), (5401, "1:30 h"), (30000, "8:20 h")))
def test_a_duration_is_rounded_so_that_it_does_not_change_every_second(s, said):
    assert outlook.span(s) == said


def test_a_car_that_waits_for_tonight_is_told_the_hour():
    h = house(20 * 60, week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    assert h.evse.hold == why.TIMER and h.plan.starts_s() == 3 * 3600
    assert outlook.next_text(h) == "Starts at 23:00." and outlook.why_more(h) == "Waiting for its time, 23:00."
    assert outlook.held(h) == "timer" and outlook.window(h) == ""


def test_a_car_that_waits_for_another_day_is_told_the_day():
    h = house(20 * 60, week="Mo 23:00-07:00 Smart", week_else="Wait")
    assert outlook.next_text(h) == "Starts at Mo 23:00."


def test_a_window_that_never_opens_tells_no_hour():
    h = house(20 * 60, week="Mo-Su 00:00-24:00 Off")
    assert h.evse.hold == why.TIMER and h.plan.starts_s() == 0
    assert outlook.next_text(h) == "" and outlook.why_more(h) == ""


def test_a_start_within_a_window_that_is_closed_comes_when_the_window_opens():
    h = house(20 * 60, week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    h.plan.delay(FRIDAY // 60 + 60 + 21 * 60, 0, 0)
    assert h.plan.starts_s() == 3 * 3600
    h.plan.delay(FRIDAY // 60 + 60 + 24 * 60, 0, 0)
    assert h.plan.starts_s() == 4 * 3600


def test_an_open_window_says_when_it_ends_and_whether_the_charge_does():
    h = house(23 * 60, week="Mo-Su 23:00-07:00 Smart 16; Sa 12:00-13:00 Solar", week_else="Wait")
    assert outlook.next_text(h) == "Stops at 07:00." and outlook.window(h) == "Mo-Su 23:00-07:00 Smart 16"
    h = house(23 * 60, week="Mo-Su 23:00-07:00 Smart 16")
    assert outlook.next_text(h) == "Goes on otherwise from 07:00."


def test_a_planned_stop_is_told_unless_the_window_changes_before():
    h = house(60)
    h.plan.delay(0, FRIDAY // 60 + 60 + 120, 0)
    assert outlook.next_text(h) == "Stops at 02:00."
    h = house(60, week="Mo-Su 00:00-01:30 Smart")
    h.plan.delay(0, FRIDAY // 60 + 60 + 120, 0)
    assert outlook.next_text(h) == "Goes on otherwise from 01:30."


@pytest.mark.parametrize("reason, s, said", (
    (why.WAIT, 41, "Starts in 50 s."), (why.RANDOM, 354, "Starts in 6 min."), (why.WAKING, 4, "Tries again in 4 s."), (why.STOPPING, 5, "Opens in 5 s."),
    (why.NO_CURRENT, 50, "Tries again in 50 s."), (why.NO_CURRENT, 0, ""), (why.WAIT, 0, ""), (why.NO_CAR, 0, ""), (why.PAUSED, 0, ""), (why.CHARGING, 0, "")))
def test_what_is_counted_down_is_told(reason, s, said):
    h = house()
    h.evse.why = reason
    h.regulate.countdown_s = lambda: s
    assert outlook.next_text(h) == said


def test_waiting_for_sun_says_how_much_is_needed():
    h = house()
    h.evse.why, h.evse.by, h.balance.sun.needs_ma = why.NO_CURRENT, limits.SURPLUS, 4200
    assert outlook.next_text(h) == "Starts with 4.2 A of sun to spare."
    h.evse.by = limits.MAINS
    assert outlook.next_text(h) == ""


def test_a_charge_that_runs_out_of_sun_or_capacity_says_when_it_stops():
    h = house()
    h.balance.grace_ms = 59001
    assert outlook.next_text(h) == "Stops in 60 s unless the capacity has room again."
    h.balance.sun.stop_s = 530
    assert outlook.next_text(h) == "Stops in 9 min unless the sun comes back."


def test_charge_now_says_how_long_and_a_switch_says_to_what():
    h = house()
    h.plan.boost(20)
    assert outlook.next_text(h) == "Charges now for 20 min, then as planned."
    h.evse.why, h.balance.sun.phases, h.evse.auto_phases = why.SWITCHING, 1, 1
    h.regulate.countdown_s = lambda: 40
    assert outlook.next_text(h) == "Goes on with one phase in 40 s."


def test_goals_tell_how_far_they_are_and_which_one_was_reached():
    h = house(goal_kwh=10, goal_min=120, goal_soc=80)
    assert outlook.goal(h) == "? of 10 kWh, 0 of 120 min, ? of 80 %"
    h.session.wh, h.session.charging_s, h.plan.soc = 4260, 3500, 61
    assert outlook.goal(h) == "4.2 of 10 kWh, 58 of 120 min, 61 of 80 %"
    assert outlook.why_more(h) == ""
    h.evse.why, h.plan.soc = why.DONE, 80
    assert outlook.why_more(h) == "Done: this session has its 80 %."
    assert outlook.goal(house()) == ""


def test_the_clock_is_told_with_its_day_and_not_at_all_while_unknown():
    assert outlook.local(house(23 * 60 + 5)) == "Fr 2026-11-20 23:05"
    h = house()
    h.wall.at = 0
    assert outlook.local(h) == "" and outlook.moment(0, 60) == ""
