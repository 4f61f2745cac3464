"""Meters that fall silent: when the charge stops for it, and when it goes on."""
import pytest
from faults import Faults
from meters.roles import Roles
from meters.silence import CIRCUIT_S, EV_S, Silence
from settings import Settings


class Bench:
    """Seconds go by; a role may be heard."""

    def __init__(self, **settings):
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.roles, self.faults = Roles(), Faults()
        self.silence = Silence(self.roles, self.faults)
        self.now = 0

    def hear(self, role):
        self.roles.latest(role).put(self.now, [1000, 0, 0])
        return self

    def run(self, seconds):
        for _ in range(seconds):
            self.now += 1000
            self.silence.second(self.cfg, self.now)
        return self.faults.names()


BOTH = {"ev_meter": "Eastron3P", "circuit_meter": "Eastron3P"}


@pytest.mark.parametrize("role, limit_s", (("ev", EV_S), ("circuit", CIRCUIT_S)))
def test_a_meter_may_be_silent_so_long_and_its_fault_goes_with_the_next_reading(role, limit_s):
    bench = Bench(**{"mode": "Smart", role + "_meter": "Eastron3P"})
    bench.hear(role)
    assert bench.run(limit_s) == ""
    assert bench.run(1) == role + "_meter"
    assert bench.hear(role).run(1) == ""


def test_the_times_are_those_of_the_reference():
    assert (EV_S, CIRCUIT_S) == (64, 20)


def test_a_meter_that_was_never_heard_gets_its_time_from_the_start():
    bench = Bench(mode="Solar", **BOTH)
    assert bench.run(CIRCUIT_S) == "" and bench.run(1) == "circuit_meter"
    assert bench.run(EV_S - CIRCUIT_S - 1) == "circuit_meter" and bench.run(1) == "ev_meter,circuit_meter"


def test_normal_mode_and_meters_that_are_not_there_are_nobodys_fault():
    assert Bench(mode="Smart").run(200) == ""
    bench = Bench(**BOTH)
    assert bench.run(200) == ""
    bench.cfg.put("mode", "Smart")
    assert bench.run(1) == "ev_meter,circuit_meter"
    bench.cfg.put("mode", "Normal")
    assert bench.run(1) == ""


def test_a_silence_of_hours_stays_one():
    bench = Bench(mode="Smart", **BOTH).hear("ev").hear("circuit")
    assert bench.run(4000) == "ev_meter,circuit_meter"


def test_the_circuit_of_a_node_is_its_masters_business():
    bench = Bench(mode="Smart", loadbl="Node 1", circuit_meter="Eastron3P")
    assert bench.run(100) == ""
