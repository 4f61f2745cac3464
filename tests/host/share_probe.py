"""One charger of a group on a real tty, in real time: share_probe.py TTY PLACE SECONDS, PLACE 1 the master, 2.. nodes.

Runs on CPython and MicroPython, with a plant of its own and a car that is
plugged in. Prints "ready", and at the end what came of it: the states that
node 1 went through as its master saw them, its slot of the fleet and the
faults; of a node its own state and the current it offers.
"""
import asyncio
import sys

import probe  # noqa: F401
from app import clock
from hal.sim_tty import Tty
from neighbours import Neighbour
from tools.plant.site import Site


async def main(tty, place, seconds):
    site = Site()
    site.wire = Tty(tty)
    charger = Neighbour(site, place - 1, 32000, {"loadbl": place, "max_current_a": 16, "mains_meter": "API", "ev_meter": 4 if place > 1 else 0})
    site.car.plugged = True
    charger.on()
    print("ready")
    start = last = clock.ticks_ms()
    seen = []
    while clock.ticks_diff(clock.ticks_ms(), start) < seconds * 1000:
        await clock.sleep_ms(10)
        now = clock.ticks_ms()
        while clock.ticks_diff(now, last) >= 10:
            last = clock.ticks_add(last, 10)
            site.step(10)
            charger.tick(10)
            if site.now_ms % 1000 == 0:
                charger.regulate.second()
        master = charger.bus.master
        for peer in master.peers if master else ():
            if not seen or seen[-1] != peer.state:
                seen.append(peer.state)
    if place == 1:
        slot = charger.regulate.fleet.cars[1]
        print("seen", "".join([str(state) for state in seen]), "slot", slot.online, slot.charging, slot.offered_ma, slot.max_ma,
              "faults", charger.faults.names() or "none")
    else:
        print("state", charger.state, "offers", charger.evse.offered_ma, "closed", charger.closed,
              "faults", charger.faults.names() or "none")


asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
