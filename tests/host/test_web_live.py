"""The live link of the web server: what it tells, what it takes, and who stays outside, on each interpreter."""
import json
import time

import pytest
from web_charger import Socket, lives

pytestmark = pytest.mark.live(20, together=True)


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
    lives(charger)
