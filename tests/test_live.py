"""The live link: what is told when, who is let go, and which messages press a button."""
import asyncio
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


class Listener:
    """A caller with a websocket; one that lives answers each ping."""

    def __init__(self, lives):
        self.lives, self.quiet, self.heard, self.gone, self.task = lives, 0, 0, 0, self

    async def awrite(self, *parts):
        self.heard += 1
        if self.lives and live.PING in parts:
            self.quiet = 0

    def cancel(self):
        self.gone += 1


def test_a_listener_that_says_nothing_for_half_a_minute_is_let_go_and_one_that_answers_stays():
    told = live.Live(House())
    silent, lively = Listener(False), Listener(True)
    told.listeners = [silent, lively]

    async def beats(n):
        task = asyncio.create_task(told._tell_all())
        for _ in range(n):
            await asyncio.sleep(0)
            if not told.listeners:
                break
            await asyncio.sleep(0.001)
        task.cancel()
    was, beat_s = live.points, live.BEAT_S
    live.points, live.BEAT_S = Points, 0.0005
    try:
        asyncio.new_event_loop()
        asyncio.run(beats(400))
    finally:
        live.points, live.BEAT_S = was, beat_s
    assert silent.gone == 1 and not lively.gone and told.listeners == [lively] and told.dropped == 1
    assert lively.heard > silent.heard > 2


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
