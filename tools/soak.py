"""`make heap SOAK=300`: does the heap fall while everything is on? soak.py SECONDS

Two chargers on one wire, both on the device-like interpreter in 112 kB: the
first is Master, with meters in its mains, its circuit and its car's cable, a
Modbus TCP server that is read all the time, MQTT to a real broker, a page
that is read, a listener on /live that stays and one that comes and goes, as
cars do. Of each twenty seconds the most is taken that was free after a
collection; the slope of a line through them is what leaks.
"""
import asyncio
import json
import os
import socket
import struct
import sys
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [ROOT]
os.chdir(ROOT)

from tools.heap import HEAP, METERS, Mosquitto, fetch_all, listen  # noqa: E402
from tools.rig import PORT_STEP, Rig, free_ports  # noqa: E402

WARM_S = 40        # until everybody has connected and been heard; not counted
WINDOW_S = 20
LEAK = 60.0        # bytes a minute; less cannot be told from noise in five minutes
READ = struct.pack(">HHHBBHH", 1, 0, 6, 1, 4, 0, 8)   # eight input registers of unit 1


def read_registers(port: int, ended: threading.Event, count: list) -> None:
    """A client of the Modbus TCP server, five questions a second."""
    while not ended.is_set():
        try:
            with socket.create_connection(("127.0.0.1", port), 5) as link:
                while not ended.is_set():
                    link.sendall(READ)
                    count[0] += link.recv(64)[:2] == READ[:2]
                    time.sleep(0.2)
        except OSError:
            time.sleep(1)   # it is not there yet, or was busy


def look(rig, ended: threading.Event, count: list) -> None:
    """Somebody opens the page, reads all of it, listens for a moment and closes it, again and again."""
    while not ended.wait(10):
        try:
            count[0] += fetch_all(rig)
            count[1] += asyncio.run(listen(rig.port, 4))[0]
        except OSError:
            count[2] += 1


def stay(rig, ended: threading.Event, count: list) -> None:
    """Somebody listens all the time."""
    while not ended.is_set():
        try:
            count[1] += asyncio.run(listen(rig.port, 30))[0]
        except OSError:
            count[2] += 1
            time.sleep(1)


def slope(rows: list) -> tuple:
    """(bytes a minute, its standard error) of a straight line through rows of (minute, bytes); three rows at least."""
    n = len(rows)
    mean_x, mean_y = sum(x for x, _ in rows) / n, sum(y for _, y in rows) / n
    square = sum((x - mean_x) ** 2 for x, _ in rows)
    rise = sum((x - mean_x) * (y - mean_y) for x, y in rows) / square
    rest = sum((y - mean_y - rise * (x - mean_x)) ** 2 for x, y in rows)
    return rise, (rest / max(1, n - 2) / square) ** 0.5


def is_leak(rise: float, error: float) -> bool:
    """Whether a slope is more than what noise and the last caches make."""
    return rise < -LEAK and rise < -3 * error


def turn(rig, k: int) -> None:
    """The world moves on: cars come and go at both chargers, and the house draws more and less."""
    rig.sim(house_a=[(5, 4, 3), (16, 4, 3), (9, 9, 2)][k % 3], car={"plugged": bool(k // 2 % 2 == 0)})
    rig.sim(charger=1, car={"plugged": bool(k // 3 % 2 == 0)})


def soak(seconds: int, mqtt: str) -> dict:
    """Runs for so long; what was seen. RuntimeError or AssertionError when a charger did not live through it."""
    with Rig("device", mqtt=mqtt, heap=HEAP, chargers=2) as rig:
        port = free_ports(1)[0]
        for charger, more in ((0, dict(METERS, loadbl=1, modbus_tcp_port=port, mode="Smart")), (1, {"loadbl": 2})):
            status, said = rig.ask(rig.port + PORT_STEP * charger, "POST", "/set", json.dumps(more))
            assert status == 200, said
        ended, pages, answers = threading.Event(), [0, 0, 0], [0]
        others = [threading.Thread(target=what, args=args) for what, args in (
            (look, (rig, ended, pages)), (stay, (rig, ended, pages)), (read_registers, (port, ended, answers)))]
        for other in others:
            other.start()
        free: list = []
        lows: list = []
        began = time.monotonic()
        try:
            while time.monotonic() - began < WARM_S + seconds:
                at_s = int(time.monotonic() - began)
                if at_s % WINDOW_S == 0 or not free:
                    turn(rig, at_s // WINDOW_S)
                rows = [points["heap.free"] for points in map(rig.points, (0, 1))]
                if at_s >= WARM_S:
                    window = (at_s - WARM_S) // WINDOW_S
                    if window == len(free):
                        free.append(rows)
                    free[window] = [max(pair) for pair in zip(free[window], rows)]
                time.sleep(0.8)
            points = rig.points()
            lows = [points["heap.low"], rig.points(1)["heap.low"]]
        finally:
            ended.set()
            for other in others:
                other.join()
        lines = b"".join(rig.ask(rig.port + PORT_STEP * k, "GET", "/log")[1] for k in (0, 1)).decode()
        assert "fell" not in lines, lines
        assert rig.sim()["firmware"]["restarts"] == 0, rig.output()
        assert points["share.nodes"] == "1", points["share.nodes"]
        return {"free": free, "lows": lows, "pages": pages[0], "words": pages[1], "lost": pages[2],
                "registers": answers[0], "mqtt": points["mqtt.state"]}


def main(words: list) -> int:
    seconds = int(words[0]) if words and words[0].isdigit() else 0
    if seconds < 60:
        sys.exit("soak: SOAK is seconds, 60 at least")
    broker = Mosquitto()
    try:
        seen = soak(seconds, broker.address)
    finally:
        broker.close()
    print("pages: %d, words on /live: %d, lost: %d, register blocks: %d, mqtt: %s" % (
        seen["pages"], seen["words"], seen["lost"], seen["registers"], seen["mqtt"]))
    leaks = 0
    for charger, name in ((0, "master"), (1, "node")):
        rows = [(k * WINDOW_S / 60, row[charger]) for k, row in enumerate(seen["free"])]
        rise, error = slope(rows)
        leaks += is_leak(rise, error)
        print("soak-%s-free: first %d, last %d, least ever %d bytes" % (name, rows[0][1], rows[-1][1], seen["lows"][charger]))
        print("soak-%s-slope: %.0f +- %.0f bytes a minute%s" % (name, rise, error, ", a LEAK" if is_leak(rise, error) else ""))
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
