"""The MQTT task at a peer that plays a broker: who is dialled, what is said first and last, who may set what."""
import asyncio

import pytest
from app import broker as room
from app.broker import Broker
from settings import Settings

TABLE = (("mode", "word", "", 0, ""),)


class House:
    serial = 7

    def __init__(self):
        self.cfg = Settings()
        self.control = self
        self.word = "normal"
        self.lines = []

    def set_mode(self, name):
        if name == "smart":
            raise ValueError("mode smart needs a mains meter")
        self.word = name

    def say(self, text):
        self.lines.append(text)


class Peer:
    """Accepts everybody, keeps all it gets, sends what it is told."""

    def __init__(self, says=b""):
        self.says = says
        self.got = bytearray()
        self.port = 0

    async def _serve(self, reader, writer):
        self.got.extend(await reader.read(256))
        writer.write(b"\x20\x02\x00\x00" + self.says)
        await writer.drain()
        while True:
            more = await reader.read(256)
            if not more:
                break
            self.got.extend(more)
        writer.close()
        await writer.wait_closed()

    async def open(self):
        """On the first port that is free: MicroPython cannot tell which one it was given."""
        for port in range(18990, 19100):
            try:
                self.server = await asyncio.start_server(self._serve, "127.0.0.1", port)
                self.port = port
                return
            except OSError:
                continue

    async def has(self, wanted):
        for _ in range(500):
            if wanted in bytes(self.got):
                return True
            await asyncio.sleep_ms(20)
        return False


def play(story, says=b"", **given):
    """story(house, broker, peer) beside the task."""
    house, peer = House(), Peer(says)
    broker = Broker(house, TABLE, **given)

    async def both():
        await peer.open()
        house.cfg.put("mqtt_port", peer.port)
        task = asyncio.create_task(broker.run())
        try:
            await story(house, broker, peer)
        finally:
            task.cancel()
            peer.server.close()
            await asyncio.sleep_ms(50)
    asyncio.run(both())
    return house, broker


async def until(true):
    for _ in range(500):
        if true():
            return True
        await asyncio.sleep_ms(20)
    return False


def test_without_an_address_nothing_is_dialled():
    async def story(house, broker, peer):
        await asyncio.sleep_ms(100)
        assert not peer.got and broker.state() == "off" and not broker.connected
    play(story)


def test_it_says_it_is_there_listens_and_tells_all():
    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "127.0.0.1")
        for wanted in (b"\x00\x15SmartEVSE/7/connected\x00\x07offline", b"\x31\x1d\x00\x15SmartEVSE/7/connectedonline",
                       b"\x00\x11SmartEVSE/7/Set/#\x00", b"SmartEVSE/7/modenormal"):
            assert await peer.has(wanted)
        assert broker.connected == 1 and broker.state() == "online" and broker.connects == 1
    house, _ = play(story)
    assert house.lines == ["mqtt online"]


def test_another_prefix_means_goodbye_and_hello():
    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "localhost")
        assert await peer.has(b"SmartEVSE/7/modenormal")
        house.cfg.put("mqtt_prefix", "garage")
        assert await peer.has(b"SmartEVSE/7/connectedoffline\xe0\x00")
        assert await peer.has(b"garage/connectedonline")
    _, broker = play(story)
    assert broker.connects == 2


def test_a_broker_on_the_command_line_outranks_the_settings():
    async def story(house, broker, peer):
        broker.at = "127.0.0.1:%d" % peer.port
        house.cfg.put("mqtt_host", "192.0.2.1")
        assert await peer.has(b"SmartEVSE/7/modenormal")
    play(story)


def test_a_name_waits_for_its_address():
    known = []

    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "broker.lan")
        assert await until(lambda: broker.state() == "name not found")
        assert not peer.got
        known.append("127.0.0.1")
        assert await peer.has(b"SmartEVSE/7/modenormal")
    play(story, resolve=lambda name: known[0] if known and name == "broker.lan" else "")


def order(topic, payload):
    return bytes((0x30, 2 + len(topic) + len(payload), 0, len(topic))) + topic + payload


def test_an_order_is_obeyed_and_its_result_is_told():
    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "127.0.0.1")
        assert await peer.has(b"SmartEVSE/7/modesolar")
        assert broker.heard == 1 and broker.dropped == 0
    play(story, order(b"SmartEVSE/7/Set/Mode", b"Solar"))


@pytest.mark.parametrize("topic, payload", (
    (b"SmartEVSE/7/Set/Mode", b"solar"), (b"SmartEVSE/7/Set/Mode", b"\xff\xfe"), (b"SmartEVSE/7/Set/\xff", b"Solar"),
    (b"SmartEVSE/7/Set/Moon", b"Solar"), (b"x", b""), (b"SmartEVSE/7/Set/Mode", b"Smart")))
def test_anything_else_changes_nothing_is_counted_and_noted(topic, payload):
    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "127.0.0.1")
        assert await until(lambda: broker.dropped == 1)
        assert house.word == "normal" and broker.heard == 0 and broker.connected == 1
    house, _ = play(story, order(topic, payload))
    assert len([line for line in house.lines if line.startswith("mqtt: ")]) == 1


def test_a_feed_that_is_refused_each_second_is_noted_once():
    async def story(house, broker, peer):
        house.cfg.put("mqtt_host", "127.0.0.1")
        assert await until(lambda: broker.dropped == 3)
    bad, worse = order(b"SmartEVSE/7/Set/MainsMeter", b"1:2"), order(b"SmartEVSE/7/Set/MainsMeter", b"x:1:2")
    house, _ = play(story, bad + bad + worse)
    assert len([line for line in house.lines if line.startswith("mqtt: ")]) == 2


@pytest.mark.parametrize("error, words", (
    (EOFError(), "closed by broker"), (OSError(104), "error 104"), (OSError(), "error"), (asyncio.TimeoutError(), "no answer"),
    (room.ProtocolError("refused 5"), "refused 5"), (KeyError("x"), "fault: KeyError('x')")))
def test_an_end_in_words(error, words):
    assert room._reason(error).startswith(words[:15])
