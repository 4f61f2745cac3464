"""What the web server says and what it takes, over real sockets, on each interpreter."""
import json

import pytest
from web_charger import ROOT, lives

pytestmark = pytest.mark.live(25, together=True)


# ---- what it says

def test_settings_are_one_json_object(charger):
    status, said = charger.json("GET", "/settings")
    assert status == 200 and said["serialnr"] == 1234 and said["evse"]["state_id"] == 2 and said["settings"]["charge_current"] == 136
    assert said["phase_currents"]["last_data_update"] > 1700000000


def test_the_schema_tells_all_that_a_form_needs_and_no_secret(charger):
    status, rows = charger.json("GET", "/schema")
    by_key = {r["key"]: r for r in rows}
    assert status == 200 and set(rows[0]) == {"key", "kind", "default", "low", "high", "unit", "choices", "where", "label", "help", "value"}
    assert by_key["max_current_a"]["value"] == 16 and by_key["max_current_a"]["unit"] == "A" and by_key["mode"]["choices"][2] == "Solar"
    assert by_key["wifi_pass"]["value"] == "***"
    assert b"swordfish" not in charger.ask("GET", "/schema")[1]


def test_points_come_with_their_unit(charger):
    status, said = charger.json("GET", "/points")
    assert status == 200 and said["evse.offered_ma"] == {"value": 13600, "unit": "mA"}


def test_the_log_and_the_display_can_be_read(charger):
    assert charger.json("GET", "/log")[1][0] == {"at_s": 1, "text": 'started, "sim"'}
    status, data, headers = charger.ask("GET", "/lcd")
    assert status == 200 and len(data) == 1086 and headers["Content-Type"] == "image/bmp"


def test_the_decisions_of_a_day_can_be_read(charger):
    status, rows = charger.json("GET", "/why")
    assert status == 200 and rows == [[99, 11, "no_car", "mains", 0], [88, 89, "charging", "mains", 13600]]


def test_a_page_may_tell_the_time_to_a_charger_that_knows_none_better(charger):
    assert charger.json("POST", "/time?utc=1795262400") == (200, {"taken": False})  # this machine's own clock is better
    for query in ("", "?utc=", "?utc=5", "?utc=99999999999", "?utc=now", "?utc=1&utc=2", "?when=1795262400"):
        status, said = charger.json("POST", "/time" + query)
        assert status == 400 and "utc" in said["error"], query


def test_the_page_comes_packed_and_only_once(charger):
    if not (ROOT / "build/page/webfiles.py").exists():
        pytest.skip("the page is not packed")
    status, data, headers = charger.ask("GET", "/")
    assert status == 200 and headers["Content-Encoding"] == "gzip" and data[:2] == b"\x1f\x8b" and headers["Cache-Control"] == "no-cache"
    assert charger.ask("GET", "/", **{"If-None-Match": headers["ETag"]})[:2] == (304, b"")
    assert charger.ask("GET", "/", **{"If-None-Match": '"old"'})[0] == 200


def test_head_has_no_body(charger):
    assert charger.ask("HEAD", "/settings")[:2] == (200, b"")


# ---- what it takes

def test_a_mode_is_set_with_any_body_or_none(charger):
    for body, number, word in ((None, 1, "normal"), ("", 2, "solar"), ("''", 0, "off"), ("{}", 4, "pause"), ("x" * 2048, 3, "smart")):
        status, said = charger.json("POST", f"/settings?mode={number}", body)
        assert status == 200 and said == {"mode": str(number)}
        assert charger.seen()["mode"] == word


def test_a_post_without_a_length_is_answered(charger):
    got = charger.say(b"POST /settings?mode=3 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert got.startswith(b"HTTP/1.0 200")


def test_an_override_as_home_assistant_writes_it(charger):
    assert charger.json("POST", "/settings?override_current=80.0") == (200, {"override_current": 80})
    assert charger.seen()["override_ma"] == 8000
    assert charger.json("POST", "/settings?disable_override_current=1") == (200, {"disable_override_current": "OK"})
    assert charger.seen()["override_ma"] == 0


def test_the_backlight(charger):
    assert charger.json("POST", "/settings?backlight=1") == (200, {"Backlight": 1})
    assert charger.seen()["light_s"] == 120


@pytest.mark.parametrize("query, words", [("mode=9", "mode must be"), ("mode=abc", "mode"), ("current_min=5", "from 6 to 16 A"), ("nix=1", "unknown parameter nix"), ("reset_fault=0", "reset_fault must be 1"), ("skip_delay=2", "skip_delay must be 1"),
                                          ("stop_timer=1&solar_max_import=99", "solar_max_import"), ("enable_C2=9", "enable_C2"),
                                          ("override_current=59", "override_current"), ("mode", "mode"), ("a%20b=1", "unknown parameter a b")])
def test_bad_parameters_are_400_and_change_nothing(charger, query, words):
    before = charger.seen()["serial"]
    status, said = charger.json("POST", "/settings?" + query)
    assert status == 400 and words in said["error"]
    assert charger.seen()["serial"] == before
    known = query.split("=")[0]
    if known in ("mode", "current_min"):
        assert said[known] == "Value not allowed!"


def test_several_settings_at_once(charger):
    assert charger.json("POST", "/set", '{"max_current_a": 20, "min_current_a": 15, "led": 1}')[0] == 400
    assert charger.json("POST", "/set", '{"min_current_a": 15, "max_current_a": 20}') == (200, {"ok": True})
    assert charger.json("GET", "/settings")[1]["settings"]["current_max"] == 20
    assert charger.json("POST", "/set", '{"min_current_a": 6, "max_current_a": 16}') == (200, {"ok": True})


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "null", '"x"', "\xff", '{"max_current_a":200}', '{"max_current_a":[1]}', '{"max_current_a":null}',
                                  '{"max_current_a":{"a":1}}', '{"nix":1}', '{"mqtt_host":5}', '{"mqtt_host":"%s"}' % ("x" * 64), '{"stop_min":3,"start_a":"x"}',
                                  '{"min_current_a":16,"max_current_a":7}', "[" * 2000, json.dumps({f"k{i}": 1 for i in range(30)})])
def test_bad_bodies_are_400_and_change_nothing(charger, body):
    before = charger.json("GET", "/schema")
    status, said = charger.json("POST", "/set", body.encode("latin-1"))
    assert status == 400 and said["error"]
    assert charger.json("GET", "/schema") == before


def test_errors_of_a_form_are_told_by_field(charger):
    status, said = charger.json("POST", "/set", '{"max_current_a":200,"start_a":5,"stop_min":-1}')
    assert set(said["errors"]) == {"max_current_a", "stop_min"} and "from 6 to 80 A" in said["errors"]["max_current_a"]


def test_a_button_over_plain_http(charger):
    assert charger.json("POST", "/lcd?button=left&state=1") == (200, {"button": {"left": "down", "middle": "up", "right": "up"}})
    assert charger.seen()["pressed"] == "left 1"
    for bad in ("", "button=left", "button=top&state=1", "button=left&state=2"):
        assert charger.json("POST", "/lcd?" + bad)[0] == 400


def test_a_page_of_another_site_gives_no_orders(charger):
    here = f"127.0.0.1:{charger.port}"
    for path in ("/settings?mode=0", "/set", "/lcd?button=left&state=1"):
        for origin in ("http://evil.example", "null", f"http://{here}.evil.example", "http://127.0.0.1"):
            assert charger.json("POST", path, "{}", Origin=origin)[0] == 403
    assert charger.json("POST", "/settings?mode=3", "", Origin="http://" + here)[0] == 200
    assert charger.json("GET", "/settings", None, Origin="http://evil.example")[0] == 200


def test_unknown_addresses_say_so(charger):
    assert charger.json("GET", "/nix")[0] == 404 and charger.json("POST", "/schema")[0] in (404, 405)
    assert "error" in charger.json("GET", "/nix")[1]


def test_after_all_this_it_still_lives_and_has_its_memory(charger):
    lives(charger)
