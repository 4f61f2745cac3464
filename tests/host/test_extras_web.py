"""Find a meter and check its wiring over HTTP, on each interpreter: orders, refusals, and what is told."""
import time

import pytest

pytestmark = pytest.mark.live(27, together=True)


def until(charger, path, is_so, most_s=40):
    end = time.monotonic() + most_s
    while True:
        said = charger.json("GET", path)[1]
        if is_so(said):
            return said
        assert time.monotonic() < end, said
        time.sleep(0.2)


def test_before_anybody_asks_there_is_nothing(charger):
    assert charger.json("GET", "/find") == (200, {"state": "off", "hits": []})


def test_a_search_finds_a_meter_and_it_can_be_taken(charger):
    status, said = charger.json("POST", "/find?role=circuit")
    assert status == 200 and said["state"] == "searching" and said["role"] == "circuit" and said["total"] == 246 and said["left_s"] > 0
    said = until(charger, "/find", lambda s: s["hits"])
    assert said["hits"] == [{"address": 11, "model": "Eastron3P", "used": "", "ma": [5500, 250, -3000], "mv": [230000, 231000, 229000], "w": [1265, 57, -687]}]
    assert charger.json("POST", "/find?take=1")[0] == 400
    assert charger.json("POST", "/find?take=0") == (200, {"state": "off", "hits": []})
    rows = {r["key"]: r["value"] for r in charger.json("GET", "/schema")[1]}
    assert (rows["circuit_meter"], rows["circuit_addr"]) == ("Eastron3P", 11)


def test_a_meter_in_use_is_named_by_its_role_and_a_search_can_be_stopped(charger):
    charger.json("POST", "/set", '{"circuit_meter": "Eastron3P", "circuit_addr": 11}', **{"Content-Type": "application/json"})
    charger.json("POST", "/find?role=mains")
    assert until(charger, "/find", lambda s: s["hits"])["hits"][0]["used"] == "circuit"
    assert charger.json("POST", "/find?stop=1")[1]["state"] == "off"


@pytest.mark.parametrize("path, word", [
    ("/find", "one order"), ("/find?role=mains&stop=1", "one order"), ("/find?role=kitchen", "role must be one of mains"), ("/find?x=1", "role="),
    ("/find?take=0", "take must"), ("/find?take=-1", "take must"), ("/find?role=", "role must"), ("/commission", "one order"),
    ("/commission?phase=4", "phase=1, 2 or 3"), ("/commission?source=sun", "source=car"), ("/commission?phase=1", "stop the charge first")])
def test_an_order_that_cannot_be_is_refused_in_words(charger, path, word):
    status, said = charger.json("POST", path)
    assert status == 400 and word in said["error"]


def test_the_check_says_what_it_waits_for_and_takes_its_override_back(charger):
    status, said = charger.json("POST", "/commission?source=car")
    assert status == 200 and said["state"] == "running" and said["left_s"] > 250 and said["text"].startswith("Looking at the mains")
    assert [ct["text"] for ct in said["cts"]] == ["not known yet"] * 3
    until(charger, "/seen", lambda s: s["override_ma"] == 6000)
    assert charger.json("POST", "/commission?stop=1")[1]["state"] == "idle"
    assert charger.seen()["override_ma"] == 0
    assert charger.json("POST", "/commission?forget=1")[1]["text"] == "Nothing has been checked yet."


def test_another_site_cannot_give_these_orders(charger):
    assert charger.json("POST", "/find?role=mains", None, Origin="http://evil.example")[0] == 403
