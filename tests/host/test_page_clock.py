"""The page by the charger's clock, in a Chromium that lives elsewhere: the day, the log, the start that is pending."""
import pytest
from browsers import PHONE, no_chromium, text

pytestmark = [pytest.mark.live(14, together=True), no_chromium]


@pytest.fixture
def away(browser, standin):
    """The page on a phone that thinks it is in Auckland."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, timezone_id="Pacific/Auckland")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{standin.port}/")
    page.wait_for_function("document.querySelector('h1').textContent === 'Charging'")
    yield page
    context.close()


def test_times_are_the_chargers_and_not_the_phones(away, standin):
    standin.poke("wall._utc_s", 1795205130)   # 20:05:30, which is 21:05:30 in Amsterdam, as clock.local says
    away.wait_for_function("Math.abs(P['clock.utc_s'] - 1795205130) < 20")
    assert away.evaluate("local(P['clock.utc_s'])")[:15] == "2026-11-20T21:0"
    assert away.evaluate("ago(2 * 3600)")[:4] == "19:0" and away.evaluate("ago(30 * 3600)")[:6] == "Th 15:"
    away.tap("#t-plan")
    away.wait_for_selector("#day-list li")
    assert text(away, "#day-list li:first-child").startswith("21:0")
    away.tap("#t-log")
    away.wait_for_selector("#lines time")
    newest, up_s = standin.json("GET", "/log")[1][-1]["at_s"], standin.json("GET", "/points")[1]["uptime_s"]["value"]
    at_s = 21 * 3600 + 5 * 60 + 30 - (up_s - newest)
    assert text(away, "#lines time")[:4] == "%02d:%d" % (at_s // 3600, at_s // 600 % 6)


def test_a_charger_without_a_clock_says_how_long_ago(away, standin):
    standin.poke("facts.local_time", "")
    away.wait_for_function("P['clock.local'] === ''")
    assert away.evaluate("ago(150)") == "−2 min"
    away.tap("#t-plan")
    away.wait_for_selector("#day-list li")
    assert text(away, "#day-list li:first-child").startswith("−")


def test_a_pending_start_is_shown_and_dropped(away, standin):
    away.tap("#t-plan")
    away.wait_for_function("document.getElementById('delay-now').textContent === 'Nothing is set.'")
    assert not away.is_visible("#delay-drop")
    away.fill("#start-at", "2099-01-01T22:00")
    away.fill("#stop-at", "2099-01-02T06:30")
    away.check("#daily")
    away.tap("#delay-keep")
    away.wait_for_function("document.getElementById('delay-now').textContent !== 'Nothing is set.'")
    offset = away.evaluate("Date.parse(local(P['clock.utc_s']) + 'Z') / 1000 - P['clock.utc_s']")
    start_s = standin.json("GET", "/settings")[1]["settings"]["starttime"]
    shown = away.evaluate(f"new Date(({start_s} + {offset}) * 1000).toISOString().slice(0, 16)")
    assert away.input_value("#start-at") == shown and shown.replace("T", " ") in text(away, "#delay-now")
    assert text(away, "#delay-now").startswith("Starts ") and text(away, "#delay-now").endswith(", every day")
    assert away.is_checked("#daily")
    away.reload()
    away.tap("#t-plan")
    away.wait_for_selector("#delay-drop")
    away.tap("#delay-drop")
    away.wait_for_function("document.getElementById('delay-now').textContent === 'Nothing is set.'")
    assert away.input_value("#start-at") == "" and not away.is_checked("#daily")


def test_a_week_that_somebody_else_has_set_is_there_when_the_view_is_opened(away, standin):
    away.wait_for_function("setup.rows.length > 0")
    assert standin.json("POST", "/set", '{"week": "Mo-Fr 23:00-07:00 Smart 16"}')[1]["ok"]
    away.tap("#t-plan")
    away.wait_for_selector(".window")
    assert away.input_value(".window [data-f=ampere]") == "16"


def test_a_meter_that_is_not_there_has_no_errors_while_the_page_polls(away):
    away.evaluate("Object.assign(P, { 'pv.errors': null, 'pv.age_ms': null, 'battery.errors': 1, 'battery.last_error': 'crc', 'battery.age_ms': 500 })")
    away.tap("#t-log")
    away.wait_for_selector("#h-battery")
    assert not away.is_visible("#h-pv") and "1 error (last: crc), 0.5 s old" in text(away, "#h-battery")


def test_without_a_car_nobody_waits_for_the_sun(away, standin):
    for path, value in (("facts.state", "A"), ("facts.why", "no_current"), ("facts.why_text", "Not enough current: waiting for sun."), ("cfg.mode", 2)):
        standin.poke(path, value)
    away.wait_for_function("document.querySelector('h1').textContent === 'Ready for a car'")
    away.wait_for_function("document.getElementById('why').textContent === 'Not enough current: waiting for sun.'")
    standin.poke("facts.state", "B1")
    away.wait_for_function("document.querySelector('h1').textContent === 'Waiting for sun'")


def test_nothing_is_less_than_nothing_and_a_long_wait_is_in_hours(away):
    assert away.evaluate("[amp(-30), amp(-60), amp(-12340), kw(-40), kw(-60), kw(-12000)]") == ["0.0", "−0.1", "−12.3", "0.0", "−0.1", "−12"]
    assert away.evaluate("[countdown(59), countdown(3599), countdown(42617)]") == ["0:59", "59:59", "11:50 h"]
