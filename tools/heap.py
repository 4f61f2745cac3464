"""`make heap`: a whole session on the device-like interpreter in 112 kB, everything on, and what was left of the heap.

Page, live websocket, REST, MQTT to a real broker, Modbus and the display run
at once while a car comes, charges, is regulated and goes. The firmware itself
notes how much is free after each collection; the last line is the least of
it. What is free after a collection cannot all be used, because it lies in
pieces; so the same session is first run in less and less heap, and the least
one in which it went well is told too.
"""
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [ROOT]
os.chdir(ROOT)

from tools.rig import Rig, free_ports  # noqa: E402

METERS = {"ev_meter": "Eastron3P", "circuit_meter": "Eastron3P"}
HEAP, LESS = "112k", ("104k", "96k", "88k")


class Mosquitto:
    """A broker of our own on a free port of loopback, if one is installed. `address` is "" otherwise."""

    def __init__(self) -> None:
        self.address = ""
        program = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")
        if not program:
            return
        port = free_ports(1)[0]
        self._folder = tempfile.TemporaryDirectory(prefix="uevse-")
        conf = self._folder.name + "/conf"
        with open(conf, "w") as f:
            f.write("listener %d 127.0.0.1\nallow_anonymous true\npersistence false\n" % port)
        self.process = subprocess.Popen([program, "-c", conf], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.address = "127.0.0.1:%d" % port

    def close(self) -> None:
        if self.address:
            self.process.terminate()
            self.process.wait(10)


async def listen(port: int, seconds: float) -> tuple:
    """What comes over /live: (texts, pictures)."""
    import websockets
    texts = pictures = 0
    async with websockets.connect("ws://127.0.0.1:%d/live" % port) as link:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                word = await asyncio.wait_for(link.recv(), 1)
            except asyncio.TimeoutError:
                continue
            if isinstance(word, str):
                json.loads(word)
                texts += 1
            else:
                pictures += 1
    return texts, pictures


def fetch_all(rig) -> int:
    """Every document once, as browsers and clients ask for them; how many came."""
    came = 0
    for path in ("/", "/settings", "/schema", "/points", "/log", "/lcd"):
        status, _ = rig.ask(rig.port, "GET", path, headers={"Accept-Encoding": "gzip", "User-Agent": "x" * 120, "Accept": "y" * 120})
        came += status == 200
        time.sleep(0.2)
    return came


def session(heap: str, mqtt: str, more: "dict | None" = None) -> dict:
    """One session, with more settings; the points at its end. AssertionError when it did not go as it should."""
    with Rig("device", mqtt=mqtt, heap=heap) as rig:
        if more:
            status, said = rig.ask(rig.port, "POST", "/set", json.dumps(more))
            assert status == 200, said
        rig.post("/settings?mode=3")
        rig.sim(house_a=[5, 4, 3], car={"plugged": True})
        rig.until(lambda p: p["evse.c1"] == 1)
        documents = fetch_all(rig)
        texts, pictures = asyncio.run(listen(rig.port, 8))
        rig.sim(house_a=[16, 4, 3])
        rig.until(lambda p: 6000 <= p["evse.offered_ma"] < 10000)
        rig.sim(house_a=[5, 4, 3])
        documents += fetch_all(rig)
        if mqtt:
            rig.until(lambda p: p["mqtt.state"] == "online")
        rig.until(lambda p: p["evse.offered_ma"] > 12000)
        rig.sim(car={"plugged": False})
        rig.until(lambda p: p["evse.state"] == "A")
        time.sleep(6)  # one more collection
        points = rig.points()
        assert rig.sim()["firmware"]["restarts"] == 0, rig.output()
        lines = rig.ask(rig.port, "GET", "/log")[1].decode()
        assert "fell" not in lines, lines
        assert documents == 12 and texts > 3 and pictures > 0, (documents, texts, pictures)
        return points


def main() -> int:
    broker = Mosquitto()
    if not broker.address:
        print("mosquitto is not installed: the session runs without MQTT")
    try:
        for less in LESS:
            try:
                session(less, broker.address)
                print("session_in_%s: passed" % less, flush=True)
            except Exception as e:  # out of memory shows in many ways, also as half a frame on the websocket
                print("session_in_%s: failed %s" % (less, str(e).split("\n")[0][:200]), flush=True)
                break
        for name, more in (("ev-and-circuit-meter", METERS), ("and-master-and-modbus-tcp", dict(METERS, loadbl=1, modbus_tcp_port=free_ports(1)[0]))):
            try:
                print("low-water-with-%s: %d bytes" % (name, session(HEAP, broker.address, more)["heap.low"]), flush=True)
            except Exception as e:
                print("low-water-with-%s: failed %s" % (name, str(e).split("\n")[0][:200]), flush=True)
        points = session(HEAP, broker.address)
    finally:
        broker.close()
    print("session_in_%s: passed" % HEAP)
    print("mqtt: %s" % points["mqtt.state"])
    wires = subprocess.run(["build/device/micropython", "-X", "heapsize=" + HEAP, "tests/heap_wires.py"],
                           capture_output=True, text=True, timeout=60, check=True)
    print("taken-by-the-wires-of-the-pc: %s bytes, which the board does not need" % wires.stdout.strip())
    print("low-water: %d bytes" % points["heap.low"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
