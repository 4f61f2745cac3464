"""One session, from plug to unplug: how long, how much.

Counts once a second. Energy is what the EV meter has measured; without an EV
meter nobody knows it, and it says so with -1 rather than guess. The last
session stays readable until the next car comes.
"""


class Session:
    def __init__(self) -> None:
        self.number = 0       # sessions since the start
        self.plugged = 0
        self.s = 0            # since the plug
        self.charging_s = 0   # of these with the contactor closed
        self.wh = self._start_wh = -1  # measured, and the register at the start; -1 unknown

    def second(self, plugged: int, power: int, meter_wh: int) -> None:
        """One second more. meter_wh is the EV meter's import register, or -1."""
        if plugged and not self.plugged:
            self.number += 1
            self.s = self.charging_s = 0
            self.wh = self._start_wh = -1
        self.plugged = plugged
        if not plugged:
            return
        self.s += 1
        if power:
            self.charging_s += 1
        if meter_wh >= 0:
            if self._start_wh < 0:
                self._start_wh = meter_wh
            self.wh = meter_wh - self._start_wh
