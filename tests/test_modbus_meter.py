"""One meter: what it is asked, and what its registers mean. The registers are those of a captured SDM630 answer."""
import pytest
from meters.modbus_meter import CURRENTS, ENERGY_IN, ENERGY_MS, ENERGY_OUT, POWER_MS, POWERS, VOLTAGES, ModbusMeter
from meters.reading import Reading

# 5.25 A, 6.6 A, 0.1 A; 1207.5 W, -1518.0 W, 0 W
REGS = (0x40A8, 0x0000, 0x40D3, 0x3333, 0x3DCC, 0xCCCD, 0x4496, 0xF000, 0xC4BD, 0xC000, 0x0000, 0x0000)
NAN = (0x7FC0, 0x0000)
KWH = (0x449A, 0x5225)  # 1234.567


def meter(model=4):
    return ModbusMeter(model, 10, Reading())


def test_a_three_phase_meter_signs_its_currents_by_their_powers():
    m = meter()
    assert m.take(CURRENTS, REGS, 700)
    assert m.reading.ma == [5250, -6600, 100]
    assert m.reading.w == [1208, -1518, 0]
    assert m.reading.at == 700 and m.reading.ok == 1


def test_a_meter_fed_from_below_means_the_opposite():
    m = meter(5)
    assert m.take(CURRENTS, REGS, 0)
    assert m.reading.ma == [-5250, 6600, 100]
    assert m.reading.w == [-1208, 1518, 0]


@pytest.mark.parametrize("model", (4, 5))
def test_minus_zero_watts_is_no_direction(model):
    m = meter(model)
    assert m.take(CURRENTS, REGS[:10] + (0x8000, 0x0000), 0)
    assert m.reading.ma[2] == 100


def test_less_than_a_watt_still_has_a_direction():
    m = meter()
    assert m.take(CURRENTS, REGS[:10] + (0xBE80, 0x0000), 0)  # -0.25 W
    assert m.reading.ma[2] == -100 and m.reading.w[2] == 0


def test_a_one_phase_meter_has_one_phase():
    m = meter(10)
    assert m.take(CURRENTS, REGS, 0)
    assert m.reading.ma == [5250, 0, 0] and m.reading.w == [1208, 0, 0]


def test_it_asks_currents_in_one_telegram_and_each_energy_in_its_own():
    m = meter()
    assert m.telegram(CURRENTS) == (4, 0x0006, 12)
    assert m.telegram(ENERGY_IN) == (4, 0x0048, 2)
    assert m.telegram(ENERGY_OUT) == (4, 0x004A, 2)
    inverted = meter(5)
    assert inverted.telegram(ENERGY_IN) == (4, 0x004A, 2)
    assert inverted.telegram(ENERGY_OUT) == (4, 0x0048, 2)


def test_each_energy_is_due_once_a_minute_and_they_take_turns():
    m = meter()
    asked = [m.energy_due(1000 if second else 0) for second in range(2 * ENERGY_MS // 1000)]
    assert asked.count(ENERGY_IN) == 2 and asked.count(ENERGY_OUT) == 2
    assert asked[0] == ENERGY_IN and asked[30] == ENERGY_OUT and asked[60] == ENERGY_IN
    assert asked.count(VOLTAGES) == 2 and asked[15] == VOLTAGES and asked.count(0) == 114


def test_powers_that_are_asked_apart_come_before_all_else_that_is_due():
    m = meter(12)
    asked = [m.energy_due(500 if half else 0) for half in range(16)]
    assert [i for i in range(16) if asked[i] == POWERS] == list(range(0, 16, POWER_MS // 500))
    assert asked[1] == ENERGY_IN
    assert m.telegram(POWERS) == (4, 0x0008, 3) and m.telegram(VOLTAGES) == (4, 0, 4)


def test_a_meter_that_is_seldom_asked_still_tells_everything():
    m = meter(12)
    asked = [m.energy_due(30000) for _ in range(8)]
    assert asked == [POWERS, ENERGY_IN, POWERS, VOLTAGES, POWERS, ENERGY_OUT, POWERS, 0]


def test_voltages_arrive_in_millivolts():
    m = meter()
    assert m.take(VOLTAGES, (0x4366, 0, 0x4367, 0x8000, 0, 0), 5)
    assert m.reading.mv == [230000, 231500, 0] and m.reading.age_ms(5) > ENERGY_MS
    assert not m.take(VOLTAGES, (0x4366, 0), 5)
    assert not m.take(VOLTAGES, (0xC366, 0, 0, 0, 0, 0), 5)
    assert m.reading.mv == [230000, 231500, 0] and m.reading.errors == 2


def test_a_sum_of_the_powers_stands_in_the_first_phase():
    m = meter(8)
    assert m.take(POWERS, (0xBFC0, 0), 5)  # -1.5 kW
    assert m.reading.w == [-1500, 0, 0] and m.reading.power_w() == -1500


def test_what_a_meter_refuses_twice_is_not_asked_again():
    m = meter()
    for _ in range(2):
        m.telegram(ENERGY_OUT)
        m.fail("exception")
    assert m.missed == 0 and m.reading.counted() == "exception 2"
    asked = [m.energy_due(1000) for _ in range(120)]
    assert asked.count(ENERGY_OUT) == 0 and asked.count(ENERGY_IN) == 2 and asked.count(VOLTAGES) == 2


def test_what_a_meter_refuses_now_and_then_is_asked_again():
    m = meter()
    for _ in range(3):
        m.telegram(ENERGY_IN)
        m.fail("exception")
        m.telegram(ENERGY_IN)
        assert m.take(ENERGY_IN, KWH, 0)
    assert [m.energy_due(1000) for _ in range(120)].count(ENERGY_IN) == 2


def test_a_meter_that_refuses_its_currents_is_lost():
    m = meter()
    for _ in range(4):
        m.telegram(CURRENTS)
        m.fail("exception")
    assert m.missed == 4 and m.telegram(CURRENTS) == (4, 6, 12)
    m.telegram(ENERGY_IN)
    m.fail("silent")
    assert m.missed == 5


def test_a_jump_is_taken_when_it_is_said_twice():
    m = meter()
    m.reading.trust_ma = 6000
    assert not m.take(CURRENTS, REGS, 1)
    assert m.reading.last_error == "doubt" and m.missed == 1 and m.reading.ma == [0, 0, 0]
    assert m.take(CURRENTS, REGS, 2)
    assert m.missed == 0 and m.reading.ma == [5250, -6600, 100]


def test_a_meter_is_only_read():
    assert meter().to_write() is None


def test_a_silent_meter_is_not_asked_for_energy_too():
    m = meter()
    m.fail("silent")
    assert m.energy_due(ENERGY_MS) == 0 and m.missed == 1 and m.reading.last_error == "silent"
    assert m.take(CURRENTS, REGS, 0)
    assert m.missed == 0 and m.energy_due(0) == ENERGY_IN


def test_energies_arrive_as_whole_watt_hours():
    m = meter()
    assert m.take(ENERGY_IN, KWH, 0) and m.take(ENERGY_OUT, (0x3F80, 0), 0)
    assert m.reading.import_wh == 1234567 and m.reading.export_wh == 1000


@pytest.mark.parametrize("regs", (
    NAN + REGS[2:], REGS[:10] + NAN,
    (0x43FA, 0x2000) + REGS[2:],    # 500.25 A
    (0xC3FA, 0x2000) + REGS[2:],
    REGS[:6] + (0x4848, 0x0000) + REGS[8:],  # 204800 W
    REGS[:11], REGS + (0,), (),
))
def test_numbers_that_no_house_has_are_counted_and_change_nothing(regs):
    m = meter()
    m.take(CURRENTS, REGS, 5)
    assert not m.take(CURRENTS, regs, 99)
    assert m.reading.ma == [5250, -6600, 100] and m.reading.at == 5
    assert m.reading.errors == 1 and m.reading.last_error == "range" and m.missed == 1


def test_a_negative_or_absurd_energy_is_refused():
    m = meter()
    for regs in ((0xBF80, 0), NAN, (0x4B80, 0), (0x3F80,)):  # -1 kWh, none, 16 GWh, half a number
        assert not m.take(ENERGY_IN, regs, 0)
    assert m.reading.import_wh == 0 and m.reading.errors == 4


@pytest.mark.parametrize("model, address", ((0, 10), (1, 10), (9, 10), (13, 10), (19, 10), (77, 10), (4, 0), (4, 248)))
def test_what_cannot_be_polled_is_refused(model, address):
    with pytest.raises(ValueError):
        ModbusMeter(model, address, Reading())


@pytest.mark.parametrize("address", (1, 247))
def test_the_first_and_the_last_address_can_be_polled(address):
    assert ModbusMeter(4, address, Reading()).address == address
