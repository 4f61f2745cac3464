"""The very firmware as the chargers of the regulation bench: `Site(phase_ms)` with start, event, tick10, outputs, state.

The bench owns house, sun and cars. Each charger is the whole firmware, one
after the other in one process, with a board of its own (bench_board.py); all
of them and the meters hang on one simulated RS485 pair at 9600 baud. Nothing
of a scenario reaches the firmware but through settings (bench_words.py),
pilot, bus, and the door for pushed readings where the scenario says so.
"""
import asyncio
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [p for p in (ROOT, ROOT + "/tools/host", ROOT + "/lib", ROOT + "/build/vendor") if p not in sys.path]

import shim  # noqa: E402, F401
from tools import bench_doors, bench_words  # noqa: E402
from tools.bench_board import Meter, Sensorbox, Terminals  # noqa: E402
from tools.plant import vclock  # noqa: E402
from tools.plant.wire import Wire  # noqa: E402

PREROLL_MS = 20000
TICK_MS = 10
JOBS = ("regulate", "bus")   # the tasks of main.py that a charger cannot do without


class Site:
    def __init__(self, phase_ms: int = 0) -> None:
        """phase_ms shifts the start of the firmware against the house."""
        self.phase_ms = phase_ms
        self.t_s = 0.0
        self.sc: dict = {}
        self.houses: list = []
        self.boards: list = []
        self._feeds: list = []   # [due s, period s, what to do]

    def start(self, sc: dict, plant) -> None:
        """Boots the chargers with the scenario's settings and lets them run before the scenario begins."""
        self.sc = sc
        vclock.install()
        self.loop = vclock.new_loop()
        asyncio.set_event_loop(self.loop)
        self.wire = wire = self._wire(sc, plant)
        vclock.every(TICK_MS, wire.step)
        for k in range(len(sc["evse"])):
            self._boot(sc, k)
        if sc["meter"]["type"] == "api":
            self._feed(sc["meter"]["api_period_s"], lambda house: bench_doors.mains(house, plant.meter.read(self.t_s)))
        if sc.get("battery_feed_s"):
            self._feed(sc["battery_feed_s"], lambda house: bench_doors.battery(house, plant.bat_a))
        self._go(PREROLL_MS + self.phase_ms)

    def _wire(self, sc: dict, plant) -> Wire:
        wire = Wire()
        wire.clock = lambda: vclock.now_ms() * 1000

        def mains():
            return plant.meter.read(self.t_s)

        if sc["meter"]["type"] == "eastron3p":
            wire.slaves.append(Meter(mains))
        elif sc["meter"]["type"] == "sensorbox":
            wire.slaves.append(Sensorbox(mains))
        if sc.get("circuit_meter"):
            wire.slaves.append(Meter(lambda: plant.cmeter.read(self.t_s), bench_words.CIRCUIT_ADDR))
        return wire

    def _boot(self, sc: dict, k: int) -> None:
        """Charger k, with a port of its own on the wire."""
        from hal.sim import Sim
        from main import House
        terminals = Terminals(self.wire.port() if k else self.wire)
        house = House(Sim(terminals, timer=vclock), 1 + k)
        bench_words.put(house.cfg, sc, k)
        house.board.start(house.tick.run)
        self.loop.create_task(house.minder.run([(name, getattr(house, name).run) for name in JOBS]))
        self.boards.append(terminals)
        self.houses.append(house)

    def _feed(self, period_s: float, push) -> None:
        """Pushes to the charger that has the mains meter, at once and then each period_s; ValueError without a door."""
        bench_doors.check(self.houses[0])
        self._feeds.append([0.0, period_s, push])

    def _go(self, ms: int) -> None:
        """Lets the firmware live for ms; what is fed comes in between."""
        for feed in self._feeds:
            if self.t_s >= feed[0]:
                feed[0] += feed[1]
                feed[2](self.houses[0])
        self.loop.go(ms)

    def event(self, ev: dict) -> None:
        """What the owner does: to the charger that is named, else to the first, whom the others follow."""
        control = self.houses[ev.get("evse", 0)].control
        if ev["action"] == "set_mode":
            control.set_mode(ev["value"])
        elif ev["action"] == "access":
            control.put("access", "On" if ev["value"] else "Off")
        else:
            raise ValueError("scenario %s: action must be set_mode or access" % self.sc["id"])

    def tick10(self, ms: int, plant) -> None:
        self.t_s = ms / 1000
        for k, board in enumerate(self.boards):
            board.see(plant.evs[k].cp_state)
        self._go(TICK_MS)

    def outputs(self) -> list:
        return [board.out for board in self.boards]

    def state(self, k: int) -> int:
        return self.houses[k].evse.state

    def stop(self) -> None:
        """Ends the chargers and puts the real clock back; a bench that ends its process need not."""
        tasks = asyncio.all_tasks(self.loop)
        for task in tasks:
            task.cancel()
        self.loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        asyncio.set_event_loop(None)
        self.loop.close()
        vclock.remove()
