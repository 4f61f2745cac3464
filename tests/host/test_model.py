"""The walk through every state, short: the whole of it is `make model`. And the judge sees what it should see."""
import pytest

from evse import safety
from evse.iec61851 import Iec61851
from evse.phases import Phases
from tools import model, model_world

STATES = 700   # of each plan, the nearest ones; a few ticks and two liveness checks for each


@pytest.mark.parametrize("plan", list(model.PLANS))
def test_the_nearest_states_of_each_plan_keep_every_rule(plan):
    states, transitions, _, broken = model.walk(plan, model.COARSE, STATES)
    assert not broken
    assert states >= STATES and transitions > states


@pytest.mark.parametrize("plan, owner, name, value, told", [
    ("pilot", safety, "DIODE_MS", 10**6, "without the diode"),
    ("pilot", safety, "UNPLUGGED_MV", 13000, "closed"),
    ("air", safety.Safety, "_against", lambda *a: 0, "closed"),
])
def test_a_gate_that_is_broken_is_found(monkeypatch, plan, owner, name, value, told):
    monkeypatch.setattr(owner, name, value)
    broken = model.walk(plan, model.COARSE, 20000)[3]
    assert told in broken and "pilot=" in broken


def test_contacts_without_rest_are_found(monkeypatch):
    step = Iec61851.step

    def restless(self, *args):
        self._rest_ms = 0
        return step(self, *args)
    monkeypatch.setattr(Iec61851, "step", restless)
    assert "after opening" in model.walk("phases", model.COARSE, 5000)[3]


def test_a_second_contactor_that_switches_under_load_is_found(monkeypatch):
    step = Phases.step

    def careless(self, dt_ms, power, want, *rest):
        if power:
            self.now = want
        return step(self, dt_ms, power, want, *rest)
    monkeypatch.setattr(Phases, "step", careless)
    assert "C2" in model.walk("phases", model.COARSE, 5000)[3]


def test_a_pause_that_never_ends_is_found(monkeypatch):
    monkeypatch.setattr(model_world.Evse, "countdown_ms", lambda self: 1000 if self.why == model.why.WAIT else 0)
    assert "countdown of wait" in model.walk("phases", model.COARSE, 5000)[3]


def test_a_fault_that_nobody_can_take_back_is_found(monkeypatch):
    monkeypatch.setattr(model_world.Faults, "reset", lambda self, which: None)
    assert "does not charge" in model.walk("faults", model.COARSE, 5000)[3]
