"""The face: buttons in, display and light out.

Twenty times a second it reads the buttons (those on the box or those pressed
on a page), steps menu, light and backlight, and once a second or on a change
it draws. Only the pages of the display that changed are sent, one for each
turn of the loop, so that nobody waits for the panel. It asks house.control
for changes and decides nothing itself.
"""
from array import array
from binascii import crc32

from micropython import const

from app import clock
from app.look import look
from faults import RCM
from ui import screens
from ui.backlight import Backlight
from ui.canvas import PAGES, Canvas
from ui.light import Light
from ui.menu import Menu
from ui.view import View

_STEP_MS = const(50)
_DRAW_MS = const(1000)
_LONGEST_MS = const(500)       # a step after a standstill counts no more, or a tap would become a hold
_REMOTE_MS = const(4000)       # a button held on a page counts so long without a new word: pages go away without a goodbye
_SETTLE_MS = const(300)        # after a contactor has opened the panel is set up anew, when the sparks are gone
BUTTONS = ("left", "middle", "right")
MODES = ("normal", "smart", "solar", "minpv")


class Face:
    def __init__(self, house) -> None:
        self.house = house
        self.view = View()
        self.canvas = Canvas(bytearray(1024))    # drawn within one turn of the loop, so all others see whole frames
        self.frame = self.canvas.buf             # 1024 bytes: page * 128 + column, bit 0 on top
        self._marks = array("I", bytes(4 * PAGES))  # a checksum of each page as it was drawn last
        self.frame_serial = 0                    # counts frames that differ
        self.menu = Menu(house.cfg, house.control.put, self._act)
        self.menu.extras = getattr(house, "extras", None)
        self.light_up = Light()
        self.backlight = Backlight()
        self.light_s = 0                         # seconds the display stays lit
        self._remote_ms = [0, 0, 0]              # what is left of each press on a page
        self._tapped = 0                         # pressed on a page since the last step, even if let go again
        self._bits = 0
        self._presses = 0                        # of the external switch, as last seen
        self._stamp = -1                         # changes when something does that should be seen at once
        self._level = -1
        self._lit = bytearray(3)
        self._since_ms = _DRAW_MS
        self._closed = 0
        self._restart_ms = 0
        self._dirty = (1 << PAGES) - 1

    def press(self, which: str, down) -> None:
        """A button on a page: "left", "middle" or "right" goes down or up. ValueError for another name."""
        if which not in BUTTONS:
            raise ValueError("button must be one of " + ", ".join(BUTTONS))
        i = BUTTONS.index(which)
        if down:
            self._tapped |= 1 << i
            self._remote_ms[i] = _REMOTE_MS
        else:
            self._remote_ms[i] = 0

    def light(self, s: int) -> None:
        """Keeps the display lit for s seconds; 0 darkens it."""
        self.backlight.stay(s * 1000)
        self.light_s = s

    async def run(self) -> None:
        """For ever."""
        before = clock.ticks_ms()
        self._dirty = (1 << PAGES) - 1
        while True:
            now = clock.ticks_ms()
            dt_ms = min(clock.ticks_diff(now, before), _LONGEST_MS)
            before = now
            self.step(dt_ms)
            if self._dirty:
                await self._send()
            await clock.sleep_ms(_STEP_MS)

    def step(self, dt_ms: int) -> None:
        """A moment: buttons, menu, lights; draws when it is time."""
        bits = self._buttons(dt_ms)
        menu = self.menu
        was = menu.serial
        menu.latched, menu.delayed = self.view.latched, self.view.delayed
        menu.step(dt_ms, bits)
        house = self.house
        stamp = house.evse.state | house.out.c1 << 4 | (house.faults.serial & 255) << 5 | (house.cfg.serial & 255) << 13
        self._since_ms += dt_ms
        if stamp != self._stamp or was != menu.serial or self._since_ms >= _DRAW_MS:
            if self._since_ms >= _DRAW_MS:
                self._since_ms %= _DRAW_MS
                self.view.beat_s += 1
            self._draw(stamp)
        self._glow(dt_ms, bits)
        if self._restart_ms:
            self._restart_ms = max(0, self._restart_ms - dt_ms)
            if not self._restart_ms:
                self._anew()

    def _buttons(self, dt_ms: int) -> int:
        """Both kinds of buttons in one; a new press also takes a tripped RCM back and turns the texts to their start."""
        bits = self.house.inp.buttons | self._tapped
        self._tapped = 0
        left = self._remote_ms
        for i in range(3):
            if left[i] > 0:
                bits |= 1 << i
                left[i] -= dt_ms
        evse = self.house.evse
        pressed = bits and not self._bits
        if pressed:
            self.view.beat_s = 0
        if (pressed or evse.switch.presses != self._presses) and self.house.faults.mask & 1 << RCM:
            evse.watch.reset_rcm(evse, self.house.inp)
        self._presses = evse.switch.presses
        if evse.switch.meant:
            try:
                self.house.control.external_switch()
            except ValueError as e:
                self.house.say("switch: %s" % e)
        self._bits = bits
        return bits

    def _draw(self, stamp: int) -> None:
        v = self.view
        was_charging = v.charging
        look(self.house, v)
        if v.charging and not was_charging:
            v.beat_s = 0
        closed = self.house.out.c1
        if self._closed and not closed:
            self._restart_ms = _SETTLE_MS
        self._closed = closed
        if stamp != self._stamp:
            self._stamp = stamp
            self.backlight.stay()
        menu = self.menu
        if menu.open:
            menu.draw(self.canvas, v)
        elif menu.hint:
            screens.hold(self.canvas, menu.hint)
        else:
            screens.draw(self.canvas, v)
        dirty = 0
        for p in range(PAGES):
            mark = crc32(self.canvas.page[p])
            if mark != self._marks[p]:
                self._marks[p] = mark
                dirty |= 1 << p
        if dirty:
            self._dirty |= dirty
            self.frame_serial += 1

    def _glow(self, dt_ms: int, bits: int) -> None:
        """Light and backlight; the board is told of changes only."""
        v = self.view
        board = self.house.board
        if bits or v.charging or v.fault or self.house.inp.switch:
            self.backlight.stay()
        level = self.backlight.step(dt_ms)
        self.light_s = self.backlight.left_s()
        if level != self._level:
            self._level = level
            board.lcd.backlight(level)
        rgb = self.light_up.step(dt_ms, v)
        if rgb != self._lit:
            for i in range(3):
                self._lit[i] = rgb[i]
            board.leds(rgb[0], rgb[1], rgb[2])

    async def _send(self) -> None:
        """The pages that changed, one for each turn of the loop."""
        for p in range(PAGES):
            if self._dirty & 1 << p:
                self._dirty &= ~(1 << p)
                self.house.board.lcd.show(p, self.canvas.page[p])
                await clock.sleep_ms(0)

    def _anew(self) -> None:
        """Sets the panel up again: a contactor or a mishap may have confused it."""
        self.house.board.lcd.restart()
        self._dirty = (1 << PAGES) - 1

    def _act(self, word: str) -> None:
        """What the buttons ask for outside the menu. A refusal is a line in the log."""
        control = self.house.control
        try:
            if word == "off":
                control.set_mode("off")
            elif word == "start":
                control.set_mode(MODES[self.house.cfg.mode])
            elif word == "reset":
                control.reset()
            elif word == "skip":
                control.skip_delay()
            elif word == "swap":
                control.swap_sun()
            else:
                self._anew()
        except ValueError as e:
            self.house.say(str(e))
