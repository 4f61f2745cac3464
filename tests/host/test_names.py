"""Names and the time over real datagrams: a name server and a time server on loopback."""
import asyncio
import socket
import struct
import subprocess
import threading
import time

import pytest
from app import names
from app.names import Names
from dnslib import CNAME, QTYPE, RR, A
from dnslib.server import DNSServer

pytestmark = pytest.mark.live(4)
NOON = 1795262400


class Zone:
    """The broker's name is another name for a machine; one name is nobody's."""

    def resolve(self, request, handler):
        reply = request.reply()
        name = str(request.q.qname)
        self.asked = getattr(self, "asked", []) + [name]
        if not request.header.rd:
            reply.header.rcode = 5
        elif name == "broker.example.":
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME("box.example.")))
            reply.add_answer(RR("box.example", QTYPE.A, rdata=A("192.0.2.9")))
        elif name == "time.example.":
            reply.add_answer(RR(name, QTYPE.A, rdata=A("127.0.0.1")))
        else:
            reply.header.rcode = 3
        return reply


class TimeServer:
    """RFC 4330 by struct; it answers with garbage, somebody else's number, and then the truth."""

    def __init__(self, honest=True):
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.sock.bind(("127.0.0.1", 0))
        self.port = self.sock.getsockname()[1]
        self.honest = honest
        self.asked = 0
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                data, peer = self.sock.recvfrom(100)
            except OSError:
                return
            self.asked += 1
            self.sock.sendto(b"\x24", peer)
            self.sock.sendto(struct.pack("!BBbbII4s", 0x24, 2, 0, 0, 0, 0, b"GPS\0") + bytes(8) + b"\xff" * 8 + bytes(8) + struct.pack("!II", 1, 0), peer)
            if self.honest:
                self.sock.sendto(struct.pack("!BBbbII4s", 0x24, 2, 0, 0, 0, 0, b"GPS\0") + bytes(8) + data[40:48] + bytes(8)
                                 + struct.pack("!II", NOON + 2208988800, 0), peer)


class House:
    def __init__(self, ntp=""):
        self.said = []
        self.cfg = type("Cfg", (), {"ntp_host": ntp})
        self.board = type("Board", (), {"net": type("Net", (), {"dns": staticmethod(lambda: "127.0.0.1")})})
        self.wall = type("Wall", (), {"source": "none", "put": self.put})
        self.utc_s = 0

    def put(self, utc_s, source):
        self.utc_s, self.wall.source = utc_s, source
        return True

    def say(self, text):
        self.said.append(text)


@pytest.fixture
def zone(monkeypatch):
    zone = Zone()
    server = DNSServer(zone, port=0, address="127.0.0.1")
    monkeypatch.setattr(names, "DNS", server.server.server_address[1])
    server.start_thread()
    yield zone
    server.stop()
    server.server.server_close()


def live(house, is_so, wants=(), most_s=12):
    """Lets the names live until is_so(them), and gives them."""
    async def go():
        them = Names(house)
        task = asyncio.get_running_loop().create_task(them.run())
        end = time.monotonic() + most_s
        try:
            while not is_so(them):
                assert time.monotonic() < end and not task.done(), (them._known, house.said)
                for name in wants:
                    them.address(name)
                await asyncio.sleep(0.05)
        finally:
            task.cancel()
        return them
    return asyncio.run(go())


def test_a_broker_by_name_is_found_behind_its_other_name(zone):
    them = live(House(), lambda n: n.address("Broker.example") == "192.0.2.9")
    assert zone.asked == ["broker.example."]  # and is not asked for every look
    assert them.address("192.0.2.1") == "192.0.2.1"


def test_a_name_that_is_nobodys_stays_without_an_address_and_does_no_harm(zone):
    them = live(House(), lambda n: n.address("broker.example"), wants=["nobody.example", "bad..name"])
    assert them.address("nobody.example") == "" and them.address("bad..name") == ""


def test_the_time_comes_from_a_server_by_name_past_wrong_answers(zone):
    server = TimeServer()
    house = House("time.example:%d" % server.port)
    live(house, lambda n: house.utc_s)
    assert house.utc_s == NOON and house.wall.source == "server" and server.asked == 1
    assert house.said == ["time from time.example:%d" % server.port]


def test_a_server_that_lies_sets_no_clock_and_names_go_on(zone):
    server = TimeServer(honest=False)
    house = House("127.0.0.1:%d" % server.port)
    live(house, lambda n: server.asked and n.address("broker.example"), wants=["broker.example"])
    assert house.utc_s == 0


def test_only_a_few_names_are_remembered(zone):
    them = Names(House())
    for i in range(50):
        assert them.address("n%d.example" % i) == ""
    assert len(them._known) <= names.NAMES


@pytest.mark.parametrize("words", [["build/mp32/micropython"], ["build/device/micropython", "-X", "heapsize=112k"]], ids=["micropython", "device"])
def test_the_same_on_the_interpreters_of_the_chip(zone, words):
    server = TimeServer()
    done = subprocess.run(words + ["tests/names_probe.py", str(names.DNS), str(server.port)], capture_output=True, text=True, timeout=30)
    assert sorted(done.stdout.split("\n")) == ["", "address 192.0.2.9", "time %d" % NOON], done.stdout + done.stderr
