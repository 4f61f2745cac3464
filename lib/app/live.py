"""What changes, told at once: the websocket /live.

A newcomer gets every point as one JSON object, then a few times a second the
points that changed since, and the LCD's 1024 bytes whenever it was drawn. One
task tells all listeners; one that does not take its bytes in time is let go.
Listeners may press a button of the LCD, and that is all they may do here.
"""
import asyncio
import binascii
import hashlib
import json

from micropython import const

import points
from microdot import Response
from microdot.websocket import WebSocket, WebSocketError
from proto import sha1

BEAT_S = 0.3       # real time: a phone's eye does not run at the simulator's speed
_OFTEN_BEATS = const(4)    # numbers that change all the time are told about once a second
_PING_BEATS = const(32)    # a ping every ten seconds
_IDLE_BEATS = const(100)   # who says nothing for half a minute, not even pong, is gone; a deadline of its own would cost each two tasks
_TELL_S = const(2)         # to take in what changed
_PART = const(400)         # bytes of a piece of the first message, about
_SPARE = const(250)        # bytes by which it may grow while it is sent; they are filled up with spaces
_MESSAGE = const(1024)     # bytes of the longest message from a listener
BUTTONS = ("left", "middle", "right")
LCD_HEAD = b"\x82\x7e\x04\x00"   # a whole binary frame of 1024 bytes
PING = b"\x89\x00"
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 1.3


def accept(key: str) -> bytes:
    """The answer to a Sec-WebSocket-Key."""
    data = key.encode() + GUID
    digest = hashlib.sha1(data).digest() if hasattr(hashlib, "sha1") else sha1.digest(data)
    return binascii.b2a_base64(digest)[:-1]


class Link(WebSocket):
    """microdot's websocket, on an interpreter that may lack SHA-1, with our limit on messages."""
    max_message_length = _MESSAGE

    def _handshake_response(self):
        headers = self.request.headers
        if "upgrade" not in headers.get("Connection", "").lower() or not headers.get("Sec-WebSocket-Key"):
            self.request.app.abort(400, '{"error":"a websocket is needed here"}\n')
        return accept(headers["Sec-WebSocket-Key"])


def parts(house):
    """All points as one JSON object, in pieces: as a whole it would be the largest thing in the heap."""
    said: list = []
    size, comma = 0, "{"
    for name, value in points.every(house):
        said.append(comma + _pair(name, value))
        size += len(said[-1])
        comma = ","
        if size > _PART:
            yield "".join(said).encode()
            said.clear()
            size = 0
    said.append("}")
    yield "".join(said).encode()


def head(size: int) -> bytes:
    """How a text frame of so many bytes begins."""
    return bytes((0x81, size)) if size < 126 else bytes((0x81, 126, size >> 8, size & 255))


def mark(value) -> int:
    """A small number that changes when a value does: a hundred values would be a kilobyte."""
    return value if isinstance(value, int) else binascii.crc32(str(value).encode()) & 0x1FFFFFFF | 0x20000000


def _pair(name: str, value) -> str:
    return '"%s":%s' % (name, json.dumps(value))


def button(text: str) -> tuple:
    """(which, down) of a message, or ValueError that says what is wrong with it."""
    try:
        message = json.loads(text)
    except (ValueError, RuntimeError):  # RuntimeError: nested too deep
        raise ValueError("not JSON") from None
    if not isinstance(message, dict) or "button" not in message or "state" not in message:
        raise ValueError("button and state are needed")
    which, state = message["button"], message["state"]
    if which not in BUTTONS:
        raise ValueError("button must be left, middle or right")
    if state not in (0, 1):
        raise ValueError("state must be 0 or 1")
    return which, int(state)


class Live:
    def __init__(self, house) -> None:
        self.house = house
        self.listeners: list = []    # callers with a websocket
        self.dropped = 0             # listeners that were too slow, silent or broken
        self._last: list = []        # marks of the values told last, in the order of the points
        self._frame_serial = -1
        self._beat = 0
        self._task: "asyncio.Task | None" = None
        self._newcomers = 0          # listeners that are being told everything: nobody is told news meanwhile

    async def serve(self, request):
        """The handshake of one websocket; the caller goes on with talk() when microdot's request and its words are forgotten."""
        await Link(request).handshake()
        caller = request.sock[0]
        await caller.flush()
        caller.live = 1
        caller.talk = self._talk
        return Response.already_handled

    async def _talk(self, caller) -> None:
        """The life of one websocket."""
        ws = Link(caller)
        self.listeners.append(caller)
        self._newcomers += 1
        if not self._task:
            self._last = []
            self._changes()
            self._task = asyncio.create_task(self._tell_all())
        try:
            try:
                await asyncio.wait_for(self._hello(caller), 2 * _TELL_S)
            finally:
                self._newcomers -= 1
            while True:
                await self._hear(ws, await ws.receive())
        except (WebSocketError, EOFError, OSError, asyncio.TimeoutError):
            self.dropped += 1
        finally:
            self._forget(caller)

    async def _hello(self, caller) -> None:
        """Everything, to a newcomer. What changes before it has it is told by the next beat, to all."""
        left = _SPARE
        for part in parts(self.house):
            left += len(part)
        await caller.awrite(head(left))
        for part in parts(self.house):
            left -= len(part)
            if left < 0:
                raise OSError("grew")  # it will call again
            await caller.awrite(part)
        await caller.awrite(b" " * left)
        await caller.awrite(LCD_HEAD, self.house.face.frame)

    async def _hear(self, ws, text) -> None:
        try:
            which, down = button(text if isinstance(text, str) else "")
        except ValueError as e:
            await ws.send('{"error":%s}' % json.dumps(str(e)))
            return
        self.house.face.press(which, down)
        await ws.send('{"button":{"%s":"%s"}}' % (which, "down" if down else "up"))

    def _forget(self, caller) -> None:
        if caller in self.listeners:
            self.listeners.remove(caller)

    def _changes(self) -> bytearray:
        """JSON of the points that changed since they were told last, nothing for none."""
        said = bytearray()
        last = self._last
        i = 0
        for r in points.TABLE:
            if i == len(last) or self._beat % _OFTEN_BEATS == 0 or not r[points.OFTEN]:
                value = points.shown(self.house, r)
                now = mark(value)
                if i == len(last):
                    last.append(now)
                elif last[i] != now:
                    last[i] = now
                    said.extend(b"," if said else b"{")
                    said.extend(_pair(str(r[points.NAME]), value).encode())
            i += 1
        if said:
            said.extend(b"}")
        return said

    def _news(self) -> list:
        """What goes over the wire in this beat, in parts: joined it would lie in the heap twice, beside the picture."""
        data = self._changes()
        out: list = [head(len(data)), data] if data else []
        if self._frame_serial != self.house.face.frame_serial:
            self._frame_serial = self.house.face.frame_serial
            out += (LCD_HEAD, self.house.face.frame)
        self._beat = (self._beat + 1) % _PING_BEATS
        if not self._beat:
            out.append(PING)
        return out

    async def _tell_all(self) -> None:
        try:
            while self.listeners:
                news = [] if self._newcomers else self._news()
                for caller in list(self.listeners):
                    caller.quiet += 1
                    try:
                        if caller.quiet > _IDLE_BEATS:
                            raise OSError("silent")
                        if news:
                            await asyncio.wait_for(caller.awrite(*news), _TELL_S)
                    except (OSError, asyncio.TimeoutError):
                        self.dropped += 1
                        self._forget(caller)
                        caller.task.cancel()
                await asyncio.sleep(BEAT_S)
        finally:
            self._task = None
            self._last = []
