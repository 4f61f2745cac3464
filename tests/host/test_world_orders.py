"""What may be asked of the world, and what is refused by name with nothing changed."""
import pytest

from tools.plant.site import Site
from tools.world import orders, view

EVERYTHING = {
    "car": {"plugged": True, "wants": False, "phases": 1, "max_a": 32, "diode": False, "lag_s": 0.5},
    "house_a": [1, 2.5, 3], "sun_a": [0, 4, 4], "battery_a": -6, "meter_silent": True, "rcm": True, "temp_c": 65,
    "button": "left", "ms": 2500,
}


def ask(site, asked):
    orders.obey(site, orders.check(asked))


def test_all_that_the_panel_can_do_arrives_in_the_plant():
    site = Site()
    ask(site, EVERYTHING)
    seen = view.shown(site)
    car = seen["car"]
    assert (car["plugged"], car["wants"], car["phases"], car["max_a"], car["diode"], car["lag_s"]) == (True, False, 1, 32, False, 0.5)
    assert (seen["house_a"], seen["sun_a"], seen["battery_a"]) == ([1, 2.5, 3], [0, 4, 4], -6)
    assert (seen["meter_silent"], seen["rcm"], seen["temp_c"]) == (True, True, 65)
    site.step(10)
    assert view.shown(site)["buttons"] == ["left"]


@pytest.mark.parametrize("asked", [{"button": "right"}, {"button": {"which": "right", "ms": 300}}, {"button": {"which": "right"}, "ms": 300}])
def test_a_button_may_be_asked_for_in_either_shape(asked):
    site = Site()
    ask(site, asked)
    assert site.panel.bits == 4


@pytest.mark.parametrize("asked, words", [
    ({"moon_a": 1}, "unknown: moon_a"),
    ({"zeal": 1, "car": {"wings": 2, "plugged": True}}, "unknown: car.wings, zeal"),
    ({"car.plugged": True}, "unknown: car.plugged"),
    ({"ms": 300}, "unknown: ms"),
    ({"button": {"which": "left", "force": 3}}, "unknown: button.force"),
    ({"car": 1}, "car: an object of plugged, wants, phases, max_a, diode, lag_s"),
    ({"car": {"plugged": "yes"}}, "car.plugged: true or false"),
    ({"car": {"phases": 4}}, "car.phases: a whole number, 1 to 3"),
    ({"car": {"phases": 2.5}}, "car.phases: a whole number, 1 to 3"),
    ({"car": {"phases": True}}, "car.phases: a whole number, 1 to 3"),
    ({"car": {"max_a": 0}}, "car.max_a: a number, 1 to 80 A"),
    ({"car": {"max_a": float("nan")}}, "car.max_a: a number, 1 to 80 A"),
    ({"car": {"lag_s": -1}}, "car.lag_s: a number, 0 to 30 s"),
    ({"house_a": [1, 2]}, "house_a: three numbers, each 0 to 250 A"),
    ({"house_a": 5}, "house_a: three numbers, each 0 to 250 A"),
    ({"sun_a": [1, 2, "3"]}, "sun_a: three numbers, each 0 to 250 A"),
    ({"sun_a": [1, 2, float("inf")]}, "sun_a: three numbers, each 0 to 250 A"),
    ({"battery_a": 251}, "battery_a: a number, -250 to 250 A"),
    ({"rcm": 2}, "rcm: true or false"),
    ({"meter_silent": None}, "meter_silent: true or false"),
    ({"temp_c": "hot"}, "temp_c: a number, -40 to 125 C"),
    ({"button": "top"}, "button: one of left, middle, right"),
    ({"button": "left", "ms": 5}, "ms: a whole number, 10 to 60000 ms"),
    ({"button": ["left"]}, "button: one of left, middle, right"),
    ([], "the body must be a JSON object"),
    (None, "the body must be a JSON object")])
def test_what_is_wrong_is_named_with_its_range(asked, words):
    with pytest.raises(ValueError) as error:
        orders.check(asked)
    assert str(error.value) == words


def test_everything_wrong_is_named_at_once_and_nothing_is_done():
    site = Site()
    before = view.shown(site)
    with pytest.raises(ValueError, match=r"unknown: moon; car.phases: .*; temp_c: .*"):
        ask(site, {"moon": 1, "car": {"plugged": True, "phases": 9}, "temp_c": 500, "house_a": [1, 1, 1]})
    assert view.shown(site) == before
