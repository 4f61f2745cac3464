"""What was decided in the last day, in two kilobytes: the reason, whose brake it was, and the current.

A record begins when the reason changes, or when somebody else holds the brake
for a while; its end is where the next one begins. Fixed in size: when it is
full, what is older than a day goes, and else the shortest record becomes part
of the one before it, so a restless day loses its flickers and not its morning.
Codes are numbers of evse.why and evse.limits, which it does not know.
"""
from array import array

MOST = 192       # records: a restless day in Solar writes some 150
DAY_S = 86400
STEADY_S = 30    # so long another one must hold the brake to be worth a record

_SINCE, _CODES, _MA_S, WORDS = 0, 1, 2, 3  # of a record in the array: start, reason and limit, sum of offers


class Diary:
    def __init__(self) -> None:
        self._kept = array("I", bytes(4 * WORDS * MOST))
        self.count = 0         # records kept
        self._other_s = 0      # since somebody else holds the brake
        self._now_s = 0

    def second(self, now_s: int, why: int, by: int, offered_ma: int) -> None:
        """Once a second: the uptime in seconds, the reason, whose limit is the lowest, and the offer in mA (0 without one)."""
        self._now_s = now_s
        kept = self._kept
        at = (self.count - 1) * WORDS
        codes = why << 8 | by
        if self.count and kept[at + _CODES] >> 8 == why:
            self._other_s = self._other_s + 1 if kept[at + _CODES] != codes else 0
            if self._other_s < STEADY_S:
                kept[at + _MA_S] += offered_ma // 100
                return
        self._other_s = 0
        if self.count == MOST:
            self._make_room(now_s)
        at = self.count * WORDS
        kept[at + _SINCE] = now_s
        kept[at + _CODES] = codes
        kept[at + _MA_S] = offered_ma // 100
        self.count += 1

    def day(self):
        """(seconds ago it began, how long it lasted, reason, limit, mean offer in mA) of each record, oldest first."""
        kept = self._kept
        for i in range(self.count):
            at = i * WORDS
            ends = kept[at + WORDS + _SINCE] if i + 1 < self.count else self._now_s + 1
            s = max(1, ends - kept[at + _SINCE])
            codes = kept[at + _CODES]
            yield self._now_s - kept[at + _SINCE], s, codes >> 8, codes & 255, kept[at + _MA_S] * 100 // s

    def _make_room(self, now_s: int) -> None:
        """One record less: the oldest when it ended a day ago, else the shortest joins the one before it."""
        kept = self._kept
        victim = 0
        if now_s - kept[WORDS + _SINCE] < DAY_S:
            shortest = now_s
            for i in range(1, self.count - 1):
                s = kept[(i + 1) * WORDS + _SINCE] - kept[i * WORDS + _SINCE]
                if s < shortest:
                    shortest = s
                    victim = i
            kept[(victim - 1) * WORDS + _MA_S] += kept[victim * WORDS + _MA_S]
        for i in range(victim * WORDS, (self.count - 1) * WORDS):
            kept[i] = kept[i + WORDS]
        self.count -= 1
