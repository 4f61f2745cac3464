"""What was decided in the last day, in a kilobyte and a half: the reason, whose brake it was, and the current.

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


class Diary:
    def __init__(self) -> None:
        self.count = 0         # records kept
        self._since = array("I", bytes(4 * MOST))  # uptime in seconds
        self._codes = array("H", bytes(2 * MOST))  # reason and limit
        self._mean = array("H", bytes(2 * MOST))   # offer in 0.1 A; of the newest it stands in _sum
        self._sum = 0          # 0.1 A times s
        self._other_s = 0      # since somebody else holds the brake
        self._now_s = 0

    def second(self, now_s: int, why: int, by: int, offered_ma: int) -> None:
        """Once a second: the uptime in seconds, the reason, whose limit is the lowest, and the offer in mA (0 without one)."""
        codes = why << 8 | by
        last = self.count - 1
        if last >= 0 and self._codes[last] >> 8 == why:
            self._other_s = self._other_s + 1 if self._codes[last] != codes else 0
            if self._other_s < STEADY_S:
                self._now_s = now_s
                self._sum += offered_ma // 100
                return
        self._other_s = 0
        if last >= 0:
            self._mean[last] = self._sum // max(1, self._now_s + 1 - self._since[last])
        self._now_s = now_s
        if self.count == MOST:
            self._make_room(now_s)
        self._since[self.count] = now_s
        self._codes[self.count] = codes
        self._sum = offered_ma // 100
        self.count += 1

    def day(self):
        """(seconds ago it began, how long it lasted, reason, limit, mean offer in mA) of each record, oldest first."""
        for i in range(self.count):
            newest = i + 1 == self.count
            s = max(1, (self._now_s + 1 if newest else self._since[i + 1]) - self._since[i])
            mean = self._sum // s if newest else self._mean[i]
            yield self._now_s - self._since[i], s, self._codes[i] >> 8, self._codes[i] & 255, mean * 100

    def _make_room(self, now_s: int) -> None:
        """One record less: the oldest when it ended a day ago, else the shortest joins the one before it."""
        since = self._since
        victim = 0
        if now_s - since[1] < DAY_S:
            shortest = now_s
            for i in range(1, self.count - 1):
                s = since[i + 1] - since[i]
                if s < shortest:
                    shortest = s
                    victim = i
            before_s = since[victim] - since[victim - 1]
            both = self._mean[victim - 1] * before_s + self._mean[victim] * shortest
            self._mean[victim - 1] = both // (before_s + shortest)
        for i in range(victim, self.count - 1):
            since[i] = since[i + 1]
            self._codes[i] = self._codes[i + 1]
            self._mean[i] = self._mean[i + 1]
        self.count -= 1
