"""A lower offer, as the mains show it: how far the car has come down, and when it can no longer be expected."""
from energy.answer import FALL, STILL
from energy.car import NO_LIMIT
from watched import Watched


def test_a_fall_is_followed_and_teaches_reaction_and_ramp():
    w = Watched().start(16000)
    w.offered = 7000
    w.read(16000, 3)
    assert w.bounds() == (16000, 16000)
    w.read(13000)
    assert w.bounds() == (13000, 13000)
    w.read(10000).read(7000)
    assert w.bounds() == (7000, 7000)
    assert 1500 <= w.car.react_ms <= 2500 and 4 <= w.car.rate <= 8


def test_a_kettle_during_a_fall_is_the_house():
    w = Watched().start(16000)
    w.offered = 7000
    w.read(16000, 2)
    w.house[0] += 9000
    w.read(16000, 2)
    assert w.bounds() == (16000, 16000)
    w.read(13000).read(10000)
    assert w.bounds() == (10000, 10000)


def test_a_car_that_was_rising_goes_on_before_it_falls():
    w = Watched().start(8000)
    w.offered = 16000
    w.read(8000, 3).read(9000).read(10000)
    w.offered = 9000
    w.read(11000).read(12000)
    assert w.car.high_ma >= 11000
    w.read(12000).read(10000).read(9000, 2)
    assert w.bounds() == (9000, 9000)


def test_a_slow_car_is_waited_for():
    w = Watched().start(16000)
    w.offered = 7000
    w.read(16000, 6)
    assert w.car.high_ma == 16000
    ma = 16000
    while ma > 7000:
        ma -= 1000
        w.read(ma)
        assert w.car.high_ma == ma
    assert 3000 <= w.car.react_ms <= 4000 and w.car.rate <= 2


def test_a_fall_that_never_comes_means_that_it_drew_less():
    w = Watched().start(16000)
    w.drawn = 6000
    w.last = w.mains(6000)
    w.offered = 10000
    w.read(6000, 14)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000


def test_an_opened_contactor_leaves_nothing_behind():
    w = Watched().start(16000)
    w.charging = w.offered = 0
    w.read(0, 2)
    assert w.bounds() == (0, 0)


def lowered(to, **settled):
    """A car that draws 16 A is offered less. What is known of it: react_ms, rate."""
    w = Watched().start(16000)
    for key, value in settled.items():
        setattr(w.car, key, value)
    return w.offer(to)


def test_within_half_an_ampere_of_the_offer_a_fall_has_arrived():
    w = lowered(8000).after(1000, 8501)
    assert w.bounds() == (8501, 8501) and w.car.move == FALL
    w = lowered(8000).after(1000, 8500)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL and w.car.cap_ma == NO_LIMIT


def test_half_of_a_fall_and_a_second_and_a_half_of_rest_are_all_of_it():
    w = lowered(8000).after(1000, 12000).after(1499)
    assert w.bounds() == (12000, 12000) and w.car.move == FALL
    w.after(1)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL
    w = lowered(8000).after(1000, 12001).after(1500)
    assert w.bounds() == (12001, 12001) and w.car.move == FALL


def test_a_fall_of_which_nothing_is_seen_for_four_and_a_half_seconds_was_none_and_that_is_what_it_wants():
    w = lowered(10000).after(4500)
    assert w.bounds() == (16000, 16000) and w.car.move == FALL
    w.after(1)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL and w.car.cap_ma == 10000


def test_a_quarter_of_a_fall_is_a_fall_and_is_given_the_time_of_the_slowest_ramp():
    w = lowered(10000).after(1000, 14500).after(5000)
    assert w.bounds() == (10000, 14500) and w.car.move == FALL
    w.after(1)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL and w.car.cap_ma == NO_LIMIT
    w = lowered(10000).after(1000, 14501).after(2000)
    assert w.bounds() == (14501, 14501) and w.car.move == FALL
    w.after(1)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000


def test_the_least_it_may_draw_is_its_offer_as_soon_as_it_may_have_arrived():
    w = lowered(10000).after(1000, 14000).after(3500)
    assert w.bounds() == (14000, 14000)
    w.after(1)
    assert w.bounds() == (10000, 14000)


def test_a_car_whose_reaction_and_ramp_are_known_is_expected_by_them():
    w = lowered(10000, react_ms=1000, rate=6).after(1000, 14000).after(1000)
    assert w.bounds() == (14000, 14000)
    w.after(1)
    assert w.bounds() == (10000, 14000), "1 s of reaction, 6 A at 6 A/s"
    w.after(1999)
    assert w.bounds() == (10000, 14000)
    w.after(1)
    assert w.bounds() == (10000, 10000), "... half of the reaction and 1.5 s more"
    w = lowered(10000, react_ms=1000, rate=6).after(3000)
    assert w.bounds() == (10000, 16000)
    assert w.after(1).bounds() == (10000, 10000), "without a sign of it the ramp is not waited for"


def test_while_it_moves_a_fall_is_not_given_up():
    w = lowered(10000).after(4000, 15400).after(501)
    assert w.car.move == FALL
    w.after(999)
    assert w.car.move == FALL
    w.after(1)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL


def test_a_fall_that_is_to_go_on_by_more_than_half_an_ampere_is_waited_for_anew():
    w = lowered(10000).after(4000).offer(9500).after(501)
    assert w.bounds() == (9500, 9500)
    w = lowered(10000).after(4000).offer(9499).after(4500)
    assert w.bounds() == (16000, 16000) and w.car.way_ma() == -6501
    w.after(1)
    assert w.bounds() == (9499, 9499)


def test_an_offer_of_just_what_it_draws_asks_nothing_of_it():
    w = Watched().start(16000, takes=10000).offer(10000)
    assert w.car.move == STILL and w.car.way_ma() == 0 and w.bounds() == (10000, 10000)


def test_an_opened_contactor_takes_both_bounds_down_and_lets_none_rise():
    w = lowered(10000).after(1000, 14000).after(3501)
    assert w.bounds() == (10000, 14000)
    w.offer(0, charging=0).after(500, 11000)
    assert w.bounds() == (7000, 11000) and w.car.way_ma() == -14000
    w = Watched().start(16000, takes=10000).offer(0, charging=0)
    w.after(500, 11000)
    assert w.bounds() == (10000, 10000)


def test_an_opened_contactor_whose_fall_is_not_seen_says_nothing_of_what_the_car_wants():
    w = Watched().start(16000).offer(0, charging=0).after(4501)
    assert w.bounds() == (0, 0) and w.car.move == STILL and w.car.cap_ma == NO_LIMIT


def test_where_it_was_thought_to_be_is_right_after_all_when_a_fall_is_not_seen_on_all_phases():
    w = Watched(phases=(0,)).start(16000)
    w.car.everywhere()
    w.offer(10000).after(4501)
    assert w.car.mask == 1 and w.car.cap_ma == NO_LIMIT and w.bounds() == (10000, 10000)
