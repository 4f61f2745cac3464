"""A meter behind Modbus TCP: a real pymodbus server, and a wire before it that cuts, delays and lies, on three interpreters."""
import contextlib
import socket
import threading

import pytest
from meter_server import EXPORT_WH, IMPORT_WH, SIZE, Meter, put
from peers import INTERPRETERS, InThread
from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice
from test_homewizard_http import Probe

pytestmark = pytest.mark.live(33)
UNIT = 10


class Server(InThread):
    """pymodbus on a port, unit 10; `size` registers, so that others are answered with an exception."""

    def __init__(self, size=SIZE, port=0):
        registers = [0] * SIZE
        put(registers, 0x48, IMPORT_WH / 1000)
        put(registers, 0x4A, EXPORT_WH / 1000)
        self.device = SimDevice(UNIT, [SimData(0, values=registers[:size], datatype=DataType.REGISTERS)], action=Meter().action)
        super().__init__(port)

    async def opened(self):
        self.server = ModbusTcpServer(self.device, address=("127.0.0.1", self.port))
        await self.server.serve_forever(background=True)

    async def closed(self):
        await self.server.shutdown()


class Wire:
    """Between the charger and the server: `manner` says what becomes of the answers."""

    def __init__(self, server_port):
        self.to = server_port
        self.manner = "good"
        self.connections = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.kept = [self.socket]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                near, _ = self.socket.accept()
            except OSError:
                return
            self.connections += 1
            far = socket.create_connection(("127.0.0.1", self.to), 5)
            self.kept += [near, far]
            threading.Thread(target=self._pass, args=(near, far), daemon=True).start()

    def _pass(self, near, far):
        with contextlib.suppress(OSError):
            while True:
                question = near.recv(300)
                if not question:
                    break
                far.sendall(question)
                answer = far.recv(300)
                if not answer:
                    break
                for part in self.spoiled(answer):
                    if part is None:
                        near.close()
                        break
                    near.sendall(part)
        near.close()
        far.close()

    def spoiled(self, answer):
        """The pieces to send; None is to hang up."""
        manner = self.manner
        wrong = bytes((answer[0] ^ 0x55,)) + answer[1:9] + b"\x42\xc8" * ((len(answer) - 9) // 2)  # 100 A everywhere
        if manner == "stranger":
            return [wrong, answer]
        if manner == "pieces":
            return [answer[i:i + 1] for i in range(len(answer))]
        if manner == "strangers":
            return [wrong] * 6
        if manner == "half":
            return [answer[:12]]
        if manner == "half and gone":
            return [answer[:12], None]
        if manner == "gone":
            return [None]
        if manner == "unit":
            return [answer[:6] + b"\x0b" + answer[7:]]
        if manner == "function":
            return [answer[:7] + b"\x03" + answer[8:]]
        if manner == "count":
            return [answer[:8] + b"\x16" + answer[9:]]
        if manner == "protocol":
            return [b"HTTP/1.1 400 Bad Request\r\n\r\n"]
        if manner == "lost":
            return []
        if manner == "exception":
            return [answer[:4] + b"\x00\x03" + answer[6:7] + b"\x84\x0b"]
        return [answer]

    def end(self):
        for s in self.kept:
            s.close()


def trio(interpreter, ends, size=SIZE):
    server = Server(size)
    ends.append(server)
    wire = Wire(server.port)
    ends.append(wire)
    probe = Probe(interpreter, "Eastron3P", "127.0.0.1:%d" % wire.port, UNIT)
    ends.append(probe)
    return server, wire, probe


def is_sound(f):
    """The three currents belong to one answer of the server."""
    n = f["l1"] // 1000
    return f["l1"] % 1000 == 0 and (f["l2"], f["l3"]) == (-1000 * (n + 1), 1000 * (n + 2)) and f["w"] == (n - n - 1 + n + 2) * 230


MANNERS = (("half", "silent"), ("half and gone", "short"), ("gone", "short"), ("unit", "address"), ("function", "function"), ("count", "length"),
           ("protocol", "protocol"), ("lost", "silent"), ("exception", "exception"), ("strangers", "address"))


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_wire_that_lies_is_counted_and_never_believed(interpreter, ends):
    server, wire, probe = trio(interpreter, ends)
    f = probe.now(lambda f: f["ok"] >= 4 and f["wh_in"], "for the first answers")
    assert is_sound(f) and f["wh_in"] == IMPORT_WH and wire.connections == 1
    for manner in ("stranger", "pieces"):
        wire.manner = manner
        seen = probe.now(lambda f, at=f["ok"]: f["ok"] > at + 3, manner)
        assert is_sound(seen) and seen["errors"] == 0 and wire.connections == 1
        f = seen
    for manner, word in MANNERS:
        wire.manner = manner
        f = probe.now(lambda f, word=word, at=f["errors"]: f["errors"] > at and f["last"] == word, manner)
        assert is_sound(f), manner
        wire.manner = "good"
        f = probe.now(lambda f, at=f["ok"]: f["ok"] > at + 1 and f["age"] < 700, "for the return after " + manner)
        assert is_sound(f), manner
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))


@pytest.mark.parametrize("interpreter", INTERPRETERS[:2])
def test_registers_that_are_not_there_are_no_reason_to_hang_up(interpreter, ends):
    server, wire, probe = trio(interpreter, ends, 0x40)
    f = probe.now(lambda f: f["ok"] >= 8, "for the currents")
    assert is_sound(f) and f["wh_in"] == 0 and f["last"] == "exception" and wire.connections == 1


@pytest.mark.parametrize("interpreter", INTERPRETERS[:2])
def test_a_server_that_dies_comes_back(interpreter, ends):
    server = Server()
    probe = Probe(interpreter, "Eastron3P", "127.0.0.1:%d" % server.port, UNIT)
    ends.append(probe)
    probe.now(lambda f: f["ok"] >= 4)
    server.end()
    probe.until(lambda line: line.startswith("LOG mains meter 127.0.0.1 lost: "), "for the line in the log")
    ends.append(Server(port=server.port))
    probe.until(lambda line: line == "LOG mains meter 127.0.0.1 is back", "for the return")
    assert is_sound(probe.now(lambda f: f["age"] < 700, "for a fresh number"))
