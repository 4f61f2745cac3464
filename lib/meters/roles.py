"""What each meter is for. The rest of the house asks for a role, never for a device.

mains sits where the house meets the grid; ev sits in the cable of the car.
"""
from meters.pushed import BatteryFeed
from meters.reading import Reading

NAMES = ("mains", "ev")


class Roles:
    def __init__(self) -> None:
        self.mains = Reading()
        self.ev = Reading()
        self.battery_feed = BatteryFeed()  # what an energy manager tells of the home battery

    def latest(self, role: str) -> Reading:
        """The reading of a role of NAMES. ValueError for another."""
        if role not in NAMES:
            raise ValueError("role must be one of " + ", ".join(NAMES))
        return getattr(self, role)
