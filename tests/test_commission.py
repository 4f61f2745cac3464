"""Which way the current transformers look and where they sit, from loads that were switched."""
import pytest

from meters.commission import CHANGED, OK, ORDERS, SMALL, UNCLEAR, Wiring, pattern


def seen(order, turned, step, noise=(0, 0, 0)):
    """What CTs on these phases, turned round where turned is 1, see of a step."""
    return [(-1 if turned[i] else 1) * step[order[i]] + noise[i] for i in range(3)]


def learnt(order, turned, *steps):
    w = Wiring()
    for step in steps:
        assert w.learn(seen(order, turned, step), step) == OK
    return w


L1, L2, L3, ALL = [9000, 0, 0], [0, 9000, 0], [0, 0, 9000], [10000, 10000, 10000]


def test_nothing_is_known_before_a_step():
    w = Wiring()
    assert [w.ct(i) for i in range(3)] == [(0, 0)] * 3 and not w.is_right()
    assert w.text(0) == "not known yet" and w.todo() == "Nothing has been checked yet."


def test_three_equal_phases_show_directions_but_no_order():
    w = learnt((2, 1, 0), (0, 1, 0), ALL)
    assert [w.ct(i) for i in range(3)] == [(0, 1), (0, -1), (0, 1)]
    assert w.text(0) == "direction right, phase not known yet" and w.text(1) == "reversed, phase not known yet"
    assert w.todo() == "Correct CT L2 (reversed, phase not known yet), then check again."


def test_one_phase_shows_one_transformer():
    w = learnt((0, 1, 2), (0, 0, 0), L1)
    assert w.ct(0) == (1, 1) and w.ct(1) == (0, 0) and w.text(0) == "right"
    assert w.todo() == "No mistake so far. Switch a load on one phase, for example on L2."


def test_two_single_phases_and_all_together_show_everything():
    w = learnt((0, 1, 2), (0, 0, 0), L1, L2, ALL)
    assert w.is_right() and [w.text(i) for i in range(3)] == ["right"] * 3 and w.todo() == "The mains meter is wired right."


def test_swapped_and_reversed_is_told_in_words():
    w = learnt((2, 1, 0), (0, 1, 0), L1, ALL, L3)
    assert [w.text(i) for i in range(3)] == ["measures L3", "reversed", "measures L1"]
    assert w.todo() == "Correct CT L1 (measures L3), CT L2 (reversed), CT L3 (measures L1), then check again."
    w = learnt((1, 0, 2), (1, 0, 0), L1, L2, L3)
    assert [w.text(i) for i in range(3)] == ["measures L2, reversed", "measures L1", "right"]


@pytest.mark.parametrize("order", ORDERS)
def test_every_way_to_wire_three_transformers_is_found(order):
    for bits in range(8):
        turned = [bits >> i & 1 for i in range(3)]
        w = learnt(order, turned, L1, L2, L3)
        assert [w.ct(i) for i in range(3)] == [(order[i] + 1, -1 if turned[i] else 1) for i in range(3)]
        assert w.is_right() == (order == (0, 1, 2) and not bits)


def test_a_load_that_goes_off_shows_the_same_as_one_that_comes():
    off = [-ma for ma in L1]
    assert learnt((1, 0, 2), (0, 1, 0), off).ct(1) == (1, -1)


def test_phases_that_differ_show_their_order_at_once():
    w = learnt((2, 0, 1), (0, 0, 1), [4000, 9000, 15000])
    assert [w.ct(i) for i in range(3)] == [(3, 1), (1, 1), (2, -1)]


def test_a_house_that_moves_a_little_does_no_harm():
    w = Wiring()
    assert w.learn(seen((0, 1, 2), (0, 1, 0), L2, (600, -2000, -650)), L2) == OK
    assert w.ct(1) == (2, -1)


def test_a_kettle_at_the_same_time_is_unclear_and_nothing_is_learnt():
    w = Wiring()
    assert w.learn([9000, 8000, 0], L1) == UNCLEAR and w.steps == 0 and w.ct(0) == (0, 0)


def test_a_transformer_that_sees_nothing_is_unclear():
    assert Wiring().learn([0, 0, 0], L1) == UNCLEAR and Wiring().learn([10000, 0, 10000], ALL) == UNCLEAR


@pytest.mark.parametrize("step, word", [([2999, 0, 0], SMALL), ([3000, 0, 0], OK), ([0, -3000, 0], OK), ([0, 0, 0], SMALL)])
def test_a_small_step_says_nothing(step, word):
    assert Wiring().learn(list(step), step) == word


def test_the_slack_is_a_quarter_or_the_noise():
    assert Wiring().learn([7500, 0, 0], [10000, 0, 0]) == OK and Wiring().learn([7499, 0, 0], [10000, 0, 0]) == UNCLEAR
    assert Wiring().learn([3100, 750, 0], [3000, 0, 0]) == OK and Wiring().learn([3100, 751, 0], [3000, 0, 0]) == UNCLEAR
    assert Wiring().learn([2300, 0, 0], [3000, 0, 0]) == OK


def test_after_a_correction_the_old_knowledge_is_thrown_away():
    w = learnt((0, 1, 2), (1, 0, 0), L1, L2)
    assert w.ct(0) == (1, -1)
    assert w.learn(L1, L1) == CHANGED
    assert w.ct(0) == (1, 1) and w.ct(1) == (0, 0) and w.steps == 1


def test_a_car_without_a_meter_is_on_l1_or_on_all_three_alike():
    assert pattern([-8000, 8100, 7900], 3) == [8000, 8000, 8000]
    assert pattern([200, -8000, 300], 3) == [8000, 0, 0]
    assert pattern([2000, 8000, 1000], 1) == [8000, 0, 0]
