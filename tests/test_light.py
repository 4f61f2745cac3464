"""The light on the front: what its colour and rhythm say."""
import scenes
from ui import light
from ui.light import Light, ease
from ui.view import OFF, SMART, SOLAR

ORANGE = (255, 170, 0)
GREEN = (0, 255, 0)


def levels(fields, seconds, public=0, lamp=None):
    """The light every 10 ms for so many seconds, as tuples."""
    lamp = lamp or Light()
    v = scenes.view(fields)
    return [tuple(lamp.step(10, v, public)) for _ in range(seconds * 100)]


def changes(seen):
    return sum([1 for a, b in zip(seen, seen[1:]) if a != b])


def test_a_fault_flashes_red_and_fast_whatever_else_is_true():
    seen = levels({"fault": "rcm", "access": OFF, "charging": 1, "state": "C2"}, 4)
    assert set(seen) == {(255, 0, 0), (0, 0, 0)}
    assert 56 <= changes(seen) <= 64  # about eight times a second
    assert 160 <= seen.count((255, 0, 0)) <= 240


def test_off_is_dark():
    assert set(levels({"access": OFF}, 1)) == {(0, 0, 0)}


def test_the_owners_flag_has_its_own_colour_also_when_switched_off():
    blue = (0, 0, 255)
    assert set(levels({"access": OFF, "custom": 1}, 1)) == {blue}
    assert set(levels({"state": "B2", "plugged": 1, "custom": 1}, 1)) == {blue}
    assert set([c[:2] for c in levels({"state": "C2", "charging": 1, "mode": SOLAR, "custom": 1}, 1)]) == {(0, 0)}


def test_ready_is_dim_and_a_car_that_waits_is_bright():
    assert set(levels({}, 1)) == {(0, 40, 0)}
    assert set(levels({"state": "B2", "plugged": 1}, 1)) == {GREEN}
    assert set(levels({"state": "B2", "plugged": 1, "mode": SOLAR}, 1)) == {ORANGE}


def test_waiting_is_a_short_flash_now_and_then_in_the_colour_of_the_mode():
    seen = levels({"mode": SOLAR, "plugged": 1, "state": "B1", "wait": "no sun"}, 13)
    assert set(seen) == {ORANGE, (0, 0, 0)}
    assert 0.08 < seen.count(ORANGE) / len(seen) < 0.12
    assert 19 <= changes(seen) <= 21
    assert levels({"mode": SMART, "no_power": 1}, 2).count(GREEN) > 0


def test_charging_breathes_and_the_sun_breathes_slower():
    for mode, most in ((SMART, 129), (SOLAR, 257)):
        seen = [c[1] for c in levels({"mode": mode, "charging": 1, "state": "C2"}, 6)]
        top = max(seen)
        assert min(seen) == 0 and top >= 160
        peaks = [i for i in range(1, len(seen)) if seen[i] == top and seen[i - 1] != top]
        assert most - 2 <= peaks[1] - peaks[0] <= most
        assert max([abs(a - b) for a, b in zip(seen, seen[1:])]) < 20  # never a jump


def test_a_breath_begins_bright_when_the_car_was_bright():
    lamp = Light()
    levels({"state": "B2", "plugged": 1}, 1, 0, lamp)
    assert levels({"state": "C2", "charging": 1}, 1, 0, lamp)[0][1] > 240


def test_states_without_a_level_keep_the_last_one():
    lamp = Light()
    levels({"state": "B2", "plugged": 1}, 1, 0, lamp)
    assert set(levels({"state": "C1", "plugged": 1}, 1, 0, lamp)) == {GREEN}


def test_a_public_charger_is_green_then_blue():
    assert set(levels({"mode": SOLAR}, 1, 1)) == {(0, 40, 0)}
    assert set(levels({"state": "B2", "plugged": 1, "mode": SOLAR}, 1, 1)) == {(0, 0, 255)}
    assert set(levels({"access": OFF}, 1, 1)) == {(0, 40, 0)}


def test_a_step_of_fifty_is_five_steps_of_ten():
    slow, fast = Light(), Light()
    v = scenes.view({"charging": 1, "state": "C2"})
    for _ in range(100):
        a = bytes(slow.step(50, v))
        for _ in range(5):
            b = bytes(fast.step(10, v))
        assert a == b


def test_odd_milliseconds_are_not_lost():
    odd, even = Light(), Light()
    v = scenes.view({"charging": 1, "state": "C2"})
    for _ in range(100):
        odd.step(7, v)
    for _ in range(70):
        even.step(10, v)
    assert odd.rgb == even.rgb


def test_a_breath_is_even_at_both_ends_and_full_in_the_middle():
    assert ease(0) == 0 and ease(255) == 0 and ease(127) > 250 and ease(128) > 250
    assert light.OFF_RGB == bytes(3)
