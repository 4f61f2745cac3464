"""Meters that are reached over the network: one small task for each role that has one, and none where there is none.

Here is what they share: finding the address, the connection, the deadline,
the patience with a device that is gone. How a meter is asked is in
homewizard.py and modbus_tcp.py, which are loaded when the settings want one.
A meter that hangs, lies or vanishes costs its own task a deadline; its
reading grows old. Knows which settings name a role's meter, as the bus does.
"""
import asyncio

from micropython import const

from app import clock
from app.dial import Link, dial
from app.rtu import RtuError
from meters import models
from meters.roles import NAMES
from proto import host as hosts

HOMEWIZARD = const(13)
DEADLINE_S = 5        # for a question and its answer, the connection included
REST_MS = const(100)  # at least so long between an answer and the next question
AGAIN_MOST_MS = 5000  # the longest wait between two tries
LOST = const(3)       # tries in a row without an answer are worth a line in the log, and a new look-up of the name
NODE = 2              # cfg.loadbl from here on: the master has the mains and circuit meters


class NetMeter:
    """One meter; a kind of it adds turn(), one question and its answer, and asks for its own find()."""

    period_ms = 1000   # from question to question

    def __init__(self, role: str, reading, host: str, port: int, say, heard=None) -> None:
        """host as proto.host takes it. say(text) writes a line for the log; heard() is told of each reading."""
        self.role = role
        self.reading = reading
        self.heard = heard
        self.say = say
        self.name, self.port = hosts.split(host, port) if host else ("", port)
        self.ip = self.name if hosts.is_address(self.name) else ""
        self.link: "Link | None" = None
        self.missed = 0    # tries without an answer since the last good one
        self.why = ""      # what went wrong last

    async def run(self) -> None:
        """For ever. Only a cancellation comes out of it."""
        try:
            while True:
                start = clock.ticks_ms()
                why = await self._try()
                rest = self.period_ms
                if why:
                    self.missed += 1
                    rest = min(500 << min(self.missed, 6), AGAIN_MOST_MS)
                    self.failed(why)
                    if self.missed == LOST:
                        self.say("%s meter %s lost: %s" % (self.role, self.where(), why))
                else:
                    if self.missed >= LOST:
                        self.say("%s meter %s is back" % (self.role, self.where()))
                    self.missed = 0
                await clock.sleep_ms(max(REST_MS, rest - clock.ticks_diff(clock.ticks_ms(), start)))
        finally:
            self.drop()

    def where(self) -> str:
        """What it is called to people."""
        return self.name or self.ip or "anywhere"

    def failed(self, why: str) -> None:
        """No answer; why is one word."""
        self.reading.fail(why)

    def drop(self) -> None:
        """Lets go of the connection."""
        if self.link:
            self.link.close()
            self.link = None

    async def find(self) -> None:
        """Looks up the address when there is none, or a new one may be needed; the old one is kept if nobody answers."""
        if not hosts.is_address(self.name) and (not self.ip or self.missed >= LOST):
            from app import lookup
            self.ip = await lookup.resolve(self.name) or self.ip

    async def open(self) -> None:
        """A new connection, unless there is one."""
        if not self.link:
            self.link = await dial(self.ip, self.port)

    async def turn(self) -> None:
        """One question and its answer into the reading. RtuError or ValueError of one word, OSError, EOFError."""

    async def _try(self) -> str:
        """A turn within its deadline; "" or what went wrong, in a word. Only whole answers leave the connection."""
        try:
            if not self.link:
                await self.find()
                if not self.ip:
                    return "nobody"
            await asyncio.wait_for(self.turn(), DEADLINE_S)
            return ""
        except asyncio.TimeoutError:
            why = "silent"
        except EOFError:
            why = "short"
        except OSError:
            why = "port"
        except (RtuError, ValueError) as e:
            why = str(e.args[0])
        if why != "exception":  # that one was a whole answer: the next may be better
            self.drop()
        return why


class NetMeters:
    """The tasks of all roles. settle() after each change of the settings, stop() at the end."""

    def __init__(self, house) -> None:
        self.house = house
        self._wanted: list = [None] * len(NAMES)   # what each role's task was made for
        self._tasks: list = [None] * len(NAMES)
        self.meters: list = [None] * len(NAMES)

    def settle(self) -> None:
        """Starts and ends tasks until they are what the settings want."""
        cfg = self.house.cfg
        for i in range(len(NAMES)):
            wanted = want(cfg, NAMES[i])
            if wanted != self._wanted[i]:
                self._end(i)
                self._wanted[i] = wanted
                if wanted:
                    self._begin(i, wanted)

    def stop(self) -> None:
        """Ends all of them."""
        for i in range(len(NAMES)):
            self._wanted[i] = None
            self._end(i)

    def _begin(self, i: int, wanted: tuple) -> None:
        house, role = self.house, NAMES[i]
        reading = house.meters.latest(role)
        heard = house.regulate.hurry if role == "mains" else None
        model, host, address = wanted
        reading.forget()
        try:
            if model == HOMEWIZARD:
                from app.homewizard import HomeWizard
                meter: NetMeter = HomeWizard(role, reading, host, house.say, heard)
            else:
                from app.modbus_tcp import ModbusTcp
                from meters.build import build
                meter = ModbusTcp(role, build(model, address, reading, house.cfg), host, house.say, heard)
        except ValueError as e:
            house.say("%s meter: %s" % (role, e))
            return
        self.meters[i] = meter
        self._tasks[i] = asyncio.create_task(house.minder.keep(role + " meter", meter.run))

    def _end(self, i: int) -> None:
        task = self._tasks[i]
        if task:
            task.cancel()
            self._tasks[i] = self.meters[i] = None
            self.house.meters.latest(NAMES[i]).forget()


def want(cfg, role: str):
    """(model, host, address) of a role whose meter is on the network; None for another."""
    model, host = getattr(cfg, role + "_meter"), getattr(cfg, role + "_host")
    if cfg.loadbl >= NODE and role in ("mains", "circuit"):
        return None
    if model == HOMEWIZARD:
        return model, host, 0
    if host and models.by_registers(model):
        return model, host, getattr(cfg, role + "_addr")
    return None
