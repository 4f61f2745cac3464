"""The Modbus TCP server as a process of its own, asked by pymodbus and by hostile bytes, on each interpreter."""
import socket
import struct
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pymodbus.client import ModbusTcpClient

pytestmark = pytest.mark.live(38, together=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def until(is_so, most_s=8):
    end = time.monotonic() + most_s
    while not is_so():
        assert time.monotonic() < end, "never"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def port(charger):
    at = free_port()
    assert charger.json("POST", "/set", f'{{"modbus_tcp_port": {at}}}', **{"Content-Type": "application/json"})[0] == 200
    until(lambda: charger.seen()["modbus"] is not None)
    return at


@pytest.fixture
def client(port):
    c = ModbusTcpClient("127.0.0.1", port=port, timeout=3)
    until(c.connect)
    yield c
    c.close()


def put(charger, **values):
    import json
    return charger.json("POST", "/set", json.dumps(values), **{"Content-Type": "application/json"})[0]


def say(port, data, wait_s=3.0):
    """What the server answers to these bytes until it closes or is silent for so long."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=wait_s) as s:
        try:
            s.sendall(data)
            while more := s.recv(4096):
                got += more
        except OSError:
            pass
    return got


def test_a_real_client_reads_a_charge(client):
    r = client.read_input_registers(0, count=8, device_id=1)
    assert r.registers == [2, 0, 136, 1, 0, 1, 0, 16]
    assert client.read_holding_registers(0, count=8, device_id=0).registers == r.registers
    r = client.read_input_registers(0x1010, count=12, device_id=255).registers
    assert client.convert_from_registers(r[0:2], client.DATATYPE.INT32) == 13600
    assert client.convert_from_registers(r[10:12], client.DATATYPE.INT32) == 4210


def test_another_unit_and_another_register_are_exceptions(client):
    assert client.read_input_registers(0, count=1, device_id=7).exception_code == 11
    assert client.read_input_registers(0x000C, count=1, device_id=1).exception_code == 2
    assert client.read_coils(0, count=1, device_id=1).exception_code == 1


def test_what_node_smartevse_asks_gets_a_number(client):
    """Function 4, one register at a time, unit 1, over one connection."""
    want = {0x0002: 136, 0x0003: 1, 0x0004: 0, 0x0005: 1, 0x0007: 16, 0x0008: 31, 0x0009: 1234, 0x0102: 6, 0x0103: 16, 0x0108: 4,
            0x0200: 1, 0x0204: 25, 0x0205: 4, 0x0206: 10, 0x0208: 4, 0x0209: 10, 160: 67, 166: 136, 226: 25, 232: None}
    for at in [*range(0, 12), *range(0x100, 0x10A), *range(0x200, 0x20D), 160, 166, 226, 232]:
        r = client.read_input_registers(at, count=1, device_id=1)
        assert not r.isError(), hex(at)
        if want.get(at) is not None:
            assert r.registers == [want[at]], hex(at)


def test_it_writes_only_when_the_owner_allows_it(client, charger):
    assert client.write_register(0x0103, 20, device_id=1).exception_code == 1
    assert put(charger, modbus_tcp_write=1) == 200
    try:
        assert not client.write_register(0x0002, 100, device_id=1).isError()
        assert charger.seen()["override_ma"] == 10000
        assert not client.write_registers(0x0205, [9, 20], device_id=1).isError()
        assert charger.json("GET", "/settings")[1]["settings"]["solar_stop_time"] == 20
        assert client.write_registers(0x0205, [9, 61], device_id=1).exception_code == 3
        assert client.write_register(0x0103, 20, device_id=1).exception_code == 2
        assert client.write_register(0x0204, 60, device_id=1).exception_code == 2
        assert client.write_register(0x0000, 2, device_id=1).exception_code == 2
        assert client.write_register(0x0001, 0, device_id=1).exception_code == 2
    finally:
        client.write_register(0x0002, 0, device_id=1)
        put(charger, modbus_tcp_write=0, start_a=4, stop_min=10)


def test_two_questions_in_one_packet_get_two_answers(port):
    got = say(port, bytes.fromhex("0001 0000 0006 01 04 0003 0001" "0002 0000 0006 01 04 0005 0001" "0003 0001 0006 01 04 0005 0001".replace(" ", "")))
    assert got == bytes.fromhex("0001 0000 0005 01 04 02 0001" "0002 0000 0005 01 04 02 0001".replace(" ", ""))


@pytest.mark.parametrize("data", [
    "0001 0001 0006 01 04 0003 0001", "0001 0000 0001 01 04 0003 0001", "0001 0000 00ff 01 04 0003 0001", "0001 0000 0000 01",
    "ffff ffff ffff ff ff ffff ffff"])
def test_what_is_not_modbus_tcp_ends_the_connection(port, data):
    assert say(port, bytes.fromhex(data.replace(" ", "")) + bytes(300)) == b""


def test_half_a_question_ends_the_connection_within_its_deadline(port):
    start = time.monotonic()
    assert say(port, bytes.fromhex("00010000000601" "0400"), 6) == b"" and 1 < time.monotonic() - start < 4.5


PDUS = st.one_of(st.binary(min_size=1, max_size=253), st.builds(
    lambda f, a, n, rest: bytes((f,)) + struct.pack(">HH", a, n) + rest, st.sampled_from((3, 4, 6, 16, 23, 43)),
    st.sampled_from((0, 2, 8, 0x20, 0xA0, 0x100, 0x200, 0x1000, 0x1040, 0x1080, 0xFFFF)), st.integers(0, 300), st.binary(max_size=20)))


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(pdus=st.lists(PDUS, min_size=1, max_size=6))
def test_whatever_a_frame_holds_it_gets_one_answer_of_its_own(client, charger, pdus):
    port = client.comm_params.port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        for i, pdu in enumerate(pdus):
            s.sendall(struct.pack(">HHHB", i, 0, len(pdu) + 1, 1) + pdu)
            head = s.recv(7, socket.MSG_WAITALL)
            assert len(head) == 7 and head[:4] == struct.pack(">HH", i, 0) and head[6] == 1
            body = s.recv((head[4] << 8 | head[5]) - 1, socket.MSG_WAITALL)
            assert body[0] in (pdu[0] & 0x7F, pdu[0] & 0x7F | 0x80) and len(body) <= 253


@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=600))
def test_whatever_comes_over_the_line_the_next_client_is_served(client, data):
    port = client.comm_params.port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
        try:
            s.sendall(data)
        except OSError:
            pass
    assert ask_once(port) == 136


def ask_once(port):
    """The offer in 0.1 A by a connection of its own, tried for some seconds."""
    end = time.monotonic() + 8
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as s:
                s.sendall(bytes.fromhex("000100000006010400020001"))
                got = s.recv(11, socket.MSG_WAITALL)
                if len(got) == 11:
                    return got[9] << 8 | got[10]
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("nobody answers")


def test_sixty_that_only_connect_keep_nobody_out(port, charger):
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(60)]
    try:
        assert ask_once(port) == 136
        seen = charger.seen()
        assert seen["modbus"][0] <= 3
    finally:
        for s in crowd:
            s.close()


def test_one_that_asks_now_and_then_keeps_its_place_beside_a_crowd(client, port):
    assert client.read_input_registers(2, count=1, device_id=1).registers == [136]
    ours = client.socket.getsockname()
    crowd = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(20)]
    try:
        end = time.monotonic() + 3
        while time.monotonic() < end:
            assert client.read_input_registers(2, count=1, device_id=1).registers == [136]
            assert client.socket.getsockname() == ours
            time.sleep(0.3)
    finally:
        for s in crowd:
            s.close()


def test_another_port_counts_within_seconds_and_zero_is_off(port, charger):
    other = free_port()
    assert put(charger, modbus_tcp_port=other) == 200
    assert ask_once(other) == 136
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    assert put(charger, modbus_tcp_port=0) == 200
    until(lambda: charger.seen()["modbus"] is None)
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", other), timeout=1)


def test_a_port_that_is_taken_is_told_in_the_log(charger):
    assert put(charger, modbus_tcp_port=charger.port) == 200
    until(lambda: any("modbus tcp port %d" % charger.port in line["text"] for line in charger.json("GET", "/log")[1]))
    assert put(charger, modbus_tcp_port=0) == 200
