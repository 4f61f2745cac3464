"""A HomeWizard meter over real HTTP: the answers it gives on good days and on bad ones, on three interpreters."""
import asyncio
import queue
import socket
import time

import pytest
from aiohttp import web
from peers import INTERPRETERS, InThread, Lines, needs

pytestmark = pytest.mark.live(25)
PATIENCE_S = 30
BODY = ('{"wifi_ssid":"x","smr_version":50,"total_power_import_kwh":13779.338,"total_power_export_kwh":5.5,"active_power_w":%d,"active_power_l1_w":-676,'
        '"active_power_l2_w":133,"active_power_l3_w":0,"active_current_l1_a":%s,"active_current_l2_a":0.591,"active_current_l3_a":0,"external":[{"value":1}]}')
NAMES = ("known", "l1", "l2", "l3", "w", "wh_in", "wh_out", "age", "ok", "errors", "last", "hurried", "gap")


class Probe(Lines):
    """The charger's side on one interpreter."""

    def __init__(self, interpreter, *args):
        needs(interpreter)
        super().__init__(*interpreter, "tests/host/netmeter_probe.py", *args)

    def figures(self, line):
        words = dict(zip(NAMES, line[4:].split(" ")))
        return {k: v if k == "last" else int(v) for k, v in words.items()}

    def now(self, wanted, what=""):
        """Its figures as soon as wanted(figures) is true."""
        return self.figures(self.until(lambda line: line.startswith("NOW") and wanted(self.figures(line)), what))

    def fresh(self, wanted=lambda f: True, what=""):
        """As now(), but nothing that was printed before."""
        while True:
            try:
                self.queue.get_nowait()
            except queue.Empty:
                return self.now(wanted, what)


class Meter(InThread):
    """An aiohttp server in a thread; `manner` says how the next answers are."""

    def __init__(self, port=0):
        self.manner = "good"
        self.amps = "4"
        self.asked = 0
        self.connections = set()
        super().__init__(port)

    async def opened(self):
        app = web.Application()
        app.router.add_get("/api/v1/data", self._answer)
        self.runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.port).start()

    async def _answer(self, request):
        self.asked += 1
        self.connections.add(request.transport.get_extra_info("peername"))
        text = BODY % (-543, self.amps)
        manner = self.manner
        if manner == "slow":
            await asyncio.sleep(2.7)
        if manner == "never":
            await asyncio.sleep(60)
        if manner == "chunked":
            answer = web.StreamResponse()
            answer.enable_chunked_encoding()
            await answer.prepare(request)
            for i in range(0, len(text), 50):
                await answer.write(text[i:i + 50].encode())
            await answer.write_eof()
            return answer
        if manner == "truncated":
            answer = web.StreamResponse(headers={"Content-Length": str(len(text) + 100)})
            await answer.prepare(request)
            await answer.write(text.encode())
            request.transport.close()
            return answer
        if manner == "huge":
            return web.Response(text=text[:-1] + ',"more":"' + "x" * 100000 + '"}')
        if manner == "json":
            return web.Response(text='{"active_current_l1_a":"four"}')
        if manner == "disabled":
            return web.Response(status=403, text='{"error":{"id":202}}')
        if manner == "jump":
            text = BODY % (-543, "499")
            self.manner = "good"
        answer = web.Response(text=text)
        if manner == "closing":
            answer.force_close()
        return answer

    async def closed(self):
        await self.runner.cleanup()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0.05)


def pair(interpreter, ends):
    meter = Meter()
    ends.append(meter)
    probe = Probe(interpreter, "Homewizrd", "127.0.0.1:%d" % meter.port, 10)
    ends.append(probe)
    return meter, probe


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_meter_on_good_and_bad_days(interpreter, ends):
    """Each kind of bad answer is counted by its word and changes nothing; the next good one counts again."""
    meter, probe = pair(interpreter, ends)
    f = probe.now(lambda f: f["known"] and f["ok"] >= 6, "for the first answers")
    assert (f["l1"], f["l2"], f["l3"], f["w"], f["wh_in"], f["wh_out"]) == (-4000, 591, 0, -543, 13779338, 5500)
    assert f["hurried"] >= 3 and len(meter.connections) == 1, "the connection was not kept"
    for manner, word in (("json", "json"), ("disabled", "http403"), ("truncated", "short"), ("huge", "long")):
        meter.amps = "5"
        meter.manner = manner
        f = probe.now(lambda f, word=word: f["last"] == word, manner)
        assert f["l1"] in (-4000, -6000)
        meter.amps, meter.manner = "6", "good"
        probe.now(lambda f: f["l1"] == -6000 and f["age"] < 900, "for a good answer after " + manner)
        meter.amps = "4"
        probe.now(lambda f: f["l1"] == -4000, "for the old number")
    for manner in ("chunked", "closing"):
        meter.manner, meter.amps = manner, "7"
        before = probe.now(lambda f: f["l1"] == -7000, manner)
        assert probe.now(lambda f: f["ok"] > before["ok"] + 2)["errors"] == before["errors"], manner
        meter.amps = "4"
        probe.now(lambda f: f["l1"] == -4000, "for the old number")
    meter.manner = "jump"
    f = probe.now(lambda f: f["last"] == "doubt", "for a jump to 499 A")
    assert f["l1"] == -4000
    f = probe.now(lambda f: f["age"] < 900 and f["l1"] == -4000)
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_slow_meter_is_used_and_is_not_as_fresh_as_it_came(interpreter, ends):
    meter, probe = pair(interpreter, ends)
    probe.now(lambda f: f["known"])
    meter.manner, meter.amps = "slow", "9"
    f = probe.now(lambda f: f["l1"] == -9000, "for the slow answer")
    assert 850 <= f["age"] < 1800, "a third of the wait is age"
    f = probe.now(lambda f, at=f["ok"]: f["ok"] > at + 3, "for two more")
    assert f["errors"] == 0
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_meter_that_is_unplugged_comes_back(interpreter, ends):
    meter, probe = pair(interpreter, ends)
    probe.now(lambda f: f["known"])
    meter.end()
    ends.remove(meter)
    probe.until(lambda line: line.startswith("LOG mains meter 127.0.0.1 lost"), "for the line in the log")
    f = probe.now(lambda f: f["age"] > 4000, "to grow old")
    assert f["last"] in ("port", "short")
    again = Meter(meter.port)
    ends.append(again)
    probe.until(lambda line: line == "LOG mains meter 127.0.0.1 is back", "for the return")
    probe.now(lambda f: f["age"] < 1500, "for a fresh number")


@pytest.mark.parametrize("interpreter", INTERPRETERS)
def test_a_meter_that_says_nothing_costs_its_deadline_alone(interpreter, ends):
    """A server that never answers, and an address behind which nobody ever shakes hands."""
    meter, probe = pair(interpreter, ends)
    probe.now(lambda f: f["known"])
    meter.manner = "never"
    f = probe.now(lambda f: f["last"] == "silent", "for the deadline")
    assert f["age"] >= 4000
    meter.manner = "good"
    f = probe.now(lambda f: f["age"] < 900, "for the return")
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))
    hole = socket.socket()
    hole.bind(("127.0.0.1", 0))
    hole.listen(0)
    kept = []
    for _ in range(3):  # a full backlog: who dials hears nothing at all
        s = socket.socket()
        s.setblocking(False)
        s.connect_ex(hole.getsockname())
        kept.append(s)
    lost = Probe(interpreter, "Homewizrd", "127.0.0.1:%d" % hole.getsockname()[1], 10)
    ends.append(lost)
    start = time.monotonic()
    f = lost.now(lambda f: f["errors"] >= 1, "for the deadline of the black hole")
    assert f["last"] == "silent" and 4 < time.monotonic() - start < PATIENCE_S
    print("%s: longest gap %d ms" % (interpreter[0], f["gap"]))
    for s in [*kept, hole]:
        s.close()
