"""The world process, entry of `make run`: plant, wires, line, panel, and the firmware as its child.

    python tools/sim.py --port 8080 --world 8081 --on cpython --speed 1 --state build/state --serial 1234
                        [--rs485 /dev/ttyUSB0] [--mqtt host:port] [--heap 96k] [--no-firmware]

It listens on 127.0.0.1 only, prints the two addresses once the charger's page
answers and ends cleanly on Ctrl-C or SIGTERM, taking its child with it.
"""
import argparse
import asyncio
import os
import signal
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from tools.plant.site import Site  # noqa: E402
from tools.world.api import Api  # noqa: E402
from tools.world.firmware import INTERPRETERS, Firmware  # noqa: E402
from tools.world.line import Line, prepare  # noqa: E402
from tools.world.pace import Pace  # noqa: E402
from tools.world.wires import Wires  # noqa: E402

PAGE_S = 30.0   # how long the charger's page may take before a line says it is late


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
    take.add_argument("--no-firmware", action="store_true", help="the world alone; prints wires and line")
    asked = take.parse_args(argv)
    if not 1 <= asked.speed <= 100:
        take.error("--speed: 1 to 100")
    if asked.world is None:
        asked.world = asked.port + 1
    return asked


async def answers(port: int) -> bool:
    """Whether something speaks HTTP there."""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    try:
        writer.write(b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        return (await asyncio.wait_for(reader.read(5), 3)) == b"HTTP/"
    except (OSError, asyncio.TimeoutError):
        return False
    finally:
        writer.close()


async def announce(port: int, world: int) -> None:
    """Prints the two addresses when the charger's page answers."""
    waited = 0.0
    while not await answers(port):
        await asyncio.sleep(0.2)
        waited += 0.2
        if PAGE_S <= waited < PAGE_S + 0.2:
            print("world: the charger's page does not answer yet; the panel is http://127.0.0.1:%d" % world, flush=True)
    print("charger  http://127.0.0.1:%d" % port, flush=True)
    print("world    http://127.0.0.1:%d" % world, flush=True)


def keep_pace() -> None:
    """Asks the host to let this process and its child go first where it may: a starved world looks like a silent wire."""
    try:
        os.nice(-10)
    except OSError:
        pass   # not allowed to everybody; it runs all the same


async def live(asked: argparse.Namespace) -> int:
    """Runs the world until it is told to stop. Returns the exit code."""
    keep_pace()
    site = Site()
    wires = Wires(site, asked.speed)
    line = None if asked.rs485 else Line(site.wire)
    parts = (wires, line) if line else (wires,)
    pace = Pace(site, asked.speed, parts)
    tasks, firmware = [], None
    try:
        tty_fd = prepare(asked.rs485) if asked.rs485 else -1
    except OSError as error:
        print("world: RS485: %s" % error)
        return 2
    wires_at = "127.0.0.1:%d" % await wires.open()
    rs485 = line.path if line else asked.rs485
    if line:
        line.open()
    if not asked.no_firmware:
        args = ["--wires", wires_at, "--rs485", rs485, "--port", str(asked.port), "--speed", str(asked.speed),
                "--state", asked.state, "--serial", str(asked.serial)] + (["--mqtt", asked.mqtt] if asked.mqtt else [])
        firmware = Firmware(asked.on, args, ROOT, wires.alive, heap=asked.heap)
        if firmware.missing():
            print("world: %s is not there; `make run` builds it" % firmware.missing())
            return 2
    api = Api(site, pace, lambda: about(firmware, wires, asked.on))
    try:
        world = await api.open(asked.world)
    except OSError as error:
        print("world: port %d: %s" % (asked.world, error.strerror or error))
        return 2
    os.makedirs(os.path.join(ROOT, asked.state), exist_ok=True)
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks.append(asyncio.create_task(pace.run()))
    if firmware:
        tasks.append(asyncio.create_task(firmware.run()))
        tasks.append(asyncio.create_task(announce(asked.port, world)))
    else:
        print("world    http://127.0.0.1:%d\nwires    %s\nrs485    %s" % (world, wires_at, rs485), flush=True)
    waiting = asyncio.create_task(stop.wait())
    done, _ = await asyncio.wait([waiting, *tasks[:2]], return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    await api.close()
    wires.close()
    if line:
        line.close()
    elif tty_fd >= 0:
        os.close(tty_fd)
    failed = [e for e in ended if isinstance(e, Exception)]
    if failed:
        print("world: %r" % failed[0])
    return 1 if failed else 0


def about(firmware: "Firmware | None", wires: Wires, on: str) -> dict:
    """What the panel says of the firmware's process."""
    if firmware is None:
        return {"on": "", "state": "running" if wires.alive() else "none", "restarts": 0}
    return {"on": on, "state": firmware.state(), "restarts": firmware.restarts}


if __name__ == "__main__":
    sys.exit(asyncio.run(live(arguments())))
