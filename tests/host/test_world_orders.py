"""What may be asked of the world, and what is refused by name with nothing changed."""
import pytest

from tools.plant import profiles
from tools.plant.car import Car
from tools.plant.site import Site
from tools.plant.wire import sound
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
    ({"car": 1}, "car: an object of plugged, wants, phases, max_a, diode, lag_s, profile"),
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


# several chargers, and how the meters are wired

def test_each_charger_has_its_own_car_buttons_and_troubles():
    site = Site(chargers=3)
    orders.obey(site, orders.check({"charger": 2, "car": {"plugged": True, "max_a": 8}, "temp_c": 70, "rcm": True, "switch": True, "button": "left"}, 3))
    site.step(10)
    seen = view.shown(site, 2)
    assert (seen["charger"], seen["car"]["plugged"], seen["car"]["max_a"], seen["temp_c"], seen["rcm"], seen["switch"]) == (2, True, 8, 70, True, True)
    assert seen["buttons"] == ["left"] and [row["plugged"] for row in seen["chargers"]] == [False, False, True]
    first = view.shown(site)
    assert (first["charger"], first["car"]["plugged"], first["temp_c"], first["buttons"]) == (0, False, 20, [])


def test_a_car_of_the_table_may_be_chosen_and_its_properties_changed_at_once():
    site = Site()
    name = [row[0] for row in profiles.TABLE][1]
    ask(site, {"car": {"max_a": 10, "profile": name}})
    other = Car(name)
    assert site.car.max_ma == 10000
    assert (site.car.battery_wh, site.car.react_ms, site.car.odd) == (other.battery_wh, other.react_ms, other.odd)


def test_a_meter_is_exchanged_moved_silenced_and_taken_away():
    site = Site()
    ask(site, {"meter": {"role": "circuit", "model": "InvEastrn", "address": 77}})
    ask(site, {"meter": {"role": "circuit", "silent": True}})
    ask(site, {"meter": {"role": "circuit", "address": 78}})
    row = [row for row in view.shown(site)["meters"] if row["role"] == "circuit"][0]
    assert (row["model"], row["address"], row["silent"]) == ("InvEastrn", 78, True)
    ask(site, {"meter": {"role": "circuit", "model": ""}, "meter_silent": True})
    assert [row["role"] for row in view.shown(site)["meters"]] == ["mains", "ev"] and view.shown(site)["meter_silent"]


def test_a_hand_on_the_battery_takes_it_from_its_own_controller():
    site = Site()
    ask(site, {"battery_auto": True})
    assert view.shown(site)["battery_auto"] and site.battery.auto
    ask(site, {"battery_a": 2})
    assert not view.shown(site)["battery_auto"] and site.battery.want_ma == 2000


def test_a_sensorbox_measures_with_what_it_is_told():
    site = Site()
    ask(site, {"meter": {"role": "mains", "model": "Sensorbox", "source": "p1"}})
    row = view.shown(site)["meters"][-1]
    assert (row["role"], row["model"], row["source"]) == ("mains", "Sensorbox", "p1") and site.meter.source == "p1"


def test_transformers_and_the_pair_are_spoiled_and_healed():
    site = Site()
    ask(site, {"ct": {"phases": [3, 1, 2], "turned": [False, True, False]}, "wire": {"loss": 40, "crc": 2.5}, "beside_a": [1, 2, 3]})
    seen = view.shown(site)
    assert seen["ct"] == {"phases": [3, 1, 2], "turned": [False, True, False]}
    assert (seen["wire"]["loss"], seen["wire"]["crc"], seen["beside_a"]) == (40, 2.5, [1, 2, 3])
    assert site.line.spoil == site.faults.spoil
    ask(site, {"wire": {"late": 100}})
    assert view.shown(site)["wire"] == {"loss": 0, "cut": 0, "crc": 0, "noise": 0, "late": 100}
    ask(site, {"wire": {"late": 0}})
    assert site.line.spoil is sound


@pytest.mark.parametrize("asked, words", [
    ({"charger": 3}, "charger: a whole number, 0 to 2"),
    ({"charger": -1}, "charger: a whole number, 0 to 7"),
    ({"meter": 1}, "meter: an object of role, charger, model, address, silent, source"),
    ({"meter": {"role": "mains", "source": "p1"}}, "meter.source: with model Sensorbox, one of ct, p1, old"),
    ({"meter": {"role": "mains", "model": "Sensorbox", "source": "tea"}}, "meter.source: with model Sensorbox, one of ct, p1, old"),
    ({"meter": {"role": "moon"}}, "meter.role: one of mains, circuit, ev, pv, battery"),
    ({"meter": {"role": "mains", "charger": 1}}, "meter.charger: a whole number, 0 to 0"),
    ({"meter": {"role": "ev", "charger": 3}}, "meter.charger: a whole number, 0 to 2"),
    ({"meter": {"role": "mains", "colour": 1}}, "unknown: meter.colour"),
    ({"meter": {"role": "mains", "address": 0}}, "meter.address: a whole number, 1 to 247"),
    ({"meter": {"role": "mains", "silent": 2}}, "meter.silent: true or false"),
    ({"ct": {"phases": [1, 1, 3]}}, "ct.phases: 1, 2 and 3 in some order"),
    ({"ct": {"turned": [True]}}, "ct.turned: three times true or false"),
    ({"wire": {"loss": 101}}, "wire.loss: a number, 0 to 100 %"),
    ({"wire": {"loss": 60, "crc": 60}}, "wire: at most 100 % together"),
    ({"wire": {"gremlin": 1}}, "unknown: wire.gremlin")])
def test_what_is_wrong_about_chargers_and_wires_is_named(asked, words):
    with pytest.raises(ValueError) as error:
        orders.check(asked, 3)
    assert str(error.value) == words


def test_a_model_that_the_plant_has_not_is_answered_with_those_it_has():
    with pytest.raises(ValueError, match="meter.model: empty for none, or one of Eastron3P"):
        orders.check({"meter": {"role": "mains", "model": "Sundial"}})
    with pytest.raises(ValueError, match="car.profile: one of default"):
        orders.check({"car": {"profile": "steam engine"}})
