"""The web server as a process of its own, on CPython and on MicroPython, asked over real sockets."""
import base64
import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MP32 = ROOT / "build/mp32/micropython"
DEVICE = ROOT / "build/device/micropython"
# From sources the compiler needs room; with everything frozen in, the heap is the board's.
ON = {"cpython": [sys.executable], "micropython": [str(MP32), "-X", "heapsize=384k"], "device": [str(DEVICE), "-X", "heapsize=112k"]}


class Charger:
    """The stand-in, running; say() sends bytes as they are, ask() is a whole request."""

    def __init__(self, on):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.process = subprocess.Popen([*ON[on], "tests/host/standin.py", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        first = self.process.stdout.readline()
        assert first.strip() == b"ready", first + self.process.stdout.read()

    def ask(self, method, path, body=None, **headers):
        """(status, body, headers). 503 is asked again, as a browser's user would."""
        for _ in range(20):
            call = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                call.request(method, path, body, headers)
                answer = call.getresponse()
                data = answer.read()
                if answer.status != 503:
                    return answer.status, data, answer.headers
            except (ConnectionError, http.client.BadStatusLine):
                pass
            finally:
                call.close()
            time.sleep(0.2)
        raise AssertionError("always busy")

    def json(self, method, path, body=None, **headers):
        status, data, _ = self.ask(method, path, body, **headers)
        return status, json.loads(data)

    def seen(self):
        return self.json("GET", "/seen")[1]

    def poke(self, path, value):
        assert self.json("POST", f"/poke?path={path}&value={urllib.parse.quote(json.dumps(value))}")[0] == 200

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def say(self, data):
        """What the server answers to these bytes until it closes; b"" when it only closes."""
        with self.connect() as s:
            s.sendall(data)
            got = b""
            try:
                while more := s.recv(4096):
                    got += more
            except ConnectionError:
                pass
            return got


class Socket:
    """A websocket by hand, so that it can misbehave."""

    def __init__(self, charger, *more):
        self.s = charger.connect()
        self.rest = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.s.sendall("\r\n".join(["GET /live HTTP/1.1", f"Host: 127.0.0.1:{charger.port}", "Connection: Upgrade", "Upgrade: websocket",
                                    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + key, *more, "", ""]).encode())
        while b"\r\n\r\n" not in self.rest:
            more = self.s.recv(4096)
            if not more:
                break
            self.rest += more
        self.head, _, self.rest = self.rest.partition(b"\r\n\r\n")

    def _take(self, n):
        while len(self.rest) < n:
            more = self.s.recv(4096)
            if not more:
                raise EOFError
            self.rest += more
        data, self.rest = self.rest[:n], self.rest[n:]
        return data

    def hear(self):
        """(opcode, payload) of the next frame."""
        first, n = self._take(2)
        if n == 126:
            n = struct.unpack(">H", self._take(2))[0]
        return first & 15, self._take(n)

    def until(self, wanted):
        """The first text that `wanted` likes, as an object."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            code, data = self.hear()
            if code == 1 and wanted(json.loads(data)):
                return json.loads(data)
        raise AssertionError("never heard")

    def say(self, data, code=1):
        mask = os.urandom(4)
        size = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data))
        self.s.sendall(bytes([0x80 | code]) + size + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))

    def close(self):
        self.s.close()


@pytest.fixture(scope="module", params=list(ON))
def charger(request):
    if request.param == "micropython" and not MP32.exists():
        pytest.skip("no 32-bit MicroPython here")
    if request.param == "device":
        if not DEVICE.exists():
            pytest.skip("no device-like MicroPython here")
        if any(p.stat().st_mtime > DEVICE.stat().st_mtime for p in (ROOT / "lib").rglob("*.py")):
            pytest.skip("the device-like MicroPython is older than lib")
    c = Charger(request.param)
    yield c
    c.process.terminate()
    c.process.wait(10)
    c.process.stdout.close()


# ---- what it says

def test_settings_are_one_json_object(charger):
    status, said = charger.json("GET", "/settings")
    assert status == 200 and said["serialnr"] == 1234 and said["evse"]["state_id"] == 2 and said["settings"]["charge_current"] == 136
    assert said["phase_currents"]["last_data_update"] > 1700000000


def test_the_schema_tells_all_that_a_form_needs_and_no_secret(charger):
    status, rows = charger.json("GET", "/schema")
    by_key = {r["key"]: r for r in rows}
    assert status == 200 and set(rows[0]) == {"key", "kind", "default", "low", "high", "unit", "choices", "where", "label", "help", "value"}
    assert by_key["max_current_a"]["value"] == 16 and by_key["max_current_a"]["unit"] == "A" and by_key["mode"]["choices"][2] == "Solar"
    assert by_key["wifi_pass"]["value"] == "***"
    assert b"swordfish" not in charger.ask("GET", "/schema")[1]


def test_points_come_with_their_unit(charger):
    status, said = charger.json("GET", "/points")
    assert status == 200 and said["evse.offered_ma"] == {"value": 13600, "unit": "mA"}


def test_the_log_and_the_display_can_be_read(charger):
    assert charger.json("GET", "/log")[1][0] == {"at_s": 1, "text": 'started, "sim"'}
    status, data, headers = charger.ask("GET", "/lcd")
    assert status == 200 and len(data) == 1086 and headers["Content-Type"] == "image/bmp"


def test_the_decisions_of_a_day_can_be_read(charger):
    status, rows = charger.json("GET", "/why")
    assert status == 200 and rows == [[99, 11, "no_car", "mains", 0], [88, 89, "charging", "mains", 13600]]


def test_a_page_may_tell_the_time_to_a_charger_that_knows_none_better(charger):
    assert charger.json("POST", "/time?utc=1795262400") == (200, {"taken": False})  # this machine's own clock is better
    for query in ("", "?utc=", "?utc=5", "?utc=99999999999", "?utc=now", "?utc=1&utc=2", "?when=1795262400"):
        status, said = charger.json("POST", "/time" + query)
        assert status == 400 and "utc" in said["error"], query


def test_the_page_comes_packed_and_only_once(charger):
    if not (ROOT / "build/page/webfiles.py").exists():
        pytest.skip("the page is not packed")
    status, data, headers = charger.ask("GET", "/")
    assert status == 200 and headers["Content-Encoding"] == "gzip" and data[:2] == b"\x1f\x8b" and headers["Cache-Control"] == "no-cache"
    assert charger.ask("GET", "/", **{"If-None-Match": headers["ETag"]})[:2] == (304, b"")
    assert charger.ask("GET", "/", **{"If-None-Match": '"old"'})[0] == 200


def test_head_has_no_body(charger):
    assert charger.ask("HEAD", "/settings")[:2] == (200, b"")


# ---- what it takes

def test_a_mode_is_set_with_any_body_or_none(charger):
    for body, number, word in ((None, 1, "normal"), ("", 2, "solar"), ("''", 0, "off"), ("{}", 4, "pause"), ("x" * 2048, 3, "smart")):
        status, said = charger.json("POST", f"/settings?mode={number}", body)
        assert status == 200 and said == {"mode": str(number)}
        assert charger.seen()["mode"] == word


def test_a_post_without_a_length_is_answered(charger):
    got = charger.say(b"POST /settings?mode=3 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert got.startswith(b"HTTP/1.0 200")


def test_an_override_as_home_assistant_writes_it(charger):
    assert charger.json("POST", "/settings?override_current=80.0") == (200, {"override_current": 80})
    assert charger.seen()["override_ma"] == 8000
    assert charger.json("POST", "/settings?disable_override_current=1") == (200, {"disable_override_current": "OK"})
    assert charger.seen()["override_ma"] == 0


def test_the_backlight(charger):
    assert charger.json("POST", "/settings?backlight=1") == (200, {"Backlight": 1})
    assert charger.seen()["light_s"] == 120


@pytest.mark.parametrize("query, words", [("mode=9", "mode must be"), ("mode=abc", "mode"), ("current_min=5", "from 6 to 16 A"), ("nix=1", "unknown parameter nix"), ("reset_fault=0", "reset_fault must be 1"), ("skip_delay=2", "skip_delay must be 1"),
                                          ("stop_timer=1&solar_max_import=99", "solar_max_import"), ("enable_C2=9", "enable_C2"),
                                          ("override_current=59", "override_current"), ("mode", "mode"), ("a%20b=1", "unknown parameter a b")])
def test_bad_parameters_are_400_and_change_nothing(charger, query, words):
    before = charger.seen()["serial"]
    status, said = charger.json("POST", "/settings?" + query)
    assert status == 400 and words in said["error"]
    assert charger.seen()["serial"] == before
    known = query.split("=")[0]
    if known in ("mode", "current_min"):
        assert said[known] == "Value not allowed!"


def test_several_settings_at_once(charger):
    assert charger.json("POST", "/set", '{"max_current_a": 20, "min_current_a": 15, "led": 1}')[0] == 400
    assert charger.json("POST", "/set", '{"min_current_a": 15, "max_current_a": 20}') == (200, {"ok": True})
    assert charger.json("GET", "/settings")[1]["settings"]["current_max"] == 20
    assert charger.json("POST", "/set", '{"min_current_a": 6, "max_current_a": 16}') == (200, {"ok": True})


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", '"x"', "\xff", '{"max_current_a":200}', '{"max_current_a":[1]}', '{"max_current_a":null}',
                                  '{"max_current_a":{"a":1}}', '{"nix":1}', '{"mqtt_host":5}', '{"mqtt_host":"%s"}' % ("x" * 64), '{"stop_min":3,"start_a":"x"}',
                                  '{"min_current_a":16,"max_current_a":7}', "[" * 2000, json.dumps({f"k{i}": 1 for i in range(30)})])
def test_bad_bodies_are_400_and_change_nothing(charger, body):
    before = charger.json("GET", "/schema")
    status, said = charger.json("POST", "/set", body.encode("latin-1"))
    assert status == 400 and said["error"]
    assert charger.json("GET", "/schema") == before


def test_errors_of_a_form_are_told_by_field(charger):
    status, said = charger.json("POST", "/set", '{"max_current_a":200,"start_a":5,"stop_min":-1}')
    assert set(said["errors"]) == {"max_current_a", "stop_min"} and "from 6 to 80 A" in said["errors"]["max_current_a"]


def test_a_button_over_plain_http(charger):
    assert charger.json("POST", "/lcd?button=left&state=1") == (200, {"button": {"left": "down", "middle": "up", "right": "up"}})
    assert charger.seen()["pressed"] == "left 1"
    for bad in ("", "button=left", "button=top&state=1", "button=left&state=2"):
        assert charger.json("POST", "/lcd?" + bad)[0] == 400


def test_a_page_of_another_site_gives_no_orders(charger):
    here = f"127.0.0.1:{charger.port}"
    for path in ("/settings?mode=0", "/set", "/lcd?button=left&state=1"):
        for origin in ("http://evil.example", "null", f"http://{here}.evil.example", "http://127.0.0.1"):
            assert charger.json("POST", path, "{}", Origin=origin)[0] == 403
    assert charger.json("POST", "/settings?mode=3", "", Origin="http://" + here)[0] == 200
    assert charger.json("GET", "/settings", None, Origin="http://evil.example")[0] == 200


def test_unknown_addresses_say_so(charger):
    assert charger.json("GET", "/nix")[0] == 404 and charger.json("POST", "/schema")[0] in (404, 405)
    assert "error" in charger.json("GET", "/nix")[1]


# ---- the doorman

@pytest.mark.parametrize("data, status", [
    (b"GET /" + b"a" * 600 + b" HTTP/1.1\r\n\r\n", 414), (b"GET / HTTP/1.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n", 431),
    (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 41 + b"\r\n", 431), (b"GET / HTTP/1.1\r\n" + (b"X: " + b"a" * 300 + b"\r\n") * 8 + b"\r\n", 431),
    (b"POST /set HTTP/1.1\r\nContent-Length: 2049\r\n\r\n" + b"a" * 2049, 413), (b"POST /set HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
    (b"POST /set HTTP/1.1\r\nContent-Length: 1e3\r\n\r\n", 400), (b"GET /%zz HTTP/1.1\r\n\r\n", 400), (b"GET /../boot.py HTTP/1.1\r\n\r\n", 400),
    (b"GET /%2e%2e/boot.py HTTP/1.1\r\n\r\n", 400), (b"POST /settings?mode=%f HTTP/1.1\r\n\r\n", 400), (b"nonsense\r\n\r\n", 400), (b"\x00\xff\r\n\r\n", 400),
    (b"GET /live HTTP/1.1\r\nHost: x\r\n\r\n", 400)])
def test_bad_requests_get_a_clear_answer(charger, data, status):
    got = charger.say(data)
    assert got.split(b" ")[1] == str(status).encode(), got
    assert b"error" in got or status == 400


def test_a_request_cut_short_or_slow_ends(charger):
    got = charger.say(b"POST /set HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc")
    assert got.startswith(b"HTTP/1.0 408") and b"3 seconds" in got
    with charger.connect() as s:
        s.sendall(b"GET / HT")
        s.shutdown(socket.SHUT_WR)
        assert s.recv(100) == b""
    assert charger.seen()["callers"] == 1


def test_the_fifth_is_told_to_come_again(charger):
    held = [charger.connect() for _ in range(4)]
    time.sleep(0.1)
    got = charger.say(b"GET /settings HTTP/1.1\r\n\r\n")
    for s in held:
        s.close()
    assert got.startswith(b"HTTP/1.0 503") and b"Retry-After" in got
    assert charger.json("GET", "/settings")[0] == 200


def test_sixty_half_open_connections_hurt_nobody(charger):
    live = Socket(charger)
    held = []
    for _ in range(60):
        s = charger.connect()
        s.sendall(b"GET / HTTP/1.1\r\nX-Slow: ")
        held.append(s)
    for _ in range(3):
        assert charger.json("GET", "/settings")[0] == 200
    charger.poke("evse.offered_ma", 9000)
    live.until(lambda said: said.get("evse.offered_ma") == 9000)
    charger.poke("evse.offered_ma", 13600)
    live.close()
    for s in held:
        s.close()
    assert charger.seen()["callers"] <= 2


# ---- the live link

def test_live_begins_with_everything_and_a_picture_then_tells_changes(charger):
    live = Socket(charger)
    assert live.head.startswith(b"HTTP/1.1 101")
    code, data = live.hear()
    first = json.loads(data)
    assert code == 1 and first["evse.state"] == "C" and first["mode"] == "smart" and len(data) < 4096
    code, data = live.hear()
    assert code == 2 and len(data) == 1024 and data[0] in (0x00, 0xFF)
    charger.poke("facts.why_text", "new")
    said = live.until(lambda said: "evse.why_text" in said)
    assert said["evse.why_text"] == "new" and "version" not in said
    live.close()


def test_a_button_over_the_live_link_draws_a_new_picture(charger):
    live = Socket(charger)
    before = [live.hear()[1], live.hear()[1]][1]
    live.say(b'{"button":"middle","state":1}')
    live.until(lambda said: said.get("button") == {"middle": "down"})
    assert charger.seen()["pressed"] == "middle 1"
    while True:
        code, data = live.hear()
        if code == 2 and data != before:
            break
    for bad in (b"{", b"[]", b'{"button":"top","state":1}', b'{"button":"left"}'):
        live.say(bad)
        assert live.until(lambda said: "error" in said)["error"]
    live.say(b"hello", code=9)
    while live.hear() != (10, b"hello"):
        pass
    live.close()


def test_an_endless_frame_ends_the_link(charger):
    for attack in (b"\x82\xff\x00\x00\x00\x00\x00\x10\x00\x00abcd", b"\x81\xfe\x10\x00abcd"):
        live = Socket(charger)
        live.s.sendall(attack)
        with pytest.raises((EOFError, ConnectionError)):
            while True:
                live.hear()
        live.close()


def test_the_third_listener_and_a_foreign_one_stay_outside(charger):
    deadline = time.monotonic() + 10
    while charger.seen()["sockets"] and time.monotonic() < deadline:
        time.sleep(0.1)
    two = [Socket(charger), Socket(charger)]
    assert b" 503 " in Socket(charger).head
    for s in two:
        s.close()
    while charger.seen()["sockets"] and time.monotonic() < deadline:
        time.sleep(0.1)
    foreign = Socket(charger, "Origin: http://evil.example")
    assert b" 403 " in foreign.head
    assert charger.seen()["sockets"] == 0


def test_after_all_this_it_still_lives_and_has_its_memory(charger):
    assert charger.process.poll() is None
    seen = charger.seen()
    assert seen["callers"] == 1 and (seen["free"] == 0 or seen["free"] > 50000)
