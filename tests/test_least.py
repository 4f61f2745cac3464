"""A car that charges at eight ampere and not at six."""
import pytest

from energy.least import Least


def watched(*story):
    """Seconds, the offer, what it draws; charging all the time."""
    least = Least()
    for seconds, offered_ma, drawn_ma in story:
        for _ in range(seconds):
            least.second(1000, 1, offered_ma, drawn_ma)
    return least


def test_nothing_for_half_a_minute_at_a_low_offer_after_it_drew_at_a_higher_one():
    assert watched((10, 8000, 7900), (29, 6000, 0)).ma == 0
    least = watched((10, 8000, 7900), (30, 6000, 0))
    assert least.ma == 7000
    least.forget()
    assert least.ma == 0


@pytest.mark.parametrize("drawn_ma, after", [(999, 7000), (1000, 0)])
def test_what_a_car_at_rest_takes_is_nothing(drawn_ma, after):
    assert watched((1, 8000, 8000), (30, 6000, drawn_ma)).ma == after


def test_a_whole_ampere_more_is_asked_of_the_owner_since_min_has_no_tenths():
    assert watched((1, 8000, 8000), (30, 6400, 0)).ma == 7000
    assert watched((1, 16000, 8000), (30, 9999, 0)).ma == 10000


def test_it_climbs_with_the_offers_that_were_not_enough():
    least = watched((1, 16000, 16000), (30, 6000, 0), (30, 7000, 0))
    assert least.ma == 8000
    least.second(1000, 1, 8000, 7800)
    assert least.ma == 8000, "so it was right"
    least.second(1000, 1, 7900, 7800)
    assert least.ma == 0, "it charges at less after all"


def test_one_that_draws_nothing_at_ten_ampere_either_is_full():
    assert watched((1, 16000, 16000), (30, 6000, 0), (29, 10000, 0)).ma == 7000
    assert watched((1, 16000, 16000), (30, 6000, 0), (30, 10000, 0)).ma == 0


def test_a_car_that_never_drew_says_nothing():
    assert watched((100, 6000, 0)).ma == 0
    least = watched((1, 8000, 8000))
    least.forget()
    for _ in range(60):
        least.second(1000, 1, 6000, 0)
    assert least.ma == 0


def test_only_a_meter_and_a_closed_contactor_count_and_in_one_go():
    least = watched((1, 8000, 8000), (29, 6000, 0))
    least.second(1000, 0, 6000, 0)
    for _ in range(29):
        least.second(1000, 1, 6000, 0)
    least.second(1000, 1, 6000, -1)
    for _ in range(29):
        least.second(1000, 1, 6000, 0)
    assert least.ma == 0
    least.second(1000, 1, 6000, 1000)
    for _ in range(29):
        least.second(1000, 1, 6000, 0)
    assert least.ma == 0
    least.second(1000, 1, 6000, 0)
    assert least.ma == 7000


def test_looks_of_any_length_add_up():
    least = watched((1, 8000, 8000))
    for _ in range(2):
        least.second(14999, 1, 6000, 0)
    assert least.ma == 0
    least.second(2, 1, 6000, 0)
    assert least.ma == 7000
