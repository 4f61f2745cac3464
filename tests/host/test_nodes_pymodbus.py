"""Our node asked by a real Modbus client, and our master over a real Modbus server: pymodbus on a pty, each interpreter."""
import subprocess
import time

import pytest
from peers import INTERPRETERS, needs
from pymodbus.client import ModbusSerialClient

pytestmark = pytest.mark.live(13)


class Probe:
    """Our charger in a process of its own."""

    def __init__(self, interpreter, tty, place, seconds):
        needs(interpreter)
        self.process = subprocess.Popen([*interpreter, "tests/host/share_probe.py", tty, str(place), str(seconds)],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout.readline() == "ready\n"

    def end(self):
        out, _ = self.process.communicate(timeout=60)
        print(out)
        return out.split()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_real_client_reads_our_node_grants_it_and_is_refused_what_is_not_for_the_wire(wires, interpreter):
    probe = Probe(interpreter, wires.ours, 2, 9)
    client = ModbusSerialClient(wires.its, baudrate=9600, timeout=1, retries=3)
    try:
        assert client.connect()

        def status():
            return client.read_input_registers(0, count=8, device_id=2).registers

        def share():
            client.write_registers(0x20, [0, 100] + [0] * 9, device_id=9, no_response_expected=True)
            time.sleep(0.05)
        until = time.monotonic() + 3
        while status()[0] != 4:
            assert time.monotonic() < until
        assert status() == [4, 0, 0, 0, 0, 1, 1, 16]
        assert client.read_holding_registers(0x108, count=2, device_id=2).registers == [4, 12]
        assert client.read_input_registers(0x300, count=1, device_id=2).exception_code == 2
        assert client.write_register(0x104, 1, device_id=2).exception_code == 3
        assert client.write_register(0x106, 1, device_id=2).exception_code == 3
        assert client.write_registers(0x200, [0] * 12, device_id=2).exception_code == 3
        assert client.write_register(6, 0, device_id=2).registers == [0] and status()[6] == 0
        share()
        assert not client.write_registers(0, [2, 0], device_id=2).isError() and status()[0] == 4  # C is nobody's to write
        assert not client.write_registers(0, [5, 0], device_id=2).isError()
        share()
        until = time.monotonic() + 5
        while status()[0] != 6:
            assert time.monotonic() < until
            share()
        client.write_registers(0, [7, 0], device_id=2)
        until = time.monotonic() + 2
        while status()[0] != 2:
            assert time.monotonic() < until
        share()
        client.close()
        out = probe.end()
    finally:
        client.close()
        probe.stop()
    assert out[:6] == ["state", "C2", "offers", "9996", "closed", "1"]


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_real_server_as_a_node_is_found_granted_and_told(wires, interpreter):
    wires.serve("node_server.py")
    probe = Probe(interpreter, wires.ours, 1, 12)
    try:
        out = probe.end()
    finally:
        probe.stop()
    seen = out[1]
    assert seen[0] == "4" and seen[-1] == "2" and "5" in seen and "7" in seen, seen
    assert out[2:] == ["slot", "1", "1", "16000", "20000", "faults", "none"]
