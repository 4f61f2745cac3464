"""The world's page and API over HTTP, on loopback.

GET /sim is the plant with its events, POST /sim changes it, GET /live is a
stream of server-sent events for the panel: the plant five times a second,
the strip's past once, the display when it changed. What a request may ask is
in orders.py, what is shown in view.py.
"""
import asyncio
import base64
import json
import os

from aiohttp import web

from tools.world import orders, view

BODY_MAX = 8192
LIVE_S = 0.2
FILES = {"/": ("panel.html", "text/html"), "/panel.css": ("panel.css", "text/css"), "/panel.js": ("panel.js", "text/javascript")}
HERE = os.path.dirname(os.path.abspath(__file__))


class Api:
    """Serves `site`; `pace` holds the past, `about` is a function that tells of the firmware."""

    def __init__(self, site, pace, about) -> None:
        self.site, self.pace, self.about = site, pace, about
        self.app = web.Application(client_max_size=BODY_MAX)
        self.app.router.add_get("/sim", self._get)
        self.app.router.add_post("/sim", self._post)
        self.app.router.add_get("/live", self._live)
        for path in FILES:
            self.app.router.add_get(path, self._file)
        self._runner: "web.AppRunner | None" = None

    async def open(self, port: int) -> int:
        """Listens on 127.0.0.1; port 0 takes a free one. Returns the port; OSError when it is taken."""
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        return self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def _shown(self) -> dict:
        seen = view.shown(self.site)
        seen["speed"] = self.pace.speed
        seen["firmware"] = self.about()
        return seen

    async def _get(self, request: web.Request) -> web.Response:
        seen = self._shown()
        seen["events"] = self.site.events
        return web.json_response(seen)

    async def _post(self, request: web.Request) -> web.Response:
        try:
            asked = json.loads(await request.read())
        except (ValueError, RecursionError):   # the latter: a thousand brackets
            return web.json_response({"error": "the body is not JSON"}, status=400)
        try:
            good = orders.check(asked)
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        orders.obey(self.site, good)
        return await self._get(request)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        out = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await out.prepare(request)
        told, pages = 0, None
        try:
            while True:
                seen = self._shown()
                seen["past"] = [row for row in self.pace.history if row[0] > told]
                seen["last"] = self.site.events[-8:]
                if seen["past"]:
                    told = seen["past"][-1][0]
                now = b"".join(self.site.pages)
                if now != pages:
                    pages = now
                    seen["lcd"] = base64.b64encode(now).decode()
                await out.write(b"data: " + json.dumps(seen).encode() + b"\n\n")
                await asyncio.sleep(LIVE_S)
        except ConnectionError:
            return out   # the page was closed

    async def _file(self, request: web.Request) -> web.Response:
        name, kind = FILES[request.path]
        with open(os.path.join(HERE, name), encoding="utf-8") as file:
            return web.Response(text=file.read(), content_type=kind, charset="utf-8", headers={"Cache-Control": "no-cache"})
