"""`make bench`: how fast and how late, one `name: value unit` a line.

What is simulated is counted in simulated milliseconds and is the same on every
machine; what is measured on this PC says so in its name. The gaps of the tick
are measured on the device-like interpreter, once at rest and once with a
broker that hangs, a meter that is silent, sixty half-open connections and a
page that is fetched all the time.
"""
import os
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [ROOT, ROOT + "/tools/host", ROOT + "/lib", ROOT + "/build/vendor", ROOT + "/build/page", ROOT + "/tests"]
os.chdir(ROOT)

import shim  # noqa: E402, F401
from tools import bench_bus  # noqa: E402
from tools.rig import Rig  # noqa: E402
from tools.ward import BlackHole, Visitor, half_open  # noqa: E402
from tools.whole import Whole  # noqa: E402

DEVICE = ["build/device/micropython", "-X", "heapsize=112k"]
GAP_S = 25  # two windows of the tick's own measure


def say(name: str, value, unit: str = "") -> None:
    print(("%s: %s %s" % (name, value, unit)).rstrip(), flush=True)


def pilot() -> None:
    """From the car's letter to the contactor, and from the plug to the current; simulated."""
    async def story(w):
        site = w.site
        await w.wait(2)
        site.car.plugged = True
        to_current = await w.until(lambda: site.car.ma > 1000)
        await w.wait(15)
        site.car.wants = False
        let_go = await w.until(lambda: not site.contactors.c1)
        site.car.wants = True
        await w.until(lambda: site.car.ma > 1000)
        site.car.plugged = False
        pulled = await w.until(lambda: not site.contactors.c1)
        return to_current, let_go, pulled
    runs = [Whole(max_current_a=16).go(story) for _ in range(3)]
    for i, name in enumerate(("plug_to_current", "s2_open_to_contactor_open", "unplug_to_contactor_open")):
        say(name, max(r[i] for r in runs), "ms")


def speed() -> None:
    """A simulated hour of Smart: 10 ms ticks, meter polls over the 9600-baud wire, regulation, display."""
    async def hour(w):
        w.site.house.follow(3)
        w.site.car.plugged = True
        await w.wait(3600)
        return w.house.tick.count, w.house.meters.mains.ok, w.house.meters.mains.errors
    start = time.perf_counter()
    ticks, polls, errors = Whole(mode="Smart", max_current_a=16).go(hour)
    took = time.perf_counter() - start
    say("simulated_hour_on_this_pc", "%.1f" % took, "s")
    say("simulated_seconds_per_second_on_this_pc", "%.0f" % (3600 / took))
    say("simulated_hour_ticks", ticks)
    say("simulated_hour_meter_telegrams", polls)
    say("simulated_hour_meter_errors", errors)


def tick() -> None:
    """Garbage and time of a tick on the device-like interpreter."""
    done = subprocess.run(DEVICE + ["tests/bench_tick.py"], capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    print(done.stdout, end="", flush=True)


def gaps() -> None:
    """The longest gap between two ticks on the device-like interpreter, at rest and in hard times."""
    with Rig("device") as rig:
        rig.sim(car={"plugged": True})
        time.sleep(GAP_S)
        idle = rig.points()["tick.longest_ms"]
        rig.sim(wire={"loss": 8, "cut": 8, "crc": 8, "noise": 8, "late": 8})
        time.sleep(2 * GAP_S)
        lying = rig.points()
        counts = rig.sim()["wire_counts"]
    hole = BlackHole()
    with Rig("device", mqtt=hole.address) as rig:
        rig.sim(car={"plugged": True}, meter_silent=True)
        links = half_open(rig.port, 60)
        visitor = Visitor(rig)
        worst, end = 0, time.monotonic() + GAP_S
        while time.monotonic() < end:
            time.sleep(2)
            links += half_open(rig.port, 4)
        visitor.stop()
        points = rig.until(lambda p: True)
        worst = points["tick.longest_ms"]
        state = points["mqtt.state"]
        for link in links:
            link.close()
    hole.close()
    say("tick_longest_gap_idle_on_device", idle, "ms")
    say("tick_longest_gap_lying_wire_on_device", lying["tick.longest_ms"], "ms")
    say("lying_wire_on_device", "%d frames spoiled, %d errors seen: %s" % (
        sum([counts[kind] for kind in counts if kind != "collisions"]), lying["mains.errors"], lying["mains.error_counts"]))
    say("tick_longest_gap_loaded_on_device", worst, "ms")
    say("loaded_pages_fetched", visitor.pages)
    say("loaded_pages_refused", visitor.busy)
    say("loaded_mqtt_state", state)


def bus() -> None:
    """Polls per second, from the house to the duty, and a wire that lies; simulated."""
    bench_bus.rates(say)
    bench_bus.latency(say)
    bench_bus.lies(say)


if __name__ == "__main__":
    for part in (pilot, speed, bus, tick, gaps):
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()
