"""Which meters the plant has, what each of them is fed, and how they were wired.

A meter may be of any model of the table (meters.py) and stand at any address;
the current transformers of the mains meter may be on the wrong phases or the
wrong way round, as electricians leave them. It knows the plant's currents and
no firmware.
"""
from tools.plant import meters

ROLES = ("mains", "circuit", "ev", "pv", "battery")
MODEL = "Eastron3P"
# Addresses as the firmware's settings come; the cables of further chargers follow from 21.
UNITS = {"mains": 10, "circuit": 13, "ev": 12, "pv": 14, "battery": 15}
FURTHER_EV = 20


class Metering:
    """The meters on `wire`; the mains meter and one in the cable of each of `chargers` are there from the start."""

    def __init__(self, wire, chargers: int = 1) -> None:
        self.wire = wire
        self.chargers = chargers
        self.phases = [0, 1, 2]    # whose conductor the transformer of L1, L2, L3 is on
        self.turned = [0, 0, 0]    # 1: it was put on the wrong way round
        self._there: list = []     # [role, charger, model, meter]
        self.choose("mains", MODEL)
        for k in range(chargers):
            self.choose("ev", MODEL, 0, k)

    def of(self, role: str, charger: int = 0):
        """The meter of a role, None when there is none."""
        for row in self._there:
            if row[0] == role and row[1] == charger:
                return row[3]
        return None

    def model(self, role: str, charger: int = 0) -> str:
        """Its model's name; empty when there is none."""
        for row in self._there:
            if row[0] == role and row[1] == charger:
                return row[2]
        return ""

    def rows(self) -> list:
        """(role, charger, model, meter) of all that are there."""
        return [tuple(row) for row in self._there]

    def choose(self, role: str, model: str, unit: int = 0, charger: int = 0) -> None:
        """Puts a meter of that model in place at address unit (0: as ever), an empty model takes it away.

        It goes on counting where the old one stood. ValueError, and nothing
        changed, for a role, model, address or charger that cannot be.
        """
        if role not in ROLES:
            raise ValueError("role must be one of " + ", ".join(ROLES))
        if not 0 <= charger < self.chargers or charger and role != "ev":
            raise ValueError("charger must be 0 to %d, and 0 but for ev" % (self.chargers - 1))
        if not unit:
            unit = FURTHER_EV + charger if charger else UNITS[role]
        if not 1 <= unit <= 247:
            raise ValueError("address must be 1 to 247")
        old = self.of(role, charger)
        new = meters.make(model, unit) if model else None
        if old is not None and new is not None:
            new.import_uws, new.export_uws = old.import_uws, old.export_uws
        self._there = [row for row in self._there if row[0] != role or row[1] != charger]
        if new is not None:
            self._there.append([role, charger, model, new])
        self.wire.slaves[:] = [slave for slave in self.wire.slaves if slave is not old]
        if new is not None:
            self.wire.slaves.append(new)

    def measure(self, site, dt_ms: int) -> None:
        """Feeds every meter with the currents of the last dt_ms."""
        for role, charger, _, meter in self._there:
            if role == "mains":
                ma = self._as_wired(site.mains_ma)
            elif role == "ev":
                ma = site.spots[charger].car.amps_ma
            elif role == "circuit":
                ma = site.circuit_ma
            elif role == "pv":
                ma = [-x for x in site.sun.ma]
            else:
                ma = [site.battery.ma // 3] * 3
            meter.measure(ma, dt_ms)

    def _as_wired(self, ma: list) -> list:
        return [-ma[q] if flip else ma[q] for q, flip in zip(self.phases, self.turned)]
