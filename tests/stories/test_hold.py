"""The plan holds a charge back, and lets it go: as gently as a person would."""
from charger import Charger
from evse import why


def test_a_car_that_is_held_waits_without_a_pulse_and_starts_when_its_time_comes():
    c = Charger(mode="Normal")
    c.evse.hold = why.TIMER
    c.plug(10000)
    assert (c.state, c.why, c.out.c1) == ("B1", "timer", 0)
    c.evse.hold = 0
    c.run(12000)
    assert (c.state, c.why, c.out.c1) == ("C2", "charging", 1)


def test_a_charge_that_has_what_it_wanted_stops_without_opening_under_load():
    c = Charger(mode="Normal").charge()
    c.evse.hold = why.DONE
    c.run(30)
    assert c.state == "C1" and c.out.c1 == 1  # the car is asked first
    c.run(7000)
    assert (c.state, c.why, c.out.c1, c.evse.contacts.hot) == ("B1", "done", 0, 0)


def test_what_a_person_said_is_told_before_what_the_plan_says():
    c = Charger(mode="Normal", access="Off")
    c.evse.hold = why.TIMER
    c.plug(3000)
    assert c.why == "off"
