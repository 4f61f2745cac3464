"""Numbers off the wire, as whole numbers, without a float.

The chip's own floats hold 24 bits and cost heap; a meter's float32 would lose
its last digit on the way. So the bits are taken apart and scaled as integers.
Registers are the unsigned 16-bit words of Modbus. ORDER says which byte of a
register and which word of a number comes first, in the numbers of SmartEVSE's
menu. Knows no meter.
"""
from micropython import const

INT32, FLOAT32, INT16, INT64 = range(4)  # the first three as in SmartEVSE's DATA TYPE
SIZE = (2, 2, 1, 4)                      # registers of each

LOW_WORD_FIRST, HIGH_BYTE_FIRST = 0, 2   # what the bits of an order mean: 1 is high word first, 2 is high byte first
HIGH_WORD_FIRST = const(1)

EXPONENT_MAX = const(60)  # values from 2**61 on are no measurement; it also bounds the size of the integers


def scaled(value: int, tens: int) -> int:
    """value times 10**tens, rounded to the nearest whole number; halves round away from zero."""
    if tens >= 0:
        return value * 10 ** tens
    bottom = 10 ** -tens
    size = (2 * abs(value) + bottom) // (2 * bottom)
    return -size if value < 0 else size


def float32(high: int, low: int, tens: int = 3) -> int:
    """The float32 in two registers (high word first) times 10**tens, rounded to the nearest whole number.

    tens is -9..9; 3 turns A into mA and kWh into Wh. Halves round away from
    zero. ValueError: a word out of 0..65535, NaN, infinity or above 2**61.
    """
    if not (0 <= high <= 0xFFFF and 0 <= low <= 0xFFFF):
        raise ValueError("register must be 0 to 65535")
    exponent = ((high >> 7) & 0xFF) - 127
    if exponent > EXPONENT_MAX:
        raise ValueError("float32 must be a number below 2**61")
    if exponent == -127:
        return 0                  # zero, or too small for any unit
    mantissa = 0x800000 | (high & 0x7F) << 16 | low  # the leading 1 is not sent
    shift = exponent - 23         # value = mantissa * 2**shift
    top, bottom = mantissa, 1
    if tens >= 0:
        top *= 10 ** tens
    else:
        bottom = 10 ** -tens
    if shift >= 0:
        top <<= shift
    else:
        bottom <<= -shift
    size = (2 * top + bottom) // (2 * bottom)
    return -size if high & 0x8000 else size


def word(regs, at: int, order: int) -> int:
    """Register at of regs, with its bytes in our order. ValueError out of 0..65535."""
    value = regs[at]
    if not 0 <= value <= 0xFFFF:
        raise ValueError("register must be 0 to 65535")
    return value if order & HIGH_BYTE_FIRST else value >> 8 | (value & 0xFF) << 8


def number(regs, at: int, kind: int, order: int, tens: int) -> int:
    """The number of this kind that begins at regs[at], times 10**tens, rounded.

    INT16 and INT32 are signed, INT64 is not and must fit its low 32 bits: no
    counter of a house does not. ValueError: no such number.
    """
    if kind == INT16:
        value = word(regs, at, order)
        return scaled(value - 0x10000 if value & 0x8000 else value, tens)
    step = 1
    if not order & HIGH_WORD_FIRST:
        at += SIZE[kind] - 1
        step = -1
    high = word(regs, at, order)
    low = word(regs, at + step, order)
    if kind == FLOAT32:
        return float32(high, low, tens)
    if kind == INT64:
        if high or low:
            raise ValueError("int64 must be below 2**32")
        high = word(regs, at + 2 * step, order)
        low = word(regs, at + 3 * step, order)
    elif high & 0x8000:
        high -= 0x10000
    return scaled(high * 0x10000 + low, tens)


def sign(regs, at: int, kind: int, order: int) -> int:
    """-1, 0 or 1: that of the number at regs[at], asked of its bits, so that a small one is not rounded away."""
    first = at if order & HIGH_WORD_FIRST else at + SIZE[kind] - 1
    high = word(regs, first, order)
    some = high & 0x7FFF if kind == FLOAT32 else high  # a float32 knows a zero with a sign
    for i in range(at, at + SIZE[kind]):
        if i != first:
            some |= regs[i]
    if not some:
        return 0
    return -1 if high & 0x8000 and kind != INT64 else 1
