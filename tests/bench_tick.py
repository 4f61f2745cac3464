"""Garbage and time of 1 000 ticks while charging, on whichever interpreter runs this: for tools/bench.py."""
import gc
import sys
import time

if sys.implementation.name == "micropython":
    sys.path[:] = [".frozen", "tools/host", "lib", ".", "build/vendor", "tests"]
    import unfold  # noqa: F401

from charger import Charger
from evse.limits import MAINS, NO_LIMIT, SURPLUS

TICKS = 1000
charger = Charger().charge()
charger.evse.limits.put(MAINS, NO_LIMIT)
charger.evse.limits.put(SURPLUS, NO_LIMIT)
inp, out, tick = charger.inp, charger.out, charger.evse.tick


def ticks():
    for _ in range(TICKS):
        tick(10, inp, out)


gc.collect()
gc.disable()
before = gc.mem_alloc()
ticks()
print("garbage_of_1000_ticks_on_device: %d B" % (gc.mem_alloc() - before))
gc.enable()
times = []
for _ in range(9):
    start = time.ticks_us()
    ticks()
    times.append(time.ticks_diff(time.ticks_us(), start) // TICKS)
print("tick_of_the_core_on_device_on_this_pc: %d us" % sorted(times)[4])
