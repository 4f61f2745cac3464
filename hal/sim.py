"""The board over a plant in the same process: the simulator is one more board.

It keeps the whole contract of a board and is given its plant, of which it
knows only the terminals and `drive`, `light`, `lcd`, `backlight`, `wire` and
`step`. With a `timer` (anything with every(period_ms, fn), as the virtual
clock has) the ticks are fired by that clock as by a hardware timer; without
one the story itself calls `run`. The board on the other end of the wires of
`make run` is hal/sim_wires.py.
"""
from hal.store import MOST, Store

TICK_MS = 10


def checked_page(page: int, buf) -> int:
    """The page, when it is one. ValueError names what may be given."""
    if not 0 <= page <= 7:
        raise ValueError("page must be 0..7")
    if len(buf) != 128:
        raise ValueError("buf must be 128 bytes")
    return page


def checked_level(level: int) -> int:
    if not 0 <= level <= 255:
        raise ValueError("level must be 0..255")
    return level


class _Lcd:
    """The display, as eight pages of 128 bytes."""

    def __init__(self, plant) -> None:
        self._plant = plant
        self.restarts = 0

    def show(self, page: int, buf) -> None:
        self._plant.lcd(checked_page(page, buf), buf)

    def backlight(self, level: int) -> None:
        self._plant.backlight(checked_level(level))

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

    def dns(self) -> str:
        """The address of the name server, "" for none."""
        return ""


class _Memory(Store):
    """Files that live as long as the board does, with the names and sizes of real ones."""

    def __init__(self) -> None:
        Store.__init__(self)
        self.files: dict = {}

    def load(self, name: str) -> "bytes | None":
        return self.files.get(self._path(name))

    def save(self, name: str, data: bytes) -> None:
        path = self._path(name)
        if len(data) > MOST:
            raise ValueError("data must be 0..%d bytes" % MOST)
        self.files[path] = bytes(data)


class Sim:
    """A board over `plant`. `fresh` 0 makes it one that cannot sample its pilot."""

    name = "sim"

    def __init__(self, plant, timer=None, store=None, serial: int = 1234) -> None:
        self.plant = plant
        self.serial = serial
        self.timer = timer
        self.fresh = 1
        self.rs485 = plant.wire
        self.lcd = _Lcd(plant)
        self.net = _Net()
        self.store = store or _Memory()
        self.feeds = 0
        self.resets = 0
        self.ticks = self.late = self.skipped = self.crashes = 0
        self.crash: "Exception | None" = None
        self._tick = None
        self._beats = 0     # 1: the timer calls us
        self.safe()

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
        """Drives the plant with what out says; after a crash the contactors stay open whatever is asked."""
        if self.crashes:
            self.safe()
            return
        self.plant.drive(out.duty_bp, out.connected, out.c1, out.c2, out.lock_drive)

    def start(self, tick) -> None:
        """From now on tick(10) follows every 10 ms of the plant, fired by the timer, or else by `run`."""
        self._tick = tick
        self.crashes = 0
        self.crash = None
        if self.timer is not None and not self._beats:
            self._beats = 1
            self.timer.every(TICK_MS, self._beat)

    def stop(self) -> None:
        """The chip has no power: no more ticks until the next `start`. The plant goes on."""
        self._tick = None

    def run(self, ms: int) -> None:
        """Lets ms go by, tick after tick, for stories without a timer."""
        for _ in range(ms // TICK_MS):
            self._beat(TICK_MS)

    def _beat(self, dt_ms: int) -> None:
        self.plant.step(dt_ms)
        if self._tick is None:
            return
        self.ticks += 1
        try:
            self._tick(dt_ms)
        except Exception as error:
            self.safe()
            self.crashes += 1
            self.crash = error
            if self.crashes == 1:
                print("the tick has died:", repr(error))

    def leds(self, r: int, g: int, b: int) -> None:
        self.plant.light(checked_level(r), checked_level(g), checked_level(b))

    def safe(self) -> None:
        """Contactors open, pilot steady and its wire open, lock idle."""
        self.plant.drive(10000, 0, 0, 0, 0)

    def feed(self) -> None:
        """The watchdog is content, unless the tick has died."""
        if not self.crashes:
            self.feeds += 1

    def approve(self) -> int:
        """There is no update to keep here."""
        return 0

    def reset(self) -> None:
        """All off; a story goes on with a new board over the same plant."""
        self.resets += 1
        self.safe()
