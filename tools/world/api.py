"""The world's page and API over HTTP, on loopback.

GET /sim is the plant with its events, POST /sim changes it, GET /live is a
stream of server-sent events for the panel: the plant five times a second,
the strip's past once, the display when it changed. Of several chargers, the
first is meant unless the address says ?charger=1 and so on. What a request
may ask is in orders.py, what is shown in view.py.
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
    """Serves `site`; `pace` holds the past, `abouts` are functions that tell of each charger's firmware."""

    def __init__(self, site, pace, abouts: list) -> None:
        self.site, self.pace, self.abouts = site, pace, abouts
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

    def _asked(self, request: web.Request) -> int:
        """The charger that the address names. HTTP 400 for one that is not there."""
        word = request.query.get("charger", "0")
        if not word.isdigit() or len(word) > 1 or int(word) >= len(self.site.spots):
            text = json.dumps({"error": "charger: a whole number, 0 to %d" % (len(self.site.spots) - 1)})
            raise web.HTTPBadRequest(text=text, content_type="application/json")
        return int(word)

    def _shown(self, charger: int) -> dict:
        seen = view.shown(self.site, charger)
        seen["speed"] = self.pace.speed
        seen["firmware"] = self.abouts[charger]()
        for row, about in zip(seen["chargers"], self.abouts):
            row["firmware"] = about()
        return seen

    def _whole(self, charger: int) -> web.Response:
        seen = self._shown(charger)
        seen["events"] = self.site.spots[charger].events
        return web.json_response(seen)

    async def _get(self, request: web.Request) -> web.Response:
        return self._whole(self._asked(request))

    async def _post(self, request: web.Request) -> web.Response:
        charger = self._asked(request)
        try:
            asked = json.loads(await request.read())
        except (ValueError, RecursionError):   # the latter: a thousand brackets
            return web.json_response({"error": "the body is not JSON"}, status=400)
        if charger and isinstance(asked, dict):
            asked.setdefault("charger", charger)
        try:
            good = orders.check(asked, len(self.site.spots))
        except ValueError as error:
            return web.json_response({"error": str(error)}, status=400)
        orders.obey(self.site, good)
        return self._whole(dict(good).get("charger", 0))

    async def _live(self, request: web.Request) -> web.StreamResponse:
        charger = self._asked(request)
        spot = self.site.spots[charger]
        out = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await out.prepare(request)
        told, pages = 0, None
        try:
            while True:
                seen = self._shown(charger)
                seen["past"] = [row for row in self.pace.history if row[0] > told]
                seen["last"] = spot.events[-8:]
                if seen["past"]:
                    told = seen["past"][-1][0]
                now = b"".join(spot.pages)
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
