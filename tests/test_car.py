"""What is known of a car by the answers on the mains meter, or by its own. What it does is told second by second."""
import pytest

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


def test_two_phases_of_an_oven_during_a_rise_are_the_house_too():
    w = Watched().start(8000)
    w.offered = 16000
    w.read(8000, 3).read(9000)
    w.house[0] += 8000
    w.house[2] += 8000
    w.read(10000)
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


def test_a_raise_that_is_not_taken_is_learned_and_tried_again_later_by_a_little():
    w = Watched().start(10000)
    w.moves(16000, to=10000).read(10000, 30)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000 and w.car.trial_ma == 0
    w.read(10000, 120)
    assert w.car.trial_ma == TRIAL_MA
    w.offered = 18000
    w.read(10000, 3).read(11000).read(12000, 12)
    assert w.car.cap_ma == NO_LIMIT and w.bounds() == (18000, 18000) and w.car.trial_ma == 0


def test_a_reading_every_five_seconds_is_enough():
    w = Watched(every_ms=5000).start(16000)
    assert w.bounds() == (16000, 16000) and w.car.phases_seen() == 3
    w.offered = 8000
    w.read(8000)
    assert w.bounds() == (8000, 8000)


def test_an_ev_meter_stands_above_what_was_inferred():
    w = Watched().start(16000)
    w.car.measured(9000, 9000, 0, 0)
    assert w.bounds() == (9000, 9000) and w.car.mask == 1
    w.car.measured(12000, 12000, 0, 0)
    assert w.bounds() == (9000, 12000)
    w.car.measured(-1, 0, 0, 0)
    assert not w.car.metered


def test_an_opened_contactor_leaves_nothing_behind():
    w = Watched().start(16000)
    w.charging = w.offered = 0
    w.read(0, 2)
    assert w.bounds() == (0, 0)


def test_a_plug_that_is_pulled_takes_what_was_learned_with_it():
    car = Watched(phases=(0,)).start(16000).moves(8000).car
    assert car.react_ms and car.mask == 1
    car.forget()
    assert (car.react_ms, car.rate, car.mask, car.cap_ma) == (0, 0, 0, NO_LIMIT)


def test_an_overload_where_no_car_was_thought_to_be_puts_its_phases_in_question_once():
    car = Watched(phases=(0,)).start(16000).car
    car.everywhere()
    assert car.mask == 7
    car.mask = 1
    car.everywhere()
    assert car.mask == 1


def test_while_another_car_goes_the_other_way_time_alone_decides():
    w = Watched().start(16000)
    w.offered = 8000
    w.car.told(500, 1, 8000, 3, w.last)
    for _ in range(10):
        w.car.told(500, 1, 8000, 3, w.last)
        w.car.seen(w.last, w.last, 500, 8000, 8000, 8000)
        assert w.car.high_ma == 16000
    for _ in range(10):
        w.car.told(500, 1, 8000, 3, w.last)
        w.car.seen(w.last, w.last, 500, 8000, 8000, 8000)
    assert w.bounds() == (8000, 8000) and w.car.react_ms == 0


def test_two_cars_that_fall_together_share_what_is_seen():
    w = Watched().start(16000)
    w.offered = 8000
    w.read(16000, 1)
    now = [ma - 8000 for ma in w.last]
    w.car.seen(now, w.last, 500, 0, 16000, 16000)
    assert w.bounds() == (12000, 12000)


@pytest.mark.parametrize("l1, l2, l3, mask", [(3000, 0, 0, 1), (0, 3000, 0, 2), (0, 0, 3000, 4), (3000, 701, 700, 3), (700, 701, 3000, 6), (3000, 3000, 3000, 7)])
def test_its_own_meter_tells_the_phases_from_three_amperes_on(l1, l2, l3, mask):
    car = Car()
    car.measured(2999, l1, l2, l3)
    assert car.mask == 0 and car.metered == 1
    car.measured(3000, l1, l2, l3)
    assert car.mask == mask


def test_a_meter_that_says_nothing_is_one_that_says_nought():
    car = Car()
    car.measured(0, 0, 0, 0)
    assert (car.metered, car.low_ma, car.high_ma) == (1, 0, 0)
    car.measured(5000, 5000, 0, 0)
    assert (car.low_ma, car.high_ma) == (0, 5000)
    car.measured(-1, 0, 0, 0)
    car.measured(4000, 4000, 0, 0)
    assert (car.low_ma, car.high_ma) == (4000, 4000)


def metered(offered, drawn, charged_ms, since_ms):
    """The appetite of a car with a meter, so long after its contactor closed and after its offer moved from 7 A."""
    car = Car()
    car.told(0, 1, 7000, 3, [0, 0, 0])
    car.measured(7000, 7000, 7000, 7000)
    car.told(charged_ms - since_ms, 1, 7000, 3, [0, 0, 0])
    car.seen([0, 0, 0], [0, 0, 0], 0, 0, 0, 0)
    car.told(0, 1, offered, 3, [0, 0, 0])
    car.told(since_ms, 1, offered, 3, [0, 0, 0])
    car.measured(drawn, drawn, drawn, drawn)
    return car.cap_ma


def test_what_it_wants_is_read_off_its_meter_once_it_has_had_time_to_answer():
    assert metered(16000, 10000, 30000, 8001) == 10000
    assert metered(16000, 10000, 30000, 8000) == NO_LIMIT
    assert metered(16000, 13999, 30000, 9000) == 13999
    assert metered(16000, 14000, 30000, 9000) == NO_LIMIT
    assert metered(16000, 10000, 16000, 9000) == NO_LIMIT and metered(16000, 10000, 16001, 9000) == 10000


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


def test_other_contactors_put_its_phases_in_question():
    w = Watched(phases=(1,)).start(12000)
    assert w.car.mask == 2
    w.car.told(500, 1, 12000, 1, w.last)
    assert w.car.mask == 0 and w.car.phases == 1


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


def test_what_it_seems_to_want_is_never_less_than_six_ampere_and_two_more():
    car = Car()
    car.cap_ma = 3000
    assert car.takes_ma() == 8000
    car.cap_ma, car.trial_ma = 9000, 2000
    assert car.takes_ma() == 13000


@pytest.mark.parametrize("phases, mask", [((0,), 1), ((1,), 2), ((0, 2), 5)])
def test_a_car_that_starts_again_is_where_it_was_although_a_second_passes_between_readings(phases, mask):
    w = Watched(phases=phases, every_ms=1000).start(16000)
    assert w.car.mask == mask
    w.charging = w.offered = 0
    w.read(0, 10)
    assert w.start(16000).bounds() == (16000, 16000) and w.car.mask == mask
