"""The web server: which address answers what.

Handlers are short: they ask the house, or house.control when something is to
change, and write what they found in small pieces, so that no answer ever lies
in memory whole. The doorman in http_guard.py keeps limits and deadlines, the
words of SmartEVSE are in proto/, the websocket is in live.py. A page of
another site cannot give orders: a foreign Origin is refused.

All handlers are coroutines, because microdot would run others in a thread.
"""
import gc
import json
import time

import points
import settings
from app import clock
from app.http_guard import Guard
from app.caller import decode
from app.live import BUTTONS, Live, button
from microdot import Microdot, Request
from proto import lcd_bmp, smartevse_api, smartevse_post

JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}
KEYS = 24                 # settings in one POST /set
PIECE = 512
YEAR_2020 = 1577836800    # a clock that shows less was never set


def pairs(query: str) -> list:
    """(name, value) of a query string, decoded, in the order sent. ValueError when it cannot be decoded."""
    out = []
    for part in (query or "").split("&"):
        if part:
            name, _, value = part.partition("=")
            out.append((decode(name), decode(value)))
    return out


def is_foreign(headers) -> bool:
    """Whether a page of another site asks: Origin is there and names another host than Host."""
    origin = headers.get("Origin")
    if origin is None:
        return False
    return origin.split("://")[-1].lower() != headers.get("Host", "").lower()


def unix_s() -> int:
    """Seconds since 1970, 0 while nobody has set the clock. MicroPython on the chip counts from 2000."""
    now = int(time.time()) + (946684800 if time.gmtime(0)[0] == 2000 else 0)
    return now if now > YEAR_2020 else 0


def pieces(data):
    for i in range(0, len(data), PIECE):
        yield data[i:i + PIECE]


def packed() -> tuple:
    """The page as tools/pack.py made it; without it the addresses for programs work all the same."""
    try:
        from webfiles import FILES
    except ImportError:
        return ()
    return FILES


def wrong(status: int, errors: list, more: str = "") -> tuple:
    return '{"error":%s%s}\n' % (json.dumps("; ".join(errors)), more), status, JSON


class Web:
    """house is the root object of main.py; files are rows (path, content type, etag, gzip bytes), packed ones if None."""

    def __init__(self, house, files=None) -> None:
        self.house = house
        self.files = packed() if files is None else files
        self.app = Microdot()
        self.guard = Guard(self.app)
        self.live = Live(house)
        Request.max_content_length = Request.max_body_length = 2048
        app = self.app
        app.before_request(self._check_origin)
        app.errorhandler(404)(self._not_found)
        app.errorhandler(405)(self._not_found)
        app.errorhandler(500)(self._broken)
        app.get("/settings")(self._settings)
        app.post("/settings")(self._post_settings)
        app.post("/currents")(self._feed)
        app.post("/ev_meter")(self._feed)
        app.get("/schema")(self._schema)
        app.post("/set")(self._set)
        app.get("/points")(self._points)
        app.get("/log")(self._log)
        app.get("/lcd")(self._lcd)
        app.post("/lcd")(self._post_lcd)
        for path in ("/find", "/commission"):
            app.route(path, methods=["GET", "POST"])(self._extra)
        app.get("/live")(self._live)
        for row in self.files:
            app.get(row[0])(self._file)

    async def start(self, host: str = "0.0.0.0", port: int = 80) -> None:
        """Listens from now on; host is a literal address. OSError if it cannot."""
        await self.guard.start(host, port)

    async def run(self, host: str = "0.0.0.0", port: int = 80) -> None:
        """Serves until cancelled, and may then be run again."""
        await self.start(host, port)
        try:
            while True:
                await clock.sleep_ms(60000)
        finally:
            self.guard.stop()

    async def _check_origin(self, request):
        if (request.method == "POST" or request.path == "/live") and is_foreign(request.headers):
            return wrong(403, ["orders from a page of another site are refused"])

    async def _not_found(self, request):
        return wrong(404, ["no such address, or not with " + request.method])

    async def _broken(self, request):
        gc.collect()  # it may have been the memory
        return wrong(500, ["this went wrong inside; nothing else is known"])

    async def _file(self, request):
        for path, kind, etag, data in self.files:
            if path == request.path:
                break
        headers = {"ETag": '"%s"' % etag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return b"", 304, headers
        headers["Content-Type"] = kind
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(data))
        headers["X-Frame-Options"] = "SAMEORIGIN"
        return pieces(memoryview(data)), 200, headers

    async def _settings(self, request):
        return smartevse_api.written(self.house, unix_s(), clock.ticks_ms()), 200, JSON

    async def _post_settings(self, request):
        deeds, echo, errors = smartevse_post.plan(self.house, pairs(request.query_string))
        said = ",".join(['"%s":%s' % pair for pair in echo])
        if not errors:
            errors = [why for deed, why in smartevse_post.do(self.house, deeds)]
            if errors:
                said = ",".join(['"%s":"%s"' % (key, smartevse_post.NOT_ALLOWED) for key, shown in echo])
        if errors:
            return wrong(400, errors, "," + said if said else "")
        return "{%s}\n" % said, 200, JSON

    async def _feed(self, request):
        from proto import smartevse_feeds
        given = pairs(request.query_string)
        try:
            if request.path == "/currents":
                deeds, said = smartevse_feeds.currents(self.house.pushed, given)
            else:
                deeds, said = smartevse_feeds.ev_meter(self.house, given)
            for deed in deeds:
                smartevse_post.act(self.house, deed)
        except ValueError as e:
            return wrong(400, [str(e)])
        return said + "\n", 200, JSON

    async def _schema(self, request):
        return self._rows(), 200, JSON

    def _rows(self):
        cfg = self.house.cfg
        comma = "["
        for r in settings.TABLE:
            if "W" in r[settings.WHERE]:
                yield '%s{"key":"%s","kind":"%s","default":%s,"low":%d,"high":%d,"unit":"%s","choices":%s,' % (
                    comma, r[settings.KEY], r[settings.KIND], json.dumps(r[settings.DEFAULT]), r[settings.LOW],
                    r[settings.HIGH], r[settings.UNIT], json.dumps(r[settings.CHOICES]))
                yield '"where":"%s","label":"%s","help":%s,"value":%s}' % (
                    r[settings.WHERE], r[settings.LABEL], json.dumps(r[settings.HELP]),
                    json.dumps(settings.shown(cfg, r)))
                comma = ",\n"
        yield "]\n"

    async def _set(self, request):
        try:
            text = request.body.decode().strip()
            wishes = json.loads(text) if text.endswith("}") else None  # MicroPython would take half an object
        except (ValueError, RuntimeError):  # RuntimeError: nested too deep
            return wrong(400, ["the body must be JSON"])
        if not isinstance(wishes, dict) or not 0 < len(wishes) <= KEYS:
            return wrong(400, ['the body must be {"key": value, ...} of 1 to %d keys' % KEYS])
        errors = {}
        for key in wishes:
            try:
                row = settings.row(key)
                if "W" not in row[settings.WHERE]:
                    raise ValueError("%s cannot be set here" % key)
                settings.check(row, wishes[key])
            except ValueError as e:
                errors[key] = str(e)
        if not errors:
            for deed, why in smartevse_post.do(self.house, [("put", key, wishes[key]) for key in wishes]):
                errors[deed[1]] = why
        if errors:
            return wrong(400, [errors[key] for key in errors], ',"errors":' + json.dumps(errors))
        return '{"ok":true}\n', 200, JSON

    async def _points(self, request):
        return self._measured(), 200, JSON

    def _measured(self):
        comma = "{"
        for row in points.TABLE:
            yield '%s"%s":{"value":%s,"unit":"%s"}' % (
                comma, row[points.NAME], json.dumps(points.shown(self.house, row)), row[points.UNIT])
            comma = ",\n"
        yield "}\n"

    async def _log(self, request):
        return self._lines(), 200, JSON

    def _lines(self):
        comma = "["
        for at_s, text in self.house.log.lines():
            yield '%s{"at_s":%d,"text":%s}' % (comma, at_s, json.dumps(text))
            comma = ",\n"
        yield ("[" if comma == "[" else "") + "]\n"

    async def _lcd(self, request):
        return lcd_bmp.rows(self.house.face.frame), 200, {
            "Content-Type": "image/bmp", "Content-Length": str(lcd_bmp.SIZE), "Cache-Control": "no-cache"}

    async def _post_lcd(self, request):
        given = {}
        for name, value in pairs(request.query_string):
            given[name] = int(value) if name == "state" and value in ("0", "1") else value
        try:
            which, down = button(json.dumps(given))
        except ValueError as e:
            return wrong(400, [str(e)])
        self.house.face.press(which, down)
        return '{"button":{%s}}\n' % ",".join(
            ['"%s":"%s"' % (b, "down" if b == which and down else "up") for b in BUTTONS]), 200, JSON

    async def _extra(self, request):
        """The installer's tools: a POST is one order to them, and both answers tell how things are."""
        tool = request.path[1:]
        try:
            orders = pairs(request.query_string) if request.method == "POST" else ()
            if request.method == "POST" and len(orders) != 1:
                raise ValueError("one order at a time")
            for name, value in orders:
                self.house.extras.order(tool, name, value)
        except ValueError as e:
            return wrong(400, [str(e)])
        return self.house.extras.told(tool), 200, JSON

    async def _live(self, request):
        return await self.live.serve(request)
