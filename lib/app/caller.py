"""One caller of the web server: his question is read and checked here before anybody answers it.

The head of a request is read piece by piece within the limits below and every
line of it is looked at, but only those that somebody asks for are kept, since
a browser's are a kilobyte. After that microdot reads what was kept again and
may take this object for its reader and its writer. What breaks a limit
becomes Refused with a status and a reason. It knows no route and no queue.
"""
import asyncio

from micropython import const

from app import clock

LINE = const(512)      # bytes of the request line, and of each header line
HEADERS = const(40)    # header lines
HEAD = const(2048)     # bytes of all header lines
BODY = const(2048)     # bytes of a body
TOGETHER = const(512)  # bytes of small writes that go out at once
BEHIND = const(8192)   # bytes that may wait for a websocket that does not read
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
ASKED_FOR = ("host", "origin", "connection", "sec-websocket-key", "if-none-match", "content-length")
REASON = {400: "Bad Request", 405: "Method Not Allowed", 408: "Request Timeout", 413: "Payload Too Large",
          414: "URI Too Long", 431: "Request Header Fields Too Large", 501: "Not Implemented",
          503: "Service Unavailable"}


class Refused(Exception):
    """status and why, for the caller."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def decode(text: str) -> str:
    """Takes %XX and + out of a part of a URL. ValueError if that does not give UTF-8 text."""
    raw = text.replace("+", " ").encode()
    if b"%" not in raw:
        return raw.decode()
    parts = raw.split(b"%")
    out = bytearray(parts[0])
    for part in parts[1:]:
        if len(part) < 2:
            raise ValueError("bad percent sign in the address")
        try:
            out.append(int(part[:2].decode(), 16))
        except ValueError:
            raise ValueError("bad percent sign in the address") from None
        out.extend(part[2:])
    try:
        return bytes(out).decode()
    except ValueError:
        raise ValueError("the address is not UTF-8") from None


def check_line(line: str) -> tuple:
    """(method, path) of a request line, or Refused."""
    parts = line.split(" ")
    if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
        raise Refused(400, "not an HTTP/1 request line")
    method, target, _ = parts
    if method not in METHODS:
        raise Refused(405, "method must be one of " + ", ".join(METHODS))
    if not target.startswith("/") or any([not 32 < ord(c) < 127 for c in target]):
        raise Refused(400, "the address must begin with / and be plain ASCII")
    path, _, query = target.partition("?")
    try:
        if ".." in decode(path).split("/"):
            raise ValueError("no .. in an address")
        decode(query)
    except ValueError as e:
        raise Refused(400, str(e)) from None
    return method, path


class Caller:
    """One connection: what microdot takes for its reader and its writer. Small writes go out together."""

    def __init__(self, reader, writer) -> None:
        self._reader = reader
        self._writer = writer
        self._in = b""        # read from the wire, not yet taken
        self._out = bytearray()
        self._sending = False
        self.begun = False    # a byte of the answer is on its way
        self.asked = False    # the question is complete
        self.live = 0         # 1: a websocket, whose bytes go out at once
        self.quiet = 0        # counted up by who tells it the news, from 0 whenever it says something
        self.talk = None      # what a websocket goes on with, called with this caller
        self.sock = (self, self)  # where microdot's websocket looks for its reader and its writer
        self.path = ""
        self.upgrade = False  # asks for a websocket
        self.task = asyncio.current_task()
        self.since = clock.ticks_ms()

    async def head(self) -> None:
        """Reads up to the empty line and checks every line of it. What somebody asks for can then be read again."""
        kept = b""
        lines = size = 0
        length = -1
        method = ""
        while True:
            end = self._in.find(b"\n") + 1
            if not end:
                if len(self._in) > LINE:
                    self._long(lines)
                more = await self._reader.read(256)
                if not more:
                    raise EOFError
                self._in += more
                continue
            if end > LINE + 1:
                self._long(lines)
            raw, self._in = self._in[:end], self._in[end:]
            try:
                line = raw.decode().rstrip("\r\n")
            except ValueError:
                raise Refused(400, "the request is not UTF-8") from None
            if not lines:
                method, self.path = check_line(line)
                kept = raw
            elif not line:
                self._in = kept + raw + self._in
                break
            else:
                name, colon, value = line.partition(":")
                name = name.lower()
                value = value.strip()
                size += len(line) + 2
                if not colon or not name or " " in name or "\t" in name:
                    raise Refused(400, "a header line must be name: value")
                if lines > HEADERS or size > HEAD:
                    raise Refused(431, "at most %d header lines and %d bytes of them" % (HEADERS, HEAD))
                if name == "content-length":
                    if not value.isdigit() or len(value) > 9 or length not in (-1, int(value)):
                        raise Refused(400, "Content-Length must be one whole number from 0 to %d" % BODY)
                    length = int(value)
                elif name == "transfer-encoding":
                    raise Refused(501, "send a Content-Length instead of Transfer-Encoding")
                elif name == "upgrade":
                    self.upgrade = value.lower() == "websocket" and method == "GET"
                if name in ASKED_FOR:
                    kept += raw
            lines += 1
        if length > BODY:
            raise Refused(413, "a body is at most %d bytes" % BODY)
        self.asked = True

    def _long(self, lines: int) -> None:
        raise Refused(431 if lines else 414, "a line of the request is at most %d bytes" % LINE)

    async def _more(self, n: int) -> bytes:
        data = await self._reader.read(n)
        self.quiet = 0
        return data

    async def readline(self) -> bytes:
        """A line of the head, which is complete by now."""
        end = self._in.find(b"\n") + 1
        line, self._in = self._in[:end], self._in[end:]
        return line

    async def read(self, n: int) -> bytes:
        """n bytes, fewer only when the other side has closed."""
        while len(self._in) < n:
            more = await self._more(n - len(self._in))
            if not more:
                break
            self._in += more
        data, self._in = self._in[:n], self._in[n:]
        return data

    async def readexactly(self, n: int) -> bytes:
        data = await self.read(n)
        if len(data) < n:
            raise EOFError
        return data

    async def awrite(self, data, *more) -> None:
        """Takes data, and what belongs behind it; it may wait for more. A websocket's goes out at once, and is not copied
        when nothing waits before it."""
        self.begun = True
        if len(self._out) > BEHIND:
            raise OSError("does not read")
        if self.live and not self._out and not self._sending:
            await self._send(data, *more)
            return
        self._out.extend(data)
        for part in more:
            self._out.extend(part)
        if len(self._out) >= TOGETHER or self.live:
            await self.flush()

    async def flush(self) -> None:
        """Sends what is there. A second task that comes meanwhile leaves its bytes to the first."""
        if self._out and not self._sending:
            data, self._out = self._out, bytearray()
            await self._send(data)

    async def _send(self, *parts) -> None:
        """Sends the parts, and what was taken meanwhile."""
        self._sending = True
        try:
            for part in parts:
                self._writer.write(part)
                await self._writer.drain()
            while self._out:
                data, self._out = self._out, bytearray()
                self._writer.write(data)
                await self._writer.drain()
        finally:
            self._sending = False

    async def aclose(self) -> None:
        """Nothing to do: the doorman closes."""

    def get_extra_info(self, name: str):
        return self._writer.get_extra_info(name)

    def say_no(self, status: int, why: str) -> None:
        """Says why not. Never waits."""
        body = '{"error": "%s"}\n' % why
        self._writer.write(("HTTP/1.0 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n%s" % (
            status, REASON[status], len(body), "Retry-After: 1\r\n" if status == 503 else "", body)).encode())

    async def linger(self) -> None:
        """Swallows a little of what still comes, so that the answer is not lost to a reset."""
        await self._writer.drain()
        for _ in range(16):
            if not await self._reader.read(256):
                return

    async def close(self) -> None:
        """Sends what is left if that takes no wait, and lets go of the socket."""
        transport = getattr(self._writer, "transport", None)
        if transport and transport.get_write_buffer_size():
            transport.abort()
            return
        self._writer.close()
        await self._writer.wait_closed()
