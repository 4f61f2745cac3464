"""What comes next, in plain words, and how far a session is."""
import faults
import pytest
from app import outlook
from app.facts import Facts
from energy import balance as by
from energy.balance import Balance
from evse import limits, why
from evse.limits import NO_LIMIT
from meters.reading import Reading
from test_plan import FRIDAY, House


class Meters:
    def __init__(self):
        self.mains, self.circuit = Reading(), Reading()


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


def house(minutes=0, **settings):
    """A house with a plan, minutes after Friday 0:00, and a regulator that counts nothing."""
    h = House(FRIDAY + minutes * 60, **settings)
    h.balance = Balance()
    h.balance.limit_ma = [NO_LIMIT] * 7
    h.regulate = Thing(countdown_s=lambda: 0, stop_timer_s=lambda: h.balance.sun.ends_s(h.cfg))
    h.facts = Facts(h)
    h.faults = h.evse.faults
    h.meters = Meters()
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
    assert outlook.next_text(h) == "No window of the week lets it start." and outlook.why_more(h) == ""


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
    (why.NO_CURRENT, 50, "Tries again in 50 s."), (why.WAIT, 0, ""), (why.NO_CAR, 0, ""), (why.CHARGING, 0, "Until the car is full."),
    (why.PAUSED, 0, "Goes on when you choose a mode."), (why.OFF, 0, "Goes on when you choose a mode."), (why.CHECKING, 0, ""),
    (why.CAR_WAITS, 0, "Charges when the car asks: it may be full, or have a timer of its own."),
    (why.DONE, 0, "Goes on with a higher goal, else with the next session.")))
def test_what_is_counted_down_is_told(reason, s, said):
    h = house()
    h.evse.why = reason
    h.regulate.countdown_s = lambda: s
    assert outlook.next_text(h) == said


def test_waiting_for_sun_says_how_much_is_needed():
    h = house()
    h.evse.why, h.evse.by, h.balance.sun.needs_ma = why.NO_CURRENT, limits.SURPLUS, 4200
    assert outlook.next_text(h) == "Starts with 4.2 A of sun to spare."
    h.regulate.countdown_s = lambda: 50
    assert outlook.next_text(h) == "Tries again in 50 s, with 4.2 A of sun to spare."


def test_sun_that_is_enough_and_has_to_last_is_not_asked_for_again():
    h = house()
    h.evse.why, h.evse.by, h.balance.sun.needs_ma, h.balance.sun.sun_ma = why.NO_CURRENT, limits.SURPLUS, 4200, 4201
    assert outlook.next_text(h) == "Starts when the sun has lasted."
    h.balance.sun.sun_ma = 4200
    assert outlook.next_text(h) == "Starts with 4.2 A of sun to spare."


@pytest.mark.parametrize("by, said", (
    (limits.CABLE, "Needs a cable for 7 A."), (limits.MAX, "Needs a MAX of 7 A."), (limits.TEMPERATURE, "Starts when the box has cooled."),
    (limits.MAINS, "Starts when the mains have room for 7 A."), (limits.SURPLUS, ""), (limits.OVERRIDE, "Needs an override of 7 A or none."),
    (limits.RELAY, "Starts when the grid operator allows 7 A."), (limits.OVERDRAW, "Unplug the car to try again."),
    (limits.NODE, "Starts when the master allots 7 A; its page says who gets what."),
    (limits.CIRCUIT, "Starts when the circuit has room for 7 A."), (limits.CAPACITY, "Starts when the house takes less."),
    (limits.PLAN, "Needs a window of 7 A.")))
def test_who_lacks_current_is_told_what_would_start_it(by, said):
    h = house(min_current_a=7)
    h.evse.why, h.evse.by = why.NO_CURRENT, by
    assert outlook.next_text(h) == said


@pytest.mark.parametrize("by, said", (
    (limits.CABLE, "Until the car is full."), (limits.MAX, "Until the car is full."), (limits.TEMPERATURE, "Rises when the box has cooled."),
    (limits.MAINS, "Rises when the house takes less."), (limits.SURPLUS, "Follows the sun."), (limits.OVERRIDE, "Until the override is taken back."),
    (limits.RELAY, "Rises when the grid operator allows more."), (limits.OVERDRAW, "Until the car is unplugged."),
    (limits.NODE, "Rises when other chargers take less."), (limits.CIRCUIT, "Rises when the circuit has room."),
    (limits.CAPACITY, "Rises when the house takes less."), (limits.PLAN, "Until the car is full.")))
def test_who_charges_is_told_what_would_change_it(by, said):
    h = house()
    h.evse.by = by
    assert outlook.next_text(h) == said
    assert len(outlook.HELD) == len(outlook.LACKED) == len(limits.NAME)


def test_on_sun_it_is_told_how_long_it_may_be_gone():
    h = house(mains_meter=2, mode=2, stop_min=7)
    h.evse.by = limits.SURPLUS
    assert outlook.next_text(h) == "Follows the sun; stops when it is gone for 7 min."
    h.cfg.put("stop_min", 0)
    assert outlook.next_text(h) == "Follows the sun."


def test_with_goals_it_is_told_what_ends_the_session():
    h = house(goal_kwh=10, goal_soc=80)
    assert outlook.next_text(h) == "Until it has 10 kWh or 80 %."


def test_at_the_least_on_less_sun_the_sun_is_not_said_to_give_it():
    h = house(mains_meter=2, mode=3)
    h.evse.by, h.evse.offered_ma, h.balance.sun.sun_ma = limits.SURPLUS, 6000, 17999
    assert outlook.why_more(h) == "6.0 A offered, the least: the sun leaves less."
    h.balance.sun.sun_ma = 18000
    assert outlook.why_more(h) == ""
    h.balance.sun.sun_ma, h.evse.offered_ma = 0, 6200
    assert outlook.why_more(h) == ""


def test_on_three_phases_that_may_become_one_the_change_is_told_before_it_comes():
    h = house(mains_meter=2, mode=2, contact2="Auto")
    h.evse.by, h.evse.offered_ma, h.balance.sun.sun_ma = limits.SURPLUS, 6000, 10000
    assert outlook.next_text(h) == "Changes to one phase when the sun has been too low for three."
    h.evse.phases.now = 1
    assert outlook.next_text(h) == "Follows the sun; stops when it is gone for 10 min."
    h.evse.phases.now = 3
    h.cfg.put("contact2", "Always On")
    assert outlook.next_text(h) == "Follows the sun; stops when it is gone for 10 min."


def test_an_offer_lowered_for_a_silent_meter_names_the_meter_and_its_end():
    h = house()
    h.meters.mains.put(0, (0, 0, 0))
    h.evse.by, h.evse.offered_ma, h.balance.mains.slow = limits.MAINS, 6000, 1
    h.meters.mains.age_ms = lambda now: 7100
    assert outlook.why_more(h) == "6.0 A offered, since the mains meter is silent."
    assert outlook.next_text(h) == "Stops in 4 s unless the mains meter answers."
    h.evse.by = limits.MAX   # another limit is lower still
    assert (outlook.why_more(h), outlook.next_text(h)) == ("", "Until the car is full.")
    h.evse.by, h.balance.mains.slow, h.balance.circuit.slow = limits.CIRCUIT, 0, 1
    h.meters.circuit.age_ms = lambda now: 25000
    assert outlook.next_text(h) == "Stops in 1 s unless the circuit meter answers."


def test_a_circuit_whose_meter_is_silent_is_not_said_to_be_full():
    h = house()
    h.evse.why, h.evse.by, h.balance.circuit_stale = why.NO_CURRENT, limits.CIRCUIT, 1
    assert outlook.why_more(h) == "Not enough current: the circuit meter is silent."
    assert outlook.next_text(h) == "Starts when the circuit meter answers."
    h.balance.circuit_stale = 0
    assert (outlook.why_more(h), outlook.next_text(h)) == ("", "Starts when the circuit has room for 6 A.")


def test_a_master_that_waits_for_its_turn_is_not_held_by_a_master():
    h = house(mains_meter=2, loadbl=1)
    h.evse.why, h.evse.by, h.balance.limit_ma[by.TURN] = why.NO_CURRENT, limits.NODE, 0
    assert outlook.why_more(h) == "Not enough current: other chargers come first."
    assert outlook.next_text(h) == "Starts when other chargers take less."
    h.cfg.put("rotate_min", 30)
    assert outlook.next_text(h) == "Starts when other chargers take less, or in its turn."
    h.balance.limit_ma[by.RELAY] = 0
    assert outlook.why_more(h) == "Not enough current: the grid operator allows too little."
    assert outlook.next_text(h) == "Starts when the grid operator allows 6 A."
    h.evse.why, h.evse.offered_ma = why.CHARGING, 7040
    assert outlook.why_more(h) == "7.0 A offered, set by the grid operator."
    assert outlook.next_text(h) == "Rises when the grid operator allows more."
    h.balance.limit_ma[by.RELAY] = NO_LIMIT
    assert outlook.why_more(h) == "7.0 A offered, what other chargers leave."


def test_a_fault_goes_by_itself_or_waits_for_a_person():
    h = house()
    h.evse.why = why.FAULT
    h.faults.put(faults.MAINS_METER, 1)
    assert outlook.next_text(h) == "Goes on by itself when that is over."
    h.faults.put(faults.RCM, 1)
    assert outlook.next_text(h) == "Goes on after a reset."


def test_a_car_to_come_is_told_when_it_would_wait():
    h = house(20 * 60, week="Mo-Su 23:00-07:00 Smart", week_else="Wait")
    h.evse.letter = 0
    assert (outlook.why_more(h), outlook.next_text(h)) == ("Ready for a car.", "A car would wait until 23:00.")
    h = house(20 * 60, week="Mo-Su 00:00-24:00 Off")
    h.evse.letter = 0
    assert outlook.next_text(h) == "No window of the week lets it start."


def test_a_charge_that_runs_out_of_sun_or_capacity_says_when_it_stops():
    h = house()
    h.balance.grace_ms = 59001
    assert outlook.next_text(h) == "Stops in 60 s unless the capacity has room again."
    h.balance.sun.stop_s = 530
    assert outlook.next_text(h) == "Stops in 9 min unless the sun comes back."
    h.cfg.put("min_on_min", 20)   # a charge lasts at least so long
    assert outlook.next_text(h) == "Stops in 20 min unless the sun comes back."


def test_charge_now_says_how_long_and_a_switch_says_to_what():
    h = house()
    h.plan.boost(20)
    assert outlook.next_text(h) == "Charges now for 20 min, then as planned."
    h.evse.why, h.balance.sun.choice.want, h.evse.auto_phases = why.SWITCHING, 1, 1
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
