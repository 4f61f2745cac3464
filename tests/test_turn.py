"""The schedule of one meter: when it is asked, and what."""
import pytest
from meters.modbus_meter import CURRENTS, ENERGY_IN, ENERGY_OUT, ModbusMeter
from meters.reading import WRAP, Reading
from meters.sensorbox import Sensorbox
from meters.turn import LOST, MAINS_MAX_MS, WAIT_MAX_MS, Turn
from settings import Settings


def turn(role="ev", now=0, model=4):
    return Turn(role, ModbusMeter(model, 12, Reading()), 1000, now)


def fail(t, why, now, what=None):
    what = t.question() if what is None else what
    t.asks(what)
    t.meter.fail(why)
    t.failed(what, why, now)
    return -t.late_ms(now)


def answer(t, now):
    """The next question is answered; what it was, and whether it may be believed."""
    what = t.question()
    sound = t.asks(what)
    t.meter.missed = 0
    t.came(what, now)
    return what, sound


def test_a_new_meter_first_proves_that_no_old_answer_is_on_its_way():
    t = turn()
    what, _ = answer(t, 0)
    assert what == ENERGY_IN and t.late_ms(0) == 0
    assert answer(t, 10) == (CURRENTS, True)
    assert t.question() == CURRENTS and -t.late_ms(10) == 990


def test_the_proof_has_another_length_than_the_currents_for_every_meter_that_can():
    alone = []
    for model in (2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 15, 16, 17):
        t = turn(model=model)
        counts = [t.meter.telegram(what)[2] for what in (t.question(), CURRENTS)]
        if counts[0] == counts[1]:
            alone.append(model)
    assert alone == []


def test_a_sensorbox_has_one_question_only():
    assert Turn("mains", Sensorbox(Reading(), Settings()), 200, 0).question() == CURRENTS


def test_after_a_loss_currents_need_a_proof_but_when_that_is_lost_too_they_are_asked_again():
    t = turn()
    answer(t, 0)
    answer(t, 0)
    fail(t, "crc", 100)
    assert t.question() == ENERGY_IN
    fail(t, "silent", 200)
    assert t.question() == CURRENTS
    fail(t, "silent", 300)
    assert t.question() == ENERGY_IN


def test_an_energy_that_was_lost_is_not_believed_before_currents_came():
    t = turn()
    answer(t, 0)
    answer(t, 0)
    fail(t, "silent", 100, ENERGY_OUT)
    assert t.question() == CURRENTS
    assert not t.asks(ENERGY_IN)
    t.came(ENERGY_IN, 150)
    answer(t, 200)
    assert t.asks(ENERGY_IN)


def test_a_refusal_is_an_answer_too():
    t = turn()
    assert fail(t, "exception", 100) == 0 and t.question() == CURRENTS


@pytest.mark.parametrize("role, most", (("mains", MAINS_MAX_MS), ("ev", WAIT_MAX_MS)))
def test_a_dead_meter_is_asked_less_and_less_but_never_forgotten(role, most):
    t = turn(role)
    waits = [fail(t, "silent", 0) for _ in range(40)]
    assert waits[:LOST - 1] == [0 if role == "mains" else 1000] * (LOST - 1)
    assert waits[-1] == most and max(waits) == most
    answer(t, 0)
    answer(t, 0)
    assert -t.late_ms(0) == 1000


def test_a_meter_that_is_only_garbled_is_asked_on_at_once():
    t = turn()
    assert [fail(t, "crc", 0) for _ in range(10)] == [0] * 10


def test_a_meter_that_comes_late_is_due_again_at_once_not_twice():
    t = turn()
    answer(t, 0)
    answer(t, 5000)
    assert t.late_ms(5000) == 0


def test_the_clock_may_wrap():
    t = turn(now=WRAP - 10)
    assert t.late_ms(WRAP - 10) == 0 and t.late_ms(20) == 31
    t.wait(100, WRAP - 10)
    assert t.late_ms(WRAP) == -90 and t.late_ms(90) == 1


def test_energies_come_up_beside_the_currents():
    t = turn()
    answer(t, 0)
    answer(t, 0)
    assert t.extra == ENERGY_IN
