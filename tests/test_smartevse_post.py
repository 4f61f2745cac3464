"""POST /settings: what is taken, what is refused, and that a refusal leaves everything as it was."""
import json

import pytest
from proto import smartevse_post as post
from test_smartevse_api import charger


def order(house, *pairs):
    """Plans and does, as the web server does: (echo as dict, errors)."""
    deeds, echo, errors = post.plan(house, list(pairs))
    if not errors:
        errors = [why for deed, why in post.do(house, deeds)]
    return {key: json.loads(text) for key, text in echo}, errors


def kept(house):
    control = house.control
    return [(r, getattr(house.cfg, r)) for r in ("mode", "access", "min_current_a", "max_current_a", "start_a", "import_a", "stop_min", "contact2", "cable_lock")
            ] + [control.override_ma, control.custom, control.latched, control.delayed]


def test_each_parameter_reaches_its_setting():
    house = charger()
    echo, errors = order(house, ("mode", "1"), ("current_min", "7"), ("current_max", "20"), ("current_main", "35"), ("override_current", "130.0"),
                         ("solar_start_current", "5.0"), ("solar_max_import", "2"), ("stop_timer", "15"), ("enable_C2", "1"), ("backlight", "2"))
    assert errors == []
    cfg = house.cfg
    assert (cfg.mode, cfg.access, cfg.min_current_a, cfg.max_current_a, cfg.mains_a) == (0, 1, 7, 20, 35)
    assert (cfg.start_a, cfg.import_a, cfg.stop_min, cfg.contact2) == (5, 2, 15, 1)
    assert house.control.override_ma == 13000 and house.face.light_s == 240
    assert echo == {"mode": "1", "current_min": 7, "current_max": 20, "current_main": 35, "override_current": 130, "solar_start_current": 5,
                    "solar_max_import": 2, "stop_timer": True, "settings": {"enable_C2": "Always Off"}, "Backlight": 2}


@pytest.mark.parametrize("number, mode, access", [("0", 1, 0), ("1", 0, 1), ("2", 2, 1), ("3", 1, 1), ("4", 1, 2), ("3.0", 1, 1)])
def test_mode_numbers(number, mode, access):
    house = charger()
    assert order(house, ("mode", number)) == ({"mode": number}, [])
    assert (house.cfg.mode, house.cfg.access) == (mode, access)


def test_the_second_contactor_by_its_text():
    house = charger()
    echo, errors = order(house, ("enable_C2", "Solar Off"))
    assert errors == [] and house.cfg.contact2 == 2 and echo == {"settings": {"enable_C2": "Solar Off"}}


def test_the_second_contactor_by_itself():
    house = charger()
    assert order(house, ("enable_C2", "4")) == ({"settings": {"enable_C2": "Auto"}}, []) and house.cfg.contact2 == 4


def test_the_owners_button_and_the_cable_lock():
    house = charger()
    assert order(house, ("custombutton", "2"), ("cablelock", "1")) == ({"custombutton": True, "cablelock": 1}, [])
    assert house.control.custom == 1 and house.cfg.cable_lock == 1
    assert order(house, ("custombutton", "0"), ("cablelock", "0")) == ({"custombutton": False, "cablelock": 0}, [])
    assert house.control.custom == 0 and house.cfg.cable_lock == 0


def test_a_fault_is_reset_and_a_delay_is_skipped():
    house = charger()
    assert order(house, ("skip_delay", "1")) == ({"skip_delay": 1}, []) and house.control.latched and not house.control.delayed
    assert order(house, ("reset_fault", "1")) == ({"reset_fault": 1}, []) and not house.control.latched


def test_a_fault_whose_cause_stands_is_not_reset_and_nothing_else_is_done():
    house = charger()
    house.control.cause = "rcm"
    before = kept(house)
    pairs = ("skip_delay", "1"), ("custombutton", "1"), ("reset_fault", "1"), ("stop_timer", "3"), ("enable_C2", "1")
    assert order(house, *pairs)[1] == ["fault rcm still stands"]
    assert kept(house) == before
    house.control.cause = ""
    assert order(house, *pairs)[1] == []
    assert not house.control.latched and not house.control.delayed and house.control.custom and house.cfg.stop_min == 3


def test_nothing_is_reset_when_something_else_cannot_be():
    house = charger()
    before = kept(house)
    assert order(house, ("reset_fault", "1"), ("skip_delay", "1"), ("override_current", "140"))[1] == ["override_current must be 0 or from MIN to MAX"]
    assert kept(house) == before


def test_the_override_goes_with_its_own_word_and_with_zero():
    for word in (("disable_override_current", "1"), ("override_current", "0")):
        house = charger()
        order(house, ("override_current", "100"))
        assert house.control.override_ma == 10000
        assert order(house, word)[1] == [] and house.control.override_ma == 0


def test_in_solar_the_override_is_not_used_and_says_so():
    house = charger()
    echo, errors = order(house, ("override_current", "100"), ("mode", "2"))
    assert errors == [] and house.cfg.mode == 2 and house.control.override_ma == 0
    assert "not used in solar" in echo["warning"] and "override_current" not in echo


def test_min_pv_has_a_word_and_no_number():
    house = charger()
    echo, errors = order(house, ("override_current", "100"), ("mode", "MinPV"))
    assert errors == [] and (house.cfg.mode, house.cfg.access) == (3, 1)
    assert echo["mode"] == "MinPV" and "not used in solar" in echo["warning"]


BAD = [(("mode", "5"), "mode must be 0 OFF"), (("mode", "solar"), "mode"), (("mode", ""), "mode"), (("mode", "-1"), "mode"),
       (("current_min", "5"), "current_min must be a whole number from 6 to 16 A"), (("current_min", "abc"), "current_min"),
       (("current_max", "81"), "current_max must be a whole number from 6 to 80 A"), (("current_main", "9"), "current_main"),
       (("override_current", "59"), "override_current"), (("override_current", "1e3"), "override_current"), (("override_current", "-60"), "override_current"),
       (("override_current", "100.5"), "override_current"), (("override_current", "99999999999"), "override_current"),
       (("solar_start_current", "49"), "solar_start_current must be"), (("solar_max_import", "x"), "solar_max_import must be"),
       (("stop_timer", "61"), "stop_timer must be a whole number from 0 to 60 min"), (("enable_C2", "5"), "enable_C2 must be one of"),
       (("reset_fault", "0"), "reset_fault must be 1"), (("skip_delay", ""), "skip_delay must be 1"), (("custombutton", "On"), "custombutton"),
       (("cablelock", "2"), "cablelock must be on or off"), (("enable_C2", "Maybe"), "enable_C2"), (("backlight", "31"), "backlight must be 0 to 30"), (("backlight", ""), "backlight"),
       (("startime", "2026-01-01T00:00"), "unknown parameter startime"), (("", "1"), "unknown parameter")]


@pytest.mark.parametrize("pair, words", BAD)
def test_a_bad_one_is_named_and_keeps_the_good_ones_from_happening(pair, words):
    house = charger()
    before = kept(house)
    good = ("solar_max_import", "3") if pair[0] != "solar_max_import" else ("stop_timer", "3")
    echo, errors = order(house, good, pair)
    assert len(errors) == 1 and words in errors[0]
    assert kept(house) == before and house.face.light_s == 0
    known = {"stop_timer": "stop_timer", "enable_C2": "settings", "backlight": "Backlight"}.get(pair[0], pair[0])
    if "unknown" not in words and known in echo:
        assert echo[known] in (post.NOT_ALLOWED, {"enable_C2": post.NOT_ALLOWED}) or pair[0] == "override_current"


def test_the_same_twice_is_refused():
    assert order(charger(), ("mode", "1"), ("mode", "0"))[1] == ["mode is given twice"]


def test_min_and_max_may_move_up_together_in_any_order():
    for pairs in ((("current_min", "15"), ("current_max", "32")), (("current_max", "32"), ("current_min", "15"))):
        house = charger()
        assert order(house, *pairs)[1] == []
        assert (house.cfg.min_current_a, house.cfg.max_current_a) == (15, 32)


def test_what_was_done_is_taken_back_when_the_rest_cannot_be():
    house = charger()
    before = kept(house)
    echo, errors = order(house, ("current_max", "12"), ("stop_timer", "3"), ("override_current", "130"))
    assert errors == ["override_current must be 0 or from MIN to MAX"]
    assert kept(house) == before


def test_smart_without_a_mains_meter_changes_nothing():
    house = charger()
    house.cfg.mode = 0
    house.cfg.mains_meter = 0
    before = kept(house)
    assert "needs a mains meter" in order(house, ("stop_timer", "3"), ("mode", "3"))[1][0]
    assert kept(house) == before


def test_nothing_asked_is_nothing_done():
    assert order(charger()) == ({}, [])


def test_the_capacity_as_smartevse_s_clients_set_it():
    house = charger()
    plan = '[{"start":1020,"power":4000},{"start":0,"power":11000}]'
    echo, errors = order(house, ("capacity_mode", "2"), ("intervals", plan), ("current_max_sum_mains", "30"), ("max_sum_mains_timer", "5"))
    cfg = house.cfg
    assert errors == [] and (cfg.capacity, cfg.capacity_plan, cfg.sum_mains_a, cfg.sum_mains_min) == (2, "00:00 11000, 17:00 4000", 30, 5)
    assert echo == {"capacity_mode": 2, "intervals": json.loads(plan), "current_max_sum_mains": 30, "max_sum_mains_time": 5}
    assert order(house, ("intervals", "[]"))[1] == [] and cfg.capacity_plan == ""


def test_a_limit_on_the_sum_that_is_set_counts():
    house = charger()
    assert order(house, ("current_max_sum_mains", "30"))[1] == [] and (house.cfg.sum_mains_a, house.cfg.capacity) == (30, 1)
    assert order(house, ("current_max_sum_mains", "0"))[1] == [] and house.cfg.sum_mains_a == 0


@pytest.mark.parametrize("name, raw", (
    ("capacity_mode", "4"), ("capacity_mode", "-1"), ("current_max_sum_mains", "9"), ("current_max_sum_mains", "601"), ("current_max_sum_mains", ""),
    ("max_sum_mains_timer", "61"), ("max_sum_mains_timer", "x"), ("intervals", ""), ("intervals", "{}"), ("intervals", "[1]"), ("intervals", "[[]]"),
    ("intervals", '[{"start":1440,"power":1}]'), ("intervals", '[{"start":1}]'), ("intervals", '[{"start":1,"power":0}]'),
    ("intervals", '[{"start":1,"power":2}'), ("intervals", str([{"start": 0, "power": 11000}] * 10).replace("'", '"'))))
def test_a_capacity_that_cannot_be_is_refused_by_name_and_changes_nothing(name, raw):
    house = charger()
    before = [getattr(house.cfg, k) for k in ("capacity", "capacity_plan", "sum_mains_a", "sum_mains_min")]
    echo, errors = order(house, (name, raw), ("current_min", "7"))
    assert len(errors) == 1 and name in errors[0] and " must be " in errors[0]
    assert [getattr(house.cfg, k) for k in ("capacity", "capacity_plan", "sum_mains_a", "sum_mains_min")] == before and house.cfg.min_current_a == 6
