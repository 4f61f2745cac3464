"""A higher offer, as the mains show it: whether the car takes it, and what it wants when it does not."""
from energy.answer import RISE, STILL
from energy.car import NO_LIMIT
from watched import Watched


def test_two_phases_of_an_oven_during_a_rise_are_the_house_too():
    w = Watched().start(8000)
    w.offered = 16000
    w.read(8000, 3).read(9000)
    w.house[0] += 8000
    w.house[2] += 8000
    w.read(10000)
    assert w.bounds() == (10000, 10000)


def test_a_reading_every_five_seconds_is_enough():
    w = Watched(every_ms=5000).start(16000)
    assert w.bounds() == (16000, 16000) and w.car.phases_seen() == 3
    w.offered = 8000
    w.read(8000)
    assert w.bounds() == (8000, 8000)


def test_a_rise_that_was_cut_short_and_a_fall_that_goes_on_expect_so_much():
    w = Watched().start(16000)
    w.car.told(500, 1, 10000, 3, w.last)
    assert w.car.way_ma() == -6000
    w.car.told(500, 1, 7000, 3, w.last)
    assert w.car.way_ma() == -9000
    w = Watched().start(8000)
    w.car.told(500, 1, 16000, 3, w.last)
    assert w.car.way_ma() == 8000
    w.car.told(500, 1, 12000, 3, w.last)
    assert w.car.way_ma() == 4000


def raised(to, draws=8000, offered=8000):
    """A car that draws so much of its offer is offered more."""
    return Watched().start(offered, takes=draws).offer(to)


def test_within_half_an_ampere_of_the_offer_a_rise_has_arrived():
    w = raised(16000).after(1000, 15499)
    assert w.bounds() == (15499, 15499) and w.car.move == RISE
    w = raised(16000).after(1000, 15500)
    assert w.bounds() == (16000, 16000) and w.car.move == STILL


def test_three_quarters_of_a_rise_and_more_than_three_seconds_of_rest_are_all_of_it():
    w = raised(16000).after(1000, 14000).after(3000)
    assert w.bounds() == (14000, 14000) and w.car.move == RISE
    w.after(1)
    assert w.bounds() == (16000, 16000) and w.car.move == STILL and w.car.cap_ma == NO_LIMIT


def test_a_car_that_took_less_before_may_miss_a_quarter_of_what_was_added_and_no_more():
    w = raised(16000, offered=9000).after(1000, 14249).after(3001)
    assert w.bounds() == (14249, 14249) and w.car.move == RISE
    w = raised(16000, offered=9000).after(1000, 14250).after(3001)
    assert w.bounds() == (16000, 16000) and w.car.move == STILL


def test_less_than_three_quarters_are_what_it_wants_once_no_more_can_be_expected():
    w = raised(16000).after(1000, 13999).after(6000)
    assert w.bounds() == (13999, 13999) and w.car.move == RISE
    w.after(1)
    assert w.bounds() == (13999, 13999) and w.car.move == STILL and w.car.cap_ma == 13999


def test_a_raise_of_one_and_a_half_ampere_that_is_not_seen_was_not_taken_and_a_smaller_one_cannot_be_told():
    w = raised(9500).after(6500)
    assert w.bounds() == (8000, 8000) and w.car.move == RISE
    w.after(1)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL and w.car.cap_ma == 8000
    w = raised(9499).after(6500)
    assert w.bounds() == (8000, 8000) and w.car.move == RISE
    w.after(1)
    assert w.bounds() == (8000, 9499) and w.car.move == STILL and w.car.cap_ma == NO_LIMIT


def test_three_quarters_of_a_small_raise_near_the_offer_are_all_of_it():
    w = raised(9200).after(1000, 8899)
    assert w.bounds() == (8899, 8899) and w.car.move == RISE
    w = raised(9200).after(1000, 8900)
    assert w.bounds() == (9200, 9200) and w.car.move == STILL


def test_before_it_is_said_what_it_wants_it_has_stood_still_for_more_than_three_seconds():
    w = raised(16000).after(4000, 8600).after(3000)
    assert w.bounds() == (8600, 8600) and w.car.move == RISE
    assert w.after(1).car.cap_ma == 8600 and w.car.move == STILL
    w = raised(9500).after(3000, 8600).after(4250)
    assert w.bounds() == (8600, 8600) and w.car.move == RISE
    assert w.after(1).car.cap_ma == 8600 and w.car.move == STILL


def test_small_raises_that_were_not_seen_add_up_and_from_one_and_a_half_ampere_on_they_were_not_taken():
    w = raised(8500).after(6501)
    assert w.bounds() == (8000, 8500)
    w.offer(9000).after(6501)
    assert w.bounds() == (8000, 9000) and w.car.cap_ma == NO_LIMIT
    w.offer(9500).after(6501)
    assert w.bounds() == (8000, 8000) and w.car.cap_ma == 8000


def test_several_raises_on_the_way_are_one_answer():
    w = raised(10000).after(1000, 8600).offer(12000)
    assert w.car.way_ma() == 4000
    w.after(1000, 11000)
    assert w.bounds() == (11000, 11000) and w.car.move == RISE
    w.after(500, 11500)
    assert w.bounds() == (12000, 12000) and w.car.move == STILL
    w = raised(10000).after(5000).offer(12000).after(6500)
    assert w.car.move == RISE, "the clock begins with the last one"
    assert w.after(1).car.cap_ma == 8000 and not w.car.react_ms


def test_a_car_that_wanted_less_is_not_believed_to_follow_a_small_raise():
    w = raised(13499, offered=12000).after(1000, 9124).after(7000)
    assert w.bounds() == (9124, 9124) and w.car.move == STILL and w.car.cap_ma == 8000
    w = raised(13500, offered=12000).after(1000, 9125).after(7000)
    assert w.bounds() == (9125, 9125) and w.car.move == STILL and w.car.cap_ma == 9125, "all that was added, and far below its offer"


def test_a_car_that_wanted_less_and_comes_up_to_a_small_raise_wants_it_after_all():
    w = raised(12400, offered=12000).after(500, 9900).after(500, 11800).after(500, 11899)
    assert w.bounds() == (11899, 11899) and w.car.cap_ma == 8000
    w.after(500, 11900)
    assert w.bounds() == (12400, 12400) and w.car.cap_ma == NO_LIMIT and w.car.move == STILL


def test_both_bounds_rise_by_what_is_seen_and_meet_at_the_lower_one_when_it_is_not_taken():
    w = Watched().start(9000)
    w.car.low_ma, w.car.high_ma = 8000, 9000
    w.offer(16000).after(1000, 11000)
    assert w.bounds() == (10000, 11000)
    w.after(9000)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000


def test_a_car_that_draws_what_it_is_offered_now_is_not_expected_to_rise():
    w = raised(10000, offered=7000, draws=7000)
    assert w.car.move == RISE
    w = Watched().start(7000)
    w.car.low_ma = w.car.high_ma = 10000
    assert w.offer(10000).car.move == STILL


def test_a_rise_that_is_to_go_on_is_one_answer_that_is_waited_for_anew_and_teaches_nothing():
    w = raised(12000).after(4000).offer(16000)
    assert w.car.way_ma() == 8000
    w.after(6500)
    assert w.bounds() == (8000, 8000) and w.car.move == RISE
    w.after(1)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL and w.car.cap_ma == 8000
    assert raised(12000).after(400).offer(16000).after(1000, 9000).car.react_ms == 0


def test_a_raise_that_was_taken_back_below_what_it_had_before_expects_nothing():
    w = raised(16000, draws=8000, offered=12000)
    assert w.car.way_ma() == 4000
    assert w.offer(10000).car.way_ma() == 0 and w.car.move == RISE
