"""How long it is believed what a car wants, and the small trial after that."""
import pytest

from energy.car import NO_LIMIT, TRIAL_MA
from watched import Watched


def unseen(offered=16000):
    """A car that draws 8 A was offered more and has not taken it."""
    return Watched().start(8000).offer(offered).after(6501)


def believed(w, s):
    """It is for so long, to the millisecond; then there is a small trial."""
    was = w.after(s * 1000 - 1).car.trial_ma
    return was == 0 and w.after(1).car.trial_ma == TRIAL_MA


def test_a_raise_that_is_not_taken_is_learned_and_tried_again_later_by_a_little():
    w = Watched().start(10000)
    w.moves(16000, to=10000).read(10000, 30)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == 10000 and w.car.trial_ma == 0
    w.read(10000, 120)
    assert w.car.trial_ma == TRIAL_MA
    w.offered = 18000
    w.read(10000, 3).read(11000).read(12000, 12)
    assert w.car.cap_ma == 12000 and w.bounds() == (12000, 12000) and w.car.trial_ma == 0, "it took two more, not all of it"


def test_each_trial_in_vain_doubles_the_time_to_the_next_up_to_a_quarter_of_an_hour():
    w = unseen()
    for s in (60, 120, 240, 480, 900, 900):
        assert w.car.cap_ma == 8000 and believed(w, s)
        w.offer(8000).offer(10000).after(6501)
        assert w.car.trial_ma == 0


def test_a_trial_that_is_taken_is_over_and_the_next_time_begins_with_a_minute_again():
    w = unseen()
    assert believed(w, 60)
    w.offer(8000).offer(10000).after(6501)
    assert w.car.cap_ma == 8000 and believed(w, 120)
    w.offer(8000).offer(10000).after(1000, 10000)
    assert w.bounds() == (10000, 10000) and w.car.cap_ma == NO_LIMIT and w.car.trial_ma == 0
    w.offer(16000).after(6501)
    assert w.car.cap_ma == 10000 and believed(w, 60)


@pytest.mark.parametrize("every_ms", [7000, 59999, 90000])
def test_a_trial_comes_however_seldom_the_car_is_looked_at(every_ms):
    w = unseen()
    for _ in range(60000 // every_ms + 1):
        assert w.car.trial_ma == 0
        w.after(every_ms)
    assert w.car.trial_ma == TRIAL_MA
