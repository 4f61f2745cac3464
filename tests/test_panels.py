"""Find a meter and check the wiring with three buttons, in front of the box."""
import pytest

from tools import lcd_png
from meters.commission import Wiring
from meters.reading import Reading
from person import LEFT, MIDDLE, RIGHT, Person
from ui.canvas import Canvas, small_width
from ui.menu import EXIT, TOOLS
from ui.panels import amps, short, two_lines
from ui.view import View


class Box:
    pass


class Extras:
    """Notes orders; a test says what is found."""

    def __init__(self):
        self.find = self.check = None
        self.orders = []
        self.refuse = ""

    def order(self, tool, name, value):
        if self.refuse:
            raise ValueError(self.refuse)
        self.orders.append((tool, name, value))
        if name == "role":
            self.find = Box()
            self.find.role, self.find.state, self.find.hits, self.find.address = value, "searching", [], 34
            self.find.left_s = lambda: 187
            self.find.touch = lambda: None
        if name in ("stop", "take"):
            self.find = None
        if tool == "commission":
            self.check = self.check or Box()
            self.check.wiring, self.check.left_s = Wiring(), 299
            self.check.state = 0 if name == "stop" else 1
            self.check.text = lambda: "Looking at the mains; switch nothing now."


def hit(model=4, address=11, ma=(5500, -250, 0)):
    h = Box()
    h.meter = Box()
    h.meter.model, h.meter.address, h.meter.reading = model, address, Reading()
    h.meter.reading.put(1, ma, (0, 0, 0))
    return h


def person(tool=1):
    p = Person().enter()
    p.menu.extras = Extras()
    p.push(LEFT, 1 if tool == 0 else 4 - tool)
    assert p.menu.at == EXIT and p.menu.tool == tool
    return p, p.menu.extras


def test_the_two_tools_stand_before_exit_and_the_ring_is_whole():
    p = Person().enter()
    p.menu.extras = Extras()
    seen = []
    for _ in range(4):
        p.push(LEFT)
        seen.append(TOOLS[p.menu.tool] if p.menu.at == EXIT else p.menu.at)
    assert seen[:3] == ["EXIT", "CT CHECK", "FIND METER"] and seen[3] not in TOOLS
    for _ in range(4):
        p.push(RIGHT)
    assert p.menu.at == 0 and p.menu.tool in (0, 1)


def test_a_search_is_started_for_a_role_shows_its_hits_and_one_is_taken():
    p, extras = person(1)
    p.push(MIDDLE)
    p.push(RIGHT, 2)
    p.push(MIDDLE)
    assert extras.orders == [("find", "role", "ev")] and p.menu.panel.busy()
    empty = bytes(p.frame())
    extras.find.hits.append(hit())
    assert bytes(p.frame()) != empty and p.menu.panel.at == 0   # a finger on its way to stop takes no meter
    p.push(RIGHT)
    p.push(MIDDLE)
    assert extras.orders[-1] == ("find", "take", "0") and p.menu.panel is None and p.menu.open


def test_a_running_search_keeps_the_menu_open_and_a_finished_one_does_not():
    p, extras = person(1)
    p.push(MIDDLE, 2)
    p.rest(200000)
    assert p.menu.open and p.menu.panel
    extras.find.state = "watching"
    p.rest(130000)
    assert not p.menu.open and p.menu.panel is None


def test_a_refusal_is_shown_and_the_panel_stays():
    p, extras = person(1)
    p.push(MIDDLE)
    extras.refuse = "a meter is found from the master: this charger is a node"
    p.push(MIDDLE)
    assert p.menu.panel and "master" in p.menu.panel.message
    p.push(RIGHT)
    assert p.menu.panel.message == ""


def test_the_way_out_stops_the_search():
    p, extras = person(1)
    p.push(MIDDLE, 2)
    p.push(MIDDLE)
    assert extras.orders[-1] == ("find", "stop", "1") and p.menu.panel is None


def test_the_check_is_started_with_a_load_on_a_phase_and_stopped():
    p, extras = person(2)
    p.push(MIDDLE)
    p.push(RIGHT, 2)
    p.push(MIDDLE)
    assert extras.orders == [("commission", "phase", "2")]
    p.push(MIDDLE)
    assert extras.orders[-1] == ("commission", "stop", "1")
    p.push(LEFT, 3)
    p.push(MIDDLE)
    assert p.menu.panel is None


def test_every_screen_can_be_drawn():
    for tool in (1, 2):
        p, extras = person(tool)
        for _ in range(3):
            p.push(MIDDLE)
            if extras.find:
                extras.find.hits = [hit(), hit(16, 247, (-123456, 0, 0))]
            canvas = Canvas(bytearray(1024))
            p.menu.draw(canvas, View())
            assert "'" in lcd_png.art(canvas.buf) or "." in lcd_png.art(canvas.buf)
            p.push(RIGHT)


@pytest.mark.parametrize("ct, i, text", [
    ((1, 1), 0, "right"), ((1, -1), 0, "reversed"), ((3, 1), 0, "is on L3"), ((3, -1), 0, "is on L3, reversed"), ((0, 0), 0, "?"),
    ((0, -1), 1, "phase?, reversed"), ((0, 1), 1, "phase?, not reversed")])
def test_the_words_for_a_transformer_fit_their_line(ct, i, text):
    assert short(ct, i) == text and small_width(text) <= 128 - 34


def test_a_current_has_its_sign():
    assert amps(5500) == "5.5 A" and amps(-250) == "-0.3 A" and amps(-40) == "0.0 A"


def test_a_long_sentence_takes_two_lines():
    first, second = two_lines("Unclear: something else was switched too, or a CT sees nothing. Check again.")
    assert first.startswith("Unclear:") and second and small_width(first) <= 126 and small_width(second) <= 126
    assert two_lines("short") == ("short", "")
