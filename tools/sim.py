"""The world process, entry of `make run`: plant, wires, panel, and as many firmwares as its children.

    python tools/sim.py --port 8080 --world 8081 --on cpython --speed 1 --state build/state --serial 1234
                        [--rs485 /dev/ttyUSB0] [--mqtt host:port] [--heap 96k] [--chargers 3] [--no-firmware]

It listens on 127.0.0.1 only, prints all addresses once the chargers' pages
answer and ends cleanly on Ctrl-C or SIGTERM, taking its child with it.
"""
import argparse
import asyncio
import os
import signal
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tools.plant.site import CHARGERS_MAX, Site  # noqa: E402
from tools.world.api import Api  # noqa: E402
from tools.world.firmware import INTERPRETERS  # noqa: E402
from tools.world.line import prepare  # noqa: E402
from tools.world.pace import Pace  # noqa: E402
from tools.world.stand import PORT_STEP, Stand  # noqa: E402


def arguments(argv: "list | None" = None) -> argparse.Namespace:
    take = argparse.ArgumentParser(description="The world around a simulated charger.")
    take.add_argument("--port", type=int, default=8080, help="the charger's page")
    take.add_argument("--world", type=int, help="the panel (default: port + 1; 0 takes a free one)")
    take.add_argument("--on", choices=sorted(INTERPRETERS), default="cpython", help="interpreter of the firmware")
    take.add_argument("--speed", type=int, default=1, help="how many times as fast as real, 1 to 100")
    take.add_argument("--state", default="build/state", help="folder of the charger's files")
    take.add_argument("--serial", type=int, default=1234, help="serial number of the charger")
    take.add_argument("--rs485", default="", help="a tty for Modbus instead of the simulated meter")
    take.add_argument("--mqtt", default="", help="host:port of a broker")
    take.add_argument("--heap", default="", help="heap of the device-like interpreter instead of 112k")
    take.add_argument("--chargers", type=int, default=1, help="how many on one wire, 1 to 8; pages on port, port + 10, ...")
    take.add_argument("--no-firmware", action="store_true", help="the world alone; prints wires and line")
    asked = take.parse_args(argv)
    if not 1 <= asked.speed <= 100:
        take.error("--speed: 1 to 100")
    if not 1 <= asked.chargers <= CHARGERS_MAX:
        take.error("--chargers: 1 to %d" % CHARGERS_MAX)
    if asked.rs485 and asked.chargers > 1:
        take.error("--rs485: a real tty takes one charger, the others would hang on nothing")
    if asked.world is None:
        asked.world = asked.port + 1
    pages = [asked.port + PORT_STEP * k for k in range(asked.chargers)]
    if asked.world in pages and asked.world:
        take.error("--world: %d is the page of a charger" % asked.world)
    return asked


def keep_pace() -> None:
    """Asks the host to let this process and its child go first where it may: a starved world looks like a silent wire."""
    try:
        os.nice(-10)
    except OSError:
        pass   # not allowed to everybody; it runs all the same


async def live(asked: argparse.Namespace) -> int:
    """Runs the world until it is told to stop. Returns the exit code."""
    keep_pace()
    site = Site(chargers=asked.chargers)
    for role in ("circuit", "pv", "battery"):
        site.metering.choose(role, "Eastron3P")
    stands = [Stand(k, spot, asked) for k, spot in enumerate(site.spots)]
    pace = Pace(site, asked.speed, tuple(part for stand in stands for part in stand.parts()))
    try:
        tty_fd = prepare(asked.rs485) if asked.rs485 else -1
    except OSError as error:
        print("world: RS485: %s" % error)
        return 2
    for stand in stands:
        missing = await stand.open(ROOT)
        if missing:
            print("world: %s is not there; `make run` builds it" % missing)
            return 2
    api = Api(site, pace, [stand.about for stand in stands])
    try:
        world = await api.open(asked.world)
    except OSError as error:
        print("world: port %d: %s" % (asked.world, error.strerror or error))
        return 2
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    lasting = [asyncio.create_task(pace.run())] + [asyncio.create_task(stand.firmware.run()) for stand in stands if stand.firmware]
    talk = asyncio.create_task(say_where(stands, world))
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *lasting], return_when=asyncio.FIRST_COMPLETED)
    tasks = [*lasting, talk, waiting]
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    await api.close()
    for stand in stands:
        stand.close()
    if tty_fd >= 0:
        os.close(tty_fd)
    failed = [e for e in ended if isinstance(e, Exception)]
    if failed:
        print("world: %r" % failed[0])
    return 1 if failed else 0


async def say_where(stands: list, world: int) -> None:
    """Prints all addresses: those of the pages when they answer."""
    at = "world    http://127.0.0.1:%d" % world
    if stands[0].firmware is None:
        print(at, flush=True)
        for stand in stands:
            print("wires    %s\nrs485    %s" % (stand.wires_at, stand.rs485()), flush=True)
        return
    await asyncio.gather(*[stand.announce() for stand in stands])
    print(at, flush=True)


if __name__ == "__main__":
    sys.exit(asyncio.run(live(arguments())))
