"""Fingers on three buttons: what is a press, a tap, a hold, a repeat and a chord."""
from ui.hands import BOTH, HOLD, HOLD_MS, LEFT, MIDDLE, NONE, PRESS, RIGHT, TAP, Hands


def feel(hands, bits, ms, dt_ms=10):
    """What happens in so many ms with these buttons down, NONE left out."""
    seen = [hands.step(dt_ms, bits) for _ in range(ms // dt_ms)]
    return [what for what in seen if what != NONE]


def test_a_short_press_is_a_press_and_a_tap():
    hands = Hands()
    assert feel(hands, MIDDLE, 200) == [PRESS]
    assert hands.step(10, 0) == TAP and hands.button == MIDDLE
    assert hands.step(10, 0) == NONE and hands.button == 0


def test_a_hold_is_told_once_after_two_seconds_and_is_no_tap():
    hands = Hands()
    assert feel(hands, LEFT, HOLD_MS) == [PRESS]
    assert feel(hands, LEFT, 10) == [HOLD]
    assert feel(hands, LEFT, 5000) == []
    assert feel(hands, 0, 100) == []


def test_the_first_repeat_comes_after_half_a_second_then_an_eighth_sooner_each():
    hands = Hands()
    at = []
    hands.step(1, RIGHT)
    for ms in range(1, 3000):
        hands.step(1, RIGHT)
        if hands.repeats:
            at.append(ms)
    assert at[0] == 500
    gaps = [b - a for a, b in zip(at, at[1:])]
    assert gaps[:3] == [438, 384, 336]
    assert all([a >= b for a, b in zip(gaps, gaps[1:])])


def test_repeats_never_come_faster_than_every_seven_milliseconds():
    hands = Hands()
    feel(hands, RIGHT, 10000)
    count = 0
    for _ in range(70):
        hands.step(10, RIGHT)
        count += hands.repeats
    assert 99 <= count <= 101


def test_a_slow_step_makes_up_for_the_repeats_it_missed():
    slow, fast = Hands(), Hands()
    counts = []
    for hands, dt_ms in ((slow, 50), (fast, 10)):
        count = 0
        hands.step(dt_ms, LEFT)
        for _ in range(4000 // dt_ms):
            hands.step(dt_ms, LEFT)
            count += hands.repeats
        counts.append(count)
    assert counts[0] == counts[1] > 5


def test_two_buttons_at_once_are_told_once_and_then_nothing_until_all_are_up():
    hands = Hands()
    assert feel(hands, LEFT, 50) == [PRESS]
    assert feel(hands, LEFT | RIGHT, 3000) == [BOTH]
    assert feel(hands, RIGHT, 3000) == [] and hands.button == 0
    assert feel(hands, 0, 50) == []
    assert feel(hands, RIGHT, 50) == [PRESS]


def test_other_pairs_mean_nothing():
    hands = Hands()
    assert feel(hands, MIDDLE | RIGHT, 3000) == []
    assert feel(hands, 0, 50) == []
    assert feel(hands, 7, 3000) == []


def test_a_spent_finger_does_nothing_more():
    hands = Hands()
    feel(hands, MIDDLE, 100)
    hands.spend()
    assert feel(hands, MIDDLE, 5000) == [] and feel(hands, 0, 50) == []
    assert feel(hands, MIDDLE, 50) == [PRESS]


def test_bits_that_are_no_buttons_are_ignored():
    hands = Hands()
    assert feel(hands, 8, 3000) == []
    assert feel(hands, 8 | LEFT, 50) == [PRESS] and hands.button == LEFT


def test_after_a_chord_or_a_hold_the_next_press_starts_from_nothing():
    hands = Hands()
    feel(hands, LEFT | RIGHT, 100)
    feel(hands, 0, 50)
    assert feel(hands, LEFT, 100) == [PRESS]
    assert feel(hands, 0, 50) == [TAP]
    assert feel(hands, LEFT, 3000) == [PRESS, HOLD]
    assert hands.step(10, 0) == NONE and hands.button == 0
    assert feel(hands, LEFT, HOLD_MS - 50) == [PRESS]
    assert feel(hands, 0, 50) == [TAP]


def test_spending_a_finger_takes_the_repeats_of_this_step_too():
    hands = Hands()
    hands.step(10, RIGHT)
    hands.step(600, RIGHT)
    assert hands.repeats == 1
    hands.spend()
    assert hands.repeats == 0 and hands.button == 0
