"""The doorman of the web server: few callers, short questions, short patience.

It listens, lets caller.py read each request and passes only a sound and small
one on to microdot, which is used as it comes. Too many callers get 503, a
slow one 408, a big one 413, 414 or 431, a broken one 400, each with one line
of JSON that says why. A websocket leaves the deadline behind when it is let
through, but has limits of its own. It knows no route.

When all places are taken, a caller that has sat there for _GRACE_MS without
having finished its question loses its place to the next one.
"""
import asyncio

from micropython import const

from app import clock
from app.caller import Caller, Refused

_CALLERS = const(4)        # requests at a time
_SOCKETS = const(2)        # websockets at a time, besides the callers
_REJECTS = const(2)        # refused callers at a time whose sockets may linger until they have read why
_BACKLOG = const(16)       # callers that wait to be let in, so that a crowd does not cost the next one a second
_DEADLINE_S = const(3)     # for a whole request, in real time
_GRACE_MS = const(500)


class Guard:
    """Listens for app, a microdot application, and keeps the limits above. live is the path of websockets."""

    def __init__(self, app, live: str = "/live") -> None:
        self.app = app
        self.live = live
        self.callers: list = []
        self.sockets = 0      # websockets now
        self.rejects = 0
        self.refused = 0      # how often a caller was sent away, for the curious
        self._server: "asyncio.Server | None" = None

    async def start(self, host: str, port: int) -> None:
        """Listens from now on. host is a literal address; OSError if the port is taken."""
        self._server = await asyncio.start_server(self._come, host, port, backlog=_BACKLOG)

    def stop(self) -> None:
        """Listens no more. Callers that are inside are served to the end."""
        if self._server:
            self._server.close()
            self._server = None

    def _room(self) -> bool:
        if len(self.callers) < _CALLERS:
            return True
        for caller in self.callers:
            if not caller.asked and clock.ticks_diff(clock.ticks_ms(), caller.since) > _GRACE_MS:
                self.callers.remove(caller)
                caller.task.cancel()
                return True
        return False

    async def _come(self, reader, writer) -> None:
        caller = Caller(reader, writer)
        try:
            if self._room():
                self.callers.append(caller)
                await self._serve(caller)
            else:
                await self._turn_away(caller, 503, "busy, try again")
        except (OSError, EOFError, MemoryError, asyncio.TimeoutError, asyncio.CancelledError):
            self.refused += 1  # gone, too slow, or no room: nobody is left to tell
        finally:
            if caller in self.callers:
                self.callers.remove(caller)
            try:
                await caller.close()
            except OSError:
                self.refused += 1

    async def _serve(self, caller) -> None:
        try:
            await asyncio.wait_for(self._ask(caller), _DEADLINE_S)
        except asyncio.TimeoutError:
            if not caller.begun:
                await self._turn_away(caller, 408, "a request has %d seconds" % _DEADLINE_S)
            return
        except Refused as e:
            await self._turn_away(caller, e.status, e.why)
            return
        if self._is_live(caller):
            self.callers.remove(caller)
            self.sockets += 1
            try:
                await self.app.handle_request(caller, caller)
                await caller.flush()
                if caller.talk:
                    await caller.talk(caller)
            finally:
                self.sockets -= 1

    def _is_live(self, caller) -> bool:
        return caller.upgrade and caller.path == self.live

    async def _ask(self, caller) -> None:
        await caller.head()
        if not self._is_live(caller):
            await self.app.handle_request(caller, caller)
            await caller.flush()
        elif self.sockets >= _SOCKETS:
            raise Refused(503, "at most %d websockets" % _SOCKETS)

    async def _turn_away(self, caller, status: int, why: str) -> None:
        self.refused += 1
        if caller in self.callers:
            self.callers.remove(caller)
        caller.say_no(status, why)
        if self.rejects < _REJECTS:
            self.rejects += 1
            try:
                await asyncio.wait_for(caller.linger(), 0.3)
            finally:
                self.rejects -= 1
