"""CPython and both MicroPythons print the same trace, byte for byte."""
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRINT = "import sys; sys.path[:] = ['.frozen', 'tools/host', 'lib', '.', 'build/vendor', 'tests'] + %s; import unfold, test_traces\nfor l in test_traces.trace(): print(l, end='')"
WORDS = {"cpython": [sys.executable], "micropython": ["build/mp32/micropython"],
         "device": ["build/device/micropython", "-X", "heapsize=112k"]}


def printed(name: str) -> bytes:
    more = "sys.path" if name == "cpython" else "[]"
    done = subprocess.run([*WORDS[name], "-c", PRINT % more], cwd=ROOT, capture_output=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("name", list(WORDS))
def test_the_same_bytes_on(name):
    if not (ROOT / WORDS[name][0]).exists():
        pytest.skip("no %s here" % name)
    golden = (ROOT / "tests/golden/trace.txt").read_bytes()
    assert printed(name) == golden
    assert golden.count(b"\n") > 150


def test_the_golden_trace_sees_every_state_and_nearly_every_reason():
    lines = [line.split(": ")[1].split() for line in (ROOT / "tests/golden/trace.txt").read_text().splitlines()]
    assert {row[0] for row in lines} >= set("01234578")
    assert len({row[3] for row in lines}) >= 8
    assert {row[2][:2] for row in lines} == {"00", "10", "11"}
