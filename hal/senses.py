"""What changes slowly: the cable's coding resistor and the temperature of the box.

Each is asked ten times a second, three readings at once, and believed when
two askings agree. Arithmetic and a small class; the ADC is given.
"""

from array import array

from micropython import const

OPEN = 65535
_OPEN_MV = const(1850)  # the 6 dB range ends at 1.88 V, which is 1.3 kOhm


def ohm(mv: int) -> int:
    """Coding resistor for mv at PP_IN, 1 k to 3.3 V: 0..1275 ohm, or OPEN above the ADC's range."""
    if mv >= _OPEN_MV:
        return OPEN
    return 1000 * mv // (3300 - mv)


def celsius(mv: int) -> int:
    """MCP9700A: 500 mV at 0 C, 10 mV for each degree."""
    return (mv - 500) // 10


class Slow:
    """adc has read_uv(); near_mv: how far two askings may differ and still agree."""

    def __init__(self, adc, near_mv: int, first_mv: int) -> None:
        self.adc = adc
        self.near_mv = near_mv
        self.three = array("i", [0, 0, 0])
        self.last_mv = -10000
        self.mv = first_mv

    def ask(self) -> int:
        """Millivolts as last agreed on. Three conversions, no garbage."""
        three = self.three
        for i in range(3):
            three[i] = self.adc.read_uv()
        a = three[0]
        b = three[1]
        c = three[2]
        if a > b:
            a, b = b, a
        if b > c:
            b = c if c > a else a
        mv = b // 1000
        if -self.near_mv <= mv - self.last_mv <= self.near_mv:
            self.mv = mv
        self.last_mv = mv
        return self.mv
