"""SmartEVSE's topics say what SmartEVSE would say, and Set/ takes what it takes, to the letter."""
import pytest
from meters.roles import Roles
from proto import mqtt_topics as topics
from proto import smartevse_post
from proto.mqtt_topics import NAME, REPEAT, TABLE
from test_smartevse_api import charger


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


def house(mode=0, access=1, state=0, letter=0):
    return Thing(cfg=Thing(mode=mode, access=access, contact2=3, max_current_a=16, wifi_ssid="home", lock=1, cable_lock=0,
                           loadbl=0, sum_mains_a=0, sum_mains_min=0),
                 evse=Thing(state=state, letter=letter, offered_ma=9960, temp_c=31, phases=Thing(now=3)),
                 faults=Thing(mask=0), control=Thing(override_ma=8000, custom=0),
                 meters=Roles(), facts=Thing(uptime_s=lambda: 77), regulate=Thing(stop_timer_s=lambda: 5))


def told(h, name):
    return topics.written(h, [r for r in TABLE if r[NAME] == name][0])


def test_names_are_unique_and_short_enough():
    names = [r[NAME] for r in TABLE]
    assert len(set(names)) == len(names)
    assert max([len(n) for n in names]) + 63 + 1 <= 128


@pytest.mark.parametrize("mode, access, text", (
    (0, 0, "Off"), (2, 0, "Off"), (0, 1, "Normal"), (1, 1, "Smart"), (2, 1, "Solar"), (3, 1, "Solar"), (1, 2, "Pause")))
def test_mode_and_access_in_one_word(mode, access, text):
    h = house(mode, access)
    assert told(h, "Mode") == text
    assert told(h, "Access") == ("Deny", "Allow", "Pause")[access]


@pytest.mark.parametrize("state, short, text", (
    (0, "A", "Ready to Charge"), (1, "B1", "Charging Stopped"), (2, "B", "Connected to EV"), (3, "C1", "Stop Charging"),
    (4, "C", "Charging"), (5, "B1", "Charging Stopped"), (6, "C", "Charging"), (7, "NOSTATE", "NOSTATE"), (8, "NOSTATE", "NOSTATE")))
def test_our_nine_states_in_their_words(state, short, text):
    h = house(state=state)
    assert told(h, "StateID") == short and told(h, "State") == text


def test_currents_are_tenths_of_an_ampere():
    h = house()
    assert told(h, "ChargeCurrent") == "100"
    assert told(h, "ChargeCurrentOverride") == "80"
    assert told(h, "MaxCurrent") == "160"


def test_a_meter_speaks_once_it_was_heard():
    h = house()
    for name in ("MainsCurrentL1", "EVChargePower", "EVImportActiveEnergy"):
        assert told(h, name) is None
    h.meters.mains.put(0, [1250, -3300, 0], [1, 2, 3])
    h.meters.ev.put(0, [0, 0, 0], [100, 200, 300])
    assert [told(h, "MainsCurrentL%d" % i) for i in (1, 2, 3)] == ["13", "-33", "0"]
    assert told(h, "EVChargePower") == "600"
    assert told(h, "EVImportActiveEnergy") is None
    h.meters.ev.put_energy(1234, None)
    assert told(h, "EVImportActiveEnergy") == "1234" and told(h, "EVExportActiveEnergy") is None


def test_the_circuit_and_the_battery_speak_once_they_were_heard():
    h = house()
    assert told(h, "CircuitCurrentL1") is None and told(h, "HomeBatteryCurrent") is None
    h.meters.latest("circuit").put(0, [1250, -3300, 0])
    h.meters.battery_feed.put(0, -13040)
    assert [told(h, "CircuitCurrentL%d" % i) for i in (1, 2, 3)] == ["13", "-33", "0"]
    assert told(h, "HomeBatteryCurrent") == "-130"


def test_the_rest_is_told_as_it_is():
    h = house(letter=1)
    assert told(h, "EVPlugState") == "Connected" and told(house(), "EVPlugState") == "Disconnected"
    assert told(h, "Error") == "None"
    h.facts.why = lambda: "no_current"
    assert told(h, "Error") == "No Power Available" and told(h, "State") == "Ready to Charge"
    h.faults.mask = 1
    assert told(h, "Error") == "RCM Tripped"
    assert (told(h, "ESPTemp"), told(h, "ESPUptime"), told(h, "SolarStopTimer")) == ("31", "77", "5")
    assert (told(h, "EnableC2"), told(h, "LoadBl"), told(h, "WiFiSSID")) == ("Always On", "0", "home")
    h.cfg.loadbl, h.cfg.sum_mains_a, h.cfg.sum_mains_min = 4, 40, 5
    assert (told(h, "LoadBl"), told(h, "MaxSumMains"), told(h, "MaxSumMainsTime")) == ("4", "40", "5")
    assert (told(h, "NrOfPhases"), told(h, "CustomButton"), told(h, "CableLock")) == ("3", "Off", "0")
    h.cfg.contact2, h.evse.phases.now, h.control.custom, h.cfg.cable_lock = 4, 1, 1, 1
    assert [told(h, name) for name in ("EnableC2", "NrOfPhases", "CustomButton", "CableLock")] == ["Auto", "1", "On", "1"]
    h.cfg.lock = 0
    assert told(h, "CableLock") is None


def test_every_row_has_something_to_tell_and_none_breaks_on_an_empty_house():
    h = house()
    h.meters.battery_feed.put(0, 1)
    for reading in (h.meters.mains, h.meters.ev, h.meters.latest("circuit")):
        reading.put(0, [1, 1, 1], [1, 1, 1])
        reading.put_energy(1, 1)
    for row in TABLE:
        assert isinstance(topics.written(h, row), str), row[NAME]
        assert row[REPEAT] in (0, 1)
        assert topics.written(Thing(), row) is None


@pytest.mark.parametrize("payload", ("Off", "Normal", "Solar", "Smart", "Pause", "MinPV"))
def test_a_mode_may_be_set(payload):
    assert topics.order("Mode", payload) == ("mode", payload.lower())


@pytest.mark.parametrize("name, payload, deed", (
    ("CurrentOverride", "80", ("override", 8000)), ("CurrentOverride", "0", ("override", 0)),
    ("EnableC2", "4", ("put", "contact2", 4)), ("EnableC2", "Solar Off", ("put", "contact2", 2)),
    ("CableLock", "1", ("put", "cable_lock", 1)), ("CableLock", "0", ("put", "cable_lock", 0)),
    ("CustomButton", "On", ("custom", 1)), ("CustomButton", "Off", ("custom", 0)),
    ("CurrentMaxSumMains", "0", ("sum_mains", 0)), ("CurrentMaxSumMains", "600", ("sum_mains", 600)),
    ("Boost", "0", ("boost", 0)), ("Boost", "1440", ("boost", 1440)), ("SoC", "0", ("soc", 0)), ("SoC", "100", ("soc", 100)),
    ("Week", "", ("put", "week", "")), ("Week", "Mo-Fr 23:00-7:00 Smart 16", ("put", "week", "Mo-Fr 23:00-7:00 Smart 16")),
    ("Reset", "1", ("reset",)), ("SkipDelay", "1", ("skip",))))
def test_an_order_becomes_a_deed(name, payload, deed):
    assert topics.order(name, payload) == deed


def test_a_deed_is_done_as_if_it_came_over_rest():
    there = charger()
    for name, payload in (("Mode", "Normal"), ("CurrentOverride", "80"), ("CustomButton", "On"), ("CableLock", "1"), ("EnableC2", "Always Off"), ("Reset", "1"), ("SkipDelay", "1")):
        smartevse_post.act(there, topics.order(name, payload))
    control, cfg = there.control, there.cfg
    assert (cfg.mode, control.override_ma, control.custom, cfg.cable_lock, cfg.contact2, control.latched, control.delayed) == (0, 8000, 1, 1, 1, 0, 0)


@pytest.mark.parametrize("name", [name for name in topics.SET if name != "Week"])  # any short text passes here; control reads it
def test_a_refusal_names_the_topic_and_what_it_takes(name):
    with pytest.raises(ValueError) as e:
        topics.order(name, "nonsense")
    said = str(e.value)
    assert said.startswith(name) and " must be " in said and len(said) > len(name) + 9


def test_a_week_that_cannot_be_read_is_refused_by_control_as_over_rest():
    from test_plan import House
    house = House(week="Mo 1:00-2:00 Smart")
    for payload in ("Monday", "Mo 25:00-26:00 Smart"):
        with pytest.raises(ValueError) as e:
            smartevse_post.act(house, topics.order("Week", payload))
        assert str(e.value).startswith("week")
    assert house.cfg.week == "Mo 1:00-2:00 Smart"


@pytest.mark.parametrize("name, payload", (
    ("CurrentOverride", ""), ("CurrentOverride", "8.5"), ("CurrentOverride", "0x50"), ("EnableC2", "5"), ("EnableC2", "Maybe"),
    ("CableLock", "on"), ("CableLock", ""), ("CustomButton", "1"), ("Reset", "0"), ("Reset", ""), ("SkipDelay", "yes"), ("CurrentMaxSumMains", "9"), ("CurrentMaxSumMains", "601"),
    ("CurrentMaxSumMains", ""), ("Boost", "1441"), ("Boost", "-1"), ("Boost", "1 h"), ("SoC", "101"), ("SoC", ""), ("SoC", "eighty"),
    ("Week", "Mo 1:00-2:00 Smart;" * 20),
    ("Mode", "smart"), ("Mode", "minpv"), ("Mode", "SOLAR"), ("Mode", ""), ("Mode", "Smart "), ("Mode", "3"), ("Mode", "x" * 256),
    ("mode", "Smart"), ("", "Smart"), ("Mode/", "Smart"), ("CPPWMOverride", "100")))
def test_anything_else_is_refused(name, payload):
    with pytest.raises(ValueError):
        topics.order(name, payload)
