"""A car that draws more than it was offered, second by second."""
import pytest

from evse.overdraw import Overdraw


def seconds(overdraw, s, offered_ma, drawn_ma, plugged=1):
    """(the lower offer, stop) after s seconds."""
    for _ in range(s):
        overdraw.second(plugged, offered_ma, drawn_ma)
    return overdraw.limit_ma, overdraw.stop


def test_as_made_nobody_is_judged():
    overdraw = Overdraw()
    assert (overdraw.limit_ma, overdraw.stop) == (0, 0)


@pytest.mark.parametrize("offered_ma, most_ma", [(6000, 7100), (10000, 11500), (16000, 18100), (32000, 35700)])
def test_ten_percent_and_half_an_ampere_are_within_the_offer(offered_ma, most_ma):
    overdraw = Overdraw()
    assert seconds(overdraw, 100, offered_ma, most_ma) == (0, 0)
    assert seconds(overdraw, 6, offered_ma, most_ma + 1) == (0, 0)
    assert seconds(overdraw, 1, offered_ma, most_ma + 1)[0] > 0


def test_after_seven_seconds_it_is_offered_less_by_what_it_takes_too_much():
    overdraw = Overdraw()
    assert seconds(overdraw, 6, 16000, 20000) == (0, 0)
    assert seconds(overdraw, 1, 16000, 20000) == (12000, 0)


def test_never_less_than_6_a():
    assert seconds(Overdraw(), 7, 10000, 16000) == (6000, 0)
    assert seconds(Overdraw(), 7, 10000, 13999) == (6001, 0)


def test_one_good_second_begins_the_seven_anew():
    overdraw = Overdraw()
    seconds(overdraw, 6, 16000, 20000)
    seconds(overdraw, 1, 16000, 16000)
    assert seconds(overdraw, 6, 16000, 20000) == (0, 0)
    assert seconds(overdraw, 1, 16000, 20000) == (12000, 0)


def test_a_car_that_follows_gets_its_current_back_after_a_minute():
    overdraw = Overdraw()
    seconds(overdraw, 7, 16000, 20000)
    assert seconds(overdraw, 59, 12000, 12000) == (12000, 0)
    assert seconds(overdraw, 1, 12000, 12000) == (0, 0)
    assert seconds(overdraw, 6, 16000, 20000) == (0, 0)
    assert seconds(overdraw, 1, 16000, 20000) == (12000, 0), "and is only asked to take less once more"


def test_a_car_that_does_not_follow_is_stopped_seven_seconds_later_until_it_is_unplugged():
    overdraw = Overdraw()
    seconds(overdraw, 7, 16000, 20000)
    assert seconds(overdraw, 6, 12000, 20000) == (12000, 0)
    assert seconds(overdraw, 1, 12000, 20000) == (12000, 1)
    assert seconds(overdraw, 100, 0, 0) == (0, 1)
    assert seconds(overdraw, 1, 0, 0, plugged=0) == (0, 0)


def test_an_unplug_forgets_all_of_it():
    overdraw = Overdraw()
    seconds(overdraw, 7, 16000, 20000)
    assert seconds(overdraw, 1, 16000, 20000, plugged=0) == (0, 0)
    seconds(overdraw, 6, 16000, 20000)
    seconds(overdraw, 1, 16000, 20000, plugged=0)
    assert seconds(overdraw, 6, 16000, 20000) == (0, 0)
    assert seconds(overdraw, 1, 16000, 20000) == (12000, 0)
    assert seconds(overdraw, 59, 12000, 12000) == (12000, 0), "with the whole minute"
    assert seconds(overdraw, 1, 12000, 12000) == (0, 0)


def test_without_a_meter_or_an_offer_nobody_is_judged():
    overdraw = Overdraw()
    assert seconds(overdraw, 100, 16000, -1) == (0, 0)
    seconds(overdraw, 6, 16000, 20000)
    seconds(overdraw, 1, 0, 20000)
    assert seconds(overdraw, 6, 16000, 20000) == (0, 0)
    assert seconds(overdraw, 100, 0, 20000) == (0, 0)


def test_a_second_in_which_it_falls_by_more_than_half_an_ampere_is_not_held_against_it():
    overdraw = Overdraw()
    seconds(overdraw, 3, 10000, 30000)
    for drawn_ma in (29499, 28998, 28497):
        assert seconds(overdraw, 1, 10000, drawn_ma) == (0, 0)
    assert seconds(overdraw, 3, 10000, 28497) == (0, 0)
    assert seconds(overdraw, 1, 10000, 28497) == (6000, 0)
    overdraw = Overdraw()
    seconds(overdraw, 3, 10000, 30000)
    for drawn_ma in (29500, 29000, 28500):
        assert seconds(overdraw, 1, 10000, drawn_ma) == (0, 0)
    assert seconds(overdraw, 1, 10000, 28000) == (6000, 0)


def test_the_first_second_of_all_is_no_fall():
    assert seconds(Overdraw(), 7, 0, 0) == (0, 0)
    overdraw = Overdraw()
    seconds(overdraw, 1, 6000, 7101)
    assert seconds(overdraw, 5, 6000, 7101) == (0, 0)
    assert seconds(overdraw, 1, 6000, 7101) == (6000, 0)
