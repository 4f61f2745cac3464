"""The external switch: what each of its eight meanings says, and when."""
import pytest

from evse import switch
from evse.switch import (ACCESS_B, ACCESS_S, CUSTOM_B, CUSTOM_OFF, CUSTOM_ON, CUSTOM_S, DISABLED, GRANT, NOTHING, RELAY, STOP, SUN_B, SUN_S,
                         SWAP_SUN, TO_SMART, TO_SOLAR, TOGGLE_ACCESS, TOGGLE_CUSTOM, WITHDRAW, Switch)


def new(kind, raw=0):
    """A switch whose meaning is known, and whatever that meant taken."""
    made = Switch()
    made.step(10, raw, kind)
    made.take()
    return made


def hold(it, kind, raw, ms):
    """What it meant after ms, in ticks of 1 ms."""
    for _ in range(ms):
        it.step(1, raw, kind)
    return it.take()


@pytest.mark.parametrize("kind, press, release", [
    (DISABLED, STOP, NOTHING), (ACCESS_B, TOGGLE_ACCESS, NOTHING), (ACCESS_S, GRANT, WITHDRAW), (SUN_B, NOTHING, SWAP_SUN),
    (SUN_S, TO_SMART, TO_SOLAR), (RELAY, NOTHING, NOTHING), (CUSTOM_B, TOGGLE_CUSTOM, NOTHING), (CUSTOM_S, CUSTOM_ON, CUSTOM_OFF)])
def test_what_a_press_and_a_release_mean(kind, press, release):
    it = new(kind)
    assert hold(it, kind, 1, 119) == NOTHING and it.closed == 0
    assert hold(it, kind, 1, 1) == press and (it.closed, it.presses) == (1, 1)
    assert hold(it, kind, 1, 500) == NOTHING
    assert hold(it, kind, 0, 119) == NOTHING and it.closed == 1
    assert hold(it, kind, 0, 1) == release and (it.closed, it.presses) == (0, 1)
    assert hold(it, kind, 0, 5000) == NOTHING


@pytest.mark.parametrize("kind, closed, opened", [
    (DISABLED, NOTHING, NOTHING), (ACCESS_B, NOTHING, NOTHING), (ACCESS_S, GRANT, WITHDRAW), (SUN_B, NOTHING, NOTHING),
    (SUN_S, TO_SMART, TO_SOLAR), (RELAY, NOTHING, NOTHING), (CUSTOM_B, NOTHING, NOTHING), (CUSTOM_S, CUSTOM_ON, CUSTOM_OFF)])
def test_a_toggle_is_looked_at_when_the_power_comes_and_a_button_is_not(kind, closed, opened):
    for raw, meant in ((1, closed), (0, opened)):
        it = Switch()
        it.step(10, raw, kind)
        assert it.take() == meant and (it.closed, it.presses) == (raw, 0)
        assert hold(it, kind, raw, 5000) == NOTHING


def test_a_toggle_is_looked_at_when_its_meaning_changes():
    it = new(DISABLED, 1)
    it.step(10, 1, ACCESS_S)
    assert it.take() == GRANT
    it.step(10, 1, SUN_S)
    assert it.take() == TO_SMART


def test_a_bouncing_contact_counts_from_anew():
    it = new(ACCESS_B)
    hold(it, ACCESS_B, 1, 119)
    hold(it, ACCESS_B, 0, 1)
    assert hold(it, ACCESS_B, 1, 119) == NOTHING
    assert hold(it, ACCESS_B, 1, 1) == TOGGLE_ACCESS


def test_each_press_is_counted():
    it = new(DISABLED)
    for n in (1, 2, 3):
        hold(it, DISABLED, 1, 120)
        hold(it, DISABLED, 0, 120)
        assert it.presses == n


def test_a_sun_button_held_longer_than_a_second_and_a_half_stops_and_its_release_means_nothing():
    it = new(SUN_B)
    hold(it, SUN_B, 1, 120)
    assert hold(it, SUN_B, 1, 1500) == NOTHING
    assert hold(it, SUN_B, 1, 1) == STOP
    assert hold(it, SUN_B, 1, 10000) == NOTHING
    assert hold(it, SUN_B, 0, 200) == NOTHING


def test_a_sun_button_let_go_in_time_swaps():
    it = new(SUN_B)
    hold(it, SUN_B, 1, 120)
    assert hold(it, SUN_B, 1, 1500) == NOTHING
    assert hold(it, SUN_B, 0, 120) == SWAP_SUN
    hold(it, SUN_B, 1, 120)
    assert hold(it, SUN_B, 1, 1500) == NOTHING, "and the next press is timed anew"
    assert hold(it, SUN_B, 1, 1) == STOP


def test_a_button_held_while_its_meaning_changes_means_nothing():
    it = new(CUSTOM_B)
    hold(it, CUSTOM_B, 1, 1000)
    it.step(10, 1, SUN_B)
    assert hold(it, SUN_B, 1, 5000) == NOTHING
    assert hold(it, SUN_B, 0, 200) == NOTHING
    hold(it, SUN_B, 1, 200)
    assert hold(it, SUN_B, 0, 200) == SWAP_SUN


def test_only_the_sun_button_is_timed():
    it = new(ACCESS_B)
    hold(it, ACCESS_B, 1, 120)
    it.take()
    assert hold(it, ACCESS_B, 1, 5000) == NOTHING


def test_the_relay_is_a_level():
    it = Switch()
    it.step(10, 1, RELAY)
    assert it.relay_open == 0
    hold(it, RELAY, 0, 119)
    assert it.relay_open == 0
    hold(it, RELAY, 0, 1)
    assert it.relay_open == 1
    hold(it, RELAY, 1, 120)
    assert it.relay_open == 0
    it = new(RELAY)
    assert it.relay_open == 1
    it.step(10, 0, DISABLED)
    assert it.relay_open == 0


def test_what_was_meant_is_told_once_and_the_last_word_counts():
    it = new(ACCESS_S)
    hold(it, ACCESS_S, 1, 120)
    assert it.meant == NOTHING
    for _ in range(120):
        it.step(1, 0, ACCESS_S)
    for _ in range(120):
        it.step(1, 1, ACCESS_S)
    assert it.take() == GRANT
    assert it.take() == NOTHING


def test_a_press_that_is_waiting_to_be_taken_is_not_lost_by_a_release_without_a_meaning():
    it = new(ACCESS_B)
    for raw in (1, 0):
        for _ in range(200):
            it.step(1, raw, ACCESS_B)
    assert it.take() == TOGGLE_ACCESS


def test_as_made_nothing_is_meant():
    it = Switch()
    assert (it.closed, it.presses, it.relay_open, it.meant) == (0, 0, 0, NOTHING)
    assert NOTHING == 0 and switch.CUSTOM_OFF == 10
