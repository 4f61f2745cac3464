import pytest

import settings
from settings import Settings


@pytest.mark.parametrize("key, raw, value", [
    ("rs485_baud", 19200, 1), ("rs485_baud", "115200", 4), ("rs485_baud", 2, 2), ("rs485_parity", "even", 2),
    ("mode", "solar", 2), ("mode", "min+pv", 3), ("mode", "Smart", 1), ("mode", 0, 0), ("mode", "1", 1), ("max_current_a", "32", 32),
    ("max_current_a", 6, 6), ("max_current_a", 80, 80), ("max_current_a", "16.0", 16), ("max_current_a", 16.0, 16),
    ("max_current_a", " 16 ", 16), ("rcmon", "on", 1), ("rcmon", True, 1), ("rcmon", 0, 0), ("rcmon", "false", 0),
    ("mqtt_host", "10.0.0.2", "10.0.0.2"), ("mqtt_host", "", ""), ("mains_meter", "eastron1p", 10),
    ("mains_meter", 9, 9), ("mqtt_pass", "\u00e9" * 31, "\u00e9" * 31)])
def test_what_is_taken_and_as_what(key, raw, value):
    cfg = Settings()
    assert cfg.put(key, raw) == value
    assert getattr(cfg, key) == value


@pytest.mark.parametrize("key, raw, message", [
    ("nope", 1, "no such setting: nope"),
    ("max_current_a", 5, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", 81, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", "16.5", "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", 16.5, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", "", "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", "0x10", "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", "1" * 40, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", True, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", None, "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", [16], "max_current_a must be a whole number from 6 to 80 A"),
    ("max_current_a", float("inf"), "max_current_a must be a whole number from 6 to 80 A"),
    ("stop_min", -1, "stop_min must be a whole number from 0 to 60 min"),
    ("mqtt_port", 0, "mqtt_port must be a whole number from 1 to 65535"),
    ("mode", "warp", "mode must be one of Normal, Smart, Solar, Min+PV"),
    ("mode", 4, "mode must be one of Normal, Smart, Solar, Min+PV"),
    ("mode", -1, "mode must be one of Normal, Smart, Solar, Min+PV"),
    ("mains_meter", 18, "mains_meter must be one of Disabled, Sensorbox, Phoenix C, Finder 7E, Eastron3P, InvEastrn, ABB,"
     " SolarEdge, WAGO, API, Eastron1P, Finder 7M, Sinotimer, Homewizrd, Schneider, Chint 3P, C.Gavazzi, Chint 1P, Custom"),
    ("ev_meter", 1, "ev_meter must be one of Disabled, Phoenix C, Finder 7E, Eastron3P, InvEastrn, ABB, SolarEdge, WAGO, API,"
     " Eastron1P, Finder 7M, Sinotimer, Homewizrd, Schneider, Chint 3P, C.Gavazzi, Chint 1P, Custom"),
    ("em_i_reg", 65531, "em_i_reg must be a whole number from 0 to 65530"),
    ("rcmon", "maybe", "rcmon must be on or off"), ("rcmon", 2, "rcmon must be on or off"),
    ("mqtt_host", "x" * 64, "mqtt_host must be text of at most 63 bytes"),
    ("mqtt_host", "\u00e9" * 32, "mqtt_host must be text of at most 63 bytes"),
    ("mqtt_host", "a\nmode=2", "mqtt_host must be text of at most 63 bytes"),
    ("mqtt_host", 7, "mqtt_host must be text of at most 63 bytes")])
def test_what_is_refused_names_the_field_and_its_range_and_changes_nothing(key, raw, message):
    cfg = Settings()
    before = list(settings.dump(cfg))
    with pytest.raises(ValueError) as error:
        cfg.put(key, raw)
    assert str(error.value) == message
    assert list(settings.dump(cfg)) == before and cfg.serial == 0


def test_only_a_change_counts_as_one():
    cfg = Settings()
    cfg.put("max_current_a", 13)
    assert cfg.serial == 0
    cfg.put("max_current_a", 14)
    cfg.put("max_current_a", 14)
    assert cfg.serial == 1


def test_what_was_stored_comes_back():
    cfg = Settings()
    for key, raw in (("mode", "solar"), ("max_current_a", 32), ("mqtt_pass", "a=b"), ("rcmon", 1), ("mains_meter", "API")):
        cfg.put(key, raw)
    lines = list(settings.dump(cfg))
    assert lines == ["mode=Solar\n", "mains_meter=API\n", "max_current_a=32\n", "rcmon=1\n", "mqtt_pass=a=b\n"]
    again = Settings()
    assert settings.load(again, lines) == 0
    assert list(settings.dump(again)) == lines


def test_an_old_or_damaged_file_costs_only_its_own_lines():
    cfg = Settings()
    assert settings.load(cfg, ["gone=1\n", "min_current_a=99\n", "no sign at all\n", "\n", "max_current_a=20\n"]) == 4
    assert cfg.max_current_a == 20 and cfg.min_current_a == 6


def test_a_secret_is_never_shown():
    cfg = Settings()
    row = settings.row("mqtt_pass")
    assert settings.shown(cfg, row) == ""
    cfg.put("mqtt_pass", "hunter2")
    assert settings.shown(cfg, row) == "***"
    assert settings.shown(cfg, settings.row("mode")) == "Normal"
    assert settings.shown(cfg, settings.row("mains_a")) == 25


def test_every_row_is_sound():
    keys = [r[settings.KEY] for r in settings.TABLE]
    assert len(keys) == len(set(keys))
    for r in settings.TABLE:
        assert len(r) == 10 and r[settings.KIND] in ("int", "pick", "bool", "text")
        shown = r[settings.CHOICES][r[settings.DEFAULT]] if r[settings.KIND] == "pick" else r[settings.DEFAULT]
        assert settings.check(r, shown) == r[settings.DEFAULT]
        assert r[settings.HELP] and ("L" not in r[settings.WHERE] or r[settings.LABEL])
        if r[settings.KIND] == "pick":
            assert len(r[settings.CHOICES]) == r[settings.HIGH] + 1
