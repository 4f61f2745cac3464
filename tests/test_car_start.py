"""How a car starts, as the mains show it: from nothing to what it wants. What it does is told second by second."""
import pytest

from energy.answer import START, STILL
from energy.car import NO_LIMIT, TRIAL_MA, Car
from watched import Watched


def test_a_start_is_followed_as_it_rises_and_tells_the_phases():
    w = Watched()
    w.charging, w.offered = 1, 16000
    w.read(0, 6)
    assert w.bounds() == (0, 0) and not w.car.settled()
    w.read(1000).read(2000)
    assert w.bounds() == (2000, 2000)
    w = Watched().start(16000)
    assert w.bounds() == (16000, 16000) and w.car.phases_seen() == 3 and w.car.settled() and w.car.cap_ma == NO_LIMIT


def test_a_car_on_one_phase_is_seen_there():
    for phase in range(3):
        w = Watched(phases=(phase,)).start(12000)
        assert w.bounds() == (12000, 12000) and w.car.mask == 1 << phase
        assert Watched(phases=(phase,), contactors=1).start(12000).car.mask == 1 << phase


def test_a_car_on_two_phases_too():
    w = Watched(phases=(0, 2)).start(12000)
    assert w.car.mask == 5 and w.car.phases_seen() == 2


def test_a_start_beside_a_kettle_does_not_tell_wrong_phases():
    w = Watched()
    w.charging, w.offered = 1, 10000
    w.read(0, 4).read(1000)
    w.house[1] += 9000
    for ma in range(2000, 10001, 1000):
        w.read(ma)
    w.read(10000, 10)
    assert w.car.mask in (0, 7) and w.bounds() == (10000, 10000)


def test_what_a_car_does_not_take_is_known_after_its_start():
    w = Watched().start(20000, takes=10000)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000 and w.car.takes_ma() == 12000


def test_a_car_that_was_just_closed_is_not_expected_to_move_for_two_seconds():
    car = Car()
    car.told(0, 1, 9000, 3, [0, 0, 0])
    car.told(1999, 1, 9000, 3, [0, 0, 0])
    assert car.way_ma() == 0 and not car.settled()
    car.told(1, 1, 9000, 3, [0, 0, 0])
    assert car.way_ma() == 9000
    car.told(27999, 1, 9000, 3, [0, 0, 0])
    assert not car.settled()
    car.told(1, 1, 9000, 3, [0, 0, 0])
    assert car.settled() and car.closed_ms == 30000


def test_each_start_asks_anew_what_it_wants_and_how_long_it_is_closed():
    w = Watched().start(20000, takes=10000)
    assert w.car.cap_ma == 10000 and w.car.closed_ms > 10000
    w.charging = w.offered = 0
    w.read(0, 10)
    w.charging, w.offered = 1, 16000
    w.read(0)
    assert (w.car.cap_ma, w.car.closed_ms, w.car.trial_ma) == (NO_LIMIT, 0, 0) and w.bounds() == (0, 0)
    w.car.told(90000000, 1, 16000, 3, w.last)
    assert w.car.closed_ms == 86400000


@pytest.mark.parametrize("phases, mask", [((0,), 1), ((1,), 2), ((0, 2), 5)])
def test_a_car_that_starts_again_is_where_it_was_although_a_second_passes_between_readings(phases, mask):
    w = Watched(phases=phases, every_ms=1000).start(16000)
    assert w.car.mask == mask
    w.charging = w.offered = 0
    w.read(0, 10)
    assert w.start(16000).bounds() == (16000, 16000) and w.car.mask == mask


def closed(offered=16000, contactors=3, phases=(0, 1, 2)):
    return Watched(contactors=contactors, phases=phases).offer(offered)


def test_within_half_an_ampere_of_its_offer_a_start_has_arrived():
    w = closed(10000).after(3000, 9500)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL and w.car.mask == 7 and w.car.cap_ma == NO_LIMIT
    w = closed(10000).after(3000, 9499).after(3000)
    assert w.bounds() == (9499, 9499) and w.car.move == START
    w.after(1)
    assert w.bounds() == (9499, 9499) and w.car.move == STILL and w.car.cap_ma == 9499, "three seconds without growth: that is what it wants"


def test_a_start_whose_offer_was_lowered_meanwhile_arrives_from_above():
    w = closed(16000).after(3000, 10500).offer(10000).after(100)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL
    w = closed(16000).after(3000, 10501).offer(10000).after(100)
    assert w.bounds() == (10501, 10501) and w.car.move == START
    w.after(2901)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL


def test_a_start_whose_offer_was_raised_meanwhile_may_come_so_far():
    w = closed(8000).after(3000, 4000).offer(16000).after(1000, 14000)
    assert w.bounds() == (14000, 14000) and w.car.move == START


def test_less_than_two_amperes_are_no_start():
    w = closed().after(3000, 1999).after(9000)
    assert w.bounds() == (1999, 1999) and w.car.move == START
    w = closed().after(3000, 2000).after(3001)
    assert w.car.move == STILL and w.car.cap_ma == 2000


def test_from_three_amperes_on_a_start_tells_the_phases():
    assert closed().after(3000, 2999).after(3001).car.mask == 0
    assert closed().after(3000, 3000).after(3001).car.mask == 7


def test_a_start_that_has_not_been_seen_for_half_a_minute_may_be_anything_up_to_its_offer():
    w = closed().after(15000).after(15000)
    assert w.bounds() == (0, 0) and not w.car.closed_ms > 30000
    w.after(1)
    assert w.bounds() == (0, 16000) and w.car.move == START
    w.after(500, 12000)
    assert w.bounds() == (12000, 16000)


def test_a_house_that_falls_while_a_car_is_to_start_is_no_car_below_nothing():
    w = closed()
    w.house = [4600, 3600, 2600]
    assert w.after(1000).bounds() == (0, 0)


def test_on_one_phase_behind_three_contactors_it_may_be_all_of_it_until_it_is_quiet():
    w = closed(phases=(1,)).after(3000, 9000)
    assert w.bounds() == (0, 9000)
    w.after(3000)
    assert w.bounds() == (0, 9000)
    w.after(1)
    assert w.bounds() == (9000, 9000) and w.car.mask == 2


def test_the_contactor_that_closes_again_begins_with_nothing_drawn_and_nothing_to_try():
    w = Watched().start(16000, takes=10000).after(59000)
    assert w.bounds() == (10000, 10000)
    w.offer(0, charging=0).offer(16000)
    assert w.bounds() == (0, 0)
    w.after(60000)
    assert w.car.trial_ma == 0
    w = Watched().start(16000, takes=10000).after(60000)
    assert w.car.trial_ma == TRIAL_MA
    w.offer(0, charging=0).offer(16000)
    assert w.car.trial_ma == 0


def test_a_start_is_no_more_than_it_was_offered_whatever_it_had_before():
    w = Watched().start(16000).offer(0, charging=0).after(3000, 0).offer(8000).after(3000, 9000)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL


@pytest.mark.parametrize("takes, offer_s, bounds", [(5499, 15, (5499, 16000)), (5500, 60, (5500, 5500))])
def test_what_seems_less_than_any_car_can_draw_was_not_seen_well_and_is_tried_again_soon(takes, offer_s, bounds):
    w = closed().after(3000, takes).after(3001)
    assert w.bounds() == bounds and w.car.cap_ma == takes
    w.after(offer_s * 1000 - 1)
    assert w.car.trial_ma == 0
    w.after(1)
    assert w.car.trial_ma == TRIAL_MA


def test_what_seems_too_little_twice_is_believed():
    w = closed().after(3000, 4000).after(3001)
    assert w.bounds() == (4000, 16000)
    w.offer(0, charging=0).after(5000, 0).offer(16000).after(3000, 4000).after(3001)
    assert w.bounds() == (4000, 4000) and w.car.cap_ma == 4000
