"""A charger with nothing behind it, for tests of the web server on any interpreter: standin.py PORT.

Settings, control, points, log and meters are the real ones; what the tick
and the regulation would write is written here by hand. POST /poke changes an
attribute (path=facts.why_text&value=...), which the real server does not have.
"""
import sys

sys.path[:] = [".frozen", "tools/host", "lib", ".", "build/vendor", "build/page"] + sys.path
import shim  # noqa: E402,F401
import unfold  # noqa: E402,F401
import asyncio  # noqa: E402
import gc  # noqa: E402
import json  # noqa: E402
import struct  # noqa: E402

import faults  # noqa: E402
import log  # noqa: E402
import settings  # noqa: E402
from app import clock, web  # noqa: E402
from app.control import Control  # noqa: E402
from app.extras import Extras  # noqa: E402
from app.plan import Plan  # noqa: E402
from app.wall import Wall  # noqa: E402
from diary import Diary  # noqa: E402
from evse.evse import Evse  # noqa: E402
from hal.io import Inputs  # noqa: E402
from meters.pushed import Pushed  # noqa: E402
from meters.roles import Roles  # noqa: E402


class Thing:
    def __init__(self, **fields) -> None:
        for name in fields:
            setattr(self, name, fields[name])


class Face:
    def __init__(self) -> None:
        self.frame = bytearray(1024)
        for i in range(1024):
            self.frame[i] = 0xFF if i % 9 == 0 else 0x81 if i // 128 in (0, 7) else 0
        self.frame_serial = 1
        self.light_s = 0
        self.pressed = ""

    def press(self, which: str, down: int) -> None:
        self.pressed = "%s %d" % (which, down)
        self.frame[0] ^= 0xFF
        self.frame_serial += 1

    def light(self, seconds: int) -> None:
        self.light_s = seconds


class Net:
    def status(self) -> tuple:
        return 2, "192.168.1.40"

    def rssi(self) -> int:
        return -58


class Line:
    """A wire with one meter on it, an Eastron3P at 11, whose answers come at once."""
    FLOATS = {0x00: 230.0, 0x02: 231.0, 0x04: 229.0, 0x06: 5.5, 0x08: 0.25, 0x0A: 3.0, 0x0C: 1265.0, 0x0E: 57.0, 0x10: -687.0}

    def rest_ms(self, address: int, due: int) -> int:
        return 0

    async def read(self, function: int, address: int, start: int, count: int) -> tuple:
        from app.rtu import RtuError
        await clock.sleep_ms(1)
        if address != 11:
            raise RtuError("silent")
        if function != 4 or start % 2 or start + count > 0x12:
            raise RtuError("exception")
        return struct.unpack(">%dH" % count, b"".join([struct.pack(">f", self.FLOATS[at]) for at in range(start, start + count, 2)]))


def build() -> Thing:
    """A three-phase charge at 16 A in Smart mode."""
    cfg = settings.Settings()
    cfg.put("mode", "smart")
    cfg.put("max_current_a", 16)
    cfg.put("ev_meter", "Eastron3P")
    cfg.put("wifi_pass", "swordfish")
    house = Thing(cfg=cfg, serial=1234, version="0.1.0", faults=faults.Faults(), log=log.Log(), face=Face(),
                  board=Thing(net=Net(), name="sim"), meters=Roles(), mqtt=Thing(state="off"))
    house.pushed = Pushed(cfg, house.meters, clock.ticks_ms)
    evse = house.evse = Evse(cfg, house.faults)
    evse.state, evse.letter, evse.offered_ma, evse.temp_c = 4, 2, 13600, 31
    evse.lock.held = 1
    evse.contacts.closings, evse.contacts.hot = 1302, 4
    house.inp = Inputs()
    house.out = Thing(c1=1, c2=1, duty_bp=2267)
    house.regulate = Thing(stop_timer_s=0)
    house.balance = Thing(car=Thing(react_ms=4200, rate=0, phases_seen=3), sun=Thing(needs_ma=0))
    house.session = Thing(number=1, s=3480, charging_s=3400, wh=4210)
    house.tick = Thing(longest_ms=11)
    house.minder = Thing(free=61000, low_free=52000)
    house.control = Control(cfg, evse, house.inp, lambda text: house.log.say(90, text))
    house.facts = Thing(state="C", why="charging", why_text="Charging at 13.6 A; the house leaves no more.", by="mains",
                        why_s=754, countdown_s=0, limit_ma=13600, drawn_ma=13400, max_ma=16000, surplus_w=0, fault_text="", fault_todo="", fault_latched=0, car_takes_ma=-1,
                        car_least_ma=0,
                        next_text="", plan_window="", plan_held="", goal="", local_time="Fr 2026-11-20 21:05",
                        mqtt_state="off", ip="192.168.1.40", uptime_s=lambda: clock.ticks_ms() // 1000,
                        mains_meter="Eastron3P", ev_meter="Eastron3P", circuit_meter="Disabled",
                        circuit_age_ms=-1, pv_age_ms=-1, battery_age_ms=-1,
                        ev_age_ms=lambda: house.meters.ev.age_ms(clock.ticks_ms()),
                        mains_age_ms=lambda: house.meters.mains.age_ms(clock.ticks_ms()))
    now = clock.ticks_ms()
    house.meters.mains.put(now, (17300, 15800, 16100), (3979, 3634, 3703))
    house.meters.mains.put_energy(8614800, 5289300)
    house.meters.ev.put(now, (13400, 13300, 13400), (3082, 3059, 3082))
    house.meters.ev.put_energy(5670100, 100)
    house.say = lambda text: house.log.say(90, text)
    house.extras = Extras(house)
    house.bus = Thing(finder=None)
    house.wall = Wall()
    house.plan = Plan(house)
    house.diary = Diary()
    for second in range(100):
        house.diary.second(second, 3 if second > 10 else 0, 3, 13600 if second > 10 else 0)
    house.log.say(1, 'started, "sim"')
    return house


async def poke(house, request) -> tuple:
    path, value = request.args["path"], json.loads(request.args["value"])
    here = house
    names = path.split(".")
    for name in names[:-1]:
        here = here[int(name)] if name.isdigit() else getattr(here, name)
    if names[-1].isdigit():
        here[int(names[-1])] = value
    else:
        setattr(here, names[-1], value)
    return "{}", 200, web.JSON


async def main(port: int) -> None:
    gc.collect()
    if hasattr(gc, "threshold") and hasattr(gc, "mem_free"):
        gc.threshold(16384)
    house = build()
    server = web.Web(house)
    extras = house.extras

    async def poked(request):
        return await poke(house, request)

    async def seen(request):
        gc.collect()
        return json.dumps({"pressed": house.face.pressed, "mode": house.control.mode(), "light_s": house.face.light_s,
                           "random_ms": house.evse.auth.random_ms, "override_ma": house.control.override_ma, "serial": house.cfg.serial,
                           "callers": len(server.guard.callers), "sockets": server.guard.sockets,
                           "modbus": [len(extras.modbus.callers), extras.modbus.answered, extras.modbus.refused] if extras.modbus else None,
                           "refused": server.guard.refused, "dropped": server.live.dropped,
                           "free": gc.mem_free() if hasattr(gc, "mem_free") else 0}), 200, web.JSON

    server.app.post("/poke")(poked)
    server.app.get("/seen")(seen)
    routes = server.app.url_map
    routes.insert(0, routes.pop())  # before the one that takes every address
    routes.insert(0, routes.pop())
    await server.start("127.0.0.1", port)
    print("ready", flush=True) if sys.implementation.name != "micropython" else print("ready")

    async def mains_meter():
        while True:
            await clock.sleep_ms(1000)
            house.meters.mains.at = clock.ticks_ms()
            house.meters.mains.ma[0] = 17300 + clock.ticks_ms() // 1000 % 7 * 100
    asyncio.create_task(extras.run("127.0.0.1"))

    async def bus():
        line = Line()
        while True:
            await clock.sleep_ms(5)
            if house.bus.finder:
                await house.bus.finder.step(line)
    asyncio.create_task(bus())
    await mains_meter()


asyncio.run(main(int(sys.argv[1])))
