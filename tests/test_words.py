"""A meter's float32 becomes a whole number without losing its last digit to the chip's own floats."""
import pytest
from proto.words import float32


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
