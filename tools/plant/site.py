"""The whole plant around one charger: the terminals a board sees, and what it drives.

Pilot and switches move every step (10 ms), currents, meters and energies every
100 ms. Between the two stands nothing but arithmetic: a simulated hour costs
about a second. It keeps the last 200 events, newest last, as dicts of `t_ms`,
`what` (pilot, duty, C1, C2, lock) and `value`. It knows no firmware; a board
reads the terminals and calls `drive`.

mains = house - sun + battery / 3 + car, per phase, mA, import positive.
"""
from tools.plant.battery import HomeBattery
from tools.plant.car import LEVEL_MV, Car
from tools.plant.dice import Dice
from tools.plant.house import House
from tools.plant.meter_sdm630 import Sdm630
from tools.plant.sun import Sun
from tools.plant.switchgear import Buttons, Contactors, Lock
from tools.plant.wire import Wire

POWER_MS = 100
EVENTS_MAX = 200
OPEN_OHM = 65535
MAINS_UNIT, EV_UNIT = 10, 12


class Site:
    """One house with one charger. `profile` is a row of profiles.py; `noise_mv` of seeded noise rides on the pilot."""

    def __init__(self, profile: str = "default", seed: int = 1, noise_mv: int = 0) -> None:
        self.now_ms = 0
        self.car = Car(profile)
        self.house = House()
        self.sun = Sun()
        self.battery = HomeBattery()
        self.contactors = Contactors()
        self.lock = Lock()
        self.panel = Buttons()
        self.meter = Sdm630(MAINS_UNIT)
        self.ev_meter = Sdm630(EV_UNIT)
        self.wire = Wire()
        self.wire.slaves = [self.meter, self.ev_meter]
        self.mains_ma = [0, 0, 0]
        self.noise_mv = noise_mv
        self._dice = Dice(seed)
        self._power_ms = 0
        self.events: list = []
        # terminals the board reads
        self.cp_high_mv = self.cp_low_mv = 12000
        self.pp_ohm = OPEN_OHM
        self.rcm = 0
        self.temp_c = 20
        self.switch = 0
        self.locked = 0
        self.buttons = 0
        # what the board last drove
        self.duty_bp, self.connected, self.lock_drive = 10000, 1, 0
        self._c1 = self._c2 = 0
        self.rgb = (0, 0, 0)
        self.pages = [bytes(128) for _ in range(8)]
        self.level = 0
        self._pilot_of = ("A", True, 10000, 1)

    def step(self, dt_ms: int) -> None:
        """Moves everything on by dt_ms, at best 10."""
        self.now_ms += dt_ms
        self.wire.step(dt_ms)
        car = self.car
        letter = car.letter
        car.pilot_step(dt_ms)
        if car.letter != letter:
            self.note("pilot", car.letter)
            self.pp_ohm = car.cable_ohm if car.plugged else OPEN_OHM
        if self.lock.drive:
            self.lock.step(dt_ms)
            if self.lock.locked != self.locked:
                self.locked = self.lock.locked
                self.note("lock", self.locked)
        if self.panel.bits or self.buttons:
            self.buttons = self.panel.bits
            self.panel.step(dt_ms)
        self._pilot()
        self._power_ms += dt_ms
        while self._power_ms >= POWER_MS:
            self._power_ms -= POWER_MS
            self._power()

    def drive(self, duty_bp: int, connected: int, c1: int, c2: int, lock_drive: int) -> None:
        """What the board puts out; cheap when nothing changed."""
        if duty_bp != self.duty_bp or connected != self.connected:
            if duty_bp != self.duty_bp:
                self.note("duty", duty_bp // 10 if duty_bp % 10 == 0 else duty_bp / 10)
            self.duty_bp, self.connected = duty_bp, connected
            self.car.hear(duty_bp, connected)
            self._pilot()
        if c1 != self._c1 or c2 != self._c2:
            if c1 != self._c1:
                self.note("C1", c1)
            if c2 != self._c2:
                self.note("C2", c2)
            self._c1, self._c2 = c1, c2
            self.contactors.drive(c1, c2)
            if not self.contactors.c1:
                self.car.cut()
        if lock_drive != self.lock_drive:
            self.lock_drive = lock_drive
            self.lock.to(lock_drive)

    def chip_gone(self) -> None:
        """No firmware drives the board: steady +12 V, contactors open, lock at rest, as the bare hardware does."""
        self.drive(10000, 1, 0, 0, 0)

    def light(self, r: int, g: int, b: int) -> None:
        self.rgb = (r, g, b)

    def lcd(self, page: int, buf: bytes) -> None:
        self.pages[page] = bytes(buf)

    def backlight(self, level: int) -> None:
        self.level = level

    def note(self, what: str, value: "int | float | str") -> None:
        self.events.append({"t_ms": self.now_ms, "what": what, "value": value})
        if len(self.events) > EVENTS_MAX:
            del self.events[0]

    def _pilot(self) -> None:
        """Volts at the pilot terminal. An opened wire floats; a car without its diode mirrors the lower half."""
        car = self.car
        now = (car.letter, car.diode, self.duty_bp, self.connected)
        if now == self._pilot_of and not self.noise_mv:
            return
        self._pilot_of = now
        high = LEVEL_MV[car.letter]
        low = -high if car.letter == "E" or car.plugged and not car.diode else -12000
        if not self.connected:
            high = low = 0
        elif self.duty_bp >= 10000:
            low = high
        elif self.duty_bp <= 0:
            high = low
        if self.noise_mv:
            high += self._dice.below(2 * self.noise_mv + 1) - self.noise_mv
            low += self._dice.below(2 * self.noise_mv + 1) - self.noise_mv
        self.cp_high_mv, self.cp_low_mv = high, low

    def _power(self) -> None:
        car, mains = self.car, self.mains_ma
        self.house.step(POWER_MS)
        self.sun.step(POWER_MS)
        self.battery.step(POWER_MS)
        car.power_step(POWER_MS, self.contactors.c1, self.contactors.c2)
        each = self.battery.ma // 3
        for p in range(3):
            mains[p] = self.house.ma[p] - self.sun.ma[p] + each + car.amps_ma[p]
        self.meter.measure(mains, POWER_MS)
        self.ev_meter.measure(car.amps_ma, POWER_MS)
