"""The menu, and what the three buttons do outside it.

Values are edited in here and handed over one by one, when the middle button
leaves them, through put(key, raw); a ValueError of it is shown and the value
stays under edit. Two minutes without a finger close the menu and forget what
was not handed over. Outside the menu act(word) is called: "off", "start",
"swap" (Smart and Solar change places; nobody gets access by it), "reset" (a
latched fault), "skip" (the random delay) or "lcd".
"""
from micropython import const

from settings import HELP, KEY, KIND, LABEL, TABLE
from ui import menu_rows, screens
from ui.canvas import LEFT, RIGHT, large_width, small_width
from ui.hands import BOTH, HOLD, LEFT as LEFT_BUTTON, MIDDLE, PRESS, RIGHT as RIGHT_BUTTON, TAP, Hands
from ui.view import NORMAL, OFF

EXIT = len(TABLE)
TOOLS = ("EXIT", "FIND METER", "CT CHECK")  # at the end of the menu, the last two before EXIT
TIMEOUT_MS = const(120000)
HELP_MS = const(5000)       # of rest until the help line replaces the label
_FIRST_MS = const(1000)     # the help line stands so long, then
_LETTER_MS = const(300)     # moves a letter each, and
_LAST_MS = const(2000)      # stands at its end
_HINT_MS = const(300)       # a shorter press is not yet a hold


class Menu:
    def __init__(self, cfg, put, act) -> None:
        self.cfg = cfg
        self.put = put
        self.act = act
        self.open = 0
        self.at = 0          # place in settings.TABLE; EXIT is behind its end
        self.editing = 0
        self.raw = 0         # the value under edit
        self.message = ""    # why the last value was refused
        self.latched = 0     # 1: a fault waits for a reset
        self.delayed = 0     # 1: a random delay runs
        self.hint = ""       # what a held button will do
        self.serial = 0      # counts what can be seen
        self.idle_ms = 0     # since the last finger
        self.extras = None   # who finds meters and checks wiring; None: the menu ends with its settings
        self.tool = 0        # at EXIT: place in TOOLS
        self.panel = None    # a screen of ui/panels.py that has the buttons, or None
        self._hands = Hands()
        self._scroll = -1    # first letter of the help line; -1: the label stands
        self._steps = 0      # letters it has to move

    def step(self, dt_ms: int, bits: int) -> None:
        """A moment with these buttons down (bits 0 left, 1 middle, 2 right)."""
        hands = self._hands
        what = hands.step(dt_ms, bits)
        self.idle_ms = 0 if bits else min(self.idle_ms + dt_ms, TIMEOUT_MS)
        if self.open:
            self._inside(what, hands)
        else:
            self._outside(what, hands)

    def _outside(self, what: int, hands) -> None:
        button = hands.button
        is_off = self.cfg.access == OFF
        right = "reset" if self.latched else "start" if is_off else "skip" if self.delayed else ""
        hint = ""
        if button == MIDDLE:
            hint = "for Menu"
        elif button == LEFT_BUTTON and not is_off:
            hint = "to Stop"
        elif button == RIGHT_BUTTON and right:
            hint = "to Reset" if right == "reset" else "to Start"
        if what == HOLD and hint:
            hands.spend()
            if button == MIDDLE:
                self.open = 1
                self.at = EXIT
                self.tool = 0
                self._go(1)
            else:
                self.act("off" if button == LEFT_BUTTON else right)
            hint = ""
        elif what == TAP:
            hint = ""
            if button == LEFT_BUTTON and self.cfg.mode != NORMAL:
                self.act("swap")
        elif what == BOTH:
            self.act("lcd")
        if hands.held_ms < _HINT_MS:
            hint = ""
        if hint != self.hint:
            self.hint = hint
            self.serial += 1

    def _inside(self, what: int, hands) -> None:
        if self.panel and what == PRESS:
            if not self.panel.press(hands.button):
                self.panel = None
            self.serial += 1
            return
        if self.idle_ms >= TIMEOUT_MS and not (self.panel and self.panel.busy()):
            self._close()
            return
        if self.panel:
            return
        times = 1 if what == PRESS else hands.repeats
        if times and hands.button == MIDDLE:
            if what == PRESS:
                self._middle()
        elif times and hands.button:
            step = 1 if hands.button == RIGHT_BUTTON else -1
            for _ in range(times):
                self._go(step)
        else:
            self._roll()

    def _go(self, step: int) -> None:
        if self.editing:
            self.raw = menu_rows.turned(TABLE[self.at], self.raw, step)
        elif self.at == EXIT and self.extras and 0 <= (self.tool - 1) % len(TOOLS) + step < len(TOOLS):
            self.tool = (self.tool + step) % len(TOOLS)
        else:
            self.at = menu_rows.after(self.cfg, self.at, step)
            self.tool = 1 if self.extras and step > 0 else 0
        self.message = ""
        self._rest()

    def _middle(self) -> None:
        if self.at == EXIT:
            if self.tool:
                self.panel = _panel(self.extras, self.tool)
                self._rest()
            else:
                self._close()
            return
        r: tuple = TABLE[self.at]
        if not self.editing:
            if r[KIND] == "text":
                return
            self.raw = menu_rows.start_value(r, getattr(self.cfg, r[KEY]))
            self.editing = 1
        else:
            try:
                if self.raw != getattr(self.cfg, r[KEY]):
                    self.put(r[KEY], self.raw)
                self.editing = 0
                self.message = ""
            except ValueError as e:
                self.message = str(e)
        self._rest()

    def _close(self) -> None:
        self.open = self.editing = 0
        self.panel = None
        self.message = ""
        self._hands.spend()
        self._rest()

    def _rest(self) -> None:
        """Something was done: the label stands again."""
        self._scroll = -1
        self._steps = 0
        self.serial += 1

    def _roll(self) -> None:
        """Moves the help line, or a refusal too long for its line, with the time that nobody touches anything."""
        ms = self.idle_ms
        if not self.message:
            ms -= HELP_MS
            if ms < 0 or self.editing or self.at == EXIT:
                return
        r: tuple = TABLE[min(self.at, EXIT - 1)]
        text = self.message or r[HELP]
        if not self._steps:
            wide = small_width if self.message else large_width
            while wide(text[self._steps:]) > 124:
                self._steps += 1
            self._steps += 1  # so that it is never 0 again
        moves = self._steps - 1
        ms %= _FIRST_MS + moves * _LETTER_MS + _LAST_MS
        at = 0 if ms < _FIRST_MS else min(1 + (ms - _FIRST_MS) // _LETTER_MS, moves)
        if at != self._scroll:
            self._scroll = at
            self.serial += 1

    def draw(self, canvas, v) -> None:
        """The menu as a whole frame; v gives temperature, time, note and version."""
        if self.panel:
            self.panel.draw(canvas, v)
            return
        canvas.clear()
        screens.frame(canvas)
        scroll = max(self._scroll, 0)
        if self.message:
            canvas.small(0, 0, self.message[scroll:])
        else:
            canvas.small(0, 0, v.note)
            canvas.small(0, 128, v.time or "--:--", RIGHT)
        if self.at == EXIT:
            label, value = TOOLS[self.tool], "START" if self.tool else "MENU"
        else:
            r: tuple = TABLE[self.at]
            label = r[LABEL]
            value = menu_rows.words(r, self.raw if self.editing else getattr(self.cfg, r[KEY]))
            if self._scroll >= 0 and not self.message:
                canvas.large(2, r[HELP][scroll:], 2, LEFT)
                label = ""
        if label:
            canvas.large(2, label)
        canvas.large(4, value)
        if label or self.editing:
            row = 4 if self.editing else 2
            canvas.large(row, "<", 0, LEFT)
            canvas.large(row, ">", 128, RIGHT)
        canvas.small(7, 0, "%d\u00b0C" % v.temp_c)
        canvas.small(7, 128, v.version[:19], RIGHT)


def _panel(extras, tool: int):
    """The screen of a place in TOOLS."""
    from ui import panels
    return panels.FindPanel(extras) if tool == 1 else panels.CheckPanel(extras)
