"""Readings in SmartEVSE's words: what each form becomes, and that what is wrong is named."""
import json

import pytest
from meters.pushed import Pushed
from proto import smartevse_feeds as feeds
from test_pushed import Roles, Thing


def house(mains=9, ev=9, loadbl=0):
    return Thing(pushed=Pushed(Thing(mains_meter=mains, circuit_meter=9, ev_meter=ev, loadbl=loadbl), Roles(), lambda: 7), session=Thing(wh=4210))


@pytest.mark.parametrize("topic, payload, deed", (
    ("MainsMeter", "100:-20:3", ("reading", "mains", [10000, -2000, 300], None, None, None)),
    ("MainsMeter", "1999:-1999:0:7000:123456", ("reading", "mains", [199900, -199900, 0], 7000, 123456, None)),
    ("MainsMeter", "1:2:3:-1:-1", ("reading", "mains", [100, 200, 300], None, None, None)),
    ("MainsMeter", "12.7:0.05:-0.4", ("reading", "mains", [1270, 5, -40], None, None, None)),
    ("CircuitMeter", "100:0:-7", ("reading", "circuit", [10000, 0, -700], None, None, None)),
    ("EVMeter", "160:160:160:11040:5670100", ("reading", "ev", [16000, 16000, 16000], 11040, 5670100, None)),
    ("EVMeter", "-1:-1:-1:11040:-1", ("reading", "ev", None, 11040, None, None)),
    ("EVMeter", "999:0:0:-1:-1", ("reading", "ev", [99900, 0, 0], None, None, None)),
    ("HomeBatteryCurrent", "-130", ("battery", -13000))))
def test_a_topic_becomes_a_deed(topic, payload, deed):
    assert feeds.order(topic, payload) == deed


@pytest.mark.parametrize("topic, payload, words", (
    ("MainsMeter", "100:20", "MainsMeter must be L1:L2:L3 or L1:L2:L3:W:Wh"), ("MainsMeter", "1:2:3:4", "MainsMeter must be"),
    ("MainsMeter", "2000:0:0", "MainsMeter L1 must be a number from -1999 to 1999 (0.1 A)"), ("MainsMeter", "0:0:-2000", "MainsMeter L3"),
    ("MainsMeter", "a:0:0", "MainsMeter L1"), ("MainsMeter", ":0:0", "MainsMeter L1"), ("MainsMeter", "1e2:0:0", "MainsMeter L1"),
    ("MainsMeter", "nan:0:0", "MainsMeter L1"), ("MainsMeter", "--1:0:0", "MainsMeter L1"), ("MainsMeter", "1.-5:0:0", "MainsMeter L1"),
    ("MainsMeter", "0:0:0:x:0", "MainsMeter W"), ("MainsMeter", "0:0:0:0:", "MainsMeter Wh"), ("MainsMeter", "1:2:3:4:5:6", "MainsMeter must be"),
    ("MainsMeter", "0:0:0:0:99999999999", "MainsMeter Wh"), ("MainsMeter", "9" * 250, "MainsMeter must be"), ("MainsMeter", "99999999999:0:0", "MainsMeter L1"),
    ("CircuitMeter", "1:2:3:4:5", "CircuitMeter must be L1:L2:L3"), ("EVMeter", "1:2:3", "EVMeter must be L1:L2:L3:W:Wh"),
    ("EVMeter", "1000:0:0:0:0", "EVMeter L1 must be a number from -1 to 999"), ("EVMeter", "-2:0:0:0:0", "EVMeter L1"),
    ("HomeBatteryCurrent", "", "HomeBatteryCurrent must be"), ("HomeBatteryCurrent", "2000", "HomeBatteryCurrent must be")))
def test_a_payload_that_is_wrong_is_named(topic, payload, words):
    with pytest.raises(ValueError) as e:
        feeds.order(topic, payload)
    assert str(e.value).startswith(words)


def test_an_unknown_topic_is_refused():
    with pytest.raises(ValueError):
        feeds.order("GasMeter", "1:2:3")


def test_currents_are_done_and_echoed():
    deeds, said = feeds.currents(house().pushed, [("L1", "100"), ("L2", "-20"), ("L3", "3"), ("battery_current", "-130")])
    assert deeds == [("reading", "mains", [10000, -2000, 300], None, None, None), ("battery", -13000)]
    assert json.loads(said) == {"battery_current": -130, "original": {"L1": 100, "L2": -20, "L3": 3}, "L1": 100, "L2": -20, "L3": 3, "TOTAL": 83}


def test_the_battery_alone_needs_no_api_meter():
    deeds, said = feeds.currents(house(mains=4).pushed, [("battery_current", "50.5")])
    assert deeds == [("battery", 5050)] and json.loads(said) == {"battery_current": 51}


def test_currents_for_another_meter_are_answered_with_nothing():
    assert feeds.currents(house(mains=4).pushed, [("L1", "1"), ("L2", "2"), ("L3", "3")]) == ([], "{}")
    assert feeds.currents(house().pushed, []) == ([], "{}")


def test_a_node_says_that_it_is_one():
    deeds, said = feeds.currents(house(loadbl=3).pushed, [("L1", "1"), ("L2", "2"), ("L3", "3"), ("battery_current", "1")])
    assert deeds == [] and json.loads(said) == {"battery_current": "not allowed on slave", "TOTAL": "not allowed on slave"}


@pytest.mark.parametrize("pairs, words", (
    ([("L1", "1"), ("L3", "1")], "L1, L2, L3 must all be given"), ([("L1", "1"), ("L2", "2"), ("L3", "2000")], "mains L3 must be a number"),
    ([("L1", "1"), ("L1", "1")], "L1 is given twice"), ([("L4", "1")], "unknown parameter L4"), ([("battery_current", "x")], "battery_current must be"),
    ([("L1", ""), ("L2", "2"), ("L3", "2")], "mains L1 must be")))
def test_wrong_currents_are_named(pairs, words):
    with pytest.raises(ValueError) as e:
        feeds.currents(house().pushed, pairs)
    assert str(e.value).startswith(words)


def test_the_car_is_told_by_currents_by_counters_or_both():
    amps = [("L1", "160"), ("L2", "0"), ("L3", "0.5")]
    counters = [("import_active_energy", "5670100"), ("export_active_energy", "12.0"), ("import_active_power", "3680.7")]
    deeds, said = feeds.ev_meter(house(), amps)
    assert deeds == [("reading", "ev", [16000, 0, 50], None, None, None)]
    assert json.loads(said) == {"ev_meter": {"currents": {"L1": 160, "L2": 0, "L3": 1, "TOTAL": 161}}}
    deeds, said = feeds.ev_meter(house(), counters)
    assert deeds == [("reading", "ev", None, 3680, 5670100, 12)]
    told = json.loads(said)["ev_meter"]
    assert told == {"import_active_power": 3680, "import_active_energy": 5670100, "export_active_energy": 12, "total_kwh": 5670100, "charged_kwh": 4210}
    deeds, said = feeds.ev_meter(house(), counters + amps)
    assert deeds == [("reading", "ev", [16000, 0, 50], 3680, 5670100, 12)] and len(json.loads(said)["ev_meter"]) == 6
    assert feeds.ev_meter(house(ev=4), amps) == ([], "{}")


@pytest.mark.parametrize("pairs, words", (
    ([("L1", "1000"), ("L2", "0"), ("L3", "0")], "L1 must be a number from 0 to 999 (0.1 A)"), ([("L1", "-1"), ("L2", "0"), ("L3", "0")], "L1 must be"),
    ([("import_active_power", "1")], "import_active_energy, export_active_energy, import_active_power must all"),
    ([("import_active_energy", "-1"), ("export_active_energy", "0"), ("import_active_power", "1")], "import_active_energy, "),
    ([("import_active_energy", ""), ("export_active_energy", "0"), ("import_active_power", "1")], "import_active_energy must be a number of Wh")))
def test_a_wrong_word_about_the_car_is_named(pairs, words):
    with pytest.raises(ValueError) as e:
        feeds.ev_meter(house(), pairs)
    assert str(e.value).startswith(words)
