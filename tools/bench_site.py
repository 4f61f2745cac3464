"""The very firmware as a charger of the regulation bench: `Site(phase_ms)` with start, event, tick10, outputs.

The bench owns house, sun and car; here are the board's terminals and an SDM630
on a simulated 9600-baud wire between it and the firmware. Nothing of a
scenario reaches the firmware but through settings, pilot and bus. One charger
with a Modbus mains meter; a scenario that needs more is refused by name.
"""
import asyncio
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [p for p in (ROOT, ROOT + "/tools/host", ROOT + "/lib", ROOT + "/build/vendor") if p not in sys.path]

import shim  # noqa: E402, F401
from tools.plant import vclock  # noqa: E402
from tools.plant.meter_sdm630 import Sdm630  # noqa: E402
from tools.plant.wire import Wire  # noqa: E402

LEVEL_MV = {"A": 12000, "B": 9000, "C": 6000}
CABLE_OHM = 220
CONTACT2 = {"not_present": "Not present", "always_off": "Always Off", "solar_off": "Solar Off", "always_on": "Always On",
            "auto": "Auto"}
PREROLL_MS = 20000


class Meter(Sdm630):
    """The bench's meter behind SDM630 registers: it is asked when the wire asks."""

    def __init__(self, read) -> None:
        Sdm630.__init__(self, 10)
        self._read = read

    def answer(self, frame: bytes) -> "bytes | None":
        amps = self._read()
        if amps is None:
            return None
        self.ma = [int(round(a * 1000)) for a in amps]
        return Sdm630.answer(self, frame)


class Terminals:
    """What hal.sim needs of a plant, over the bench's car."""

    def __init__(self) -> None:
        self.now_ms = 0
        self.cp_high_mv = self.cp_low_mv = 12000
        self.pp_ohm = 65535
        self.rcm = self.switch = self.locked = self.buttons = 0
        self.temp_c = 25
        self.wire = Wire()
        self.car = "A"
        self.out = (True, 1.0, 0, 0)

    def step(self, dt_ms: int) -> None:
        self.now_ms += dt_ms
        self.wire.step(dt_ms)

    def see(self, letter: str) -> None:
        """The car's letter, as volts."""
        connected, duty, _, _ = self.out
        self.car = letter
        self.pp_ohm = 65535 if letter == "A" else CABLE_OHM
        high = LEVEL_MV[letter]
        self.cp_high_mv = high if connected and duty > 0 else 0 if not connected else -12000
        self.cp_low_mv = self.cp_high_mv if duty >= 1 or not connected else -12000

    def drive(self, duty_bp: int, connected: int, c1: int, c2: int, lock_drive: int) -> None:
        self.out = (bool(connected), duty_bp / 10000, c1, c2)
        self.see(self.car)

    def light(self, r: int, g: int, b: int) -> None:
        pass  # nobody looks

    def lcd(self, page: int, buf) -> None:
        pass  # nobody looks

    def backlight(self, level: int) -> None:
        pass  # nobody looks


class Site:
    def __init__(self, phase_ms: int = 0) -> None:
        self.phase_ms = phase_ms
        self.plant = None
        self.t_s = 0.0

    def start(self, sc: dict, plant) -> None:
        """Boots the firmware with the scenario's settings and lets it run before the scenario begins."""
        for key in ("circuit_meter", "battery"):
            if sc.get(key):
                raise ValueError("scenario %s needs %s" % (sc["id"], key))
        if len(sc["evse"]) > 1 or sc["meter"]["type"] == "api" or sc["site"]["max_sum_mains_A"]:
            raise ValueError("scenario %s needs more than one charger, a pushed meter or a limit on the sum" % sc["id"])
        vclock.install()
        from hal.sim import Sim
        from main import House
        self.plant = plant
        self.terminals = Terminals()
        self.terminals.wire.slaves = [Meter(lambda: plant.meter.read(self.t_s))]
        self.house = House(Sim(self.terminals, timer=vclock), 1)
        evse, solar, cfg = sc["evse"][0], sc.get("solar", {}), self.house.cfg
        wanted = (("mode", sc["mode"]), ("mains_a", sc["site"]["max_mains_A"]), ("max_current_a", evse["max_current_A"]),
                  ("min_current_a", evse["min_current_A"]), ("contact2", CONTACT2[evse.get("c2", "always_on")]),
                  ("start_a", solar.get("start_A", 4)), ("stop_min", solar.get("stop_min", 10)),
                  ("import_a", solar.get("import_A", 0)))
        for key, value in wanted:
            cfg.put(key, value)
        self.loop = vclock.new_loop()
        asyncio.set_event_loop(self.loop)
        self.house.board.start(self.house.tick.run)
        jobs = (("regulate", self.house.regulate.run), ("bus", self.house.bus.run))
        self.task = self.loop.create_task(self.house.minder.run(jobs))
        self._go(PREROLL_MS + self.phase_ms)

    def _go(self, ms: int) -> None:
        """Lets the firmware live for ms."""
        self.loop.call_later(ms / 1000, self.loop.stop)
        self.loop.run_forever()

    def event(self, ev: dict) -> None:
        control = self.house.control
        if ev["action"] == "set_mode":
            control.set_mode(ev["value"])
        else:
            control.put("access", "On" if ev["value"] else "Off")

    def tick10(self, ms: int, plant) -> None:
        self.t_s = ms / 1000
        self.terminals.see(plant.evs[0].cp_state)
        self._go(10)

    def outputs(self) -> list:
        return [self.terminals.out]

    def state(self, k: int) -> int:
        return self.house.evse.state
