"""The web server as a process of its own, on CPython and on MicroPython, for tests that ask it over real sockets.

`charger` is the stand-in of standin.py, one for all tests of a file on each
interpreter; `Socket` is a websocket by hand; `lives` is what must be true
after the last test of a file.
"""
import base64
import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MP32 = ROOT / "build/mp32/micropython"
DEVICE = ROOT / "build/device/micropython"
# From sources the compiler needs room; with everything frozen in, the heap is the board's.
ON = {"cpython": [sys.executable], "micropython": [str(MP32), "-X", "heapsize=384k"], "device": [str(DEVICE), "-X", "heapsize=112k"]}


class Charger:
    """The stand-in, running; say() sends bytes as they are, ask() is a whole request."""

    def __init__(self, on):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen([*ON[on], "tests/host/standin.py", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        first = self.process.stdout.readline()
        assert first.strip() == b"ready", first + self.process.stdout.read()

    def ask(self, method, path, body=None, **headers):
        """(status, body, headers). 503 is asked again, as a browser's user would."""
        for _ in range(20):
            call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                call.request(method, path, body, headers)
                answer = call.getresponse()
                data = answer.read()
                if answer.status != 503:
                    return answer.status, data, answer.headers
            except (ConnectionError, http.client.BadStatusLine):
                pass
            finally:
                call.close()
            time.sleep(0.2)
        raise AssertionError("always busy")

    def json(self, method, path, body=None, **headers):
        status, data, _ = self.ask(method, path, body, **headers)
        return status, json.loads(data)

    def seen(self):
        return self.json("GET", "/seen")[1]

    def poke(self, path, value):
        assert self.json("POST", f"/poke?path={path}&value={urllib.parse.quote(json.dumps(value))}")[0] == 200

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def say(self, data):
        """What the server answers to these bytes until it closes; b"" when it only closes."""
        with self.connect() as s:
            s.sendall(data)
            got = b""
            try:
                while more := s.recv(4096):
                    got += more
            except ConnectionError:
                pass
            return got


class Socket:
    """A websocket by hand, so that it can misbehave."""

    def __init__(self, charger, *more):
        self.s = charger.connect()
        self.rest = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.s.sendall("\r\n".join(["GET /live HTTP/1.1", f"Host: 127.0.0.1:{charger.port}", "Connection: Upgrade", "Upgrade: websocket",
                                    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + key, *more, "", ""]).encode())
        while b"\r\n\r\n" not in self.rest:
            more = self.s.recv(4096)
            if not more:
                break
            self.rest += more
        self.head, _, self.rest = self.rest.partition(b"\r\n\r\n")

    def _take(self, n):
        while len(self.rest) < n:
            more = self.s.recv(4096)
            if not more:
                raise EOFError
            self.rest += more
        data, self.rest = self.rest[:n], self.rest[n:]
        return data

    def hear(self):
        """(opcode, payload) of the next frame."""
        first, n = self._take(2)
        if n == 126:
            n = struct.unpack(">H", self._take(2))[0]
        return first & 15, self._take(n)

    def until(self, wanted):
        """The first text that `wanted` likes, as an object."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            code, data = self.hear()
            if code == 1 and wanted(json.loads(data)):
                return json.loads(data)
        raise AssertionError("never heard")

    def say(self, data, code=1):
        mask = os.urandom(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self.s.sendall(bytes([0x80 | code]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def close(self):
        self.s.close()


@pytest.fixture(scope="module", params=list(ON))
def charger(request):
    if request.param == "micropython" and not MP32.exists():
        pytest.skip("no 32-bit MicroPython here")
    if request.param == "device":
        if not DEVICE.exists():
            pytest.skip("no device-like MicroPython here")
        if any(p.stat().st_mtime > DEVICE.stat().st_mtime for p in (ROOT / "lib").rglob("*.py")):
            pytest.skip("the device-like MicroPython is older than lib")
    c = Charger(request.param)
    yield c
    c.process.terminate()
    c.process.wait(10)
    c.process.stdout.close()


def lives(charger):
    """After all that was done to it: it runs, nobody is left over, and it has its memory."""
    assert charger.process.poll() is None
    seen = charger.seen()
    assert seen["callers"] == 1 and (seen["free"] == 0 or seen["free"] > 50000)
