import pytest

from evse.phases import ALWAYS_OFF, ALWAYS_ON, AUTO, NOT_PRESENT, OPENED, OPENING, SOLAR_OFF, STILL, Phases, wanted

NORMAL, SMART, SOLAR = range(3)
PAUSE_MS = 60000


def step(phases, ms, power, want, most=-1, plugged=1):
    """C2 after ms, in ticks of 10."""
    c2 = 0
    for _ in range(max(1, ms // 10)):
        c2 = phases.step(10, power, want, PAUSE_MS, most, plugged)
        assert power or c2 == 0
    return c2


def charging(want=3):
    phases = Phases()
    step(phases, 10, 0, want)
    assert step(phases, 200, 1, want) == (1 if want == 3 else 0)
    return phases


@pytest.mark.parametrize("contact2, in_normal, in_smart, in_solar", [
    (NOT_PRESENT, 3, 3, 3), (ALWAYS_OFF, 1, 1, 1), (SOLAR_OFF, 3, 3, 1), (ALWAYS_ON, 3, 3, 3), (AUTO, 3, 3, 1)])
def test_contact_2_by_setting_and_mode(contact2, in_normal, in_smart, in_solar):
    assert [wanted(contact2, mode, 1) for mode in (NORMAL, SMART, SOLAR)] == [in_normal, in_smart, in_solar]
    assert wanted(AUTO, SOLAR, 3) == 3
    assert wanted(contact2, 3, 1) == in_solar  # Min+PV is a kind of Solar


def test_c2_follows_c1_after_100_ms():
    phases = Phases()
    assert [step(phases, 10, 1, 3) for _ in range(12)] == [0] * 10 + [1, 1]
    assert step(phases, 10, 0, 3) == 0
    assert step(phases, 10, 1, 3) == 0


def test_c2_follows_to_the_millisecond_each_time():
    phases = Phases()
    for _ in range(2):
        assert [phases.step(ms, 1, 3, PAUSE_MS, -1, 1) for ms in (1, 99, 1, 1, 1000)] == [0, 0, 1, 1, 1]
        assert phases.step(1, 0, 3, PAUSE_MS, -1, 1) == 0


def test_c2_never_closes_in_one_tick_with_c1_however_late_the_tick():
    phases = Phases()
    assert phases.step(500, 1, 3, PAUSE_MS, -1, 1) == 0
    assert phases.step(500, 1, 3, PAUSE_MS, -1, 1) == 1


def test_on_one_phase_c2_stays_open():
    phases = charging(1)
    assert step(phases, 5000, 1, 1) == 0 and phases.now == 1


def test_a_change_while_charging_goes_by_steps():
    phases = charging()
    assert step(phases, 6000, 1, 1) == 1 and phases.step_now == OPENING and phases.now == 3
    step(phases, 10, 0, 1)
    assert phases.step_now == OPENED and phases.now == 1 and phases.left_ms == PAUSE_MS
    assert phases.step(PAUSE_MS - 1, 0, 1, PAUSE_MS, -1, 1) == 0
    assert phases.step_now == OPENED and phases.left_ms == 1
    assert phases.step(1, 0, 1, PAUSE_MS, -1, 1) == 0
    assert phases.step_now == STILL and phases.left_ms == 0
    assert step(phases, 1000, 1, 1) == 0 and phases.step_now == STILL and phases.switches == 1


def test_a_change_of_mind_while_the_car_still_stops_lets_it_go_on():
    phases = charging()
    step(phases, 10, 1, 1)
    assert step(phases, 10, 1, 3) == 1 and phases.step_now == STILL and phases.switches == 0


def test_a_change_of_mind_in_the_pause_waits_for_its_end_and_is_instant_then():
    phases = charging()
    step(phases, 10, 1, 1)
    step(phases, 30000, 0, 1)
    step(phases, 30000, 0, 3)
    step(phases, 10, 0, 3)
    assert phases.step_now == STILL and phases.now == 3 and phases.switches == 1


def test_a_change_after_the_car_has_stopped_by_itself_goes_by_the_pause_too():
    phases = charging()
    step(phases, 1000, 0, 3)
    assert phases.step_now == STILL
    step(phases, 10, 0, 1)
    assert phases.step_now == OPENED and phases.now == 1


def test_a_change_with_nothing_closed_since_the_plug_is_instant():
    phases = Phases()
    step(phases, 10, 0, 1)
    assert phases.step_now == STILL and phases.now == 1 and phases.switches == 0
    step(phases, 10, 0, 3)
    assert phases.step_now == STILL and phases.now == 3


def test_a_machine_may_change_only_so_often_for_a_plug():
    phases = charging()
    for i, want in enumerate((1, 3)):
        step(phases, 10, 1, want, most=2)
        assert phases.step_now == OPENING
        step(phases, PAUSE_MS + 100, 0, want, most=2)
        step(phases, 200, 1, want, most=2)
        assert phases.switches == i + 1
    step(phases, 10, 1, 1, most=2)
    assert phases.step_now == STILL and phases.now == 3
    step(phases, 1000, 0, 1, most=2)
    assert phases.now == 3
    step(phases, 10, 0, 1, most=-1)
    assert phases.now == 1, "a person's wish is never refused"


def test_a_machine_that_may_not_change_at_all_does_not():
    phases = charging()
    step(phases, 10, 1, 1, most=0)
    assert phases.step_now == STILL
    step(phases, 10, 0, 1, most=0)
    assert phases.step_now == STILL and phases.now == 3


def test_a_wish_that_comes_and_goes_leaves_no_step_behind():
    phases = charging()
    step(phases, 10, 1, 1)
    assert phases.step_now == OPENING
    step(phases, 10, 0, 3)
    assert phases.step_now == STILL and phases.now == 3


def test_as_made_it_has_three_phases_and_nothing_to_do():
    phases = Phases()
    assert (phases.now, phases.step_now, phases.left_ms, phases.switches) == (3, STILL, 0, 0)
    assert (STILL, OPENING, OPENED) == (0, 1, 2)


def test_an_unplug_forgets_all_of_it():
    phases = charging()
    step(phases, 10, 1, 1)
    step(phases, 100, 0, 1)
    step(phases, 10, 0, 1, plugged=0)
    assert phases.step_now == STILL and phases.switches == 0 and phases.left_ms == 0
    step(phases, 10, 0, 3, plugged=0)
    assert phases.now == 3
