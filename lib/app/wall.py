"""The clock on the wall: UTC, as far as anybody has told it.

At the start the machine's own clock is believed if it was ever set; a time
server or a page that somebody opens may set it later. In between it runs with
the process clock, so a simulated day is a day here too. It knows no zone.
"""
import time

from micropython import const

from app import clock

_YEAR_2020 = const(1577836800)    # a clock that shows less was never set
_YEAR_2100 = const(4102444800)
_SINCE_2000 = const(946684800)    # MicroPython on the chip counts from 2000
_RANK = const(("none", "page", "machine", "server"))  # a better source is not set aside by a worse one


def machine_s() -> int:
    """Seconds since 1970 by the machine, 0 while nobody has set its clock."""
    now = int(time.time()) + (_SINCE_2000 if time.gmtime(0)[0] == 2000 else 0)
    return now if now > _YEAR_2020 else 0


class Wall:
    def __init__(self) -> None:
        self.source = "none"    # one of _RANK
        self._utc_s = 0
        self._at = clock.ticks_ms()
        if machine_s():
            self.put(machine_s(), "machine")

    def put(self, utc_s: int, source: str) -> bool:
        """Sets it; False when a better source has done so before. ValueError outside 2020 to 2100."""
        if not _YEAR_2020 < utc_s < _YEAR_2100:
            raise ValueError("utc must be seconds from %d to %d" % (_YEAR_2020, _YEAR_2100))
        if _RANK.index(source) < _RANK.index(self.source):
            return False
        self.source = source
        self._utc_s = utc_s
        self._at = clock.ticks_ms()
        return True

    def utc_s(self) -> int:
        """Seconds since 1970, 0 unknown. To be asked at least once a day: the process clock wraps."""
        if not self._utc_s:
            return 0
        s = clock.ticks_diff(clock.ticks_ms(), self._at) // 1000
        if s > 0:
            self._utc_s += s
            self._at = clock.ticks_add(self._at, s * 1000)
        return self._utc_s
