"""A running `make run` for tests and benches: the world process and the firmware on a chosen interpreter.

Takes free ports of loopback and a state folder of its own, speaks to both
over HTTP, and ends what it started, by its id. Every wait has an end.
"""
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
START_S = 40
PORT_STEP = 10   # between the pages of two chargers


def free_ports(n: int) -> list:
    """n ports of loopback that nobody listens on now."""
    socks = [socket.create_server(("127.0.0.1", 0)) for _ in range(n)]
    ports = [s.getsockname()[1] for s in socks]
    for s in socks:
        s.close()
    return ports


def free_row(n: int) -> int:
    """The first of n ports, PORT_STEP apart, that nobody listens on now. OSError when there is no such row."""
    for _ in range(50):
        port = free_ports(1)[0]
        try:
            socks = [socket.create_server(("127.0.0.1", port + PORT_STEP * k)) for k in range(n)]
        except (OSError, OverflowError):
            continue
        for s in socks:
            s.close()
        return port
    raise OSError("no row of %d free ports" % n)


class Rig:
    """`with Rig(on="device") as rig: rig.sim(car={"plugged": True}); rig.until(...)`.

    With `chargers` there are several on one wire; the calls take a `charger`, 0 being the first.
    """

    def __init__(self, on: str = "cpython", speed: int = 1, mqtt: str = "", heap: str = "", state: str = "", chargers: int = 1) -> None:
        self.port, self.chargers = free_row(chargers), chargers
        pages = range(self.port, self.port + PORT_STEP * chargers, PORT_STEP)
        self.world = [port for port in free_ports(chargers + 1) if port not in pages][0]
        self._folder = tempfile.TemporaryDirectory(prefix="uevse-")
        words = [sys.executable, "tools/sim.py", "--port", str(self.port), "--world", str(self.world), "--on", on,
                 "--speed", str(speed), "--state", state or self._folder.name, "--chargers", str(chargers)]
        if mqtt:
            words += ["--mqtt", mqtt]
        if heap:
            words += ["--heap", heap]
        self.said = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(words, cwd=ROOT, stdout=self.said, stderr=subprocess.STDOUT)

    def __enter__(self):
        end = time.monotonic() + START_S
        while True:
            try:
                for charger in range(self.chargers):
                    self.points(charger)
                return self
            except OSError:
                if time.monotonic() > end or self.process.poll() is not None:
                    self.stop()
                    raise RuntimeError("the charger did not start:\n" + self.output())
                time.sleep(0.2)

    def __exit__(self, *error):
        self.stop()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def output(self) -> str:
        """What both processes have printed so far."""
        self.said.seek(0)
        return self.said.read()

    def ask(self, port: int, method: str, path: str, body: "str | None" = None, headers: "dict | None" = None) -> tuple:
        """One request: (status, body)."""
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            link.request(method, path, body, headers or {})
            answer = link.getresponse()
            return answer.status, answer.read()
        finally:
            link.close()

    def points(self, charger: int = 0) -> dict:
        """name -> value of all points. OSError when the charger does not answer."""
        status, body = self.ask(self.port + PORT_STEP * charger, "GET", "/points")
        if status != 200:
            raise OSError("points: %d" % status)
        return {name: row["value"] for name, row in json.loads(body).items()}

    def post(self, path: str, charger: int = 0) -> dict:
        """POST to the charger with an empty body; the answer. ValueError on a refusal."""
        status, body = self.ask(self.port + PORT_STEP * charger, "POST", path, "")
        if status != 200:
            raise ValueError(body.decode())
        return json.loads(body)

    def sim(self, **orders) -> dict:
        """Orders to the world (none: just look), `charger` among them; the plant as that charger sees it."""
        if orders:
            status, body = self.ask(self.world, "POST", "/sim", json.dumps(orders))
        else:
            status, body = self.ask(self.world, "GET", "/sim")
        if status != 200:
            raise ValueError(body.decode())
        return json.loads(body)

    def until(self, is_so, most_s: float = 30, charger: int = 0) -> dict:
        """Waits until is_so(points) of a charger; those points. AssertionError after most_s."""
        end = time.monotonic() + most_s
        while True:
            try:
                points = self.points(charger)
                if is_so(points):
                    return points
            except OSError:
                points = {}
            if time.monotonic() > end:
                raise AssertionError("never in %s s: %s\n%s" % (most_s, points, self.output()))
            time.sleep(0.2)
