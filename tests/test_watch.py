"""What the tick sees becomes a fault, and goes when it goes."""
import pytest

from evse import pilot, safety
from evse.evse import Evse
from evse.iec61851 import B2, C2, D2
from evse.lock import SOLENOID
from faults import Faults
from hal.io import Inputs
from settings import Settings


class Eye:
    """A watch over a connector that does not tick: the test says how it stands."""

    def __init__(self):
        self.evse, self.inp = Evse(Settings(), Faults()), Inputs()
        self.watch, self.faults = self.evse.watch, self.evse.faults

    def look(self, ms=10):
        """The faults that stand after ms, by name."""
        self.watch.tick(ms, self.evse, self.inp)
        return self.faults.names()

    def stands(self, letter, state=B2, why=safety.OK, power=0, diode=0):
        self.evse.letter, self.evse.state, self.evse.safety.why = letter, state, why
        self.evse.iec.power, self.evse.safety.diode = power, diode
        return self


def test_as_made_nothing_is_wrong():
    assert Eye().look() == ""


@pytest.mark.parametrize("part, field, name", [
    ("heat", "too_hot", "temp"), ("heat", "broken", "temp_sensor"), ("lock", "failed", "lock"), ("overdraw", "stop", "overcurrent"),
    ("contacts", "silent", "no_load")])
def test_a_part_that_says_so_is_a_fault_as_long_as_it_says_so(part, field, name):
    eye = Eye()
    setattr(getattr(eye.evse, part), field, 1)
    assert eye.look() == name
    assert eye.look() == name
    setattr(getattr(eye.evse, part), field, 0)
    assert eye.look() == ""


def test_a_pilot_that_was_not_measured_is_a_fault_until_it_is():
    eye = Eye()
    eye.inp.fresh = 0
    assert eye.look() == "stale"
    eye.inp.fresh = 1
    assert eye.look() == ""


@pytest.mark.parametrize("letter, name", [
    (pilot.A, ""), (pilot.B, ""), (pilot.C, ""), (pilot.E, "pilot"), (pilot.F, "pilot")])
def test_a_pilot_below_every_car_is_a_fault(letter, name):
    eye = Eye().stands(letter)
    assert eye.look() == name
    assert eye.stands(pilot.B).look() == ""


def test_all_of_it_at_once():
    eye = Eye().stands(pilot.E)
    eye.evse.heat.too_hot = eye.evse.heat.broken = eye.evse.lock.failed = eye.evse.overdraw.stop = 1
    eye.evse.contacts.welded = eye.evse.contacts.silent = eye.inp.rcm = eye.evse.safety.rcm_fitted = 1
    eye.inp.fresh = 0
    assert eye.look() == "rcm,pilot,stale,temp,temp_sensor,lock,overcurrent,weld,no_load,rcm_idle"


# The diode: looked for while the car asks on running pulses and has no power yet, or where the gate has missed it.

@pytest.mark.parametrize("state, why, power, diode, counts", [
    (C2, safety.OK, 0, 0, 1), (D2, safety.OK, 0, 0, 1), (B2, safety.DIODE, 0, 0, 1), (C2, safety.DIODE, 1, 1, 1), (C2, safety.OK, 1, 0, 0),
    (C2, safety.OK, 0, 1, 0), (D2, safety.OK, 1, 0, 0), (D2, safety.OK, 0, 1, 0), (B2, safety.OK, 0, 0, 0), (B2, safety.STALE, 0, 0, 0)])
def test_when_a_missing_diode_counts(state, why, power, diode, counts):
    eye = Eye().stands(pilot.C, state, why, power, diode)
    assert eye.look(1499) == ""
    assert eye.look(1) == ("diode" if counts else "")


def test_a_car_that_bounces_does_not_begin_anew():
    eye = Eye().stands(pilot.C, C2)
    eye.look(1000)
    eye.stands(pilot.B, B2).look(5000)
    assert eye.stands(pilot.C, C2).look(499) == ""
    assert eye.look(1) == "diode"
    assert eye.look(60000) == "diode"
    assert eye.stands(pilot.B, B2).look(5000) == "diode"


@pytest.mark.parametrize("letter, diode", [(pilot.A, 0), (pilot.B, 1)])
def test_a_diode_that_is_seen_and_a_car_that_leaves_end_it(letter, diode):
    eye = Eye().stands(pilot.C, C2)
    assert eye.look(1500) == "diode"
    assert eye.stands(letter, B2, diode=diode).look() == ""
    assert eye.stands(pilot.C, C2).look(1499) == ""
    assert eye.look(1) == "diode"


# Ventilation

def test_a_car_that_asks_for_air_is_in_fault_until_it_leaves():
    eye = Eye()
    for letter, name in ((pilot.C, ""), (pilot.D, "ventilation"), (pilot.C, "ventilation"), (pilot.B, "ventilation"), (pilot.A, ""), (pilot.B, "")):
        assert eye.stands(letter).look() == name


def test_where_there_is_air_nobody_minds():
    eye = Eye()
    eye.evse.safety.ventilated = 1
    assert eye.stands(pilot.D).look() == ""
    eye.evse.safety.ventilated = 0
    assert eye.look() == "ventilation"
    eye.evse.safety.ventilated = 1
    assert eye.look() == ""


# Residual current

def test_a_trip_stands_until_it_is_reset_and_is_not_reset_while_it_trips():
    eye = Eye()
    eye.evse.safety.rcm_fitted = eye.evse.safety.closed = eye.inp.rcm = 1
    assert eye.look() == "rcm"
    assert not eye.watch.reset_rcm(eye.evse, eye.inp) and eye.watch.reset(eye.evse, eye.inp) == "rcm"
    eye.inp.rcm = 0
    assert eye.look() == "rcm"
    assert eye.watch.reset_rcm(eye.evse, eye.inp) is True
    assert eye.look() == ""


def test_a_monitor_that_is_not_fitted_trips_nothing_and_stops_no_reset():
    eye = Eye()
    eye.inp.rcm = 1
    assert eye.look() == ""
    assert eye.watch.reset_rcm(eye.evse, eye.inp) is True
    assert eye.watch.reset(eye.evse, eye.inp) == ""
    eye.evse.safety.rcm_fitted, eye.inp.rcm = 1, 0
    assert eye.look() == ""


def test_a_trip_with_nothing_closed_hints_at_a_monitor_that_is_not_there():
    eye = Eye()
    eye.evse.safety.rcm_fitted = eye.inp.rcm = 1
    assert eye.look() == "rcm,rcm_idle"
    eye.inp.rcm = 0
    assert eye.look() == "rcm,rcm_idle"
    assert eye.watch.reset(eye.evse, eye.inp) == ""
    assert eye.look() == ""


def test_a_second_trip_of_a_monitor_that_has_tripped_under_load_is_no_hint():
    eye = Eye()
    eye.evse.safety.rcm_fitted = eye.evse.safety.closed = eye.inp.rcm = 1
    eye.look()
    eye.evse.safety.closed = eye.inp.rcm = 0
    eye.look()
    eye.inp.rcm = 1
    assert eye.look() == "rcm"
    eye.inp.fresh = 0
    assert eye.look() == "rcm,stale"


def test_another_fault_with_nothing_closed_is_no_hint_either():
    eye = Eye()
    eye.inp.fresh = 0
    assert eye.look() == "stale"


# What a person takes back

def test_a_weld_stands_until_a_person_has_looked_and_no_current_flows():
    eye = Eye()
    eye.evse.contacts.welded = eye.evse.drawing = 1
    assert eye.look() == "weld"
    assert eye.watch.reset(eye.evse, eye.inp) == "weld" and eye.evse.contacts.welded == 1
    assert eye.look() == "weld"
    eye.evse.drawing = 0
    assert eye.watch.reset(eye.evse, eye.inp) == "" and eye.evse.contacts.welded == 0
    assert eye.look() == ""


def test_a_car_that_draws_does_not_stop_a_reset_of_other_things():
    eye = Eye()
    eye.evse.drawing = 1
    assert eye.watch.reset(eye.evse, eye.inp) == ""


def test_a_reset_has_a_lock_that_gave_up_try_again():
    eye = Eye()
    for _ in range(400):
        eye.evse.lock.step(100, 1, SOLENOID, 0)
    assert eye.look() == "lock"
    eye.watch.reset(eye.evse, eye.inp)
    assert eye.evse.lock.step(100, 1, SOLENOID, 0) == 1
