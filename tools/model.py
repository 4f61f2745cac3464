"""Walks through every state the connector can reach, and has each judged: python tools/model.py [quick|wide|fine] [PLAN...]

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
from collections import deque
from multiprocessing import Pool

if __name__ == "__main__":
    root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path[:0] = [os.path.join(root, p) for p in ("tools/host", "lib", "")]

from evse import why
from faults import DIODE
from tools.model_world import COARSE, FINE, PLANS, World
from tools.rules import Broken

STEPS_MS = (10, 100, 500, 2000, 6000, 15000, 60000, 90000)


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
    world.run(2000)
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
    edges, most = COARSE, 60000   # some minutes; wide goes on until nothing new is found, fine also keeps nearer times apart
    if "quick" in words:
        most = 2000
    elif "wide" in words or "fine" in words:
        edges, most = FINE if "fine" in words else COARSE, 10000000
    names = [w for w in words if w in PLANS] or list(PLANS)
    with Pool(min(2, os.cpu_count() or 1)) as pool:
        rows = pool.map(report, [(name, edges, most) for name in names], 1)
    print("visited %d states by %d transitions; %d rules broken" % (sum(r[0] for r in rows), sum(r[1] for r in rows), sum(1 for r in rows if r[2])))
    return 1 if any(r[2] for r in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
