import pytest

from evse.phases import ALWAYS_OFF, ALWAYS_ON, NOT_PRESENT, SOLAR_OFF, Phases, wanted

NORMAL, SMART, SOLAR = range(3)


@pytest.mark.parametrize("contact2, in_normal, in_smart, in_solar", [
    (NOT_PRESENT, 3, 3, 3), (ALWAYS_OFF, 1, 1, 1), (SOLAR_OFF, 3, 3, 1), (ALWAYS_ON, 3, 3, 3)])
def test_contact_2_by_setting_and_mode(contact2, in_normal, in_smart, in_solar):
    assert [wanted(contact2, mode) for mode in (NORMAL, SMART, SOLAR)] == [in_normal, in_smart, in_solar]


def test_c2_follows_c1_after_100_ms():
    phases = Phases()
    assert [phases.step(10, 1, 3) for _ in range(11)] == [0] * 9 + [1, 1]
    assert phases.step(10, 0, 3) == 0


def test_on_one_phase_c2_stays_open():
    phases = Phases()
    phases.step(10, 0, 1)
    assert phases.step(5000, 1, 1) == 0
    assert phases.now == 1


def test_a_change_while_charging_holds_back_waits_for_c1_and_then_five_seconds():
    phases = Phases()
    phases.step(200, 1, 3)
    assert phases.step(10, 1, 1) == 1 and phases.hold == 1 and phases.now == 3
    assert phases.step(10, 0, 1) == 0 and phases.hold == 1 and phases.now == 1
    phases.step(4990, 0, 1)
    assert phases.hold == 1
    phases.step(10, 0, 1)
    assert phases.hold == 0
    assert phases.step(5000, 1, 1) == 0 and phases.hold == 0


def test_a_change_of_mind_while_waiting_for_the_car_lets_it_go_on():
    phases = Phases()
    phases.step(200, 1, 3)
    phases.step(10, 1, 1)
    assert phases.step(10, 1, 3) == 1 and phases.hold == 0


def test_a_change_with_nothing_closed_is_instant():
    phases = Phases()
    phases.step(10, 0, 1)
    assert phases.hold == 0 and phases.now == 1
    phases.step(10, 0, 3)
    assert phases.hold == 0 and phases.now == 3
