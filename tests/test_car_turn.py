"""A car that is told to go the other way while it is on its way: it goes on for a while, and its answer counts from its turn."""
from energy.answer import RISE, STILL
from watched import Watched


def told_to_rise(at, to):
    """A car that was told to fall from 16 A to 6 A has come so far when it is offered more."""
    return Watched().start(16000).offer(6000).after(1000, at).offer(to)


def test_a_car_that_is_told_to_rise_on_its_way_down_goes_on_down_to_what_it_was_told_before():
    w = told_to_rise(12000, 10000)
    assert w.car.way_ma() == 0, "it draws more than that already"
    for ma in (10500, 9000, 7500, 6000):
        assert w.after(500, ma).bounds() == (ma, ma)
    assert w.after(500, 5500).bounds() == (6000, 6000), "less it was never offered"


def test_it_follows_from_where_it_turned():
    w = told_to_rise(12000, 10000).after(500, 10500).after(500, 9000)
    assert w.bounds() == (9000, 9000) and w.car.move == RISE
    w.after(500, 9500)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL


def test_half_an_ampere_down_is_no_turn():
    w = told_to_rise(10500, 10000).after(500, 10000).after(500)
    assert w.bounds() == (10000, 10000) and w.car.move == RISE
    w = told_to_rise(10500, 10000).after(500, 9999)
    assert w.bounds() == (9999, 9999) and w.car.move == RISE
    w.after(500)
    assert w.bounds() == (10000, 10000) and w.car.move == STILL


def test_at_what_it_was_told_before_it_does_not_turn_any_more():
    w = told_to_rise(12000, 10000)
    for ma in (10500, 9000, 7500, 6000, 5400):
        w.after(500, ma)
    assert w.bounds() == (6000, 6000) and w.car.move == RISE
    w.after(5000)
    assert w.bounds() == (6000, 6000) and w.car.move == STILL and w.car.cap_ma == 6000


def test_a_turn_teaches_nothing():
    w = Watched().start(8000)
    w.car.low_ma = w.car.high_ma = 10000
    w.offer(16000).after(1000, 7400)
    assert w.bounds() == (9400, 9400)
    assert w.after(1000, 9000).car.react_ms == 0
