"""Single-precision numbers off the wire, as whole numbers, without a float.

The chip's own floats hold 24 bits and cost heap; a meter's float32 would lose
its last digit on the way. So the bits are taken apart and scaled as integers.
Registers are the unsigned 16-bit words of Modbus. Knows no meter.
"""

EXPONENT_MAX = 60  # values from 2**61 on are no measurement; it also bounds the size of the integers


def whole(high: int, low: int, tens: int = 3) -> int:
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
