"""The tasks of meters on the network: which there are, how patient they are, and that an idle connection may be dropped."""
import asyncio

import pytest
from app import clock, netmeter
from app.homewizard import HomeWizard, true_at
from app.modbus_tcp import ModbusTcp
from app.netmeter import NetMeter, NetMeters, want
from meters.build import build
from meters.reading import Reading
from meters.roles import Roles
from settings import Settings

BODY = b'{"active_current_a":5,"active_power_w":-1150}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY


def cfg(**settings):
    c = Settings()
    for key in settings:
        c.put(key, settings[key])
    return c


def test_only_a_homewizard_or_a_meter_with_a_host_is_on_the_network():
    assert want(cfg(mains_meter="Eastron3P"), "mains") is None
    assert want(cfg(mains_meter="API", mains_host="1.2.3.4"), "mains") is None
    assert want(cfg(mains_meter="Disabled", mains_host="1.2.3.4"), "mains") is None
    assert want(cfg(mains_meter="Homewizrd"), "mains") == (13, "", 0)
    assert want(cfg(mains_meter="Homewizrd", mains_host="1.2.3.4"), "mains") == (13, "1.2.3.4", 0)
    assert want(cfg(ev_meter="ABB", ev_host="1.2.3.4", ev_addr=77), "ev") == (6, "1.2.3.4", 77)
    assert want(cfg(pv_meter="SolarEdge", pv_host="inverter.local", pv_addr=20), "pv") == (7, "inverter.local", 20)


def test_a_node_leaves_mains_and_circuit_to_its_master():
    c = cfg(mains_meter="Homewizrd", circuit_meter="Homewizrd", ev_meter="Homewizrd", loadbl="Node 1")
    assert [want(c, role) for role in ("mains", "circuit", "ev")] == [None, None, (13, "", 0)]
    c.put("loadbl", "Master")
    assert want(c, "mains") and want(c, "circuit")


class House:
    """What NetMeters asks of the root object."""

    def __init__(self, c):
        self.cfg, self.meters, self.regulate, self.minder = c, Roles(), self, self
        self.running, self.lines = [], []

    def hurry(self):
        pass

    def say(self, text):
        self.lines.append(text)

    async def keep(self, name, run):
        self.running.append(name)
        try:
            await clock.sleep_ms(60000)
        finally:
            self.running.remove(name)


def test_tasks_come_and_go_with_the_settings():
    async def story():
        house = House(cfg(mains_meter="Homewizrd", ev_meter="Eastron3P", ev_host="1.2.3.4"))
        net = NetMeters(house)
        net.settle()
        await clock.sleep_ms(20)
        assert sorted(house.running) == ["ev meter", "mains meter"]
        mains = net.meters[0]
        house.meters.mains.put(5, (1, 2, 3))
        house.cfg.put("ev_addr", 99)
        net.settle()
        await clock.sleep_ms(20)
        assert net.meters[0] is mains and net.meters[2].meter.address == 99 and len(house.running) == 2
        assert house.meters.mains.known
        house.cfg.put("mains_meter", "Eastron3P")
        net.settle()
        await clock.sleep_ms(20)
        assert house.running == ["ev meter"] and not house.meters.mains.known
        net.stop()
        await clock.sleep_ms(20)
        assert house.running == [] and net.meters == [None] * 5
    asyncio.run(story())


def test_a_meter_that_cannot_be_is_said_and_not_tried():
    async def story():
        house = House(cfg(mains_meter="Eastron3P"))
        net = NetMeters(house)
        house.cfg.mains_host = "not an address"
        net.settle()
        await clock.sleep_ms(20)
        assert house.running == [] and house.lines[-1].startswith("mains meter: host must")
        net.stop()
    asyncio.run(story())


class Silent(NetMeter):
    """A meter whose turns end as the story says."""

    ends: tuple = ()

    async def turn(self):
        self.turns = getattr(self, "turns", 0) + 1
        end = self.ends[min(self.turns, len(self.ends)) - 1]
        if end == "hang":
            await clock.sleep_ms(10000)
        elif end:
            raise end


@pytest.mark.parametrize("end, word", (
    (OSError(111), "port"), (EOFError(), "short"), (ValueError("json"), "json"), ("hang", "silent")))
def test_what_goes_wrong_is_counted_by_its_word(end, word):
    async def story():
        lines = []
        meter = Silent("ev", Reading(), "1.2.3.4", 80, lines.append)
        meter.ends = (end, None)
        netmeter.DEADLINE_S, before = 0.1, netmeter.DEADLINE_S
        try:
            assert await meter._try() == word
            assert await meter._try() == ""
        finally:
            netmeter.DEADLINE_S = before
    asyncio.run(story())


def test_a_meter_that_is_lost_is_said_once_and_so_is_its_return():
    async def story():
        lines = []
        reading = Reading()
        meter = Silent("ev", reading, "1.2.3.4:81", 80, lines.append)
        meter.ends = (OSError(111),) * 3 + (None,)
        netmeter.AGAIN_MOST_MS, before = 10, netmeter.AGAIN_MOST_MS
        task = asyncio.create_task(meter.run())
        try:
            for _ in range(200):
                await clock.sleep_ms(20)
                if len(lines) == 2:
                    break
        finally:
            netmeter.AGAIN_MOST_MS = before
            task.cancel()
        assert lines == ["ev meter 1.2.3.4 lost: port", "ev meter 1.2.3.4 is back"]
        assert reading.errors == 3 and reading.last_error == "port" and meter.port == 81
    asyncio.run(story())


class Server:
    """On a port of loopback; talk(reader, writer) is what it does with who comes."""

    async def __aenter__(self):
        for self.port in range(23600, 23640):
            try:
                self.server = await asyncio.start_server(self.come, "127.0.0.1", self.port)
                break
            except OSError:
                continue
        return self

    async def __aexit__(self, kind, error, trace):
        self.server.close()
        await self.server.wait_closed()

    def __init__(self, talk):
        self.talk = talk
        self.came = 0

    async def come(self, reader, writer):
        self.came += 1
        try:
            await self.talk(reader, writer)
        finally:
            writer.close()
            await writer.wait_closed()


async def head(reader):
    """Reads a question to its empty line; False when there is none any more."""
    while True:
        line = await reader.readline()
        if not line:
            return False
        if line == b"\r\n":
            return True


def test_a_meter_that_hangs_up_between_two_questions_is_asked_again_at_once():
    async def once(reader, writer):
        if await head(reader):
            writer.write(ANSWER)   # it says that it keeps the connection, and does not
            await writer.drain()

    async def story():
        async with Server(once) as server:
            reading = Reading()
            heard = []
            meter = HomeWizard("mains", reading, "127.0.0.1:%d" % server.port, print, lambda: heard.append(1))
            for i in range(1, 4):
                assert await meter._try() == ""
                await clock.sleep_ms(30)
                assert (server.came, reading.ok, len(heard)) == (i, i, i)
            meter.drop()
        assert reading.ma == [-5000, 0, 0] and reading.errors == 0
    asyncio.run(story())


def test_a_third_of_the_wait_is_age():
    assert clock.ticks_diff(true_at(1000, 1090), 1000) == 60
    assert clock.ticks_diff(true_at(1000, 3700), 1000) == 1800


def frame(question, pdu):
    return question[:4] + bytes((0, len(pdu) + 1)) + question[6:7] + pdu


def test_a_late_answer_never_passes_for_a_new_one():
    """The server answers each question twice: first with the number of the question before."""
    async def talk(reader, writer):
        last = None
        while True:
            try:
                question = await reader.readexactly(12)
            except EOFError:
                return
            amps = b"\x41\x20\0\0" * 6 if last is None else b"\x41\xa0\0\0" * 6   # 10 A, then 20 A
            if last:
                writer.write(frame(last, b"\x04\x18" + b"\x42\xc8\0\0" * 6))        # 100 A: what nobody may see
            writer.write(frame(question, b"\x04\x18" + amps))
            await writer.drain()
            last = question

    async def story():
        async with Server(talk) as server:
            reading = Reading()
            meter = ModbusTcp("mains", build(4, 10, reading, Settings()), "127.0.0.1:%d" % server.port, print)
            meter.meter._slow_ms = 1000000   # the currents alone
            assert await meter._try() == "" and reading.ma == [10000] * 3
            assert await meter._try() == "" and reading.ma == [20000] * 3
            assert server.came == 1
            meter.drop()
            await clock.sleep_ms(30)
    asyncio.run(story())
