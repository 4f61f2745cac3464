"""The same inputs make the same outputs, on every interpreter: a fixed drive of some thousand ticks against its golden trace.

The drive is a script of sessions and, after it, a walk thrown by dice that
are only arithmetic. Each line of the trace is one stretch: when it began, what
the core answered at its end, and a sum over all that went out in its ticks.
`python tests/test_traces.py` prints the trace; into tests/golden/trace.txt with
it after a change that was wanted.
"""
import gc

from energy import balance as by
from energy.balance import Balance
from evse.evse import Evse
from evse.limits import MAINS, SURPLUS
from faults import Faults
from hal.io import Inputs, Outputs
from meters.reading import Reading
from settings import Settings

GOLDEN = "tests/golden/trace.txt"
WALKS = 120
# what changes, to what, and for how long it stands: key, value, ms. The pilot is in mV of the car's resistor.
SCRIPT = (
    ("pilot", 12000, 500), ("pilot", 9000, 1500), ("pilot", 6000, 3000), ("house_ma", 14000, 4000), ("house_ma", 2000, 7000),
    ("contact2", 1, 6500), ("pilot", 9000, 16000), ("pilot", 6000, 4000), ("contact2", 4, 6500), ("pilot", 9000, 16000), ("pilot", 6000, 4000),
    ("pilot", 9000, 300), ("pilot", 6000, 3000), ("access", 2, 500), ("pilot", 9000, 400), ("access", 1, 16000), ("pilot", 6000, 3000),
    ("access", 0, 7000), ("access", 1, 1000), ("pilot", 12000, 300), ("pilot", 6000, 2000), ("diode", 0, 200), ("diode", 1, 600),
    ("pilot", 12000, 200), ("pilot", 9000, 1000), ("pilot", 6000, 1500), ("fresh", 0, 10), ("fresh", 1, 17500), ("rcm", 1, 10),
    ("rcm", 0, 400), ("reset", 0, 16000), ("temp_c", 60, 3000), ("temp_c", 70, 7000), ("temp_c", 20, 16000), ("pilot", 3000, 1000),
    ("pilot", 12000, 300), ("pilot", 0, 200), ("pilot", 12000, 500), ("mode", 2, 100), ("house_ma", -9000, 6000), ("pilot", 6000, 5000),
    ("switch", 0, 300), ("switch", 1, 3000), ("pilot", 12000, 500), ("mode", 1, 100),
)
WELL = (("drawn_ma", -1), ("pilot", 12000), ("access", 1), ("diode", 1), ("fresh", 1), ("rcm", 0), ("temp_c", 20), ("switch", 1), ("house_ma", 0),
        ("reset", 0), ("mode", 0))
RANDOM = (("pilot", (12000, 9000, 6000, 6000, 9000, 3000, 0, 7600)), ("pilot", (9000, 6000)), ("pilot", (6000, 9000, 6000)), ("house_ma", (0, 5000, 14000, 22000, -8000)), ("fresh", (0, 1, 1, 1)),
          ("diode", (1, 1, 0)), ("access", (1, 1, 2, 0)), ("mode", (0, 1, 2)), ("temp_c", (20, 58, 66, 20)), ("rcm", (0, 0, 1)), ("reset", (0,)),
          ("switch", (0, 1)), ("drawn_ma", (-1, 0, 12000)))


class Drive:
    def __init__(self) -> None:
        self.cfg = cfg = Settings()
        cfg.put("rcmon", 1)
        cfg.put("lock", "Solenoid")
        cfg.put("mode", "Smart")
        cfg.put("contact2", "Auto")
        cfg.put("switch", "Grid Relay")
        cfg.put("phase_pause_s", 15)
        self.inp, self.out = Inputs(), Outputs()
        self.inp.switch = 1
        self.inp.pp_ohm = 220
        self.evse = Evse(cfg, Faults(), lambda n: 7 % n)
        self.balance = Balance()
        self.house = Reading()
        self.house.known = 1
        self.pilot, self.diode, self.house_ma, self.drawn_ma = 12000, 1, 0, -1
        self.now_ms = self.sum = self.dice = 0

    def throw(self, n: int) -> int:
        """0 .. n-1, the same on every interpreter; small whole numbers only."""
        self.dice = (self.dice * 4421 + 12345) % 65521
        return self.dice % n

    def set(self, key: str, value: int) -> None:
        if key in ("mode", "access", "contact2"):
            self.cfg.put(key, value)
        elif key == "reset":
            self.evse.watch.reset(self.evse, self.inp)
        elif hasattr(self.inp, key):
            setattr(self.inp, key, value)
        elif hasattr(self, key):
            setattr(self, key, value)

    def tick(self, dt_ms: int) -> None:
        """One tick; all that goes out of it goes into the sum. Makes no garbage."""
        inp, out, evse = self.inp, self.out, self.evse
        pulses = 0 < out.duty_bp < 10000
        inp.cp_high_mv = (self.pilot if out.duty_bp else -12000) if out.connected else 12000
        inp.cp_low_mv = (-12000 if self.diode else -self.pilot) if pulses else inp.cp_high_mv
        if out.lock_drive:
            inp.locked = 1 if out.lock_drive == 1 else 0
        evse.tick(dt_ms, inp, out)
        bits = out.c1 | out.c2 << 1 | out.connected << 2 | out.lock_drive << 3 | evse.state << 5 | evse.why << 9
        self.sum = (self.sum * 31 + out.duty_bp + bits) % 16777213
        self.sum = (self.sum + evse.limit_ma % 65521 + evse.by + evse.countdown_ms() + evse.safety.why * 7) % 16777213
        self.now_ms += dt_ms
        if self.now_ms % 1000 == 0:
            self.second()

    def second(self) -> None:
        evse, balance, house = self.evse, self.balance, self.house
        charging = 1 if self.out.c1 else 0
        own_ma = evse.offered_ma if charging else 0
        house.at += 1000
        for i in range(3):
            house.ma[i] = self.house_ma + (own_ma if i < evse.phases.now else 0)
        slot = balance.fleet.cars[0]
        slot.online = slot.asks = 1
        slot.charging, slot.offered_ma, slot.phases, slot.max_ma = charging, evse.offered_ma, evse.phases.now, 16000
        balance.second(self.cfg, house, None, house.at, 1000)
        evse.second(self.drawn_ma if charging else min(self.drawn_ma, 0), evse.offered_ma)
        evse.auto_phases = balance.sun.phases
        mains_ma, sun_ma = balance.limit_ma[by.MAINS], balance.limit_ma[by.SURPLUS]
        evse.limits.put(MAINS, mains_ma, 5000)
        evse.limits.put(SURPLUS, sun_ma, 5000)
        self.sum = (self.sum + mains_ma % 65521 + sun_ma % 65521 + balance.sun.stop_s) % 16777213

    def stretch(self, key: str, value: int, ms: int) -> str:
        """One change and the time after it; its line of the trace."""
        self.set(key, value)
        for _ in range(ms // 10):
            self.tick(10)
        out, evse = self.out, self.evse
        return "%d %s %d: %d %d %d%d%d%d %d %d %d %d\n" % (
            self.now_ms, key, value, evse.state, out.duty_bp, out.c1, out.c2, out.connected, out.lock_drive, evse.why, evse.by,
            evse.faults.mask, self.sum)


def trace():
    """The lines, one by one."""
    drive = Drive()
    for key, value, ms in SCRIPT:
        yield drive.stretch(key, value, ms)
    for n in range(WALKS):
        if n % 8 == 0:
            for key, value in WELL:
                drive.stretch(key, value, 100)
            yield drive.stretch("pilot", 9000, 1000)
            yield drive.stretch("pilot", 6000, 6000)
        key, values = RANDOM[drive.throw(len(RANDOM))]
        yield drive.stretch(key, values[drive.throw(len(values))], (20, 50, 200, 600, 2000, 4000, 7000)[drive.throw(7)])


def test_the_trace_is_the_golden_one():
    with open(GOLDEN) as golden:
        for line in trace():
            assert line == golden.readline()
        assert not golden.readline()


def test_a_steady_stretch_makes_no_garbage():
    drive = Drive()
    for key, value, ms in SCRIPT[:4]:
        drive.stretch(key, value, ms)
    assert drive.out.c1
    if not hasattr(gc, "mem_alloc"):
        return    # CPython does not count its heap so; both MicroPythons do
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    for _ in range(90):
        drive.tick(10)
    made = gc.mem_alloc() - before
    gc.enable()
    assert drive.out.c1 and made == 0, made


if __name__ == "__main__":
    for line in trace():
        print(line, end="")
