"""One charger's place in the plant: the terminals its board sees, what it drives, and the car in front of it.

It keeps the last 200 events, newest last, as dicts of `t_ms`, `what` (pilot,
duty, C1, C2, lock) and `value`. It knows no firmware and no house: whoever
owns the plant (site.py) moves it and gives its car power.
"""
from tools.plant.car import LEVEL_MV, Car
from tools.plant.dice import Dice
from tools.plant.switchgear import Buttons, Contactors, Lock

EVENTS_MAX = 200
OPEN_OHM = 65535


class Spot:
    """`profile` is a row of profiles.py; `noise_mv` of seeded noise rides on the pilot; `wire` is its port on the RS485 pair."""

    def __init__(self, wire, profile: str = "default", seed: int = 1, noise_mv: int = 0) -> None:
        self.now_ms = 0
        self.wire = wire
        self.car = Car(profile)
        self.contactors = Contactors()
        self.lock = Lock()
        self.panel = Buttons()
        self.noise_mv = noise_mv
        self._dice = Dice(seed)
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
        """A board may step its plant; this place is moved with the whole site."""

    def move(self, dt_ms: int) -> None:
        """Pilot, lock and buttons, dt_ms on."""
        self.now_ms += dt_ms
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

    def power(self, dt_ms: int) -> list:
        """The car's currents after another dt_ms, mA per phase."""
        self.car.power_step(dt_ms, self.contactors.c1, self.contactors.c2)
        return self.car.amps_ma

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
        """One more event."""
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
