"""Which settings the menu shows, and how their values are turned and written."""
import pytest

import settings
from ui import menu_rows


@pytest.mark.parametrize("key,value,said", [
    ("mode", 2, "Solar"), ("rcmon", 0, "Disabled"), ("rcmon", 1, "Enabled"), ("max_current_a", 16, "16 A"),
    ("start_a", 4, "-4 A"), ("stop_min", 0, "Disabled"), ("stop_min", 10, "10 min"), ("mains_addr", 11, "11 (0B)"),
    ("max_temp_c", 65, "65 C"), ("mqtt_host", "broker", "broker"), ("mains_meter", 18, "?"),
])
def test_values_are_written_as_owners_know_them(key, value, said):
    assert menu_rows.words(settings.row(key), value) == said


def test_turning_a_number_goes_round_its_range_and_nowhere_else():
    row = settings.row("min_current_a")
    seen = [6]
    for _ in range(11):
        seen.append(menu_rows.turned(row, seen[-1], 1))
    assert seen == list(range(6, 17)) + [6]
    assert menu_rows.turned(row, 6, -1) == 16


def test_turning_a_switch_and_a_choice():
    assert menu_rows.turned(settings.row("rcmon"), 0, -1) == 1
    assert menu_rows.turned(settings.row("rcmon"), 1, 1) == 0
    assert menu_rows.turned(settings.row("mode"), 2, 1) == 3
    assert menu_rows.turned(settings.row("mode"), 3, 1) == 0
    assert menu_rows.turned(settings.row("mains_meter"), 5, -1) == 4
    assert menu_rows.turned(settings.row("mains_meter"), 0, -1) == 19
    assert menu_rows.turned(settings.row("mains_meter"), 17, 1) == 19


def test_editing_begins_with_the_default_when_the_value_is_no_choice_any_more():
    row = settings.row("mains_meter")
    assert menu_rows.start_value(row, 5) == 5
    assert menu_rows.start_value(row, 18) == 4
    assert menu_rows.start_value(row, 99) == 4
    assert menu_rows.start_value(settings.row("max_current_a"), 99) == 99


def test_every_rule_is_about_rows_that_exist():
    for key, other, how, number in menu_rows.NEEDS:
        assert "L" in settings.row(key)[settings.WHERE]
        assert settings.row(other) and how in "=>!<"


def test_a_row_without_the_letter_is_never_seen():
    cfg = settings.Settings()
    assert not menu_rows.seen(cfg, settings.row("mqtt_host"))
    assert not menu_rows.seen(cfg, settings.row("access"))
    assert menu_rows.seen(cfg, settings.row("mode"))


@pytest.mark.parametrize("key,values,shown", [
    ("mains_addr", {}, True), ("mains_addr", {"mains_meter": "Sensorbox"}, False), ("mains_addr", {"mains_meter": "API"}, False),
    ("mains_addr", {"mains_meter": "Homewizrd"}, False), ("grid", {}, False), ("mains_addr", {"loadbl": "Master"}, True), ("mains_addr", {"loadbl": "Node 1"}, False), ("grid", {"mains_meter": "Sensorbox"}, True),
    ("sb2_wifi", {}, False), ("sb2_wifi", {"mains_meter": "Sensorbox"}, True), ("circuit_meter", {}, False),
    ("circuit_meter", {"mode": "Smart"}, True), ("circuit_addr", {}, False), ("circuit_addr", {"circuit_meter": "ABB"}, True),
    ("circuit_addr", {"circuit_meter": "Homewizrd"}, False), ("ev_addr", {"ev_meter": "WAGO"}, True),
    ("ev_addr", {"ev_meter": "Homewizrd"}, False), ("em_order", {}, False), ("em_e_div", {"mains_meter": "Custom"}, True),
    ("em_i_reg", {"circuit_meter": "Custom"}, True), ("em_function", {"ev_meter": "Custom"}, True),
])
def test_a_row_about_a_meter_is_shown_when_that_meter_needs_it(key, values, shown):
    cfg = settings.Settings()
    for other in values:
        cfg.put(other, values[other])
    assert menu_rows.seen(cfg, settings.row(key)) == shown


def test_every_value_that_can_be_turned_to_is_one_that_may_be_kept():
    for row in settings.TABLE:
        if "L" not in row[settings.WHERE]:
            continue
        if row[settings.KIND] == "int" and row[settings.HIGH] - row[settings.LOW] >= 300:
            assert menu_rows.turned(row, row[settings.HIGH], 1) == row[settings.LOW]  # too many to turn through
            assert menu_rows.turned(row, row[settings.LOW], -1) == row[settings.HIGH]
            continue
        value = first = menu_rows.start_value(row, row[settings.DEFAULT])
        for _ in range(300):
            assert settings.check(row, value) == value
            value = menu_rows.turned(row, value, 1)
            if value == first:
                break
        assert value == first
