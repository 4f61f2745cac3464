"""The world of the model check: the real connector, all that can be set around it, and how a state of it is kept.

Each plan is a charger with its settings and the things that may change there.
Everything that Evse and its parts hold is found by looking, not by a list: a
new number in any of them is part of the state from its first day. Timers are
sorted by where they matter (EDGES); a timer that is not named there counts
for nothing.
"""
from bisect import bisect
from operator import attrgetter

from app.control import Control
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, SURPLUS
from faults import Faults
from hal.io import Inputs, Outputs
from settings import Settings
from tools.rules import Rules

# Where a timer changes what happens. What counts down does so at its end; a timer that is not here counts for nothing.
EDGES = {"_duty_ms": (1000,), "iec.c1_ms": (1,), "_ask_ms": (1, 500), "_rest_ms": (1,), "_fault_ms": (1,), "_f_ms": (1, 5000), "_since_ms": (5000,),
         "left_ms": (1,), "_on_ms": (1, 100), "lock._ms": (600, 800, 5000), "wake._ms": (1,), "pause_ms": (1,), "random_ms": (1,), "_raw_ms": (1,),
         "_held_ms": (1501,), "_over_s": (1,), "_eased_s": (1,), "_open_s": (3,), "_silent_s": (1,), "_not_asked_ms": (1,),
         "safety._no_diode_ms": (1, 40), "watch._no_diode_ms": (1, 1500), "alive_ms": (1,)}
METER = ("_duty_ms", "_open_s", "_silent_s")   # timers that only count when there is an EV meter
COARSE: tuple = ()
FINE: tuple = (101, 501, 2001)    # and, when asked for, here too
LEVEL = {"A": 12000, "B": 9000, "C": 6000, "D": 3000, "E": 0, "F": -12000, "bc": 7600, "cd": 4400}
ENOUGH, LITTLE, SILENT = NO_LIMIT, 5000, -1    # what the regulator says
FREE = ("closings", "hot", "presses", "serial", "cp_high_mv", "cp_low_mv")  # counts, and what follows from the rest

# name -> (settings, what may change). Each thing that may change starts with its first value.
ABC, ON_OFF = ("A", "B", "C"), (1, 0)
PLANS: dict = {
    "pilot": ({}, dict(pilot=("A", "B", "C", "D", "E", "F", "bc", "cd"), diode=(1, 0), fresh=(1, 0), access=(1, 0, 2))),
    "faults": (dict(rcmon=1), dict(pilot=("A", "B", "C", "E"), rcm=(0, 1), temp=(20, 58, 80, 150), fresh=(1, 0), access=ON_OFF)),
    "phases": (dict(contact2="Auto", phase_switches=1),
               dict(pilot=ABC, mode=(0, 2), phases=(3, 1), contact2=(4, 1), access=ON_OFF, regulator=(ENOUGH, LITTLE))),
    "current": ({}, dict(pilot=ABC, regulator=(ENOUGH, LITTLE, SILENT, 9000), drawn=(-1, 0, 9000, 40000), access=(1, 2))),
    "lock": (dict(lock="Solenoid", unlock_off=1), dict(pilot=("A", "B", "C", "F"), stuck=(0, 1), access=ON_OFF, cable_lock=(0, 1))),
    "button": (dict(switch="Access B"), dict(pilot=ABC, switch=(0, 1), regulator=(ENOUGH, LITTLE))),
    "toggle": (dict(switch="Access S", mode=1), dict(pilot=ABC, switch=(1, 0), regulator=(ENOUGH, SILENT))),
    "relay": (dict(switch="Grid Relay", max_current_a=32), dict(pilot=ABC, switch=(1, 0), contact2=(3, 1), access=ON_OFF)),
    "air": (dict(ventilation=1), dict(pilot=("A", "B", "C", "D"), diode=(1, 0), fresh=(1, 0), access=ON_OFF)),
    "random": (dict(random_delay_s=600), dict(pilot=ABC, access=(1, 0, 2), fresh=(1, 0), regulator=(ENOUGH, LITTLE))),
    "house": (dict(rcmon=1, contact2="Auto", mode=2, lock="Solenoid", switch="Grid Relay"),
              dict(pilot=("A", "B", "C", "D", "E"), diode=(1, 0), fresh=(1, 0), rcm=(0, 1), temp=(20, 80), switch=(1, 0), stuck=(0, 1),
                   phases=(3, 1), regulator=(ENOUGH, LITTLE, SILENT), drawn=(-1, 0, 9000, 40000), access=(1, 0, 2))),
}
SET = ("access", "mode", "contact2", "cable_lock")   # of these dimensions the setting itself is the place


class World:
    """The real connector, what it sees, and its judge; all of it can be packed and put back."""

    def __init__(self, name: str, more: tuple) -> None:
        settings, self.dims = PLANS[name]
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.evse = evse = Evse(self.cfg, Faults(), lambda n: min(7000, n - 1))
        self.inp, self.out, self.rules = Inputs(), Outputs(), Rules()
        self.control = Control(self.cfg, evse, self.inp, lambda text: None)
        self.pilot, self.diode, self.phases, self.regulator, self.drawn, self.stuck, self.alive_ms = "A", 1, 3, ENOUGH, -1, 0, 5000
        self.inp.pp_ohm = 220
        self.bare = bool(settings.get("switch", "").startswith("Access"))
        for key, values in self.dims.items():
            self.put(key, values[0])
        if "switch" in self.dims:   # the meaning of a toggle is looked at when the power comes
            evse.switch.step(10, self.inp.switch, evse.cfg.switch)
            evse.switch.take()
        self._layout(more)

    def _layout(self, more: tuple) -> None:
        """Finds everything there is to remember: whole numbers of Evse and of whatever it holds."""
        evse = self.evse
        parts = [("evse", evse), ("inp", self.inp), ("out", self.out), ("rules", self.rules), ("", self), ("evse.faults", evse.faults)]
        parts += [("evse." + k, v) for k, v in vars(evse).items() if hasattr(v, "__dict__") and k not in ("cfg", "faults")]
        paths: list = []
        self.places: list = []
        self.timers: list = []
        self.ignored: list = []
        self.lists = [(evse.limits.ma, 0), (evse.limits._left_ms, 0)]
        for path, part in parts:
            names = [k for k, v in vars(part).items() if isinstance(v, (int, str)) and (part is not self or k in
                     ("pilot", "diode", "phases", "regulator", "drawn", "stuck", "alive_ms"))]
            self.places.append((part.__dict__, names, len(paths), len(paths) + len(names)))
            for k in names:
                name = (path + "." if path else "") + k
                edges = [e for e in EDGES if name.endswith(e)]
                if k in FREE or path == "rules" or k in METER and "drawn" not in self.dims or k.endswith(("_ms", "_s")) and not edges:
                    self.ignored.append(len(paths))
                elif edges:
                    some = EDGES[edges[0]]
                    self.timers.append((len(paths), tuple(sorted(some + tuple(e for e in more if 1 < e < max(some + (10**6,) * (some == (1,))))))))
                paths.append(name)
        self.places.append((self.cfg.__dict__, SET, len(paths), len(paths) + len(SET)))
        paths += ["cfg." + k for k in SET]
        self._get = attrgetter(*paths)
        self.paths = paths
        self.switches = paths.index("evse.phases.switches")

    def pack(self) -> tuple:
        return self._get(self) + (tuple(self.evse.limits.ma), tuple(self.evse.limits._left_ms))

    def unpack(self, flat: tuple) -> None:
        for place, names, a, b in self.places:
            place.update(zip(names, flat[a:b]))
        self.evse.limits.ma[:], self.evse.limits._left_ms[:] = flat[-2:]

    def key(self, flat: tuple) -> int:
        """One number for all states that are taken as the same."""
        cells = list(flat)
        for i, edges in self.timers:
            cells[i] = bisect(edges, cells[i])
        cells[self.switches] = min(cells[self.switches], 1)
        for i in self.ignored:
            cells[i] = 0
        cells[-1] = cells[-1][MAINS] > 0
        return hash(tuple(cells))

    def put(self, key: str, value) -> None:
        """Changes one thing of the world."""
        if key in SET:
            setattr(self.cfg, key, value)
        elif key == "temp":
            self.inp.temp_c = value
        elif key in ("fresh", "rcm", "switch"):
            setattr(self.inp, key, value)
        else:
            setattr(self, key, value)

    def now(self, key: str):
        if key in SET:
            return getattr(self.cfg, key)
        return getattr(self.inp, "temp_c" if key == "temp" else key) if key in ("fresh", "rcm", "switch", "temp") else getattr(self, key)

    def tick(self, dt: int) -> None:
        """One tick, and the judgement. The pilot shows what the last tick drove."""
        inp, out, evse = self.inp, self.out, self.evse
        level = LEVEL[self.pilot]
        if not out.connected:
            high, low = (12000, 12000 if out.duty_bp == 10000 else -12000)
        elif out.duty_bp == 0:
            high = low = -12000
        elif out.duty_bp == 10000:
            high = low = level
        else:
            high, low = level, -12000 if self.diode or self.pilot == "A" else -level
        inp.cp_high_mv, inp.cp_low_mv = high, low
        if not self.stuck and out.lock_drive:
            inp.locked = 1 if out.lock_drive == 1 else 0
        limits = evse.limits
        if self.regulator == SILENT:
            self.alive_ms = max(0, self.alive_ms - dt)
        else:
            self.alive_ms = 5000
            limits.put(MAINS, self.regulator, 5000 + dt)
            limits.put(SURPLUS, NO_LIMIT, 5000 + dt)
        evse.auto_phases = self.phases
        evse.tick(dt, inp, out)
        self.rules.look(dt, inp, out, evse, limits.ma[MAINS] if self.alive_ms else 0)
        if self.bare and evse.switch.meant:
            self.control.external_switch()

    def run(self, ms: int) -> None:
        """Time goes by, with as many seconds of the meter as there are in it."""
        if ms <= 100:
            for _ in range(ms // 10):
                self.tick(10)
            return
        for _ in range(4):
            self.tick(10)
        self.tick(ms - 50)
        offered = self.evse.offered_ma
        for _ in range(ms // 1000):
            self.evse.second(self.drawn if self.out.c1 or self.drawn == 40000 else min(self.drawn, 0), offered)
        self.tick(10)
