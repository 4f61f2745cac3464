"""What is known of a car, and when it is worth nothing any more."""
import pytest

from energy.answer import STILL
from energy.car import DOUBT_MS, NO_LIMIT, Car
from watched import Watched


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


def test_when_it_starts_again_its_phases_may_be_put_in_question_again():
    w = Watched(phases=(0,)).start(16000)
    w.car.everywhere()
    w.offer(0, charging=0).read(0, 4)
    w.start(16000)
    w.car.mask = 1
    w.car.everywhere()
    assert w.car.mask == 7


def test_other_contactors_put_its_phases_in_question():
    w = Watched(phases=(1,)).start(12000)
    assert w.car.mask == 2
    w.car.told(500, 1, 12000, 1, w.last)
    assert w.car.mask == 0 and w.car.phases == 1


def test_what_it_seems_to_want_is_never_less_than_six_ampere_and_two_more():
    car = Car()
    car.cap_ma = 3000
    assert car.takes_ma() == 8000
    car.cap_ma, car.trial_ma = 9000, 2000
    assert car.takes_ma() == 13000


def test_of_a_new_car_nothing_is_under_way():
    new = Car()
    assert [new._since_ms, new._first_ms, new._step_ma, new._asked, new._hidden, new._others_ma, new._teach, new._floor_ma] == [0] * 8
    assert new.crowd == new._same_ma == 0
    assert [new._low_ma, new._high_ma, new._doubt_ms, new._metered_ma, new._wait_ms] == [0, 0, 0, 0, DOUBT_MS]


def test_what_a_car_wanted_and_how_long_it_was_believed_goes_with_its_plug():
    w = Watched().start(16000, takes=10000).after(59000)
    w.car.forget()
    assert w.car.cap_ma == w.car.takes_ma() == NO_LIMIT
    assert w.after(2000).car.trial_ma == 0
    w.offer(0, charging=0).after(5000, 0)
    w.start(16000, takes=10000)
    assert w.car.cap_ma == 10000 and w.after(60000).car.trial_ma == 2000, "the next car's first minute"


@pytest.mark.parametrize("mask, contactors, after", [(2, 3, 7), (6, 3, 7), (0, 3, 0), (1, 1, 1)])
def test_which_phases_are_put_in_question(mask, contactors, after):
    car = Watched(contactors=contactors).start(16000).car
    car.phases, car.mask = contactors, mask
    car.everywhere()
    assert car.mask == after


def test_a_car_that_is_thought_to_be_everywhere_already_is_not_in_question():
    w = Watched().start(16000)
    w.car.everywhere()
    assert w.car.mask == 7
    w.offer(10000).after(4501)
    assert w.car.cap_ma == 10000 and w.car.move == STILL, "that it does not fall says what it wants"


def test_with_a_meter_of_its_own_no_phase_is_in_question():
    car = Car()
    car.measured(9000, 9000, 0, 0)
    car.everywhere()
    assert car.mask == 1
