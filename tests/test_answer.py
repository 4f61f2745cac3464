"""How far a car's answer has come on the mains, and which phases it is on: milliamps that they moved since its offer changed."""
import pytest

from energy.answer import FALL, RISE, START, STILL, Answer
from watched import Onlooker


def test_before_an_offer_changed_nothing_has_moved_and_nothing_is_known():
    new = Answer()
    assert (new.phases, new.rate, new.mask, new.move, new.phases_seen()) == (3, 0, 0, STILL, 0)
    assert (new._quiet_ms, new._seen_ma, new._most_ma, new._top_ma, new._wide_ma, new._ref) == (0, 0, 0, 0, 0, [0, 0, 0])


@pytest.mark.parametrize("mask, up, down", [(1, 1000, -3000), (2, 2000, -2000), (4, 3000, -1000), (3, 1000, -2000), (5, 1000, -1000), (6, 2000, -1000),
                                            (7, 2000, -2000)])
def test_a_car_has_come_as_far_as_the_phase_of_its_own_that_moved_least_and_of_three_the_middle_one(mask, up, down):
    o = Onlooker(RISE, mask)
    assert o._answer((1000, 2000, 3000)) == o._top_ma == o._wide_ma == up
    assert o._answer((-3000, -2000, -1000)) == o._top_ma == o._wide_ma == down
    o._ref[:] = [1000, 2000, 3000]
    assert o._answer((2000, 3000, 4000)) == 1000, "what the house has moved since is not its"


def unknown(move, *ma, phases=3, quiet_ms=0):
    """(how far it has come, how far it may have come, how far anything has) of a car whose phases are not known."""
    o = Onlooker(move, 0, phases)
    o._quiet_ms = quiet_ms
    return o._answer(ma), o._top_ma, o._wide_ma


def test_a_start_on_several_phases_is_one_where_the_second_shows_half_of_the_first():
    assert unknown(START, 8000, 0, 8000) == (8000, 8000, 8000)
    assert unknown(START, 8000, 4000, 0) == (4000, 4000, 8000)
    assert unknown(START, 8000, 3999, 0) == (3999, 8000, 8000)
    assert unknown(START, 8000, 4000, 0, phases=1) == (4000, 4000, 8000)


def test_a_start_on_one_phase_only_is_believed_at_once_through_one_contactor_and_through_three_when_it_has_become_quiet():
    assert unknown(START, 0, 8000, 100, phases=1) == (8000, 8000, 8000)
    assert unknown(START, 0, 8000, 100) == (100, 8000, 8000)
    assert unknown(START, -50, 8000, -100) == (0, 8000, 8000)
    assert unknown(START, 0, 8000, 100, quiet_ms=3000) == (100, 8000, 8000)
    assert unknown(START, 0, 8000, 100, quiet_ms=3001) == (8000, 8000, 8000)


def test_a_start_below_which_the_house_has_fallen_is_not_seen():
    assert unknown(START, -1000, -2000, -3000) == (-2000, -2000, -1000)
    assert unknown(START, -1000, -2000, -3000, phases=1) == (-1000, -2000, -1000)
    assert unknown(START, 0, -2000, -3000) == (0, 0, 0)
    assert unknown(START, 1, -2000, -3000) == (0, 1, 1) and unknown(START, -1, -2000, -3000) == (-2000, -2000, -1)


def test_a_rise_or_a_fall_of_unknown_phases_is_the_middle_one_through_three_contactors_and_the_highest_through_one():
    assert unknown(RISE, 8000, 1000, 0) == (1000, 8000, 8000) and unknown(RISE, 8000, 1000, 0, phases=1) == (8000, 8000, 8000)
    assert unknown(RISE, 8000, 1000, 0, quiet_ms=9000) == (1000, 8000, 8000)
    assert unknown(FALL, -8000, -7000, 0) == (-7000, 0, 0) and unknown(FALL, -8000, -7000, -6000) == (-7000, -7000, -6000)
    assert unknown(FALL, -8000, -7000, -6000, phases=1) == (-6000, -7000, -6000)


@pytest.mark.parametrize("mask, ref", [(2, [0, -1500, 0]), (5, [-1500, 0, -1500]), (7, [-1500] * 3), (0, [-1500] * 3)])
def test_a_car_that_turned_is_watched_from_there_on_the_phases_it_may_be_on(mask, ref):
    o = Onlooker(RISE, mask)
    o._low_ma, o._high_ma, o._quiet_ms = 10000, 12000, 1000
    o._turned(-1500)
    assert (o._low_ma, o._high_ma, o._quiet_ms, o._ref) == (8500, 10500, 0, ref)


def placed(*ma):
    o = Onlooker(START, 0)
    o._ref[:] = [1000, 1000, 1000]
    o._place([1000 + step for step in ma], 10000)
    return o.mask


def test_a_car_is_where_six_tenths_of_its_start_were_seen_and_the_others_were_quiet():
    assert [placed(10000, 0, 0), placed(0, 10000, 0), placed(0, 0, 10000)] == [1, 2, 4]
    assert [placed(10000, 6000, 0), placed(10000, 0, 9000), placed(0, 8000, 10000), placed(9000, 10000, 11000)] == [3, 5, 6, 7]
    assert placed(10000, 5999, 0) == 0, "it may be, or not"
    assert placed(10000, 699, -699) == 1
    assert placed(10000, 700, 0) == 0 and placed(10000, 0, -700) == 0


def test_a_start_that_is_not_clear_leaves_the_phases_as_they_were():
    o = Onlooker(START, 2)
    o._place((10000, 3000, 0), 10000)
    assert o.mask == 2


@pytest.mark.parametrize("mask, n", [(0, 0), (1, 1), (2, 1), (4, 1), (3, 2), (5, 2), (6, 2), (7, 3)])
def test_its_phases_are_counted(mask, n):
    assert Onlooker(STILL, mask).phases_seen() == n


def test_an_answer_grows_by_more_than_half_an_ampere_or_is_quiet():
    o = Onlooker(RISE)
    o._quiet_ms = 1000
    o._grown(500)
    assert (o._seen_ma, o._quiet_ms) == (0, 1000)
    o._grown(501)
    assert (o._seen_ma, o._quiet_ms) == (501, 0)
    o._quiet_ms = 1000
    o._grown(1001)
    assert (o._seen_ma, o._quiet_ms) == (501, 1000)
