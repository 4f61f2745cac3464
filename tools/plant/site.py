"""The whole plant: one house with its sun and battery, one to eight chargers, and the meters on their common wire.

The site is itself the place of the first charger (spot.py); the others are in
`spots`. Pilot and switches move every step (10 ms), currents, meters and
energies every 100 ms. Between the two stands nothing but arithmetic: a
simulated hour costs about a second. It knows no firmware; a board reads its
place's terminals and calls `drive`.

mains = house - sun + battery / 3 + cars, per phase, mA, import positive.
circuit = cars + what else hangs behind the circuit's meter (part of the house).
"""
from tools.plant.battery import HomeBattery
from tools.plant.house import House
from tools.plant.metering import Metering
from tools.plant.spot import EVENTS_MAX, OPEN_OHM, Spot
from tools.plant.sun import Sun
from tools.plant.wire import Wire
from tools.plant.wire_faults import Faults

__all__ = ("CHARGERS_MAX", "EVENTS_MAX", "MAINS_UNIT", "OPEN_OHM", "POWER_MS", "Site")

POWER_MS = 100
CHARGERS_MAX = 8
MAINS_UNIT = 10


class Site(Spot):
    """One house. All cars start as `profile`, a row of profiles.py; `noise_mv` of seeded noise rides on each pilot."""

    def __init__(self, profile: str = "default", seed: int = 1, noise_mv: int = 0, chargers: int = 1) -> None:
        """chargers 1..8; ValueError else."""
        if not 1 <= chargers <= CHARGERS_MAX:
            raise ValueError("chargers must be 1 to %d" % CHARGERS_MAX)
        wire = Wire()
        Spot.__init__(self, wire, profile, seed, noise_mv)
        self.line = wire     # the pair itself; `wire` is this place's port on it
        self.spots: list = [self]
        for k in range(1, chargers):
            self.spots.append(Spot(wire.port(), profile, seed + k, noise_mv))
        self.faults = Faults(seed)   # of the pair; it does its work once line.spoil is its spoil
        self.house = House()
        self.sun = Sun()
        self.battery = HomeBattery()
        self.metering = Metering(wire, chargers)
        self.mains_ma = [0, 0, 0]
        self.circuit_ma = [0, 0, 0]
        self.beside_ma = [0, 0, 0]   # the part of the house behind the circuit's meter
        self._power_ms = 0

    @property
    def meter(self):
        """The meter at the mains."""
        return self.metering.of("mains")

    @property
    def ev_meter(self):
        """The meter in the first charger's cable."""
        return self.metering.of("ev")

    def step(self, dt_ms: int) -> None:
        """Moves everything on by dt_ms, at best 10."""
        self.line.step(dt_ms)
        for spot in self.spots:
            spot.move(dt_ms)
        self._power_ms += dt_ms
        while self._power_ms >= POWER_MS:
            self._power_ms -= POWER_MS
            self._power()

    def _power(self) -> None:
        mains, circuit = self.mains_ma, self.circuit_ma
        self.house.step(POWER_MS)
        self.sun.step(POWER_MS)
        for p in range(3):
            circuit[p] = 0
        for spot in self.spots:
            amps = spot.power(POWER_MS)
            for p in range(3):
                circuit[p] += amps[p]
        self.battery.step(POWER_MS, sum(self.house.ma) - sum(self.sun.ma) + sum(circuit))
        each = self.battery.ma // 3
        for p in range(3):
            mains[p] = self.house.ma[p] - self.sun.ma[p] + each + circuit[p]
            circuit[p] += self.beside_ma[p]
        self.metering.measure(self, POWER_MS)
