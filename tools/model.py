"""Walks through every state the connector can reach, and has each judged: python tools/model.py [quick|fine] [PLAN...]

The core that runs here is the real Evse; this file only sets its inputs, lets
time go by and remembers where it has been. A state is all that Evse and its
parts hold, timers sorted into the coarse steps below; each is entered once,
with the values of its first visitor. A short step is a tick of 10 ms, 100 ms
are ten of them; a longer one is four ticks in which the filters settle, a late
one that takes the rest, and one more: what falls due is done at its end. tools/rules.py judges each tick. From every new state two things
must also come true: a countdown that runs ends in its own time, and once all
that was wrong is over, a car is charged.
"""
import os
import sys
import time
from bisect import bisect
from collections import deque
from multiprocessing import Pool
from operator import attrgetter

if __name__ == "__main__":
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path[:0] = [os.path.join(root, p) for p in ("tools/host", "lib", "")]

from app.control import Control
from evse import why
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, SURPLUS
from faults import DIODE, Faults
from hal.io import Inputs, Outputs
from settings import Settings
from tools.rules import Broken, Rules

STEPS_MS = (10, 100, 500, 2000, 6000, 15000, 60000, 90000)
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


def steps(world: World) -> list:
    """All that can happen next: one thing changes and a tick goes by, or only time does, or somebody presses reset."""
    moves: list = [("", None, ms) for ms in STEPS_MS]
    moves += [(key, value, 10) for key, values in world.dims.items() for value in values]
    return moves + [("reset", None, 10)]


def move(world: World, key: str, value, ms: int) -> bool:
    """Does one of steps(); False where it would change nothing."""
    if key == "reset":
        if not world.evse.faults.mask:
            return False
        world.evse.watch.reset(world.evse, world.inp)
    elif key:
        if world.now(key) == value:
            return False
        world.put(key, value)
    world.run(ms)
    return True


def countdown_ends(world: World) -> None:
    """A countdown that runs is over, or makes room for another reason, when its time has gone by."""
    evse = world.evse
    left, reason = evse.countdown_ms(), evse.why
    if not left:
        return
    world.tick(10)
    if left > 40:
        world.tick(left - 20)
    for _ in range(3):
        world.tick(10)
    if evse.why == reason and 0 < evse.countdown_ms() <= left:
        raise Broken("the countdown of %s stood at %d ms, and %d ms later at %d" % (why.NAME[reason], left, left + 20, evse.countdown_ms()))


def comes_back(world: World, known: set) -> None:
    """All that was wrong is over, somebody unplugs, resets and plugs in: the car is charged."""
    for key, values in world.dims.items():
        world.put(key, values[0])
    world.drawn = -1
    world.run(100)
    world.run(2000 if world.out.connected else 60000)  # an open pilot wire sees nobody leave
    world.run(100)
    world.evse.watch.reset(world.evse, world.inp)
    world.run(100)
    charges(world, known, ("B", 500), ("C", 500), ("C", 2000), ("C", 2000), ("C", 2000), most="after all is well and a new plug")


def goes_on(world: World, known: set) -> None:
    """All that was wrong is over and the car, plugged in all the time, asks again: it is charged, where no latch forbids."""
    evse = world.evse
    for key, values in world.dims.items():
        if key != "pilot":
            world.put(key, values[0])
    world.drawn = -1
    world.pilot = "C"
    world.run(2000)
    world.evse.watch.reset(world.evse, world.inp)
    if evse.overdraw.stop or evse.watch._air or evse.faults.mask & 1 << DIODE:
        return    # these stand until it is unplugged
    charges(world, known, *(("C", ms) for ms in (100, 500, 2000, 15000, 60000, 6000, 15000, 30000, 6000, 2000, 2000)), most="after all is well")


def charges(world: World, known: set, *stretch, most: str) -> None:
    """Runs the stretches until C1 is closed; known spares what has been walked before."""
    way = []
    for n, (pilot, ms) in enumerate(stretch):
        world.pilot = pilot
        world.put("access", 1)
        world.evse.auth.skip()
        key = world.key(world.pack()) * 16 + n
        if key in known:
            return
        way.append(key)
        world.run(ms)
        if world.out.c1:
            known.update(way)
            return
    raise Broken("does not charge %s: %s, %s, faults %s" % (most, world.evse.state, why.NAME[world.evse.why], world.evse.faults.names()))


def walk(name: str, edges: tuple = FINE, most: int = 10**9) -> tuple:
    """(states, transitions, ticks of new states still unvisited, what is broken) of one plan; stops after `most` states."""
    world = World(name, edges)
    moves = steps(world)
    first = world.pack()
    came = {world.key(first): (0, -1)}
    queue = deque([(first, world.key(first))])
    known: set = set()
    done = 0
    while queue and len(came) < most:
        flat, here = queue.popleft()
        n = -1
        try:
            for n, (key, value, ms) in enumerate(moves):
                world.unpack(flat)
                if not move(world, key, value, ms):
                    continue
                done += 1
                there = world.pack()
                mark = world.key(there)
                if mark not in came:
                    came[mark] = (here, n)
                    queue.append((there, mark))
            for n, check in ((-2, countdown_ends), (-3, lambda w: comes_back(w, known)), (-4, lambda w: goes_on(w, known))):
                world.unpack(flat)
                check(world)
        except Broken as e:
            return len(came), done, len(queue), story(came, moves, here, n) + str(e)
    return len(came), done, len(queue), ""


def story(came: dict, moves: list, here: int, last: int) -> str:
    """How one comes to a state: what was changed, and the ms that went by."""
    way = [last] if last >= 0 else []
    while came[here][1] >= 0:
        here, n = came[here]
        way.append(n)
    told = ["%s=%s %d" % moves[n] if moves[n][0] else str(moves[n][2]) for n in reversed(way)]
    return ", ".join(told) + ": "


def report(task: tuple) -> tuple:
    began = time.monotonic()
    states, done, left, broken = walk(*task)
    end = broken or ("%d not entered" % left if left else "all of them")
    print("%-8s %8d states, %9d transitions, %4.0f s: %s" % (task[0], states, done, time.monotonic() - began, end), flush=True)
    return states, done, broken


def main(words: list) -> int:
    edges, most = (COARSE, 2000) if "quick" in words else (FINE, 1000000) if "fine" in words else (COARSE, 60000)
    names = [w for w in words if w in PLANS] or list(PLANS)
    with Pool(min(2, os.cpu_count() or 1)) as pool:
        rows = pool.map(report, [(name, edges, most) for name in names], 1)
    print("visited %d states by %d transitions; %d rules broken" % (sum(r[0] for r in rows), sum(r[1] for r in rows), sum(1 for r in rows if r[2])))
    return 1 if any(r[2] for r in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
