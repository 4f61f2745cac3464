"""Whatever lies in a meter's registers, a reading stays whole and within its bounds, and nothing but ValueError is raised."""
from hypothesis import given, settings as how, strategies as st

import settings
from meters import models
from meters.build import build
from meters.modbus_meter import CURRENTS, ENERGY_IN, ENERGY_OUT, POWERS, VOLTAGES
from meters.reading import MA_MAX, MV_MAX, W_MAX, WH_MAX, Reading
from proto.words import FLOAT32, INT16, INT32, INT64, SIZE, number, sign

MODELS = [r[models.ID] for r in models.TABLE if r[models.WAY] in models.REGISTERS]
WHAT = (CURRENTS, ENERGY_IN, ENERGY_OUT, POWERS, VOLTAGES)
# Mostly what could be numbers, often the words that break things, sometimes no registers at all.
WORD = st.one_of(st.integers(0, 0xFFFF), st.sampled_from((0, 1, 0x0114, 0x0083, 3, 0x4366, 0x40A8, 0x7F80, 0x7FC0, 0x8000, 0xFF80, 0xFFFF)),
                 st.integers(0x4000, 0x4600), st.integers(-2, 0x20000))
REGISTERS = 61
EDITS = st.lists(st.tuples(st.integers(0, REGISTERS - 1), WORD), max_size=12)
TELEGRAM = st.tuples(st.sampled_from(WHAT), st.integers(0, 0xFFFF), st.sampled_from((0, 0x101, 7)), EDITS, st.sampled_from((0, 0, 0, 1, -1)))
CUSTOM = st.fixed_dictionaries({
    "em_order": st.integers(0, 3), "em_type": st.integers(0, 2), "em_function": st.integers(3, 4), "em_u_reg": st.integers(0, 65530),
    "em_i_reg": st.integers(0, 65530), "em_p_reg": st.integers(0, 65534), "em_e_reg": st.integers(0, 65534),
    "em_u_div": st.integers(0, 7), "em_i_div": st.integers(0, 7), "em_p_div": st.integers(0, 7), "em_e_div": st.integers(0, 7)})


def words_of(first, step, edits):
    words = [(first + i * step) & 0xFFFF for i in range(REGISTERS)]
    for at, word in edits:
        words[at] = word
    return words


def snapshot(r):
    return list(r.ma), list(r.w), list(r.mv), r.import_wh, r.export_wh, r.at, r.known, r.knows_w


def sound(r):
    return (all(isinstance(x, int) and -MA_MAX <= x <= MA_MAX for x in r.ma) and all(-W_MAX <= x <= W_MAX for x in r.w)
            and all(0 <= x <= MV_MAX for x in r.mv) and 0 <= r.import_wh <= WH_MAX and 0 <= r.export_wh <= WH_MAX)


@how(max_examples=300, deadline=None)
@given(model=st.sampled_from(MODELS), telegrams=st.lists(TELEGRAM, min_size=1, max_size=5), trust=st.sampled_from((0, 50000)),
       mains_a=st.sampled_from((25, 200)), grid=st.integers(0, 1), custom=CUSTOM)
def test_no_registers_break_a_reading(model, telegrams, trust, mains_a, grid, custom):
    cfg = settings.Settings()
    for key, value in custom.items():
        cfg.put(key, value)
    cfg.put("mains_a", mains_a)
    cfg.put("grid", grid)
    reading = Reading()
    reading.trust_ma = trust
    try:
        meter = build(model, 11, reading, cfg)
    except ValueError as e:
        assert model == 19 and str(e).startswith("em_")
        return
    for now, (what, first, step, edits, off) in enumerate(telegrams):
        words = words_of(first, step, edits)
        before, errors = snapshot(reading), reading.errors
        count = meter.telegram(what)[2] + off
        taken = meter.take(what, tuple(words[:count]), now)
        assert sound(reading)
        assert reading.errors - errors in (0, 1) and not (taken and reading.errors > errors)
        if off:
            assert not taken
        if not taken and model != 1:  # a box may tell voltages beside currents that are doubted
            assert snapshot(reading) == before and reading.errors == errors + 1
        if trust and taken and what == CURRENTS:
            assert reading.age_ms(now) == 0
        meter.energy_due(500)
        meter.to_write()


@how(max_examples=400, deadline=None)
@given(words=st.lists(WORD, min_size=4, max_size=4), kind=st.sampled_from((INT32, FLOAT32, INT16, INT64)), order=st.integers(0, 3),
       tens=st.integers(-10, 13))
def test_a_number_is_whole_or_refused(words, kind, order, tens):
    try:
        value = number(words, 0, kind, order, tens)
        direction = sign(words, 0, kind, order)
    except ValueError:
        return
    assert isinstance(value, int)
    assert value == 0 or direction == (1 if value > 0 else -1)
    if kind in (INT32, INT16) and tens >= 0 and all(0 <= w <= 0xFFFF for w in words):
        raw = [w if order & 2 else int.from_bytes(w.to_bytes(2, "little"), "big") for w in words[:SIZE[kind]]]
        if not order & 1:
            raw.reverse()
        body = b"".join([w.to_bytes(2, "big") for w in raw])
        assert value == int.from_bytes(body, "big", signed=True) * 10 ** tens
