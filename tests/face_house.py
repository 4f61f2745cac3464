"""A house for what people see of it: the real core, nothing that ticks, and a panel that notes what it is sent."""
import asyncio

import faults
from app.control import Control
from app.face import Face
from app.plan import Plan
from evse import why
from evse.evse import Evse
from evse.iec61851 import C2
from evse.session import Session
from energy.balance import Balance
from log import Log
from meters.roles import Roles
from settings import Settings

LEFT, MIDDLE, RIGHT = 1, 2, 4


class Box:
    """Whatever has fields."""


class Panel:
    """The board's display, as the face sees it. Tests clear what it has noted."""

    def __init__(self):
        self.buf = bytearray(1024)
        self.sent = []
        self.levels = []
        self.restarts = 0

    def show(self, page, buf):
        assert len(buf) == 128
        self.buf[page * 128:page * 128 + 128] = buf
        self.sent.append(page)

    def backlight(self, level):
        self.levels.append(level)

    def restart(self):
        self.restarts += 1
        self.buf[:] = bytes(1024)


class House:
    """A house with the real core and nothing that ticks."""

    def __init__(self, mode="normal"):
        self.version = "v0.1.0"
        self.cfg = Settings()
        self.cfg.put("mode", mode)
        self.log = Log()
        self.faults = faults.Faults()
        self.inp = Box()
        self.inp.buttons = self.inp.switch = self.inp.rcm = 0
        self.out = Box()
        self.out.c1 = 0
        self.meters = Roles()
        self.session = Session()
        self.balance = Balance()
        self.evse = Evse(self.cfg, self.faults)
        self.regulate = Box()
        self.regulate.countdown_s = self.regulate.stop_timer_s = lambda: self.balance.sun.stop_s
        self.control = Control(self.cfg, self.evse, self.inp, self.say)
        self.lights = []
        self.board = Box()
        self.board.lcd = Panel()
        self.board.net = Box()
        self.board.net.status = lambda: (2, "10.0.0.7")
        self.board.leds = self.leds
        self.wall = Box()
        self.wall.utc_s = lambda: 0
        self.plan = Plan(self)
        self.face = Face(self)

    def leds(self, r, g, b):
        self.lights.append((r, g, b))
        if len(self.lights) > 20:
            self.lights.pop(0)  # a light that breathes for minutes is told of very often

    def say(self, text):
        self.log.say(0, text)

    def lines(self):
        return [text for at, text in self.log.lines()]

    def live(self, ms, bits=0):
        """So many milliseconds with these buttons down, then the panel gets what is due."""
        self.inp.buttons = bits
        for _ in range(ms // 50):
            self.face.step(50)
        run(self.face._send())

    def push(self, bits):
        self.live(100, bits)
        self.live(50)

    def charge(self):
        self.evse.state, self.evse.letter, self.evse.offered_ma = C2, 2, 13000
        self.evse.why = why.CHARGING
        self.out.c1 = 1


def run(coroutine):
    asyncio.run(coroutine)
