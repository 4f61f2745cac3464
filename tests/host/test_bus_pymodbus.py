"""Our bus against a real Modbus server: pymodbus as an SDM630, joined by a pty, on each interpreter there is."""
import os
import shutil
import subprocess
import sys
import time

import pytest

INTERPRETERS = ((sys.executable,), ("build/mp32/micropython",), ("build/device/micropython", "-X", "heapsize=112k"))


@pytest.fixture
def line(tmp_path):
    """The tty on which the meter can be asked."""
    if not shutil.which("socat"):
        pytest.skip("socat is not installed")
    ours, its = str(tmp_path / "ours"), str(tmp_path / "its")
    running = [subprocess.Popen(["socat", "pty,raw,echo=0,link=" + its, "pty,raw,echo=0,link=" + ours])]
    try:
        until = time.monotonic() + 10
        while not (os.path.exists(ours) and os.path.exists(its)):
            assert time.monotonic() < until, "socat made no pty"
            time.sleep(0.02)
        server = subprocess.Popen([sys.executable, "tests/host/meter_server.py", its], stdout=subprocess.PIPE, text=True)
        running.append(server)
        assert server.stdout.readline() == "ready\n"
        yield ours
    finally:
        for process in reversed(running):
            process.terminate()
            process.wait(10)


def probe(interpreter, *args):
    if not os.path.exists(interpreter[0]):
        pytest.skip("%s is not there" % interpreter[0])
    done = subprocess.run([*interpreter, "tests/host/bus_probe.py", *map(str, args)], capture_output=True, text=True, timeout=120)
    print(done.stdout, done.stderr)
    words = done.stdout.split()
    return {name: int(number) for name, number in zip(words[:10:2], words[1:10:2])}


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_healthy_meter_is_read_without_a_miss(line, interpreter):
    told = probe(interpreter, line, 60, 0, 1)
    assert told["ok"] == 60 and told["wrong"] == told["stale"] == told["errors"] == 0


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_four_faults_in_ten_answers_bring_no_wrong_number(line, interpreter):
    told = probe(interpreter, line, 80, 40, 7)
    assert told["wrong"] == told["stale"] == 0
    assert told["ok"] > 40 and told["errors"] > 20 and told["ok"] + told["errors"] == 80


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_the_bus_task_takes_no_wrong_number_and_holds_nobody_up(line, interpreter):
    calm = probe(interpreter, line, 60, 0, 1, "bus")
    told = probe(interpreter, line, 120, 40, 7, "bus")
    assert calm["wrong"] == calm["stale"] == calm["errors"] == 0 and calm["ok"] >= 25
    assert told["wrong"] == told["stale"] == 0
    assert told["ok"] >= 15 and told["errors"] >= 8
