"""A car with an EV meter of its own: what that says stands above all that was inferred."""
import pytest

from energy.answer import FALL, STILL
from energy.car import NO_LIMIT, Car
from watched import Watched


def test_an_ev_meter_stands_above_what_was_inferred():
    w = Watched().start(16000)
    w.car.measured(9000, 9000, 0, 0)
    assert w.bounds() == (9000, 9000) and w.car.mask == 1
    w.car.measured(12000, 12000, 0, 0)
    assert w.bounds() == (9000, 12000)
    w.car.measured(-1, 0, 0, 0)
    assert not w.car.metered


@pytest.mark.parametrize("l1, l2, l3, mask", [(3000, 0, 0, 1), (0, 3000, 0, 2), (0, 0, 3000, 4), (3000, 701, 700, 3), (701, 700, 3000, 5), (700, 701, 3000, 6), (3000, 3000, 3000, 7)])
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


def spoken(w):
    w.car.measured(w.drawn, w.drawn, w.drawn, w.drawn)
    return w


def test_beside_its_meter_the_mains_still_teach_how_it_answers():
    w = spoken(Watched().start(16000)).offer(8000).after(1500, 14000)
    assert w.car.react_ms == 1500 and w.bounds() == (16000, 16000), "what it draws its meter says"
    w = spoken(Watched().start(8000)).offer(16000).after(1500, 10000)
    assert w.car.react_ms == 1500 and w.bounds() == (8000, 8000)


def test_a_start_beside_its_meter_teaches_nothing():
    w = Watched().offer(16000)
    spoken(w).after(3000, 10000)
    assert w.car.react_ms == 0


def test_beside_its_meter_a_change_is_over_after_eight_seconds():
    w = spoken(Watched().start(16000)).offer(8000).after(8000)
    assert w.car.move == FALL
    assert w.after(1).car.move == STILL


def test_a_meter_that_begins_to_speak_while_another_car_hides_the_answer_teaches_nothing():
    w = Watched().start(16000).offer(8000)
    w.car.told(500, 1, 8000, 3, w.last)
    w.car.seen(w.last, w.last, 500, 8000, 8000, 8000)
    spoken(w).after(1500, 14000)
    assert w.car.react_ms == 0
