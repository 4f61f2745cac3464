"""Numbers off the wire become whole numbers, without losing a last digit to the chip's own floats."""
import pytest
from proto.words import FLOAT32, INT16, INT32, INT64, float32, number, scaled, sign


@pytest.mark.parametrize("high, low, tens, want", (
    (0x0000, 0x0000, 3, 0),
    (0x8000, 0x0000, 3, 0),            # minus zero is zero
    (0x3F80, 0x0000, 3, 1000),         # 1.0
    (0xBF80, 0x0000, 3, -1000),
    (0x40D3, 0x3333, 3, 6600),         # 6.6 A
    (0x41C8, 0x0000, 0, 25),           # 25 W
    (0x4366, 0x0000, 0, 230),          # 230 V
    (0x3F00, 0x0000, 0, 1),            # one half goes away from zero
    (0xBF00, 0x0000, 0, -1),
    (0x3EFF, 0xFFFF, 0, 0),            # just under it does not
    (0x3F00, 0x0000, 3, 500),
    (0x4B7F, 0xFFFF, 3, 16777215000),  # every one of its 24 bits arrives
    (0x4B80, 0x0000, 0, 16777216),
    (0x4B80, 0x0001, 0, 16777218),
    (0x007F, 0xFFFF, 9, 0),            # too small to be sent whole
    (0x3089, 0x705F, 9, 1),            # 1e-9
    (0x5DFF, 0xFFFF, 0, 16777215 << 37),
    (0x0000, 0x0001, 3, 0),            # the smallest there is
    (0x42F6, 0xE979, -1, 12),          # 123.456, in tens
    (0x447A, 0x0000, -3, 1),           # 1000 W are 1 kW
))
def test_bits_become_whole_numbers(high, low, tens, want):
    assert float32(high, low, tens) == want


@pytest.mark.parametrize("high, low", (
    (0x7FC0, 0x0000), (0xFFC0, 0x0000), (0x7F80, 0x0001),  # NaN
    (0x7F80, 0x0000), (0xFF80, 0x0000),                    # infinity
    (0x5E00, 0x0000), (0x7F7F, 0xFFFF),                    # finite, and no measurement
    (-1, 0), (0, -1), (0x10000, 0), (0, 0x10000),          # no registers
))
def test_what_is_no_number_is_refused(high, low):
    with pytest.raises(ValueError):
        float32(high, low)


def test_thousandths_are_the_default():
    assert float32(0x3F80, 0) == 1000


HH, HL, LH, LL = 3, 2, 1, 0  # order: byte, word; H is high first


@pytest.mark.parametrize("regs, kind, order, tens, want", (
    ((0x1234,), INT16, HH, 0, 0x1234),
    ((0x3412,), INT16, LH, 0, 0x1234),
    ((0x3412,), INT16, LL, 0, 0x1234),
    ((0x3401,), INT16, LH, 0, 0x0134),
    ((0xFFFF,), INT16, HH, 3, -1000),
    ((0x7FFF,), INT16, HL, 0, 32767),
    ((0x8000,), INT16, HH, 0, -32768),
    ((0x0001, 0x0002), INT32, HH, 0, 0x10002),
    ((0x0002, 0x0001), INT32, HL, 0, 0x10002),
    ((0x0100, 0x0200), INT32, LH, 0, 0x10002),
    ((0x0200, 0x0100), INT32, LL, 0, 0x10002),
    ((0xFFFF, 0xFFFE), INT32, HH, 1, -20),
    ((0x7FFF, 0xFFFF), INT32, HH, 0, 0x7FFFFFFF),
    ((0x8000, 0x0000), INT32, HH, 0, -0x80000000),
    ((0xFFFF, 0xFFF1), INT32, HH, -1, -2),          # -1.5 goes away from zero
    ((0x0000, 0x000E), INT32, HH, -1, 1),
    ((0x40D3, 0x3333), FLOAT32, HH, 3, 6600),
    ((0x3333, 0x40D3), FLOAT32, HL, 3, 6600),
    ((0xD340, 0x3333), FLOAT32, LH, 3, 6600),
    ((0x3333, 0xD3C0), FLOAT32, LL, 3, -6600),
    ((0, 0, 0x0001, 0x0002), INT64, HH, 1, 0xA0014),
    ((0, 0, 0xFFFF, 0xFFFF), INT64, HH, 0, 0xFFFFFFFF),
    ((0x0002, 0x0001, 0, 0), INT64, HL, 0, 0x10002),
    ((0x0200, 0x0100, 0, 0), INT64, LL, 0, 0x10002),
    ((0, 0, 0x0100, 0x0200), INT64, LH, 0, 0x10002),
))
def test_every_kind_in_every_order(regs, kind, order, tens, want):
    assert number(regs, 0, kind, order, tens) == want
    assert number((7,) + regs + (7,), 1, kind, order, tens) == want
    assert sign(regs, 0, kind, order) == (-1 if want < 0 else 1)


@pytest.mark.parametrize("regs, kind", (
    ((0, 1, 0, 0), INT64), ((1, 0, 0, 0), INT64), ((0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF), INT64),
    ((0x10000,), INT16), ((-1,), INT16), ((0, 0x10000), INT32), ((-1, 0), INT32), ((0x7FC0, 0), FLOAT32),
    ((0, 0, -1, 0), INT64), ((0, 0, 0, 0x10000), INT64),
))
def test_what_cannot_be_is_refused(regs, kind):
    with pytest.raises(ValueError):
        number(regs, 0, kind, HH, 0)


@pytest.mark.parametrize("regs, kind, want", (
    ((0, 0), INT32, 0), ((0,), INT16, 0), ((0x8000, 0), FLOAT32, 0), ((0x8000, 1), FLOAT32, -1), ((0x8000, 0), INT32, -1),
    ((0x8000,), INT16, -1), ((0, 1), INT32, 1), ((0x0001, 0), FLOAT32, 1), ((0, 0, 0, 1), INT64, 1), ((0x8000, 0, 0, 0), INT64, 1),
))
def test_the_sign_is_asked_of_the_bits(regs, kind, want):
    assert sign(regs, 0, kind, HH) == want
    assert sign(tuple(reversed(regs)), 0, kind, HL) == want


@pytest.mark.parametrize("value, tens, want", ((5, 2, 500), (-5, 2, -500), (149, -2, 1), (150, -2, 2), (-150, -2, -2), (-149, -2, -1),
                                               (0, -9, 0), (7, 0, 7)))
def test_tens_round_away_from_zero(value, tens, want):
    assert scaled(value, tens) == want
