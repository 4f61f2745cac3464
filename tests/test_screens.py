"""What an owner reads on the display, scene by scene, and who holds the brake."""
import pytest

import scenes
from ui import screens
from ui.canvas import Canvas
from ui.view import OFF


@pytest.mark.parametrize("name,fields", scenes.SCENES)
def test_the_scene_looks_as_it_did(name, fields):
    scenes.same(name, scenes.frame(fields))


@pytest.mark.parametrize("fields,said", [
    ({"plugged": 1, "offered_ma": 10000, "by": "mains"}, "10 A by mains"),
    ({"plugged": 1, "offered_ma": 10449, "by": "sun"}, "10.4 A by sun"),
    ({"plugged": 1, "offered_ma": 15960, "by": "cable"}, "16 A by cable"),
    ({"plugged": 1, "wait": "no sun", "countdown_s": 272}, "wait: no sun 4:32"),
    ({"plugged": 1, "wait": "no sun"}, "wait: no sun"),
    ({"plugged": 1, "wait": "pause", "countdown_s": 5, "offered_ma": 6000}, "wait: pause 0:05"),
    ({"plugged": 0, "wait": "no sun", "note": "10.0.0.7"}, "10.0.0.7"),
    ({"plugged": 1, "access": OFF, "offered_ma": 0, "wait": "no sun", "note": "10.0.0.7"}, "10.0.0.7"),
    ({"plugged": 1, "note": ""}, ""),
    ({"plugged": 1, "wait": "random delay", "countdown_s": 354, "delayed": 1, "beat_s": 3}, "wait: random delay 5:54"),
    ({"plugged": 1, "wait": "random delay", "countdown_s": 354, "delayed": 1, "beat_s": 4}, "hold right: start now"),
])
def test_the_small_line_says_who_holds_the_brake(fields, said):
    assert screens.brake(scenes.view(fields)) == said


def test_a_held_button_is_told_what_it_will_do():
    canvas = Canvas(bytearray(1024))
    screens.hold(canvas, "for Menu")
    scenes.same("hold", canvas.buf)
