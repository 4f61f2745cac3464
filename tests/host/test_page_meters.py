"""The view of the meters in a real Chromium: their numbers, the search for one, the check of the wiring."""
import pytest
from browsers import no_chromium, text

pytestmark = [pytest.mark.live(20, together=True), no_chromium]


def test_each_meter_shows_its_numbers_and_how_well_it_is_heard(page, standin):
    standin.poke("meters.mains.mv", [230100, 231400, 0])
    standin.poke("meters.mains.errors", 3)
    standin.poke("meters.mains.last_error", "crc")
    page.tap("#t-meters")
    page.wait_for_function("document.querySelector('.meter').textContent.includes('Last: crc')")
    card = page.locator("#each .meter").first
    assert "Mains" in card.inner_text() and "Eastron3P" in card.inner_text() and "s ago" in card.inner_text()
    assert "230 V" in card.inner_text() and "231 V" in card.inner_text() and "15.8 A" in card.inner_text()
    assert "3 errors" in card.inner_text() and "8615 kWh" in card.inner_text()
    assert page.locator("#each .meter").count() == 2   # and the car's; what nobody set up is not shown


def test_a_meter_that_is_silent_stands_out(page, standin):
    standin.poke("facts.ev_age_ms", 12000)
    page.tap("#t-meters")
    page.wait_for_selector("#each .meter.old")
    assert "Car" in text(page, "#each .meter.old") and "12.0 s ago" in text(page, "#each .meter.old")


def test_a_search_shows_what_it_found_with_the_direction_of_each_phase_and_takes_it(page, standin):
    page.tap("#t-meters")
    page.select_option("#seek-role", "circuit")
    page.tap("#seek-go")
    page.wait_for_selector("#hits .meter", timeout=20000)
    found = text(page, "#hits .meter")
    assert "Eastron3P" in found and "address 11" in found and "−3.0 A" in found and "230 V" in found
    assert page.locator("#hits tr").nth(2).inner_text().split() == ["Flow", "import", "import", "export"]
    page.tap("#hits .act")
    page.wait_for_selector("#toast")
    rows = {r["key"]: r["value"] for r in standin.json("GET", "/schema")[1]}
    assert (rows["circuit_meter"], rows["circuit_addr"]) == ("Eastron3P", 11)
    page.wait_for_function("document.getElementById('seek-go').textContent === 'Search'")
    assert not page.is_visible("#seek-box")


def test_a_search_can_be_stopped_and_tells_how_far_it_is(page, standin):
    page.tap("#t-meters")
    page.tap("#seek-go")
    page.wait_for_function("/address \\d+/.test(document.querySelector('#seek-box p').textContent)")
    assert text(page, "#seek-go") == "Stop"
    page.tap("#seek-go")
    page.wait_for_function("document.getElementById('seek-go').textContent === 'Search'")
    assert standin.json("GET", "/find")[1]["state"] == "off"


def test_the_check_runs_is_stopped_and_tells_each_transformer(page, standin):
    page.tap("#t-meters")
    page.wait_for_function("document.querySelectorAll('#cts li').length === 3")
    assert "not known yet" in text(page, "#cts li")
    page.tap("[data-check='source=car']")
    page.wait_for_selector("#wiring-stop")
    assert "switch nothing now" in text(page, "#wiring-text") and page.is_disabled("[data-check='phase=1']")
    page.tap("#wiring-stop")
    page.wait_for_selector("#wiring-stop", state="hidden")
    assert standin.json("GET", "/commission")[1]["state"] == "idle"


def test_a_refused_check_says_why(page, standin):
    page.tap("#t-meters")
    page.tap("[data-check='phase=2']")
    page.wait_for_selector("#toast")
    assert "stop the charge first" in text(page, "#toast")


def test_it_asks_for_nothing_while_another_view_is_open(page, standin):
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.tap("#t-meters")
    page.wait_for_timeout(2600)
    page.tap("#t-charge")
    page.wait_for_timeout(300)
    assert [u for u in asked if u.endswith("/find")]
    asked.clear()
    page.wait_for_timeout(2600)
    assert [u for u in asked if u.endswith(("/find", "/commission"))] == []


def test_nothing_sticks_out_at_any_size(browser, standin):
    for width, height in ((320, 568), (390, 844), (768, 1024), (1280, 800)):
        context = browser.new_context(viewport={"width": width, "height": height})
        view = context.new_page()
        view.goto(f"http://127.0.0.1:{standin.port}/#meters")
        view.wait_for_selector("#each .meter")
        standin.json("POST", "/find?role=mains")
        view.wait_for_selector("#hits .meter", timeout=20000)
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        out = view.evaluate("[...document.querySelectorAll('#meters .card')].filter(c => [...c.querySelectorAll('td,th,button,p,span')].some(e => e.offsetWidth && e.getBoundingClientRect().right > c.getBoundingClientRect().right)).map(c => c.textContent)")
        assert out == []
        small = view.evaluate("[...document.querySelectorAll('#meters button,#meters select')].filter(e => e.offsetHeight && e.offsetHeight < 48).map(e => e.outerHTML)")
        assert small == []
        context.close()
