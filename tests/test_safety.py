"""The gate, alone: every sentence of its docstring is a test, and nothing else may close a contactor."""
import pytest

from evse import safety
from evse.safety import Safety
from hal.io import Inputs, Outputs

PULSES = 2666


class Gate:
    """A gate with its two boxes, the car in C on pulses and its diode seen."""

    def __init__(self):
        self.safety, self.inp, self.out = Safety(), Inputs(), Outputs()
        self.inp.cp_high_mv, self.inp.cp_low_mv = 6000, -12000
        self.want(0, PULSES)

    def want(self, power, bp=PULSES, dt_ms=10, phases=3):
        """One tick in which somebody wants power or not: (is C1 closed, the gate's reason)."""
        self.out.c1 = power
        self.out.c2 = power if phases == 3 else 0
        self.out.duty_bp = bp
        why = self.safety.gate(dt_ms, self.inp, self.out)
        assert why == self.safety.why and self.safety.closed == self.out.c1
        return self.out.c1, safety.NAME[why]

    def closed(self):
        assert self.want(1) == (1, "ok")
        return self


def test_in_c_with_pulses_and_diode_it_lets_through():
    gate = Gate()
    assert gate.want(1) == (1, "ok")
    assert gate.out.c2 == 1


def test_one_phase_is_looked_at_as_hard_as_three():
    gate = Gate()
    assert gate.want(1, phases=1) == (1, "ok") and gate.out.c2 == 0
    gate.inp.cp_high_mv = 12000
    assert gate.want(1, phases=1) == (0, "unplugged")


def test_twelve_volts_have_a_lower_half_without_any_diode():
    gate = Gate()
    gate.inp.cp_low_mv = -6000
    for _ in range(5):
        assert gate.want(0) == (0, "ok")
    gate.inp.cp_high_mv, gate.inp.cp_low_mv = 12000, -12000   # a contact that bounces
    assert gate.want(0) == (0, "ok") and not gate.safety.diode
    gate.inp.cp_high_mv, gate.inp.cp_low_mv = 6000, -6000
    assert gate.want(1) == (0, "diode")


def test_it_never_closes_by_itself():
    gate = Gate()
    assert gate.want(0) == (0, "ok")
    assert gate.closed().want(0) == (0, "ok")


def test_the_second_contactor_never_without_the_first():
    gate = Gate()
    gate.out.c1, gate.out.c2 = 0, 1
    gate.safety.gate(10, gate.inp, gate.out)
    assert (gate.out.c1, gate.out.c2) == (0, 0)


@pytest.mark.parametrize("field, value, why", [
    ("fresh", 0, "stale"), ("cp_high_mv", 12000, "unplugged"), ("cp_high_mv", 10251, "unplugged"),
    ("cp_high_mv", 1499, "shorted"), ("cp_high_mv", 0, "shorted"), ("cp_high_mv", -12000, "shorted"),
    ("rcm", 1, "rcm"), ("temp_c", 76, "hot"), ("temp_c", -41, "hot")])
def test_what_opens_in_the_same_tick_and_does_not_let_close(field, value, why):
    gate = Gate().closed()
    gate.safety.rcm_fitted = 1
    setattr(gate.inp, field, value)
    assert gate.want(1) == (0, why)
    assert gate.out.c2 == 0
    assert gate.want(1) == (0, why)


@pytest.mark.parametrize("field, value", [
    ("cp_high_mv", 10250), ("cp_high_mv", 1500), ("temp_c", 75), ("temp_c", -40), ("rcm", 1), ("cp_low_mv", -10001)])
def test_what_is_still_good(field, value):
    gate = Gate().closed()
    setattr(gate.inp, field, value)
    assert gate.want(1) == (1, "ok")


def test_the_owner_may_lower_the_temperature_and_not_raise_it():
    gate = Gate().closed()
    gate.inp.temp_c = 50
    gate.safety.hot_c = 50
    assert gate.want(1) == (1, "ok")
    gate.safety.hot_c = 49
    assert gate.want(1) == (0, "hot")
    gate = Gate().closed()
    gate.safety.hot_c = 200
    gate.inp.temp_c = 76
    assert gate.want(1) == (0, "hot")


def test_a_floating_monitor_pin_counts_only_where_one_is_fitted():
    gate = Gate().closed()
    gate.inp.rcm = 1
    assert gate.want(1) == (1, "ok")
    gate.safety.rcm_fitted = 1
    assert gate.want(1) == (0, "rcm")


@pytest.mark.parametrize("mv", [4250, 7750, 9000, 3000])
def test_it_closes_only_within_the_window_of_c(mv):
    gate = Gate()
    gate.inp.cp_high_mv = mv
    assert gate.want(1) == (0, "not_asked")
    gate.inp.cp_high_mv = 4251 if mv < 6000 else 7749
    assert gate.want(1) == (1, "ok")


def test_a_car_that_let_go_is_open_within_100_ms_whatever_others_say():
    gate = Gate().closed()
    gate.inp.cp_high_mv = 9000
    for _ in range(6):
        assert gate.want(1) == (1, "ok")
    assert gate.want(1) == (0, "not_asked")


def test_a_short_glitch_to_b_is_forgotten():
    gate = Gate().closed()
    gate.inp.cp_high_mv = 9000
    gate.want(1, dt_ms=60)
    gate.inp.cp_high_mv = 6000
    gate.want(1)
    gate.inp.cp_high_mv = 9000
    assert gate.want(1, dt_ms=69) == (1, "ok")
    assert gate.want(1, dt_ms=1) == (0, "not_asked")


def test_what_was_forgiven_before_an_opening_is_not_held_against_the_next_closing():
    gate = Gate().closed()
    gate.inp.cp_high_mv = 9000
    gate.want(1, dt_ms=60)
    gate.want(0)
    gate.inp.cp_high_mv = 6000
    gate.closed()
    gate.inp.cp_high_mv = 9000
    assert gate.want(1, dt_ms=69) == (1, "ok")
    assert gate.want(1, dt_ms=1) == (0, "not_asked")


def test_a_car_that_draws_may_show_b_for_300_ms_after_a_new_duty_but_not_leave():
    gate = Gate().closed()
    gate.safety.tolerant = 1
    gate.inp.cp_high_mv = 9000
    assert gate.want(1, dt_ms=299) == (1, "ok")
    assert gate.want(1, dt_ms=1) == (0, "not_asked")
    gate = Gate().closed()
    gate.safety.tolerant = 1
    gate.inp.cp_high_mv = 12000
    assert gate.want(1) == (0, "unplugged")


def test_when_the_tolerance_ends_the_car_has_let_go_long_ago():
    gate = Gate().closed()
    gate.safety.tolerant = 1
    gate.inp.cp_high_mv = 9000
    assert gate.want(1, dt_ms=200) == (1, "ok")
    gate.safety.tolerant = 0
    assert gate.want(1, dt_ms=1) == (0, "not_asked")


def test_ventilation_widens_the_window_down_to_d():
    gate = Gate()
    gate.safety.ventilated = 1
    gate.inp.cp_high_mv = 1750
    assert gate.want(1) == (0, "not_asked")
    gate.inp.cp_high_mv = 1751
    assert gate.want(1) == (1, "ok")
    gate.safety.ventilated = 0
    assert gate.want(1, dt_ms=70) == (0, "not_asked")


@pytest.mark.parametrize("bp", [10000, 0])
def test_it_never_closes_on_a_pilot_without_pulses(bp):
    gate = Gate()
    assert gate.want(1, bp)[0] == 0


def test_minus_twelve_opens_at_once():
    assert Gate().closed().want(1, 0) == (0, "opened")


def test_an_opened_pilot_wire_opens_at_once():
    gate = Gate().closed()
    gate.out.connected = 0
    assert gate.want(1) == (0, "opened")


def test_a_closed_contactor_may_wait_six_seconds_for_the_car_to_stop_and_no_longer():
    gate = Gate().closed()
    gate.inp.cp_low_mv = 6000
    assert gate.want(1, 10000, 6500) == (1, "ok")
    assert gate.want(1, 10000, 1) == (0, "no_pulses")


def test_what_opened_while_waiting_does_not_close_again():
    gate = Gate().closed()
    gate.inp.cp_low_mv = 6000
    gate.want(1, 10000)
    gate.want(0, 10000)
    assert gate.want(1, 10000) == (0, "no_pulses")


def test_pulses_that_return_after_a_short_stop_keep_it_closed():
    gate = Gate().closed()
    gate.inp.cp_low_mv = 6000
    gate.want(1, 10000, 3000)
    assert gate.want(1, PULSES) == (1, "ok")     # measured before the pulses came back
    gate.inp.cp_low_mv = -12000
    assert gate.want(1, PULSES) == (1, "ok")
    gate.inp.cp_low_mv = 6000
    assert gate.want(1, 10000, 6500) == (1, "ok")  # and the time begins anew


def test_no_diode_no_power():
    gate = Gate()
    gate.safety = Safety()
    gate.inp.cp_low_mv = -6000
    gate.want(0)
    assert gate.want(1) == (0, "diode")
    gate.inp.cp_low_mv = -10000
    assert gate.want(1) == (0, "diode")
    gate.inp.cp_low_mv = -10001
    assert gate.want(1) == (1, "ok") and gate.safety.diode == 1


@pytest.mark.parametrize("high_mv, why", [(-10000, "diode"), (-9999, "ok"), (10250, "ok"), (10251, "diode")])
def test_the_upper_half_must_be_above_the_lower_one(high_mv, why):
    gate = Gate()
    gate.safety = Safety()
    gate.inp.cp_high_mv = high_mv
    gate.want(0)
    gate.inp.cp_high_mv, gate.inp.cp_low_mv = 6000, -6000
    assert gate.want(1) == (1 if why == "ok" else 0, why)


def test_a_diode_is_not_a_diode_when_the_top_is_down_too():
    gate = Gate()
    gate.safety = Safety()
    gate.inp.cp_high_mv = -12000
    gate.want(0)
    gate.inp.cp_high_mv, gate.inp.cp_low_mv = 6000, -6000
    assert gate.want(1) == (0, "diode")


def test_a_diode_in_a_stale_sample_is_none():
    gate = Gate()
    gate.safety = Safety()
    gate.inp.fresh = 0
    gate.want(0)
    gate.inp.fresh, gate.inp.cp_low_mv = 1, -6000
    assert gate.want(1) == (0, "diode")


def test_a_diode_that_breaks_while_charging_opens_after_40_ms():
    gate = Gate().closed()
    gate.inp.cp_low_mv = -6000
    assert gate.want(1, dt_ms=39) == (1, "ok")
    assert gate.want(1, dt_ms=1) == (0, "diode")


def test_lower_halves_that_are_missed_now_and_then_do_no_harm():
    gate = Gate().closed()
    for _ in range(5):
        gate.inp.cp_low_mv = -6000
        assert gate.want(1, dt_ms=30) == (1, "ok")
        gate.inp.cp_low_mv = -12000
        assert gate.want(1) == (1, "ok")


@pytest.mark.parametrize("bp", [10000, 0])
def test_the_diode_must_be_seen_on_the_pulses_that_run_now(bp):
    gate = Gate()
    gate.want(0, bp)
    gate.inp.cp_low_mv = -6000
    assert gate.want(1) == (0, "diode")


def test_the_narrowest_and_the_widest_pulses_count_as_pulses():
    for bp in (1, 9999):
        gate = Gate()
        gate.want(0, bp)
        assert gate.want(1, bp) == (1, "ok")


def test_as_made_it_has_seen_nothing():
    made = Safety()
    assert (made.why, made.closed, made.diode) == (safety.OK, 0, 0)
    assert (made.rcm_fitted, made.hot_c, made.ventilated, made.tolerant) == (0, 75, 0, 0)
