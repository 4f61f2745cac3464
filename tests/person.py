"""Somebody in front of the box, for the tests of what the buttons do: fingers, eyes, and what the box asked for."""
import settings
from ui.canvas import Canvas
from ui.menu import EXIT, Menu
from ui.view import View

LEFT, MIDDLE, RIGHT = 1, 2, 4
STEP_MS = 50


class Person:
    """Keyword arguments are settings; `refuse` is the reason why none can be set."""

    def __init__(self, **values):
        self.cfg = settings.Settings()
        for key in values:
            self.cfg.put(key, values[key])
        self.asked = []
        self.refuse = ""
        self.menu = Menu(self.cfg, self.put, self.asked.append)

    def put(self, key, raw):
        if self.refuse:
            raise ValueError(self.refuse)
        self.cfg.put(key, raw)

    def down(self, bits, ms):
        self.menu.step(STEP_MS, bits)
        for _ in range(ms // STEP_MS):
            self.menu.step(STEP_MS, bits)

    def rest(self, ms=0):
        self.down(0, ms)

    def push(self, bits, times=1):
        for _ in range(times):
            self.down(bits, 100)
            self.rest()

    def enter(self):
        self.down(MIDDLE, 2000)
        self.rest()
        return self

    def go(self, key):
        for _ in range(40):
            if self.menu.at != EXIT and settings.TABLE[self.menu.at][settings.KEY] == key:
                return self
            self.push(RIGHT)
        raise AssertionError(key + " is not in the menu")

    def labels(self):
        seen = []
        for _ in range(40):
            at = self.menu.at
            label = "EXIT" if at == EXIT else settings.TABLE[at][settings.LABEL]
            if label in seen:
                return seen
            seen.append(label)
            self.push(RIGHT)

    def frame(self):
        v = View()
        v.note, v.time, v.version, v.temp_c = "192.168.1.20", "14:05", "v0.1.0", 31
        canvas = Canvas(bytearray(b"\xa5" * 1024))
        self.menu.draw(canvas, v)
        return canvas.buf


def frames():
    """The golden frames of the menu."""
    browse = Person().enter().go("max_current_a")
    edit = Person().enter().go("max_current_a")
    edit.push(MIDDLE)
    edit.push(RIGHT, 3)
    helped = Person().enter().go("max_current_a")
    helped.rest(8000)
    refused = Person().enter().go("mode")
    refused.refuse = "mode needs a meter"
    refused.push(MIDDLE)
    refused.push(RIGHT)
    refused.push(MIDDLE)
    leave = Person().enter()
    leave.push(LEFT)
    return (("menu_browse", browse.frame()), ("menu_edit", edit.frame()), ("menu_help", helped.frame()),
            ("menu_refused", refused.frame()), ("menu_exit", leave.frame()))
