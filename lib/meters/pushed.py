"""Readings that somebody pushes to us: mains, EV, circuit and the home battery.

One entrance for REST, MQTT and whoever feeds a charger on a bench. What is
pushed is taken only while the role's meter is set to API, all of it or
nothing, and grows old as every reading does: a feed that stops is a meter
that fell silent. Knows no topic and no address; the time of day is handed in
as a function that gives ticks in ms.
"""
from micropython import const

from meters.reading import W_MAX, WH_MAX, age_of

API = const(9)                   # the meter's number in the settings
BATTERY_MS = const(60_000)       # a word about the battery is good for so long (the reference's time)
BATTERY_MA_MAX = const(500_000)  # sum of the phases: no house has more
ROLES = ("mains", "circuit", "ev")


class BatteryFeed:
    """The current of the home battery, sum of the phases; positive while it charges."""

    def __init__(self) -> None:
        self.ma = 0
        self.at = 0      # ticks ms of the last word
        self.known = 0   # 1: there was one, not longer ago than LOST_MS

    def put(self, now: int, ma: int) -> None:
        """ValueError, and nothing changed, outside BATTERY_MA_MAX."""
        if not -BATTERY_MA_MAX <= ma <= BATTERY_MA_MAX:
            raise ValueError("battery current must be %d to %d mA" % (-BATTERY_MA_MAX, BATTERY_MA_MAX))
        self.ma = ma
        self.at = now
        self.known = 1

    def age_ms(self, now: int) -> int:
        """How old the word is at now (ticks ms), NEVER when there is none. Ask at least once a week."""
        return age_of(self, now)

    def current_ma(self, now: int) -> int:
        """The current to reckon with at now: 0 once the word is older than BATTERY_MS."""
        return self.ma if self.age_ms(now) <= BATTERY_MS else 0

    def fresh_s(self, now: int) -> int:
        """The age of a word that still counts, whole seconds; -1 when none does."""
        age = self.age_ms(now)
        return age // 1000 if age <= BATTERY_MS else -1


class Pushed:
    def __init__(self, cfg, roles, ticks_ms, heard=None) -> None:
        """roles as meters.roles.Roles; heard() is told of each mains reading, as the bus does."""
        self.cfg = cfg
        self.roles = roles
        self.ticks_ms = ticks_ms
        self.heard = heard

    def wants(self, role: str) -> bool:
        """Whether the meter of a role of ROLES is one that is pushed."""
        return getattr(self.cfg, role + "_meter") == API

    def is_node(self) -> bool:
        """A node follows its master and takes no mains reading of its own."""
        return getattr(self.cfg, "loadbl", 0) > 1

    def put(self, role: str, ma=None, power_w=None, import_wh=None, export_wh=None) -> None:
        """Takes what was pushed for a role of ROLES; None for what it did not tell.

        ma: three phases, import positive; power_w: sum of the phases. Without
        ma nothing becomes younger. ValueError, and nothing changed: the role
        is not pushed, a number is out of the range of Reading, or has to be
        told twice before it is believed.
        """
        if role not in ROLES:
            raise ValueError("role must be one of " + ", ".join(ROLES))
        if not self.wants(role):
            raise ValueError("%s_meter must be API for this" % role)
        if role == "mains" and self.is_node():
            raise ValueError("mains readings are not allowed on a node")
        reading = self.roles.latest(role)
        watts = None if power_w is None else (power_w, 0, 0)  # who knows the sum only has it in the first
        try:
            self._check(power_w, import_wh, export_wh)
            taken = ma is None or reading.put(self.ticks_ms(), ma, watts)
        except ValueError:
            reading.fail("range")
            raise
        if not taken:
            reading.fail("doubt")
            raise ValueError("%s current above %d mA must be told twice" % (role, reading.trust_ma))
        if ma is None and watts:
            reading.put_power(watts)
        elif not watts and reading.knows_w and ma is not None:
            reading.forget_power()
        if import_wh is not None or export_wh is not None:
            reading.put_energy(import_wh, export_wh)
        if role == "mains" and ma is not None and self.heard:
            self.heard()

    def battery(self, ma: int) -> None:
        """The home battery's current, sum of the phases, positive while it charges. ValueError: range, or a node."""
        if self.is_node():
            raise ValueError("battery current is not allowed on a node")
        self.roles.battery_feed.put(self.ticks_ms(), ma)

    def _check(self, power_w, import_wh, export_wh) -> None:
        if power_w is not None and not -W_MAX <= power_w <= W_MAX:
            raise ValueError("power must be %d to %d W" % (-W_MAX, W_MAX))
        for wh in (import_wh, export_wh):
            if wh is not None and not 0 <= wh <= WH_MAX:
                raise ValueError("energy must be 0 to %d Wh" % WH_MAX)

