"""What the cable may carry, from its coding resistor.

Only for sockets: a fixed cable is rated by the setting MAX. The windows are
those of the SmartEVSE-3 board (1 kOhm pull-up to 3.3 V), widened so that they
touch nowhere: between two of them, and where nothing is fitted, the smallest
cable is assumed.
"""
from micropython import const

SMALLEST_MA = const(13000)  # no resistor, 1.5 kOhm, a short, or a value between two windows

# ohm from, ohm to, mA. Nominal 680 Ohm is 20 A by IEC 61851-1 table B.2 and 16 A for SmartEVSE; the smaller is taken.
WINDOW = ((571, 737, 16000), (179, 269, 32000), (65, 138, 63000))


def ampacity_ma(ohm: int) -> int:
    """mA that a cable with this resistor may carry."""
    for low, high, ma in WINDOW:
        if low <= ohm <= high:
            return ma
    return SMALLEST_MA
