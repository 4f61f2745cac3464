"""Find my meter: asks who is on the wire, politely, and shows what was found with live numbers.

The bus gives it a turn when nothing else is due; step() puts at most one
question, and none that writes. A silent address costs one deadline for each
of a few questions, so a whole search takes minutes and says how many are
left. After the search it goes on asking what it found, so that the numbers
live, until one is taken or a while is over. What to ask and whether it makes
sense is in meters/guess.py.
"""
from micropython import const

from app import clock
from app.rtu import RtuError
from meters import guess, models
from meters.build import build
from meters.modbus_meter import CURRENTS, POWERS, VOLTAGES
from meters.reading import Reading
from meters.roles import NAMES

_HITS = const(6)             # more than this nobody has on one wire; a search ends with them
_EACH_MS = const(320)        # a silent question, until it was measured
_WATCH_MS = const(600_000)   # so long the hits are kept alive after the last order
_NOBODY = const(("silent", "port"))

SEARCHING, WATCHING, OFF = "searching", "watching", "off"


class Hit:
    """A meter that answered. The reading is its own, no role's."""

    def __init__(self, meter, score: int) -> None:
        self.meter = meter
        self.score = score


class Finder:
    def __init__(self, cfg, role: str, say=None) -> None:
        """role: for whom, of meters.roles.NAMES; ValueError for another, and on a node, where the master has the wire."""
        if role not in NAMES:
            raise ValueError("role must be one of " + ", ".join(NAMES))
        loadbl = getattr(cfg, "loadbl", 0)
        if loadbl > 1:
            raise ValueError("a meter is found from the master: this charger is a node")
        self.cfg = cfg
        self.role = role
        self.say = say
        self.state = SEARCHING
        self.hits: list = []
        self.address = 0       # that was asked last
        self.done = 0          # addresses
        self.total = len([1 for _ in guess.addresses(getattr(cfg, role + "_addr"), loadbl)])
        self._first = 0        # addresses that are asked more than the others
        self._asked = 0        # questions, and the time since the first
        self._since = self._last = clock.ticks_ms()
        self._spent_ms = 0
        self._course = self._search(getattr(cfg, role + "_addr"), loadbl)
        self._question = next(self._course)

    async def step(self, rtu) -> None:
        """One question, if there is one and its device owes us no older answer."""
        if self.state == OFF:
            return
        now = clock.ticks_ms()
        if clock.ticks_diff(now, self._last) > _WATCH_MS:
            self.stop()
            return
        if self.state == SEARCHING:
            self._last = now
        address, function, start, count = self._question
        if rtu.rest_ms(address, 5 + 2 * count):
            return
        self.address = address
        try:
            answer = await rtu.read(function, address, start, count)
        except RtuError as e:
            answer = e.args[0]
        except ValueError as e:   # a model that cannot be asked; the bus must not fall over it
            self.stop()
            if self.say:
                self.say("find: %s" % e)
            return
        self._asked += 1
        self._spent_ms = clock.ticks_diff(clock.ticks_ms(), self._since)
        try:
            self._question = self._course.send(answer)
        except StopIteration:
            self.stop()

    def left_s(self) -> int:
        """Seconds until the search is through, as far as can be said; 0 when it is."""
        if self.state != SEARCHING:
            return 0
        each = self._spent_ms // self._asked if self._asked > 9 else _EACH_MS
        left = max(0, self.total - self.done) * len(guess.ANYBODY)
        thorough = max(0, len(guess.USUAL) - self.done) * 10
        return ((left + thorough) * each + 999) // 1000

    def touch(self) -> None:
        """Somebody looks: what was found is kept alive."""
        self._last = clock.ticks_ms()

    def stop(self) -> None:
        """No more questions. What was found can still be taken."""
        self.state = OFF
        self._course.close()

    def deeds(self, which: int) -> list:
        """What makes a hit the meter of the role, as orders of proto.smartevse_post. ValueError for no such hit."""
        if not 0 <= which < len(self.hits):
            raise ValueError("take must be 0 to %d" % (len(self.hits) - 1) if self.hits else "no meter has been found")
        meter = self.hits[which].meter
        role = self.role
        orders: list = [("put", role + "_meter", meter.model)]
        if models.row(meter.model)[models.WAY] != "box":
            orders.append(("put", role + "_addr", meter.address))
        if getattr(self.cfg, role + "_host", ""):
            orders.append(("put", role + "_host", ""))
        return orders

    def _search(self, first: int, grouped: int):
        """Yields (address, function, start, count) and is sent registers, or the word of what went wrong."""
        for address in guess.addresses(first, grouped):
            there = False
            for function, start, count in guess.questions(1 if self.done < len(guess.USUAL) else 0):
                answer = yield address, function, start, count
                there = answer not in _NOBODY
                if there:
                    break
            if there:
                yield from self._look(address)
            self.done += 1
            if len(self.hits) >= _HITS:
                break
        self.state = WATCHING
        if self.say:
            self.say("find: %d meters" % len(self.hits))
        self.touch()
        while self.hits:
            for hit in self.hits:
                yield from self._ask(hit.meter, CURRENTS)

    def _look(self, address: int):
        """Somebody is there: which model makes most sense? Equals are all kept."""
        best: list = []
        for r in guess.candidates(address):
            meter = build(r[models.ID], address, Reading(), self.cfg)
            is_box = r[models.WAY] == "box"
            taken = is_box or (yield from self._ask(meter, VOLTAGES))
            points = 0
            if taken and (yield from self._ask(meter, CURRENTS)):
                if r[models.POWER_AT] < 0 and r[models.POWER] >= 0:
                    yield from self._ask(meter, POWERS)
                points = 25 if is_box else guess.score(r, meter.reading)
            if points and (not best or points >= best[0].score):
                if best and points > best[0].score:
                    best = []
                best.append(Hit(meter, points))
        self.hits.extend(best[:_HITS - len(self.hits)])

    def _ask(self, meter, what: int):
        """One question to a meter; whether it answered and it was taken."""
        function, start, count = meter.telegram(what)
        for _ in range(2):   # the wire may lose one
            answer = yield meter.address, function, start, count
            if not isinstance(answer, str):
                if what == CURRENTS and meter.model == guess.BOX and not guess.is_box(answer[:20]):
                    return False
                return meter.take(what, answer, clock.ticks_ms())
            meter.fail(answer)
            if answer == "exception":
                break
        return False
