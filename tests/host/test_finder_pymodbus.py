"""Find my meter against a real Modbus server: pymodbus on a pty at address 11, as three makes of meter."""
import json
import subprocess

import pytest
from peers import INTERPRETERS, needs
from test_makes_pymodbus import AMPS, SIGNED, V, WATTS, f32, i16, i32, i32_low_first

pytestmark = pytest.mark.live(2)

MAKES = {
    "Eastron3P": [[0, f32(*V) + f32(*AMPS) + f32(*WATTS)]],
    "ABB": [[0x5B00, i32(2300, 2315, 2290)], [0x5B0C, i32(525, 1600, 50, 0, 0, 120700, -368000, -11500)]],
    "Sinotimer": [[0, i16(2300, 2315, 2290) + i16(525, -1600, -50) + i16(0, 0) + i16(1207, -3680, -115)]],
    "C.Gavazzi": [[0, i32_low_first(2300, 2315, 2290, 4000) + [0] * 4 + i32_low_first(*[round(1000 * a) for a in SIGNED])], [0x28, i32_low_first(-25880)]],
}


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize("make", list(MAKES))
def test_a_real_server_is_found_and_recognised(wires, interpreter, make):
    needs(interpreter)
    wires.serve("make_server.py", json.dumps({"blocks": MAKES[make]}))
    done = subprocess.run([*interpreter, "tests/host/find_probe.py", wires.ours], capture_output=True, text=True, timeout=100)
    found = done.stdout.splitlines()
    assert "11 %s [5250, -16000, -500]" % make in found, (done.stdout, done.stderr)
    assert make == "C.Gavazzi" or len(found) == 1, found
