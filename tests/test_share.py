"""The dealing: the minimum first, the rest alike or in order, each ampere once."""
import pytest

from energy import deal
from energy.deal import CAPACITY, CIRCUIT, MAINS, RELAY, SURPLUS
from energy.share import BY, LINES, NO_LIMIT, OWN, fits, most, rise, rise_in_order, take, tightest, weight


class Seat:
    def __init__(self, want=16000, give=6000, mask=7, n=3, may=32000):
        self.give_ma, self.mask, self.n, self.want_ma, self.may_ma, self.by, self.open = give, mask, n, want, may, OWN, 0


def lines(mains=NO_LIMIT, total=NO_LIMIT, sun=NO_LIMIT):
    left = [NO_LIMIT] * LINES
    left[0] = left[1] = left[2] = mains
    left[6], left[8] = total, sun
    return left


@pytest.mark.parametrize("line, mask, n, times", [(0, 7, 3, 1), (0, 2, 1, 0), (4, 2, 1, 1), (5, 3, 2, 0), (6, 1, 1, 1), (8, 7, 3, 3)])
def test_a_current_counts_once_on_its_phases_and_so_often_in_a_sum(line, mask, n, times):
    assert weight(line, mask, n) == times


def test_taking_and_giving_back():
    left = lines(20000, 30000)
    take(left, 1, 1, 6000)
    assert left[:3] == [14000, 20000, 20000] and left[6] == 24000 and left[8] == NO_LIMIT
    take(left, 1, 1, -6000)
    assert left == lines(20000, 30000)


def test_it_fits_or_the_line_where_it_does_not():
    assert fits(lines(6500), 7, 3, 6000, 500) == -1
    assert fits(lines(6499), 7, 3, 6000, 500) == 0
    assert fits(lines(NO_LIMIT, 19499), 7, 3, 6000, 500) == 6
    assert fits(lines(NO_LIMIT, NO_LIMIT, 18000), 7, 3, 6000, 500) == 8 - 9   # the sun needs no spare room
    assert fits(lines(0), 0, 1, 6000, 0) == -1
    assert fits([20000, -1, 9] + lines()[3:], 1, 1, 6000, 500) == -1, "what is overdrawn elsewhere is not its"
    assert fits([20000, -1, 9] + lines()[3:], 7, 3, 6000, 500) == 1


def test_the_tightest_line_and_what_it_leaves():
    left = lines(9000, 21000)
    assert (tightest(left, 7, 3), most(left, 7, 3)) == (6, 7000)
    assert (tightest(left, 7, 1), most(left, 7, 1)) == (0, 9000)
    assert most(lines(-5), 7, 3) == 0


def test_the_rest_rises_evenly_and_what_one_does_not_take_is_the_others():
    seats = [Seat(), Seat(want=8000), Seat()]
    left = lines(20000)
    rise(seats, left, 0)
    assert [s.give_ma for s in seats] == [15000, 8000, 15000]
    assert [s.by for s in seats] == [BY[0], OWN, BY[0]] and left[0] <= 3


def test_less_than_a_milliampere_for_each_is_used_up():
    seats = [Seat(), Seat()]
    left = lines(NO_LIMIT, 12005)
    rise(seats, left, 0)
    assert [(s.give_ma, s.by) for s in seats] == [(8000, BY[6])] * 2 and left[6] == 5


def test_a_milliampere_for_each_is_not_lost():
    seats = [Seat(want=7000, mask=1, n=1), Seat(mask=1, n=1)]
    left = lines(2006)
    rise(seats, left, 0)
    assert [(s.give_ma, s.by) for s in seats] == [(7000, OWN), (7006, BY[0])] and left[0] == 0


def test_what_is_left_when_all_have_what_they_take_goes_to_who_may_have_it():
    seats = [Seat(want=8000), Seat(want=8000, may=10000)]
    left = lines(20000)
    rise(seats, left, 0)
    rise(seats, left, 1)
    assert [s.give_ma for s in seats] == [22000, 10000]


def test_cars_on_different_phases_do_not_share_a_phase():
    seats = [Seat(mask=1, n=1), Seat(mask=2, n=1), Seat(mask=1, n=1)]
    left = lines(6000)
    rise(seats, left, 0)
    assert [s.give_ma for s in seats] == [9000, 12000, 9000]


def test_a_sum_counts_three_phases_three_times():
    seats = [Seat(), Seat(mask=1, n=1)]
    left = lines(NO_LIMIT, 12000)
    rise(seats, left, 0)
    assert [s.give_ma for s in seats] == [9000, 9000]


def test_who_has_nothing_gets_nothing_more():
    seats = [Seat(give=0), Seat()]
    rise(seats, lines(20000), 1)
    assert [s.give_ma for s in seats] == [0, 26000]


def test_in_order_the_first_has_all_it_takes():
    seats = [Seat(), Seat(), Seat(give=0)]
    left = lines(15000)
    rise_in_order(seats, left, 0)
    assert [s.give_ma for s in seats] == [16000, 11000, 0] and [s.by for s in seats] == [OWN, BY[0], OWN]
    assert left[0] == 0


def test_nobody_lowers_anybody():
    seats = [Seat(give=9000, want=8000)]
    left = lines(-1000)
    rise(seats, left, 0)
    rise_in_order(seats, left, 1)
    assert seats[0].give_ma == 9000 and left[0] == -1000


def test_whose_brake_a_line_is_has_the_same_number_everywhere():
    assert BY == (MAINS, MAINS, MAINS, CIRCUIT, CIRCUIT, CIRCUIT, CAPACITY, RELAY, SURPLUS) == (1, 1, 1, 2, 2, 2, 3, 4, 5)
    assert OWN == deal.OWN == 0


def test_the_sun_is_exact_to_a_milliampere_for_each_phase():
    assert fits(lines(NO_LIMIT, NO_LIMIT, 17999), 7, 3, 6000, 500) == 8


def test_where_nothing_limits_there_is_no_tightest_line():
    left = [NO_LIMIT] * LINES
    assert most(left, 7, 3) == NO_LIMIT and tightest(left, 7, 3) == 0
    assert tightest(lines(NO_LIMIT, 21000, 22000), 7, 3) == 6
    left[0] = 5000
    assert most(left, 2, 1) == NO_LIMIT and tightest(left, 2, 1) == 0


def test_who_has_what_it_takes_is_held_by_nobody_and_who_was_not_raised_keeps_its_word():
    for deal_out in (rise, rise_in_order):
        served, waits = Seat(want=8000), Seat(give=8000, want=8000)
        served.by = waits.by = MAINS
        deal_out([served, waits], lines(20000), 0)
        assert (served.give_ma, served.by, waits.by) == (8000, OWN, MAINS)


def test_a_line_that_is_overdrawn_already_gives_nothing_and_takes_nothing():
    for left_ma in (0, -1000):
        seats = [Seat(give=6000, want=8000)]
        left = lines(left_ma)
        rise(seats, left, 0)
        assert seats[0].give_ma == 6000 and seats[0].by == BY[0] and left[0] == left_ma
