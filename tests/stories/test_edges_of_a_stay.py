"""The connector's edges: what a stay begins with, what it waits for, and what a car takes along when it leaves."""
import pytest

import faults
from evse import pilot
from evse.limits import CABLE, NO_LIMIT, OVERRIDE
from evse.offer import RAISE_MS, SHY_MS
from evse.switch import GRANT
from workbench import Bench


def test_the_random_delay_of_a_car_that_comes():
    bench = Bench(random_delay_s=600).go(100).go(20, 9000)
    assert (bench.state, bench.why, bench.evse.countdown_ms()) == ("B1", "random", 4990)
    bench.evse.auth.wait(4990)
    assert bench.go(10).why == "wait", "between equals it is the pause"
    bench.go(20, 12000)
    assert (bench.evse.auth.random_ms, bench.evse.auth.pause_ms, bench.evse.countdown_ms()) == (0, 0, 0)


def test_countdowns_of_stopping_and_waking():
    bench = Bench().charge()
    bench.cfg.access = 0
    bench.go(1010)
    assert bench.why == "stopping" and bench.evse.countdown_ms() == bench.evse.iec.c1_ms == 5000
    bench = Bench().go(100).go(91000, 9000)
    assert bench.why == "waking" and 0 < bench.evse.countdown_ms() == bench.evse.wake.left_ms() < 4000
    assert Bench().charge().evse.countdown_ms() == 0


def test_a_cable_that_may_have_been_changed_while_nobody_looked_never_gains():
    for config, ohm, blind, ma in (("Socket", 100, 0, 63000), ("Socket", 680, 1, 16000), ("Socket", 680, 0, 63000), ("Fixed", 680, 1, NO_LIMIT)):
        bench = Bench(config=config).go(100).go(100, 9000)
        bench.inp.pp_ohm = ohm
        bench.inp.fresh = 1 - blind
        bench.go(100)
        bench.inp.fresh = 1
        bench.go(100)
        assert bench.evse.limits.ma[CABLE] == ma, (config, ohm, blind)
    bench = Bench().go(100).go(100, 9000)
    bench.inp.fresh = 0
    bench.go(10)
    bench.inp.fresh = 1
    bench.go(10)
    bench.inp.pp_ohm = 680
    assert bench.go(100).evse.limits.ma[CABLE] == 63000, "it is read once"
    assert bench.go(20, 12000).evse.limits.ma[CABLE] == NO_LIMIT
    bench.inp.fresh = 0
    bench.go(10)
    bench.inp.fresh = 1
    assert bench.go(10).evse.limits.ma[CABLE] == NO_LIMIT, "nobody there: nothing to read"


@pytest.mark.parametrize("which", [faults.MAINS_METER, faults.WELD])
def test_a_fault_of_either_kind_speaks_against_an_offer(which):
    bench = Bench().go(100)
    bench.faults.put(which, 1)
    bench.go(100, 9000)
    assert (bench.state, bench.why) == ("B1", "fault")


def test_less_than_min_by_a_milliampere_is_no_current():
    bench = Bench(min_current_a=7).go(100)
    bench.evse.limits.put(OVERRIDE, 6999)
    assert bench.go(100, 9000).why == "no_current"
    bench.evse.limits.put(OVERRIDE, 7000)
    assert bench.go(4000).why == "car_waits"


def test_what_the_switch_means_is_heard():
    bench = Bench(switch="Access S").go(100)
    bench.evse.switch.take()
    bench.inp.switch = 1
    bench.go(200)
    assert bench.evse.switch.take() == GRANT


def test_when_the_plug_is_held():
    for settings_, access, held in (({}, 0, 1), ({"unlock_off": 1}, 0, 0), ({"unlock_off": 1}, 2, 1), ({"unlock_off": 1}, 1, 1)):
        bench = Bench(lock="Solenoid", **settings_).go(100)
        bench.cfg.access = access
        bench.go(100, 9000)
        assert bench.evse.lock.wish == held
    for cable_lock in (0, 1):
        assert Bench(lock="Solenoid", cable_lock=cable_lock).go(100).evse.lock.wish == cable_lock


@pytest.mark.parametrize("after_ms, mv, raise_ms", [(979, 9000, SHY_MS), (980, 9000, RAISE_MS), (500, 3000, RAISE_MS)])
def test_a_car_that_lets_go_within_a_second_of_a_new_duty_is_shy_until_it_leaves(after_ms, mv, raise_ms):
    bench = Bench().charge()
    bench.evse.limits.put(OVERRIDE, 8000)
    bench.go(1, tick_ms=1).go(after_ms, tick_ms=1).go(20, mv)
    assert bench.evse.offer.raise_ms == raise_ms
    assert bench.go(20, 12000).evse.offer.raise_ms == RAISE_MS


def test_a_car_without_power_that_lets_go_is_not_shy():
    bench = Bench().go(100).go(100, 9000).go(200, 6000)
    bench.evse.limits.put(OVERRIDE, 8000)
    assert bench.go(20).go(20, 9000).evse.offer.raise_ms == RAISE_MS


def test_a_car_that_does_as_it_is_told_and_stops_is_not_shy():
    bench = Bench().charge()
    bench.cfg.access = 2
    assert bench.go(500).out.c1 == 1
    assert bench.go(20, 9000).evse.offer.raise_ms == RAISE_MS


@pytest.mark.parametrize("config, at_plug, now, fresh, state", [
    ("Socket", 100, 59999, 1, "B1"), ("Socket", 100, 60000, 1, "A"), ("Socket", 59999, 65535, 1, "A"), ("Socket", 60000, 65535, 1, "B1"),
    ("Fixed", 100, 65535, 1, "B1"), ("Socket", 100, 65535, 0, "B1")])
def test_behind_an_open_wire_a_coded_cable_is_gone_when_its_resistor_is(config, at_plug, now, fresh, state):
    bench = Bench(config=config)
    bench.inp.pp_ohm = at_plug
    bench.charge()
    bench.cfg.put("contact2", "Always Off")
    bench.go(100).go(100, 9000)
    assert bench.out.connected == 0 and bench.state == "B1"
    bench.inp.pp_ohm, bench.inp.fresh = now, fresh
    bench.go(10)
    assert bench.state == state and (bench.evse.letter == pilot.A) == (state == "A")


def test_what_a_car_drew_too_much_goes_with_it_in_the_same_tick():
    bench = Bench().charge()
    bench.evse.overdraw.stop = 1
    assert bench.go(20, 12000).evse.overdraw.stop == 0
