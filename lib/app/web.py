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

from micropython import const

import points
import settings
from app import clock
from app.http_guard import Guard
from app.caller import decode
from app.live import BUTTONS, Live, button
from evse import limits
from microdot import Microdot, Request
from proto import lcd_bmp, smartevse_api, smartevse_post

JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}
# METHOD, path, who answers. microdot would spend 300 bytes of heap on each as a route of its own.
ROUTES = (
    ("GET", "/settings", "_settings"), ("POST", "/settings", "_post_settings"),
    ("POST", "/currents", "_feed"), ("POST", "/ev_meter", "_feed"),
    ("GET", "/schema", "_schema"), ("POST", "/set", "_set"),
    ("GET", "/points", "_points"), ("GET", "/log", "_log"), ("GET", "/why", "_why"), ("POST", "/time", "_time"),
    ("GET", "/lcd", "_lcd"), ("POST", "/lcd", "_post_lcd"), ("GET", "/live", "_live"),
    ("GET", "/find", "_extra"), ("POST", "/find", "_extra"), ("GET", "/commission", "_extra"), ("POST", "/commission", "_extra"),
)
KEYS = const(24)  # settings in one POST /set
PIECE = 512


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
        app.route("/", methods=["GET", "POST"])(self._any)
        app.route("/<path:path>", methods=["GET", "POST"])(self._any)

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

    async def _any(self, request, path=""):
        asked = "GET" if request.method == "HEAD" else request.method
        for method, path, name in ROUTES:
            if path == request.path and method == asked:
                return await getattr(self, name)(request)
        if asked == "GET":
            for row in self.files:
                if row[0] == request.path:
                    return self._file(request, row)
        return await self._not_found(request)

    async def _not_found(self, request):
        return wrong(404, ["no such address, or not with " + request.method])

    async def _broken(self, request):
        gc.collect()  # it may have been the memory
        return wrong(500, ["this went wrong inside; nothing else is known"])

    def _file(self, request, row: tuple) -> tuple:
        _, kind, etag, data = row
        headers = {"ETag": '"%s"' % etag, "Cache-Control": "no-cache"}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return b"", 304, headers
        headers["Content-Type"] = kind
        headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(data))
        headers["X-Frame-Options"] = "SAMEORIGIN"
        return pieces(memoryview(data)), 200, headers

    async def _settings(self, request):
        return smartevse_api.written(self.house, self.house.wall.utc_s(), clock.ticks_ms()), 200, JSON

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

    async def _why(self, request):
        """The decisions of the last day: [seconds ago, seconds it lasted, reason, limit, mean offer in mA], oldest first."""
        return self._day(), 200, JSON

    def _day(self):
        from evse.why import NAME as reasons
        comma = "["
        for ago_s, s, reason, by, ma in self.house.diary.day():
            yield '%s[%d,%d,"%s","%s",%d]' % (comma, ago_s, s, reasons[reason], limits.NAME[by], ma)
            comma = ",\n"
        yield ("[" if comma == "[" else "") + "]\n"

    async def _time(self, request):
        """The page of somebody who looks tells the time to a charger that has no better source."""
        try:
            given = pairs(request.query_string)
            if [name for name, raw in given] != ["utc"]:
                raise ValueError("utc is needed, in seconds since 1970, and nothing else")
            if not given[0][1].isdigit() or len(given[0][1]) > 10:
                raise ValueError("utc must be a whole number of seconds since 1970")
            taken = self.house.wall.put(int(given[0][1]), "page")
        except ValueError as e:
            return wrong(400, [str(e)])
        return '{"taken":%s}\n' % ("true" if taken else "false"), 200, JSON

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
