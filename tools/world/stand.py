"""One charger of the world: its place in the plant, its wires, its end of the RS485 pair, and its process.

Charger 0 has the port, the state folder and the serial number that were asked
for; charger k has port + 10 k, a folder k + 1 within it and serial + k. A
fresh group of several begins as Master and Node 1 and so on, with a circuit
that has room for all of them, by a settings file of the firmware's own kind;
later it is what its owner has made of it.
"""
import asyncio
import os

from hal.store import Store
from tools.world.firmware import Firmware
from tools.world.line import Line
from tools.world.wires import Wires

PORT_STEP = 10
EACH_A = 10     # of the circuit, for each charger of a fresh group: all can have their least and some more
PAGE_S = 30.0   # how long a charger's page may take before a line says it is late


def preset(folder: str, number: int, chargers: int) -> bool:
    """Writes the first settings of charger `number` of so many. False, and nothing written, when it has some already."""
    os.makedirs(folder, exist_ok=True)
    store = Store(folder)
    if store.load("settings") is not None:
        return False
    lines = "loadbl=Node %d\n" % number if number else "loadbl=Master\ncircuit_a=%d\n" % (EACH_A * chargers)
    store.save("settings", lines.encode())
    return True


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


class Stand:
    """Charger `number` at `spot`; rs485 is a real tty instead of the plant's wire."""

    def __init__(self, number: int, spot, asked) -> None:
        self.number = number
        self.spot = spot
        self.port = asked.port + PORT_STEP * number
        self.state = os.path.join(asked.state, str(number + 1)) if number else asked.state
        self.serial = asked.serial + number
        self.name = "charger %d" % (number + 1) if asked.chargers > 1 else ""
        self.asked = asked
        self.wires = Wires(spot, asked.speed)
        self.line = None if asked.rs485 else Line(spot.wire)
        self.wires_at = ""
        self.firmware: "Firmware | None" = None

    def parts(self) -> tuple:
        """What lives by the plant's steps."""
        return (self.wires, self.line) if self.line else (self.wires,)

    def rs485(self) -> str:
        """The tty that the firmware opens."""
        return self.line.path if self.line else self.asked.rs485

    async def open(self, root: str) -> str:
        """Opens wires and line and makes the process ready; what is missing for it, or nothing."""
        asked = self.asked
        self.wires_at = "127.0.0.1:%d" % await self.wires.open()
        if self.line:
            self.line.open()
        if asked.no_firmware:
            return ""
        folder = os.path.join(root, self.state)
        os.makedirs(folder, exist_ok=True)
        if asked.chargers > 1:
            preset(folder, self.number, asked.chargers)
        args = ["--wires", self.wires_at, "--rs485", self.rs485(), "--port", str(self.port), "--speed", str(asked.speed),
                "--state", self.state, "--serial", str(self.serial)] + (["--mqtt", asked.mqtt] if asked.mqtt else [])
        self.firmware = Firmware(asked.on, args, root, self.wires.alive, heap=asked.heap, name=self.name)
        return self.firmware.missing()

    def close(self) -> None:
        self.wires.close()
        if self.line:
            self.line.close()

    def about(self) -> dict:
        """What the panel says of the process."""
        if self.firmware is None:
            return {"on": "", "state": "running" if self.wires.alive() else "none", "restarts": 0, "port": 0, "pid": 0}
        firmware = self.firmware
        return {"on": self.asked.on, "state": firmware.state(), "restarts": firmware.restarts, "port": self.port, "pid": firmware.pid()}

    async def announce(self) -> None:
        """Prints the page's address once it answers."""
        waited = 0.0
        while not await answers(self.port):
            await asyncio.sleep(0.2)
            waited += 0.2
            if PAGE_S <= waited < PAGE_S + 0.2:
                print("world: the page of %s does not answer yet" % (self.name or "the charger"), flush=True)
        print("%-8s http://127.0.0.1:%d" % (self.name or "charger", self.port), flush=True)
