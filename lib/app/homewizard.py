"""A HomeWizard P1 or kWh meter: asked over HTTP once a second, the connection kept.

Without a host in the settings it is looked for by multicast DNS: a P1 meter
for the mains, the only kWh meter for any other role. A late answer is taken
and counts as old from the start, see true_at(). proto/homewizard.py knows
what the answer means.
"""
from micropython import const

from app import clock
from app.netmeter import LOST, NetMeter
from proto import homewizard
from proto.http_answer import Answer

_SERVICE = const("_hwenergy._tcp.local")
_PORT = const(80)
_PIECE = const(256)
_PERIOD_MS = const(1000)   # the meter's own rhythm; SmartEVSE asks every two seconds


def true_at(asked, came):
    """When the numbers of an answer were true (ticks ms): somewhere between the question and its coming.

    A device that is slow writes its answer late; a third of the wait counts as age. Were it the whole, a meter that
    always takes 2.7 s would hold every charge down at MIN; so it is at most 3.3 s older than it seems, at the deadline.
    """
    return clock.ticks_add(asked, clock.ticks_diff(came, asked) * 2 // 3)


class HomeWizard(NetMeter):
    def __init__(self, role: str, reading, host: str, say, heard=None) -> None:
        """As NetMeter; host "" looks for it."""
        super().__init__(role, reading, host, _PORT, say, heard)
        self.period_ms = _PERIOD_MS
        self.found: list = []   # names of several meters, when nobody knows which one is meant
        self._data = homewizard.Data()
        self._answer = Answer(self._data.take)
        self._question = b""
        self._begun = 0         # 1: some of the answer has come

    async def find(self) -> None:
        if self.name:
            await super().find()
            return
        if self.ip and self.missed < LOST:
            return
        from app import lookup
        kind = "p1meter-" if self.role == "mains" else "kwhmeter-"
        offers = [offer for offer in await lookup.browse(_SERVICE) if offer[0].startswith(kind)]
        self.found = [offer[0] for offer in offers]
        if offers and (self.role == "mains" or len(offers) == 1):
            name, self.port, ip = offers[0]
            if ip != self.ip:
                self.ip = ip
                self.say("%s meter is %s at %s" % (self.role, name, ip))
        elif offers and self.missed % 100 == 0:
            self.say("%s meter: which of %s? set %s_host" % (self.role, ", ".join(self.found), self.role))

    async def open(self) -> None:
        """The question stays the same for as long as the connection."""
        if not self.link:
            await super().open()
            self._question = ("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (homewizard.PATH, self.name or self.ip)).encode()

    async def turn(self) -> None:
        kept = self.link
        asked = clock.ticks_ms()
        await self.open()
        try:
            await self._ask()
        except (EOFError, OSError):
            if not kept or self._begun:
                raise
            self.drop()   # it had let go of the connection in the meantime
            asked = clock.ticks_ms()
            await self.open()
            await self._ask()
        if not self._answer.keep:
            self.drop()
        ma, w, wh_in, wh_out = self._data.numbers()
        if not self.reading.put(true_at(asked, clock.ticks_ms()), ma, w):
            raise ValueError("doubt")
        if wh_in is not None or wh_out is not None:
            self.reading.put_energy(wh_in, wh_out)
        if self.heard:
            self.heard()

    async def _ask(self) -> None:
        self._begun = 0
        self._data.start()
        self._answer.start()
        link = self.link
        if link is None:
            raise OSError("closed")
        await link.write(self._question)
        while True:
            try:
                data = await link.some(_PIECE)
            except EOFError:
                if not self._begun:
                    raise
                self._answer.closed()
                return
            self._begun = 1
            if self._answer.feed(data):
                return
