"""Our bus against a real Modbus server: pymodbus as an SDM630, joined by a pty, on each interpreter there is."""
import subprocess

import pytest
from peers import INTERPRETERS, needs

pytestmark = pytest.mark.live(19)


@pytest.fixture
def line(wires):
    """The tty on which the meter can be asked."""
    wires.serve("meter_server.py")
    return wires.ours


def probe(interpreter, *args):
    needs(interpreter)
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
