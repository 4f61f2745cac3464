"""tools/sim.py as a process: what it prints, whom it starts, and how it ends."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from tools.rig import Rig

pytestmark = pytest.mark.live(2)
ROOT = pathlib.Path(__file__).resolve().parents[2]
DEADLINE_S = 30


def world(*args):
    return subprocess.Popen([sys.executable, "tools/sim.py", *args], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                            env=dict(os.environ, PYTHONUNBUFFERED="1"))


def said(process, word):
    """The rest of the first line that begins with word."""
    for line in process.stdout:
        if line.startswith(word):
            return line[len(word):].strip()
    raise AssertionError("it ended without saying " + word)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_world_alone_says_where_it_is_and_ends_cleanly(tmp_path, how):
    process = world("--port", "0", "--world", "0", "--no-firmware", "--speed", "50", "--state", str(tmp_path))
    try:
        at = said(process, "world")
        wires = said(process, "wires")
        assert said(process, "rs485").startswith("/dev/pts/")
        assert at.startswith("http://127.0.0.1:") and wires.startswith("127.0.0.1:")
        end = time.monotonic() + DEADLINE_S
        while json.load(urllib.request.urlopen(at + "/sim", timeout=5))["t_ms"] < 5000:
            assert time.monotonic() < end
        process.send_signal(how)
        assert process.wait(DEADLINE_S) == 0
        assert process.stdout.read() == ""
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("args, words", [
    (("--speed", "0"), "--speed: 1 to 100"), (("--on", "abacus"), "invalid choice"), (("--rs485", "/dev/null", "--no-firmware"), "is not a tty"),
    (("--rs485", "/nowhere", "--no-firmware"), "No such file")])
def test_bad_arguments_end_it_with_a_line(tmp_path, args, words):
    done = subprocess.run([sys.executable, "tools/sim.py", "--state", str(tmp_path), *args],
                          cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE_S)
    assert done.returncode == 2 and words in done.stdout + done.stderr


def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run([sys.executable, "tools/sim.py", "--no-firmware", "--world", port, "--state", str(tmp_path)],
                              cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE_S)
    assert done.returncode == 2 and "port " + port in done.stdout


def test_a_firmware_whose_world_was_killed_ends_too_and_leaves_its_port():
    """Its output ends in a pipe that nobody reads any more, so even a last word must not keep it."""
    with Rig() as rig:
        rig.sim(car={"plugged": True})
        rig.process.kill()
        rig.process.wait()
        end = time.monotonic() + DEADLINE_S
        while True:
            try:
                socket.create_connection(("127.0.0.1", rig.port), 5).close()
            except ConnectionRefusedError:
                break
            assert time.monotonic() < end
            time.sleep(0.1)
