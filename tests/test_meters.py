"""Every make of meter, answered from its maker's register map: what comes in is what flows, signs and export included."""
import pytest
import settings
from meters import models
from meters.build import build
from meters.models import ENERGY_COUNT, EXPORT, ID, IMPORT, NAME, PHASES, TABLE, WAY
from meters.modbus_meter import CURRENTS, ENERGY_IN, ENERGY_OUT, POWERS, VOLTAGES
from meters.reading import Reading
from tools.plant import meter_table
from tools.plant.meter_sdm630 import UWS_PER_KWH, crc16

MODELS = [r[ID] for r in TABLE if r[WAY] == "modbus"]
MA = [5000, -6500, 0]


def frame(body):
    crc = crc16(body)
    return body + bytes((crc & 0xFF, crc >> 8))


class Wired:
    """Our meter and one of that make at address 11, joined by nothing but frames."""

    def __init__(self, slave, meter):
        self.slave, self.meter, self.reading = slave, meter, meter.reading

    def ask(self, what):
        function, start, count = self.meter.telegram(what)
        question = bytes((11, function, start >> 8, start & 255, count >> 8, count & 255))
        answer = self.slave.answer(frame(question))
        assert answer[:2] == question[:2] and answer[2] == 2 * count, answer
        regs = tuple([answer[i] << 8 | answer[i + 1] for i in range(3, 3 + 2 * count, 2)])
        return self.meter.take(what, regs, 700)

    def everything(self):
        """Currents, and all that is due in two minutes; each has to be understood."""
        asked = [CURRENTS]
        assert self.ask(CURRENTS)
        for _ in range(480):
            what = self.meter.energy_due(250)
            if what:
                asked.append(what)
                assert self.ask(what), what
        return asked


def wired(model, ma=None):
    slave = meter_table.make(models.row(model)[NAME], 11)
    for _ in range(5):
        slave.measure(ma or MA, 100)
    slave.import_uws = 12345 * UWS_PER_KWH // 10  # 1234.5 kWh
    slave.export_uws = 77 * UWS_PER_KWH
    slave.volt = 232
    return Wired(slave, build(model, 11, Reading(), settings.Settings()))


# What SmartEVSE asks: currents, powers, import, export; then our voltages. None is a number that comes with the currents, or never.
QUESTIONS = (
    (2, (4, 0x000C, 6), (4, 0x0028, 2), (4, 0x003E, 2), None, (4, 0x0000, 8)),
    (3, (4, 0x100E, 6), (4, 0x1026, 2), (4, 0x1106, 2), (4, 0x110E, 2), (4, 0x1000, 8)),
    (4, (4, 0x0006, 12), None, (4, 0x0048, 2), (4, 0x004A, 2), (4, 0x0000, 6)),
    (5, (4, 0x0006, 12), None, (4, 0x004A, 2), (4, 0x0048, 2), (4, 0x0000, 6)),
    (6, (3, 0x5B0C, 16), None, (3, 0x5000, 4), (3, 0x5004, 4), (3, 0x5B00, 6)),
    (7, (3, 40191, 4), (3, 40207, 4), (3, 40234, 2), (3, 40226, 2), (3, 40196, 8)),
    (8, (3, 0x500C, 6), (3, 0x5012, 2), (3, 0x600C, 2), (3, 0x6018, 2), (3, 0x5002, 8)),
    (10, (4, 0x0006, 12), None, (4, 0x0048, 2), (4, 0x004A, 2), (4, 0x0000, 2)),
    (11, (4, 2516, 20), None, (4, 2638, 2), None, (4, 2500, 6)),
    (12, (4, 0x0003, 3), (4, 0x0008, 3), (4, 0x0027, 2), (4, 0x0031, 2), (4, 0x0000, 4)),
    (14, (3, 0x0BB7, 60), None, (3, 0xB02B, 2), (3, 0xB02D, 2), (3, 0x0BD3, 6)),
    (15, (3, 0x200C, 14), None, (3, 0x101E, 2), (3, 0x1028, 2), (3, 0x2006, 6)),
    (16, (4, 0x000C, 6), (4, 0x0028, 2), (4, 0x0034, 2), (4, 0x004E, 2), (4, 0x0000, 8)),
    (17, (3, 0x2002, 4), None, (3, 0x4000, 2), (3, 0x400A, 2), (3, 0x2000, 2)),
)


def test_no_make_is_forgotten():
    assert [q[0] for q in QUESTIONS] == MODELS == [row[0] for row in TABLE if row[models.WAY] == "modbus"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_make_is_asked_in_its_own_registers(question):
    m = build(question[0], 11, Reading(), settings.Settings())
    due = [m.energy_due(250) for _ in range(480)]
    for what, asked in zip((CURRENTS, POWERS, ENERGY_IN, ENERGY_OUT, VOLTAGES), question[1:]):
        assert (what in due or what == CURRENTS) == (asked is not None), what
        assert asked is None or m.telegram(what) == asked


@pytest.mark.parametrize("model", MODELS)
def test_what_flows_is_what_is_read(model):
    w = wired(model)
    row = models.row(model)
    asked = w.everything()
    phases = row[PHASES]
    watts = [x * 232 // 1000 for x in MA]
    reading = w.reading
    assert reading.ma == (MA if phases == 3 else [5000, 0, 0])
    assert reading.power_w() == (sum(watts) if phases == 3 else watts[0]) and reading.knows_w
    assert reading.mv == ([232000] * 3 if phases == 3 else [232000, 0, 0])
    assert reading.import_wh == 1234500
    assert reading.export_wh == (77000 if row[EXPORT] >= 0 else 0)
    assert reading.at == 700 and reading.errors == 0
    assert asked.count(ENERGY_IN) == 2 and asked.count(VOLTAGES) == 2
    assert asked.count(ENERGY_OUT) == (2 if row[EXPORT] >= 0 else 0)
    assert asked.count(POWERS) == (0 if row[models.POWER] < 0 else 60)


@pytest.mark.parametrize("model", MODELS)
def test_a_house_that_feeds_the_grid_is_below_zero(model):
    w = wired(model, [-16000, -250, -100])
    w.everything()
    assert w.reading.ma == ([-16000, -250, -100] if models.row(model)[PHASES] == 3 else [-16000, 0, 0])
    assert w.reading.power_w() < -3700


@pytest.mark.parametrize("model", MODELS)
def test_zero_is_zero(model):
    w = wired(model, [0, 0, 0])
    w.everything()
    assert w.reading.ma == [0, 0, 0] and w.reading.power_w() == 0 and w.reading.known


@pytest.mark.parametrize("model", [r[ID] for r in TABLE if r[ENERGY_COUNT] == 4])
def test_a_counter_beyond_its_low_words_is_refused(model):
    w = wired(model)
    w.slave.import_uws = 43_000_000 * UWS_PER_KWH  # in 0.01 kWh more than 32 bits hold
    assert not w.ask(ENERGY_IN)
    assert w.reading.import_wh == 0 and w.reading.last_error == "range"
    w.slave.import_uws = 9_000_000 * UWS_PER_KWH
    assert w.ask(ENERGY_IN) and w.reading.import_wh == 9_000_000_000


def test_sunspec_numbers_come_with_their_power_of_ten_and_a_word_for_none():
    row = models.row(7)
    m = build(7, 11, Reading(), settings.Settings())
    for regs, ma in (((525, 0xFD6C, 0, 0xFFFE), [5250, -6600, 0]), ((5, 0, 0, 0), [5000, 0, 0]), ((1, 2, 3, 1), [10000, 20000, 30000]),
                     ((1234, 0x8000, 0x8000, 0xFFFE), [12340, 0, 0]), ((6, 5, 15, 0xFFFC), [1, 1, 2])):
        assert m.take(CURRENTS, regs, 0) and m.reading.ma == ma, regs
    for scale in (11, 0xFFF5, 0x8000):
        assert not m.take(CURRENTS, (0, 0, 0, scale), 0)
    for scale in (10, 0xFFF6):
        assert m.take(CURRENTS, (0, 0, 0, scale), 0)
    assert m.take(POWERS, (230, 0xFF1A, 0, 1), 0) and m.reading.w == [2300, -2300, 0]
    assert m.take(VOLTAGES, (2315, 2300, 2290, 4000, 4000, 4000, 4000, 0xFFFF), 0) and m.reading.mv == [231500, 230000, 229000]
    assert m.telegram(POWERS) == (3, 40207, 4) and row[IMPORT] == 40234


def custom(slave_row, **values):
    cfg = settings.Settings()
    for key in values:
        cfg.put(key, values[key])
    slave = meter_table.TableMeter(11, slave_row)
    for _ in range(5):
        slave.measure(MA, 100)
    slave.import_uws = 1234 * UWS_PER_KWH
    return Wired(slave, build(19, 11, Reading(), cfg))


@pytest.mark.parametrize("order", range(4))
@pytest.mark.parametrize("kind, name", (("i32", "INT32"), ("f32", "FLOAT32"), ("i16", "INT16")))
def test_a_custom_meter_is_what_its_owner_says(order, kind, name):
    row = ("Own", 3, order >> 1, order & 1, 3, "own", (
        (100, "v", kind, 10), (200, "a", kind, 100), (300, "sum", kind, 1), (400, "in", kind, 10)))
    w = custom(row, em_order=order, em_type=name, em_function=3, em_u_reg=100, em_u_div=1, em_i_reg=200, em_i_div=2,
               em_p_reg=300, em_p_div=0, em_e_reg=400, em_e_div=1)
    w.everything()
    assert w.reading.ma == MA and w.reading.mv == [230000] * 3
    assert w.reading.power_w() == sum(MA) * 230 // 1000
    assert w.reading.import_wh == 1234000 and w.reading.export_wh == 0 and w.reading.errors == 0


def test_a_custom_meter_reads_only_what_it_was_told_of():
    w = custom(("Own", 4, 1, 1, 3, "own", ((0, "a", "f32", 1),)), em_order=3, em_type="FLOAT32")
    assert w.everything() == [CURRENTS]
    assert w.reading.ma == MA and not w.reading.knows_w


@pytest.mark.parametrize("values, said", (
    ({"em_p_reg": 5}, "em_p_reg must not lie in the 6 registers from em_i_reg (0)"),
    ({"em_i_reg": 10, "em_u_reg": 5, "em_p_reg": 10, "em_e_reg": 10}, "em_u_reg must not lie in the 6 registers from em_i_reg (10)"),
    ({"em_e_reg": 2}, "em_e_reg must not lie in the 6 registers from em_i_reg (0)"),
    ({"em_u_reg": 20, "em_p_reg": 25}, "em_p_reg must not lie in the 6 registers from em_u_reg (20)"),
    ({"em_u_reg": 20, "em_e_reg": 19}, "em_e_reg must not lie in the 6 registers from em_u_reg (20)"),
    ({"em_p_reg": 40, "em_e_reg": 41}, "em_e_reg must not lie in the 2 registers from em_p_reg (40)"),
))
def test_registers_of_a_custom_meter_must_not_overlap(values, said):
    cfg = settings.Settings()
    for key in values:
        cfg.put(key, values[key])
    with pytest.raises(ValueError) as e:
        build(19, 11, Reading(), cfg)
    assert str(e.value) == said


def test_registers_of_a_custom_meter_may_touch_and_may_be_the_last():
    cfg = settings.Settings()
    for key, value in (("em_u_reg", 6), ("em_p_reg", 12), ("em_e_reg", 65534)):
        cfg.put(key, value)
    m = build(19, 11, Reading(), cfg)
    assert [m.telegram(what) for what in (CURRENTS, ENERGY_IN, POWERS, VOLTAGES)] == [
        (4, 0, 6), (4, 65534, 2), (4, 12, 2), (4, 6, 6)]


def test_a_custom_meter_s_first_register_may_be_any_and_its_neighbours_too():
    cfg = settings.Settings()
    for key, value in (("em_i_reg", 12), ("em_u_reg", 6), ("em_p_reg", 0), ("em_e_reg", 2), ("em_p_div", 2)):
        cfg.put(key, value)
    m = build(19, 11, Reading(), cfg)
    assert (m.model, m.address, m.row[ID]) == (19, 11, 19)
    assert [m.telegram(what) for what in (CURRENTS, ENERGY_IN, POWERS, VOLTAGES)] == [
        (4, 12, 6), (4, 2, 2), (4, 0, 2), (4, 6, 6)]
    assert m.telegram(ENERGY_OUT)[1] < 0
    cfg.put("em_u_reg", 17)
    with pytest.raises(ValueError):
        build(19, 11, Reading(), cfg)
    cfg.put("em_u_reg", 18)
    assert build(19, 11, Reading(), cfg).telegram(VOLTAGES) == (4, 18, 6)


def test_a_custom_meter_may_lie_anywhere_in_three_phases_of_nothing():
    cfg = settings.Settings()
    cfg.put("em_type", "INT16")
    cfg.put("em_p_reg", 3)
    m = build(19, 11, Reading(), cfg)
    assert m.take(CURRENTS, (1, 0xFF00, 0x0200), 0) and m.reading.ma == [256000, 255000, 2000]
    assert m.take(POWERS, (0x0100,), 0) and m.reading.w == [1, 0, 0]


def test_a_sensorbox_is_built_for_its_one_address():
    m = build(1, 99, Reading(), settings.Settings())
    assert (m.model, m.address, m.missed) == (1, 10, 0) and m.telegram(CURRENTS) == (4, 0, 20)


@pytest.mark.parametrize("model", (0, 9, 13, 18, 77))
def test_what_is_not_read_by_registers_is_not_built(model):
    with pytest.raises(ValueError):
        build(model, 11, Reading(), settings.Settings())
