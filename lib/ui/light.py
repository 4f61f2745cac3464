"""The light on the front: what its colour and its rhythm say.

Red and fast is a fault. A short flash now and then is waiting. Steady and dim
is ready, steady and bright is a car that waits, breathing is charging. The
colour is the mode's, or the owner's own while his flag is up, then also
switched off; the public scheme says green, blue, blue instead.
step() fills `rgb`, three bytes, and makes no garbage.
"""
from micropython import const

from ui.view import OFF, SOLAR

OFF_RGB = b"\x00\x00\x00"
_MODE_RGB = const((b"\x00\xff\x00", b"\x00\xff\x00", b"\xff\xaa\x00"))  # normal, smart, solar
GREEN = b"\x00\xff\x00"
_BLUE = const(b"\x00\x00\xff")
CUSTOM = _BLUE
_RED = const(b"\xff\x00\x00")

# Phase counts per 10 ms; a turn is 256 of them. The rhythms are those that SmartEVSE owners know.
_FAST = const(20)     # a fault: 8 times a second, half on
_SLOW = const(2)      # waiting: a flash of 0.1 s every 1.3 s
_FLASH_FROM = const(230)
_DIM = const(40)      # of 255: ready for a car


def ease(i: int) -> int:
    """0 to 255 and back over a turn of 256, slow at both ends: a breath."""
    i = 2 * i if i < 128 else 2 * (255 - i)
    j = 255 - i if i >= 128 else i
    q = 2 * (j * (j + 1) >> 8)
    return 255 - q if i >= 128 else q


class Light:
    def __init__(self) -> None:
        self.rgb = bytearray(3)
        self._phase = 0
        self._rest = 0      # parts of 10 ms not yet counted
        self._level = 0     # states without a level of their own keep the last one

    def step(self, dt_ms: int, v, public: int = 0) -> bytearray:
        """The colour now, from a View."""
        ms = self._rest + dt_ms
        tens = ms // 10
        self._rest = ms - tens * 10
        letter = v.state[0]
        colour = CUSTOM if v.custom else _MODE_RGB[v.mode]
        if v.fault:
            self._phase = (self._phase + _FAST * tens) & 255
            return self._set(_RED, 255 if self._phase > 128 else 0)
        if v.access == OFF and not public:
            return self._set(CUSTOM if v.custom else OFF_RGB, 255)
        if v.no_power or v.wait and v.plugged:
            self._phase = (self._phase + _SLOW * tens) & 255
            return self._set(colour, 255 if self._phase > _FLASH_FROM else 0)
        if v.charging:
            pace = 1 if v.mode == SOLAR and not public else 2
            self._phase = (self._phase + pace * tens) & 255
            self._level = ease(self._phase)
        elif letter == "A":
            self._level = _DIM
        elif letter == "B":
            self._level = 255
            self._phase = 128
        if public:
            colour = GREEN if letter == "A" else _BLUE
        return self._set(colour, self._level)

    def _set(self, colour: bytes, level: int) -> bytearray:
        rgb = self.rgb
        rgb[0] = level * colour[0] // 255
        rgb[1] = level * colour[1] // 255
        rgb[2] = level * colour[2] // 255
        return rgb
