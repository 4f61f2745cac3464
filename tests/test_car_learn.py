"""What a car teaches by how it answers: its reaction time and its ramp down."""
import pytest

from energy.answer import FALL
from watched import Watched


def lowered(by=8000, **known):
    """A car that draws 16 A is offered so much less. What is known of it: react_ms, rate."""
    w = Watched().start(16000)
    for key, value in known.items():
        setattr(w.car, key, value)
    return w.offer(16000 - by)


def test_the_first_eight_tenths_of_an_ampere_are_the_answer():
    assert lowered().after(1500, 15201).car.react_ms == 0
    assert lowered().after(1500, 15200).car.react_ms == 1500
    assert Watched().start(8000).offer(16000).after(1500, 8800).car.react_ms == 1500, "of a rise as well"


@pytest.mark.parametrize("seen_ms, react_ms", [(100, 500), (499, 500), (501, 501), (2500, 2500)])
def test_no_car_answers_within_half_a_second(seen_ms, react_ms):
    assert lowered().after(seen_ms, 15000).car.react_ms == react_ms


def test_what_was_known_counts_three_times_what_is_seen_now():
    assert lowered(react_ms=1000).after(2000, 15000).car.react_ms == 1250
    assert lowered(react_ms=8000).after(12000, 15000).car.react_ms == 8000, "more than 8 s are never believed"


def test_an_answer_teaches_its_reaction_once():
    assert lowered().after(1000, 15000).after(1000, 14000).car.react_ms == 1000


def test_only_a_change_of_two_amperes_or_more_teaches():
    assert lowered(2000).after(1000, 15000).car.react_ms == 1000
    assert lowered(1999).after(1000, 15000).car.react_ms == 0


def test_a_car_that_turns_round_on_its_way_teaches_nothing():
    w = lowered().after(1000, 15600).offer(16000).offer(8000).after(1000, 14000)
    assert w.car.react_ms == 0
    w = lowered().after(400).offer(7000).after(1000, 14000)
    assert w.car.react_ms == 0, "nor one that is told to fall further"


@pytest.mark.parametrize("ramp_ms, rate", [(1000, 6), (100, 50), (3100, 2), (3101, 1), (6300, 1)])
def test_the_ramp_is_what_it_came_down_from_the_first_sign_to_seven_eighths(ramp_ms, rate):
    w = lowered().after(1000, 15200)
    for _ in range(10):
        w.after(ramp_ms // 10, w.drawn - 600)
    assert w.car.rate == 0
    w.after(ramp_ms % 10, 9000)
    assert w.car.rate == 0, "not yet beyond seven eighths"
    w = lowered().after(1000, 15200)
    for _ in range(10):
        w.after(ramp_ms // 10, w.drawn - 600)
    assert w.after(ramp_ms % 10, 8999).car.rate == rate


def test_the_ramp_is_learned_once_from_each_fall_and_becomes_the_mean():
    w = lowered(rate=9).after(1000, 15200).after(1000, 8999)
    assert w.car.rate == 8 and w.car.move == FALL
    assert w.after(500, 8900).car.rate == 8
    assert lowered(rate=10).after(1000, 15200).after(1000, 8999).car.rate == 8
    assert lowered(rate=2).after(1000, 15200).after(1000, 8999).car.rate == 4


def test_a_ramp_that_seems_to_have_taken_no_time_is_none():
    w = lowered().after(200, 15000).after(300, 8999)
    assert w.car.rate == 0
    assert w.after(1).car.rate == 50


def test_a_rise_teaches_no_ramp_down():
    w = Watched().start(8000).offer(16000).after(1000, 9000).after(1000, 15100)
    assert w.car.react_ms == 1000 and w.car.rate == 0
