"""What the tests with real peers share: our three interpreters, a pair of wires, free ports, processes whose lines can be waited for.

Nothing here knows what is asked over a wire. Whatever is started is ended by
the fixture that started it, by its id.
"""
import asyncio
import os
import queue
import shutil
import socket
import subprocess
import sys
import threading
import time

import pytest

INTERPRETERS = ((sys.executable, "-u"), ("build/mp32/micropython",), ("build/device/micropython", "-X", "heapsize=112k"))
PATIENCE_S = 90


def needs(interpreter):
    """Skips a test whose interpreter is not there."""
    if not os.path.exists(interpreter[0]):
        pytest.skip("%s is not there" % interpreter[0])


def free_port():
    """A port of loopback that nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Lines:
    """A process whose lines can be waited for."""

    def __init__(self, *args):
        self.process = subprocess.Popen([str(a) for a in args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, errors="replace")
        self.queue = queue.Queue()
        self.seen = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.queue.put(line.rstrip("\n"))

    def until(self, wanted, what=""):
        """The first new line for which wanted(line) is true."""
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                line = self.queue.get(timeout=max(0.01, end - time.monotonic()))
            except queue.Empty:
                raise AssertionError("waited in vain %s; last lines: %s" % (what, self.seen[-8:])) from None
            self.seen.append(line)
            if wanted(line):
                return line

    def end(self):
        self.process.kill()
        self.process.wait(10)


class InThread:
    """A server with an event loop in a thread of its own: `opened` starts it there, `closed` ends it."""

    def __init__(self, port=0):
        self.port = port or free_port()
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self._run, daemon=True).start()
        assert self.ready.wait(10)

    def _run(self):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.opened())
        self.ready.set()
        self.loop.run_forever()

    def end(self):
        asyncio.run_coroutine_threadsafe(self.closed(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)


@pytest.fixture
def ends():
    """Things with end() or kill() that a test has started."""
    started = []
    yield started
    for thing in reversed(started):
        try:
            thing.end() if hasattr(thing, "end") else thing.kill()
        except ProcessLookupError:
            pass


class Wires:
    """Two ttys joined by socat, `ours` and `its`, and the processes put on them, in a folder of their own."""

    def __init__(self, folder):
        if not shutil.which("socat"):
            pytest.skip("socat is not installed")
        self.ours, self.its = str(folder / "ours"), str(folder / "its")
        self.running = [subprocess.Popen(["socat", "pty,raw,echo=0,link=" + self.its, "pty,raw,echo=0,link=" + self.ours])]
        until = time.monotonic() + 10
        while not (os.path.exists(self.ours) and os.path.exists(self.its)):
            if time.monotonic() > until:
                self.end()
                raise AssertionError("socat made no pty")
            time.sleep(0.02)

    def serve(self, script, first=""):
        """A server of ours on the far end, once it is ready; `first` is its first line of input."""
        server = subprocess.Popen([sys.executable, "tests/host/" + script, self.its], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.running.append(server)
        if first:
            self.tell(server, first)
        else:
            assert server.stdout.readline() == "ready\n"
        return server

    def tell(self, server, line):
        """One more line to a server, which says ready again."""
        server.stdin.write(line + "\n")
        server.stdin.flush()
        assert server.stdout.readline() == "ready\n"

    def end(self):
        for process in reversed(self.running):
            process.terminate()
            process.wait(10)


@pytest.fixture
def wires(tmp_path):
    them = Wires(tmp_path)
    yield them
    them.end()
