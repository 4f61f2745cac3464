"""Readings pushed over REST, asked of the real web server on three interpreters."""
import pytest

pytestmark = pytest.mark.live(5, together=True)


def test_currents_are_taken_only_from_an_api_meter(charger):
    ask = "/currents?L1=100&L2=-20&L3=3"
    before = charger.json("GET", "/points")[1]["mains.l1_ma"]["value"]
    assert charger.json("POST", ask) == (200, {})
    assert charger.json("GET", "/points")[1]["mains.l1_ma"]["value"] == before
    assert charger.json("POST", "/set", b'{"mains_meter":"API"}')[0] == 200
    assert charger.json("POST", ask, b'""') == (200, {"original": {"L1": 100, "L2": -20, "L3": 3}, "L1": 100, "L2": -20, "L3": 3, "TOTAL": 83})
    points = charger.json("GET", "/points")[1]
    assert [points["mains.l%d_ma" % i]["value"] for i in (1, 2, 3)] == [10000, -2000, 300]
    assert 0 <= points["mains.age_ms"]["value"] < 5000
    status, answer = charger.json("POST", "/currents?L1=99&L2=1&L3=2000")
    assert status == 400 and answer["error"] == "mains L3 must be a number from -1999 to 1999 (0.1 A)"
    status, answer = charger.json("POST", "/currents?L1=99&L2=1")
    assert status == 400 and "must all be given" in answer["error"]
    assert charger.json("GET", "/points")[1]["mains.l1_ma"]["value"] == 10000


def test_the_battery_and_the_car(charger):
    assert charger.json("POST", "/currents?battery_current=-130") == (200, {"battery_current": -130})
    assert charger.json("POST", "/ev_meter?L1=60&L2=60&L3=60") == (200, {})
    charger.json("POST", "/set", b'{"ev_meter":"API"}')
    status, answer = charger.json("POST", "/ev_meter?L1=61&L2=62&L3=63&import_active_energy=777&export_active_energy=0&import_active_power=4300")
    assert status == 200 and answer["ev_meter"]["currents"]["TOTAL"] == 186 and answer["ev_meter"]["total_kwh"] == 777
    points = charger.json("GET", "/points")[1]
    assert points["ev.l3_ma"]["value"] == 6300 and points["ev.w"]["value"] == 4300 and points["ev.import_wh"]["value"] == 777


def test_a_page_of_another_site_cannot_push(charger):
    assert charger.json("POST", "/currents?battery_current=1", Origin="http://elsewhere")[0] == 403
    assert charger.ask("GET", "/currents?battery_current=1")[0] == 404
