"""A request is read within limits: what passes, what is refused, and with which number."""
import asyncio

import pytest
from app.caller import BODY, HEAD, HEADERS, LINE, Caller, Refused, check_line, decode


class Wire:
    """A stream that gives what it was given, n bytes at a time, then nothing."""

    def __init__(self, data, n=1000):
        self.data, self.n, self.written = data, n, b""

    async def read(self, n):
        n = min(n, self.n)
        data, self.data = self.data[:n], self.data[n:]
        return data

    def write(self, data):
        self.written += bytes(data)

    async def drain(self):
        await asyncio.sleep(0)


def hear(data, n=1000):
    """Reads a head; the caller, or the Refused."""
    async def main():
        caller = Caller(Wire(data, n), Wire(b""))
        try:
            await caller.head()
        except Refused as e:
            return e
        return caller
    asyncio.new_event_loop()
    return asyncio.run(main())


def test_a_sound_request_can_be_read_again_byte_by_byte():
    async def main(n):
        caller = Caller(Wire(b"POST /set HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello", n), Wire(b""))
        await caller.head()
        lines = []
        for _ in range(4):
            lines.append(await caller.readline())
        assert lines == [b"POST /set HTTP/1.1\r\n", b"Host: x\r\n", b"Content-Length: 5\r\n", b"\r\n"]
        assert await caller.readexactly(5) == b"hello"
        assert caller.path == "/set" and caller.asked and not caller.upgrade
    for n in (1, 7, 1000):
        asyncio.new_event_loop()
        asyncio.run(main(n))


def test_only_what_somebody_asks_for_is_kept():
    async def main(n):
        caller = Caller(Wire(b"GET /?a=1 HTTP/1.1\r\nhOST: x\r\nUser-Agent: " + b"y" * 400 + b"\r\nOrigin: z\n\r\nrest", n), Wire(b""))
        await caller.head()
        assert await caller.read(100) == b"GET /?a=1 HTTP/1.1\r\nhOST: x\r\nOrigin: z\n\r\nrest"
    for n in (1, 7, 1000):
        asyncio.new_event_loop()
        asyncio.run(main(n))


def test_parts_of_a_frame_stay_together():
    async def main():
        wire = Wire(b"")
        caller = Caller(wire, wire)
        caller.live = 1
        first = asyncio.create_task(caller.awrite(b"head", b"", b"body"))
        await asyncio.sleep(0)
        await caller.awrite(b"pong", b"!")
        await first
        assert wire.written == b"headbodypong!"
    asyncio.new_event_loop()
    asyncio.run(main())


def test_a_post_without_length_has_no_body():
    assert hear(b"POST / HTTP/1.1\r\n\r\n").asked


def test_a_websocket_is_known_by_its_header():
    assert hear(b"GET /live HTTP/1.1\r\nUpgrade: WebSocket\r\n\r\n").upgrade
    assert not hear(b"POST /live HTTP/1.1\r\nUpgrade: websocket\r\n\r\n").upgrade


GET = b"GET / HTTP/1.1\r\n"
BAD = [
    (b"GET /" + b"a" * LINE + b" HTTP/1.1\r\n\r\n", 414), (b"a" * 3000, 414),
    (GET + b"X: " + b"a" * LINE + b"\r\n\r\n", 431), (GET + b"X: " + b"a" * 3000, 431),
    (GET + b"X: a\r\n" * (HEADERS + 1) + b"\r\n", 431), (GET + (b"X: " + b"a" * 400 + b"\r\n") * (HEAD // 400 + 1) + b"\r\n", 431),
    (GET + b"Content-Length: %d\r\n\r\n" % (BODY + 1), 413), (GET + b"Content-Length: -5\r\n\r\n", 400),
    (GET + b"Content-Length: 5 5\r\n\r\n", 400), (GET + b"Content-Length: 99999999999999\r\n\r\n", 400),
    (GET + b"Content-Length: \r\n\r\n", 400), (GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    (GET + b"Transfer-Encoding: chunked\r\n\r\n", 501), (GET + b"no colon\r\n\r\n", 400), (GET + b": x\r\n\r\n", 400),
    (GET + b"A B: x\r\n\r\n", 400), (GET + b"X: \xff\xfe\r\n\r\n", 400),
    (b"\r\n\r\n", 400), (b"GET /\r\n\r\n", 400), (b"GET / SPDY/3\r\n\r\n", 400), (b"GET  / HTTP/1.1\r\n\r\n", 400),
    (b"BREW / HTTP/1.1\r\n\r\n", 405), (b"GET x HTTP/1.1\r\n\r\n", 400), (b"GET http://x/ HTTP/1.1\r\n\r\n", 400),
    (b"GET /%zz HTTP/1.1\r\n\r\n", 400), (b"GET /?a=%4 HTTP/1.1\r\n\r\n", 400), (b"GET /?a=%ff HTTP/1.1\r\n\r\n", 400),
    (b"GET /../x HTTP/1.1\r\n\r\n", 400), (b"GET /a/%2e%2e/x HTTP/1.1\r\n\r\n", 400), (b"GET /\x01 HTTP/1.1\r\n\r\n", 400),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", 400),
]


@pytest.mark.parametrize("data, status", BAD)
def test_a_bad_one_is_refused_with_a_reason(data, status):
    for n in (1000, 13):
        got = hear(data, n)
        assert isinstance(got, Refused) and got.status == status, (data[:40], got)
        assert got.why and '"' not in got.why and len(got.why) < 100


def test_limits_themselves_still_pass():
    assert hear(GET + b"X: a\r\n" * HEADERS + b"\r\n").asked
    assert hear(GET + b"Content-Length: %d\r\n\r\n" % BODY).asked
    assert hear(b"GET /" + b"a" * (LINE - 15) + b" HTTP/1.1\r\n\r\n").asked


def test_someone_who_hangs_up_early_is_nobody():
    async def main():
        with pytest.raises(EOFError):
            await Caller(Wire(b"GET / HT"), Wire(b"")).head()
    asyncio.new_event_loop()
    asyncio.run(main())


def test_small_writes_go_out_together():
    async def main():
        wire = Wire(b"")
        caller = Caller(wire, wire)
        for i in range(10):
            await caller.awrite(b"abc")
        assert wire.written == b"" and caller.begun
        await caller.flush()
        assert wire.written == b"abc" * 10
        await caller.awrite(b"x" * 1024)
        assert len(wire.written) == 30 + 1024
    asyncio.new_event_loop()
    asyncio.run(main())


def test_percent_and_plus_are_taken_out():
    assert decode("a+b%20%c3%a9%2B") == "a b é+"
    assert decode("") == ""
    for bad in ("%", "%1", "%g1", "%c3"):
        with pytest.raises(ValueError):
            decode(bad)


def test_a_request_line_gives_method_and_path():
    assert check_line("GET /a/b?c=d HTTP/1.0") == ("GET", "/a/b")
