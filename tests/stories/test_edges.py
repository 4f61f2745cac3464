"""The connector's edges: the exact tick at which the letter, the offer and the contactors change."""
import pytest

from evse import pilot
from evse.limits import NO_LIMIT, OVERDRAW, OVERRIDE, RELAY
from workbench import Bench


def test_as_made_nothing_is_offered_and_nobody_is_there():
    evse = Bench().evse
    assert (evse.letter, evse.state, evse.offered_ma, evse.limit_ma, evse.why, evse.why_ms) == (0, 0, 0, 0, 0, 0)
    assert (evse.temp_c, evse.auto_phases, evse.drawing) == (20, 3, 0)


def test_the_first_two_samples_are_read():
    bench = Bench()
    assert bench.go(20, 9000).evse.letter == pilot.B


def test_what_was_measured_and_set_goes_where_it_is_looked_at():
    bench = Bench(rcmon=1, max_temp_c=50, ventilation=1)
    bench.inp.temp_c = 31
    bench.go(10)
    assert (bench.evse.temp_c, bench.evse.safety.rcm_fitted, bench.evse.safety.hot_c, bench.evse.safety.ventilated) == (31, 1, 50, 1)
    bench.inp.rcm = 1
    assert bench.go(10).why == "fault"


def test_since_when_it_is_so():
    bench = Bench().go(1000)
    assert (bench.why, bench.evse.why_ms) == ("no_car", 1000)
    bench.go(20, 9000)
    assert (bench.why, bench.evse.why_ms) == ("car_waits", 0)
    assert bench.go(500).evse.why_ms == 500
    bench.evse.why_ms = (1 << 28) - 5
    assert bench.go(10).evse.why_ms == 1 << 28
    assert bench.go(10).evse.why_ms == 1 << 28


def test_a_car_that_draws_may_show_b_for_a_moment_after_a_new_duty():
    for ms, mv, state, c1 in ((290, 6000, "C2", 1), (320, 9000, "B2", 0)):
        bench = Bench().charge()
        bench.evse.second(1001, bench.evse.offered_ma)
        bench.evse.limits.put(OVERRIDE, 8000)
        bench.go(550)
        assert bench.evse.safety.tolerant == 1
        bench.go(ms, 9000).go(30, mv)
        assert (bench.state, bench.out.c1) == (state, c1)
        assert bench.evse.iec.power == c1


def test_the_glitch_lasts_300_ms_and_no_longer():
    bench = Bench().charge()
    bench.evse.second(1001, bench.evse.offered_ma)
    bench.evse.limits.put(OVERRIDE, 8000)
    bench.go(100).go(1, 9000, 1)
    assert bench.go(299, 9000, 1).evse.letter == pilot.C
    assert bench.go(1, 9000, 1).evse.letter == pilot.B


def test_a_short_glitch_is_forgotten():
    bench = Bench().charge()
    bench.evse.second(1001, bench.evse.offered_ma)
    bench.evse.limits.put(OVERRIDE, 8000)
    bench.go(100).go(200, 9000).go(20, 6000).go(200, 9000).go(20, 6000)
    assert (bench.state, bench.out.c1) == ("C2", 1)


def test_a_car_that_leaves_in_that_moment_is_let_go_at_once():
    bench = Bench().charge()
    bench.evse.second(1001, bench.evse.offered_ma)
    bench.evse.limits.put(OVERRIDE, 8000)
    assert bench.go(50).go(20, 12000).state == "A"


@pytest.mark.parametrize("drawn_ma, after_ms, tolerant", [(1001, 999, 1), (1001, 1000, 0), (1000, 500, 0), (-1, 500, 0)])
def test_the_moment_is_a_second_after_a_new_duty_while_a_meter_sees_it_draw(drawn_ma, after_ms, tolerant):
    bench = Bench().charge()
    bench.evse.second(drawn_ma, bench.evse.offered_ma)
    bench.evse.limits.put(OVERRIDE, 8000)
    bench.go(1, tick_ms=1)
    bench.go(after_ms, tick_ms=1)
    bench.go(1, tick_ms=1)
    assert bench.evse.safety.tolerant == tolerant


@pytest.mark.parametrize("access", [0, 2])
def test_a_car_that_was_asked_to_stop_means_its_b(access):
    bench = Bench().charge()
    bench.evse.second(16000, bench.evse.offered_ma)
    bench.cfg.access = access
    bench.go(100)
    assert bench.evse.safety.tolerant == 0
    assert bench.go(20, 9000).out.c1 == 0


def test_an_offer_taken_back_waits_three_seconds_and_a_charge_that_was_stopped_fifteen():
    bench = Bench().go(100).go(500, 9000)
    bench.evse.limits.put(OVERRIDE, 5999)
    bench.go(10)
    assert (bench.why, bench.evse.auth.pause_ms) == ("no_current", 3000)
    bench = Bench(ventilation=1).charge()
    for mv in (6000, 3000):
        bench = Bench(ventilation=1).charge().go(100, mv)
        bench.evse.limits.put(OVERRIDE, 5999)
        bench.go(10)
        assert (bench.why, bench.evse.auth.pause_ms) == ("stopping", 15000)
        bench.evse.limits.put(OVERRIDE, NO_LIMIT)
        bench.go(100, 9000)
        assert bench.why == "wait" and bench.evse.countdown_ms() == bench.evse.auth.pause_ms == 14900


def test_a_car_that_stops_by_itself_waits_for_nothing():
    bench = Bench().charge().go(100, 9000)
    assert (bench.state, bench.evse.auth.pause_ms, bench.evse.iec.power) == ("B2", 0, 0)


def test_what_the_gate_takes_away_is_gone_for_the_others_too():
    bench = Bench().charge()
    bench.mv = 12000
    bench.go(10)
    assert (bench.out.c1, bench.evse.iec.power, bench.evse.auth.pause_ms) == (0, 0, 0), "a car that leaves is no fault"
    bench = Bench().charge()
    bench.go(10, 0)
    assert (bench.out.c1, bench.evse.iec.power, bench.evse.auth.pause_ms) == (0, 0, 15000)
    bench.go(10)
    assert (bench.state, bench.out.duty_bp) == ("F", 0)


def test_after_a_fault_that_is_over_f_is_still_shown_and_that_is_a_wait():
    bench = Bench().charge()
    bench.go(10, 0).go(10, 6000)
    assert bench.state == "F"
    bench.evse.auth.pause_ms = 0
    bench.go(20)
    assert (bench.state, bench.why) == ("F", "wait")


def test_closings_and_openings_under_load_are_counted():
    bench = Bench().charge()
    assert (bench.evse.contacts.closings, bench.evse.contacts.hot) == (1, 0)
    bench.evse.second(16000, bench.evse.offered_ma)
    bench.go(20, 12000)
    assert (bench.evse.contacts.closings, bench.evse.contacts.hot) == (1, 1)


def test_the_second_judges_the_car_and_the_contacts():
    bench = Bench().charge()
    for _ in range(7):
        bench.evse.second(20000, 13000)
    assert bench.evse.drawing == 1 and bench.evse.limits.ma[OVERDRAW] == 6000
    bench.go(20, 12000)
    bench.evse.second(20000, 13000)
    assert bench.evse.limits.ma[OVERDRAW] == NO_LIMIT
    for _ in range(4):
        bench.evse.second(20000, 0)
    assert bench.evse.contacts.welded == 1
    bench.evse.second(0, 0)
    assert bench.evse.drawing == 0


def test_the_grid_operators_relay_leaves_less_than_four_kilowatts_over_the_phases():
    bench = Bench(switch="Grid Relay", max_current_a=32)
    bench.inp.switch = 1
    assert bench.charge().evse.limit_ma == 32000
    bench.inp.switch = 0
    bench.go(200)
    assert (bench.evse.limit_ma, bench.evse.by) == (6000, RELAY)
    bench.evse.phases.now = 1
    assert bench.go(10).evse.limit_ma == 18000


def test_c2_closes_a_tenth_of_a_second_after_c1():
    bench = Bench().go(100).go(100, 9000)
    bench.mv = 6000
    while not bench.out.c1:
        bench.go(10)
    assert bench.go(90).out.c2 == 0 and bench.go(10).out.c2 == 1 and bench.out.connected == 1


def test_a_machine_is_limited_in_its_changes_a_person_is_not():
    for contact2, switches, why_ in (("Auto", 10, "charging"), ("Auto", 9, "stopping"), ("Always Off", 100, "stopping")):
        bench = Bench(mode="Solar", contact2="Auto").charge()
        bench.evse.auto_phases = 1
        bench.evse.phases.switches = switches
        bench.cfg.put("contact2", contact2)
        bench.go(20)
        assert bench.why == why_, contact2
    bench.go(100, 9000)
    assert bench.why == "switching" and bench.out.connected == 0 and bench.evse.phases.now == 1
    assert 59800 < bench.evse.countdown_ms() == bench.evse.phases.left_ms <= 60000


def test_the_pause_with_the_wire_open_is_that_of_the_setting():
    bench = Bench(contact2="Always Off", phase_pause_s=20)
    bench.charge()
    bench.cfg.put("contact2", "Always On")
    bench.go(20)
    bench.mv = 9000
    while bench.evse.iec.power:
        bench.go(10)
    assert bench.evse.phases.left_ms == 20000 == bench.evse.countdown_ms()
    bench.go(100, 12000)
    assert bench.state == "B1", "an open wire is not read"
