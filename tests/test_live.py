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


def test_only_what_changed_is_told_and_a_frame_once():
    house = House()
    told = live.Live(house)
    was = live.points
    live.points = Points
    try:
        told._changes()
        told._frame_serial = 1
        assert told._news() in (b"", live.PING)
        Points.now["b"] = 'say "hi"'
        news = told._news()
        assert news[0] == 0x81 and json.loads(news[2:].decode()) == {"b": 'say "hi"'}
        house.frame_serial = 2
        news = told._news()
        assert news == live.LCD_HEAD + bytes(1024)
        assert told._news() == b""
    finally:
        live.points = was


class Points:
    """Stands for the table of points, with two of them."""
    NAME, PATH, UNIT, OFTEN, LABEL = range(5)
    TABLE = (("a", "a", "", 0, "A"), ("b", "b", "", 0, "B"))
    now = {"a": 1, "b": None}

    @staticmethod
    def shown(house, row):
        return Points.now[row[1]]
