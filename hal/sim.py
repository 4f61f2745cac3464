"""The board over a plant in the same process: the simulator is one more board.

It keeps the whole contract of a board and is given its plant, of which it
knows only the terminals and `drive`, `light`, `lcd`, `backlight`, `wire` and
`step`. With a `timer` (anything with every(period_ms, fn), as the virtual
clock has) the ticks are fired by that clock as by a hardware timer; without
one the story itself calls `run`. The board on the other end of the wires of
`make run` is hal/sim_wires.py.
"""
TICK_MS = 10


class _Lcd:
    """The display, as eight pages of 128 bytes."""

    def __init__(self, plant) -> None:
        self._plant = plant
        self.restarts = 0

    def show(self, page: int, buf) -> None:
        self._plant.lcd(page, buf)

    def backlight(self, level: int) -> None:
        self._plant.backlight(level)

    def restart(self) -> None:
        self.restarts += 1


class _Net:
    """A network that is there once it has been joined."""

    def __init__(self) -> None:
        self.state = 2
        self.ssid = ""

    def status(self) -> tuple:
        return self.state, "127.0.0.1" if self.state == 2 else ""

    def join(self, ssid: str, password: str) -> None:
        self.ssid, self.state = ssid, 2

    def rssi(self) -> int:
        return -40


class _Store:
    """Files that live as long as the board does."""

    def __init__(self) -> None:
        self.files: dict = {}

    def load(self, name: str) -> "bytes | None":
        return self.files.get(name)

    def save(self, name: str, data: bytes) -> None:
        self.files[name] = bytes(data)


class Sim:
    """A board over `plant`. `fresh` 0 makes it one that cannot sample its pilot."""

    name = "sim"

    def __init__(self, plant, timer=None, store=None) -> None:
        self.plant = plant
        self.timer = timer
        self.fresh = 1
        self.rs485 = plant.wire
        self.lcd = _Lcd(plant)
        self.net = _Net()
        self.store = store or _Store()
        self.feeds = 0
        self.resets = 0
        self._tick = None

    def read(self, inp) -> None:
        """Fills inp with what stands on the plant's terminals."""
        plant = self.plant
        inp.cp_high_mv = plant.cp_high_mv
        inp.cp_low_mv = plant.cp_low_mv
        inp.pp_ohm = plant.pp_ohm
        inp.rcm = plant.rcm
        inp.temp_c = plant.temp_c
        inp.switch = plant.switch
        inp.locked = plant.locked
        inp.buttons = plant.buttons
        inp.fresh = self.fresh

    def write(self, out) -> None:
        """Drives the plant with what out says."""
        self.plant.drive(out.duty_bp, out.connected, out.c1, out.c2, out.lock_drive)

    def start(self, tick) -> None:
        """From now on tick(10) follows every 10 ms of the plant, fired by the timer, or else by `run`."""
        self._tick = tick
        if self.timer is not None:
            self.timer.every(TICK_MS, self._beat)

    def run(self, ms: int) -> None:
        """Lets ms go by, tick after tick, for stories without a timer."""
        for _ in range(ms // TICK_MS):
            self._beat(TICK_MS)

    def _beat(self, dt_ms: int) -> None:
        self.plant.step(dt_ms)
        if self._tick is not None:
            self._tick(dt_ms)

    def leds(self, r: int, g: int, b: int) -> None:
        self.plant.light(r, g, b)

    def feed(self) -> None:
        """The watchdog is content."""
        self.feeds += 1

    def reset(self) -> None:
        """The chip starts again: what it drove falls back to rest."""
        self.resets += 1
        self.plant.drive(10000, 1, 0, 0, 0)
