"""The picture of Smart and Solar: what takes turns, what moves, what is left out."""
import scenes
from ui import flow
from ui.view import PAUSE, SMART, SOLAR


def lines(fields, seconds):
    v = scenes.view(fields)
    said = []
    for s in range(seconds):
        v.beat_s = s
        said.append(flow.words(v))
    return said


def test_while_charging_the_large_line_tells_one_thing_for_four_seconds_each():
    v = {"mode": SMART, "charging": 1, "offered_ma": 9600, "phases": 3}
    said = lines(v, 16)
    assert said == ["SMART 3P"] * 4 + ["CHARGING"] * 4 + ["9.6 A"] * 4 + ["SMART 3P"] * 4


def test_what_is_known_of_the_car_joins_the_turn():
    v = {"mode": SOLAR, "charging": 1, "offered_ma": 9600, "phases": 1, "limited": 1, "has_ev": 1,
         "ev_w": 2163, "session_wh": 1234}
    assert lines(v, 24)[::4] == ["SOLAR 1P", "LIMITED", "CHARGING", "2.2 kW", "1.23 kWh", "9.6 A"]


def test_without_enough_it_says_what_is_missing():
    assert lines({"mode": SOLAR, "no_power": 1}, 8)[::4] == ["WAITING", "FOR SOLAR"]
    assert lines({"mode": SMART, "no_power": 1}, 8)[::4] == ["WAITING", "FOR POWER"]
    assert lines({"mode": SMART, "no_power": 1, "access": PAUSE}, 8)[::4] == ["PAUSE", "PAUSE"]


def test_a_pending_change_of_phases_is_told():
    assert flow.words(scenes.view({"mode": SOLAR, "switching": 3, "countdown_s": 9})) == "1P -> 3P 9"
    assert flow.words(scenes.view({"mode": SOLAR, "switching": 1})) == "3P -> 1P"


def test_a_pause_is_counted_down_and_other_waits_are_not():
    assert flow.words(scenes.view({"mode": SOLAR, "countdown_s": 9, "pause_s": 9})) == "READY 9"
    assert flow.words(scenes.view({"mode": SOLAR, "countdown_s": 9})) == "READY"


def test_in_solar_the_mains_may_be_what_is_missing():
    assert lines({"mode": SOLAR, "no_power": 1, "by": "mains"}, 8)[::4] == ["WAITING", "FOR POWER"]


def blob(fields, first, last):
    buf = scenes.frame(fields)
    for x in range(first, last):
        if buf[3 * 128 + x] & 0x3E == 0x3E:
            return x - 2
    return -1


def test_the_blob_moves_to_the_house_on_import_and_away_on_export():
    v = {"mode": SMART, "has_mains": 1, "mains_ma": [5000, 0, 0]}
    assert [blob(v | {"beat_s": s}, 18, 50) for s in (0, 1, 8, 9)] == [20, 23, 44, 20]
    v = v | {"mains_ma": [-5000, 0, 0]}
    assert [blob(v | {"beat_s": s}, 18, 50) for s in (0, 1, 8, 9)] == [44, 41, 20, 44]
    assert blob(v | {"mains_ma": [100, 100, 100]}, 18, 50) == -1


def test_nothing_flows_to_a_car_that_does_not_charge():
    v = {"mode": SMART, "plugged": 1, "charging": 1, "offered_ma": 6000}
    assert [blob(v | {"beat_s": s}, 73, 96) for s in (0, 1, 5, 6)] == [74, 77, 89, 74]
    assert blob(v | {"charging": 0}, 73, 96) == -1


def test_without_a_car_there_is_no_wire_to_it():
    wire = 3 * 128 + 84
    assert scenes.frame({"mode": SMART, "plugged": 1})[wire] & 8
    assert not scenes.frame({"mode": SMART})[wire] & 8


def test_the_sun_shines_in_solar_only():
    assert scenes.frame({"mode": SOLAR})[74:87] != scenes.frame({"mode": SMART})[74:87]
