"""The live link: what is told when, and which messages press a button."""
import json

import pytest
from app import live


class House(dict):
    """Any path of the points is there, and may be changed by hand."""

    def __init__(self):
        self.value = 1
        self.face = self
        self.frame = bytearray(1024)
        self.frame_serial = 1


def test_a_button_needs_a_name_and_a_state():
    assert live.button('{"button":"left","state":1}') == ("left", 1)
    assert live.button('{"button":"right","state":false}') == ("right", 0)


@pytest.mark.parametrize("text", ["", "{", "[]", "1", '{"button":"left"}', '{"button":"up","state":1}', '{"button":"left","state":2}',
                                  '{"button":"left","state":"1"}', '{"button":["left"],"state":1}', '{"button":null,"state":null}'])
def test_what_is_no_button_is_refused(text):
    with pytest.raises(ValueError):
        live.button(text)


@pytest.mark.parametrize("was, now", [(0, 1), (0, None), (0, ""), (None, ""), ("a", "b"), ([1, 2], [2, 1]), ((1, 2), (1, 3)), (1, "1"), (-1, 1)])
def test_what_changes_has_another_mark(was, now):
    assert live.mark(was) != live.mark(now) and live.mark(was) == live.mark(was)


def test_only_what_changed_is_told_and_a_frame_once():
    house = House()
    told = live.Live(house)
    was = live.points
    live.points = Points
    try:
        told._changes()
        told._frame_serial = 1
        assert wire(told) in (b"", live.PING)
        Points.now["b"] = 'say "hi"'
        news = wire(told)
        assert news[0] == 0x81 and json.loads(news[2:].decode()) == {"b": 'say "hi"'}
        house.frame_serial = 2
        news = wire(told)
        assert news == live.LCD_HEAD + bytes(1024)
        assert wire(told) == b""
        Points.now["a"], Points.now["b"] = 2, None
        news = wire(told)
        assert json.loads(news[2:].decode()) == {"a": 2, "b": None} and news[1] == len(news) - 2
    finally:
        live.points = was


def wire(told):
    """The bytes of one beat."""
    return b"".join([bytes(part) for part in told._news()])


class Points:
    """Stands for the table of points, with two of them."""
    NAME, PATH, UNIT, OFTEN, LABEL = range(5)
    TABLE = (("a", "a", "", 0, "A"), ("b", "b", "", 0, "B"))
    now = {"a": 1, "b": None}

    @staticmethod
    def shown(house, row):
        return Points.now[row[1]]
