"""Who knocks at the web server with nonsense, half a request or sixty times at once, on each interpreter."""
import socket
import time

import pytest
from web_charger import Socket, lives

pytestmark = pytest.mark.live(25, together=True)


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


def test_after_all_this_it_still_lives_and_has_its_memory(charger):
    lives(charger)
