"""Which model it is, by what answers and makes sense: each model's own registers, read as every other."""
import pytest

from fakes.table_meter import TableMeter
from meters import guess, models
from meters.build import build
from meters.modbus_meter import CURRENTS, POWERS, VOLTAGES
from meters.reading import Reading

MODELS = [r[models.ID] for r in guess.candidates(11)]
TWINS = {2: (2, 16), 16: (2, 16)}  # two makers, one map


def read(meter, regs, what):
    """The answer of a device with these registers, or None."""
    function, start, count = meter.telegram(what)
    got = [regs.get(at) for at in range(start, start + count)]
    return None if None in got else got


def points(model, device):
    r = models.row(model)
    if r[models.FC] != device.row[models.FC]:
        return 0
    meter, regs = build(model, 11, Reading(), None), device.registers()
    for what in (VOLTAGES, CURRENTS) + ((POWERS,) if r[models.POWER_AT] < 0 and r[models.POWER] >= 0 else ()):
        answer = read(meter, regs, what)
        if what != POWERS and (answer is None or not meter.take(what, answer, 1)):
            return 0
        if what == POWERS and answer:
            meter.take(what, answer, 1)
    return guess.score(r, meter.reading)


def best(device):
    all_ = [(points(model, device), model) for model in MODELS]
    most = max(all_)[0]
    return tuple([model for got, model in all_ if got == most and got])


@pytest.mark.parametrize("ma", [(1000, 2000, 3000), (-4000, 250, 12000), (0, 0, 0), (16000, 16000, 16000)])
def test_every_model_is_taken_for_itself(ma):
    for model in MODELS:
        device = TableMeter(model, 11, ma)
        assert best(device) == TWINS.get(model, (model,)), models.row(model)[models.NAME]


def test_a_house_with_one_phase_is_recognised_too():
    for model in MODELS:
        got = best(TableMeter(model, 11, (9000, 0, 0), (231000, 0, 0)))
        assert set(TWINS.get(model, (model,))) <= set(got), models.row(model)[models.NAME]


def full(mv=(230000, 230000, 230000), ma=(0, 0, 0), w=(0, 0, 0)):
    reading = Reading()
    reading.put(1, ma, w)
    reading.put_volts(mv)
    return reading


@pytest.mark.parametrize("mv, ma, w, good", [
    ((230000,) * 3, (0,) * 3, (0,) * 3, 1), ((90000,) * 3, (0,) * 3, (0,) * 3, 1), ((89999,) * 3, (0,) * 3, (0,) * 3, 0),
    ((280000,) * 3, (0,) * 3, (0,) * 3, 1), ((280001,) * 3, (0,) * 3, (0,) * 3, 0), ((0,) * 3, (0,) * 3, (0,) * 3, 0),
    ((230000, 0, 0), (9000, 0, 0), (2070, 0, 0), 1), ((230000, 5000, 0), (9000, 0, 0), (2070, 0, 0), 1), ((230000, 5001, 0), (0,) * 3, (0,) * 3, 0),
    ((230000, 0, 0), (9000, 2001, 0), (2070, 0, 0), 0), ((230000,) * 3, (10000, 0, 0), (2300, 0, 0), 1), ((230000,) * 3, (10000, 0, 0), (-2300, 0, 0), 1),
    ((230000,) * 3, (10000, 0, 0), (2627, 0, 0), 1), ((230000,) * 3, (10000, 0, 0), (2628, 0, 0), 0),
    ((230000,) * 3, (10000, 0, 0), (460, 0, 0), 1), ((230000,) * 3, (10000, 0, 0), (459, 0, 0), 0), ((230000,) * 3, (2000, 0, 0), (0, 0, 0), 1),
    ((230000,) * 3, (0, 0, 0), (40, 0, 0), 1), ((230000,) * 3, (0, 0, 0), (41, 0, 0), 0), ((230000,) * 3, (250000, 0, 0), (57500, 0, 0), 1),
    ((230000,) * 3, (250001, 0, 0), (57500, 0, 0), 0)])
def test_what_makes_sense_and_what_does_not(mv, ma, w, good):
    assert (guess.score(models.row(4), full(mv, ma, w)) > 0) == bool(good)


def test_a_power_that_is_a_sum_must_fit_all_currents():
    row = models.row(3)
    assert guess.score(row, full(ma=(4000, 4000, 4000), w=(2760, 0, 0))) > guess.score(row, full(ma=(4000, 4000, 4000)))
    assert guess.score(row, full(ma=(4000, 4000, 4000), w=(9000, 0, 0))) == 0


def test_every_address_comes_once_the_likely_ones_first():
    alone = list(guess.addresses(10, 0))
    assert alone[:7] == [10, 11, 12, 13, 14, 15, 1] and sorted(alone) == [a for a in range(1, 248) if a != 9]
    group = list(guess.addresses(40, 1))
    assert group[:3] == [40, 10, 11] and sorted(group) == list(range(10, 248))


def test_a_box_is_known_by_its_hardware_byte():
    assert guess.is_box([0x000F, 0x0003] + [0] * 18) and guess.is_box([0x0115, 0x3283] + [0] * 18) and guess.is_box([0x0214, 0] + [0] * 30)
    assert not guess.is_box([0x0010, 3] + [0] * 18) and not guess.is_box([0x000F, 3] + [0] * 17) and not guess.is_box([0x000F, 4] + [0] * 18)
    assert [r[models.NAME] for r in guess.candidates(10)][0] == "Sensorbox" and "Sensorbox" not in [r[models.NAME] for r in guess.candidates(11)]


def test_no_question_writes():
    for thorough in (0, 1):
        for function, start, count in guess.questions(thorough):
            assert function in (3, 4) and 0 < count <= 125 and start >= 0
    assert len(list(guess.questions(0))) == 2 and len(set(guess.questions(1))) == len(list(guess.questions(1)))
