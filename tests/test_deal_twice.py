"""No ampere twice: what one car is still to let go of is kept from the others until it has, on whatever line."""
from test_deal import Table

from energy.share import NO_LIMIT


def letting_go(others=1, phases=7):
    """The first draws 10 A and may have 6 from now on; the others offer and draw 6 A and may have 16."""
    table = Table(1 + others).charge(6000, *range(1, 1 + others), phases=phases).charge(10000, 0, phases=phases)
    table.seat(0, may_ma=6000, want_ma=6000)
    return table


def test_what_is_still_drawn_is_kept_from_the_one_that_rises_to_the_milliampere():
    table = letting_go().fuse(16000)
    assert table.go() == [6000, 6000]   # 10 A would be its, but the first still draws four of them
    table.seats[0].car.high_ma = 6001
    assert table.go() == [6000, 9999]
    table.seats[0].car.high_ma = 6000
    table.cars[1].give_ma = 6000
    assert table.go() == [6000, 10000]


def test_what_the_fuse_has_to_spare_need_not_wait_for_it():
    for fuse, gets in ((22000, 12000), (24000, 14000), (25999, 15999), (26000, 16000), (90000, 16000)):
        assert letting_go().fuse(fuse).go() == [6000, gets]   # beside the 10 A that still flow


def test_those_that_rise_wait_for_it_together_and_those_that_stay_do_not_count():
    table = letting_go(3).fuse(28000)
    table.seat(3, may_ma=6000, want_ma=6000)
    assert table.go() == [6000, 6000, 6000, 6000]   # 8 A each would be theirs, 4 A too much for the two of them
    table = letting_go(3).fuse(32000)
    table.seat(3, may_ma=6000, want_ma=6000)
    assert table.go() == [6000, 8000, 8000, 6000]


def test_who_is_letting_go_itself_is_kept_from_nothing_and_nobody_falls_below_what_it_is_offered():
    table = letting_go(2).fuse(40000)
    table.seat(0, may_ma=9000, want_ma=9000)
    table.charge(15000, 1)
    table.seat(1, may_ma=12000, want_ma=12000)
    table.seat(2, may_ma=32000, want_ma=32000)
    assert table.go() == [9000, 12000, 15000]   # 10 and 15 A still flow
    table = letting_go().charge(9000, 1).fuse(16000)
    assert table.go() == [6000, 9000]   # it offers them, and may be drawing them: that is for the fuse to lower


def test_in_a_sum_three_phases_let_go_of_three_times_as_much():
    table = letting_go().sum(60000)
    assert table.go() == [6000, 10000]   # 20 A are left of the sum for its three phases besides those 30 A
    table = Table(2).charge(10000, 0).charge(6000, 1, phases=1)
    table.seat(0, may_ma=6000, want_ma=6000)
    table.seat(1, may_ma=32000, want_ma=32000)
    assert table.sum(40000).go() == [6000, 10000]


def test_cars_on_other_phases_are_kept_from_nothing():
    table = letting_go(2, phases=1).fuse(22000, 16000)
    table.seat(2, mask=2)
    assert table.go() == [6000, 12000, 16000]
    assert letting_go().fuse(NO_LIMIT).go() == [6000, 16000]


def test_a_car_that_draws_more_than_it_is_offered_and_gets_that_much_rises_like_another():
    table = letting_go().fuse(16000)
    table.seats[1].car.high_ma = 10000
    table.seat(1, offered_ma=8000)
    assert table.go() == [6000, 8000]
