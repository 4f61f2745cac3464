"""What each meter is for. The rest of the house asks for a role, never for a device.

mains sits where the house meets the grid; circuit where chargers, and what
else hangs on their group, branch off; ev in the cable of the car; pv at the
solar panels, battery at a battery in the house. Few houses have the last two
or a circuit, so these share one empty reading, which nobody writes, until
somebody asks for one of their own.
"""
from meters.pushed import BatteryFeed
from meters.reading import Reading

NAMES = ("mains", "circuit", "ev", "pv", "battery")


class Roles:
    def __init__(self) -> None:
        self.mains = Reading()
        self.ev = Reading()
        self._none = Reading()
        self.circuit = self.pv = self.battery = self._none  # to read; who writes asks latest()
        self.battery_feed = BatteryFeed()  # what an energy manager tells of the home battery

    def latest(self, role: str) -> Reading:
        """The reading of a role of NAMES, to be written, one and the same for ever. ValueError for another name."""
        if role not in NAMES:
            raise ValueError("role must be one of " + ", ".join(NAMES))
        if getattr(self, role) is self._none:
            setattr(self, role, Reading())
        return getattr(self, role)

    def fitted(self, role: str) -> int:
        """1 once somebody has asked for this role's reading: it may be worth showing."""
        return 0 if getattr(self, role) is self._none else 1
