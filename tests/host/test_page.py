"""The page in a real Chromium, against the stand-in charger: what a person sees and does."""
import time

import pytest
from browsers import PHONE, no_chromium, text
from evse import why

pytestmark = [pytest.mark.live(40, together=True), no_chromium]


def test_it_says_what_how_much_and_why(page):
    assert text(page, "h1") == "Charging" and "13.6 A" in text(page, "#why")
    assert text(page, "#since") == "for 12 min" and text(page, "#count") == "" and not page.is_visible("#skip")
    assert text(page, "#kw") == "9.2" and text(page, "#amps") == "13.6 A" and "of 16 A" in text(page, "#of")
    assert text(page, "#kwh") == "4.21 kWh" and text(page, "#time") == "58 min"
    assert "live" in text(page, "#link") and "9.2 kW" in page.title()
    assert page.inner_text("[data-row=ev] td:nth-child(2)") == "13.4 A"


def test_what_changes_in_the_charger_changes_on_the_page(page, standin):
    for path, value in (("facts.why", "no_current"), ("facts.why_text", "Waiting for sun."), ("facts.countdown_s", 520), ("cfg.mode", 2), ("evse.offered_ma", 0)):
        standin.poke(path, value)
    page.wait_for_function("document.querySelector('h1').textContent === 'Waiting for sun' && document.getElementById('count').textContent === 'Next try in 8:40 '")
    assert page.get_attribute("[data-mode=solar]", "aria-checked") == "true"


def test_a_car_that_nobody_measures_is_told_as_at_most(page, standin):
    for path, value in (("facts.ev_meter", "Disabled"), ("facts.drawn_ma", -1), ("session.wh", -1), ("meters.mains.w", [900, 0, 0])):
        standin.poke(path, value)
    page.wait_for_function("document.getElementById('kw').textContent === '≤9.4'")
    assert not page.is_visible("#kwh") and text(page, "#f-home b") == "–" and "at most" in text(page, "#f-car small")


def test_a_fault_is_a_card_with_what_to_do(page, standin):
    assert not page.is_visible("#fault")
    standin.poke("facts.fault_text", "Residual current detected")
    standin.poke("facts.fault_todo", "Unplug the car")
    page.wait_for_selector("#fault")
    page.wait_for_function("document.querySelector('#fault p').textContent === 'Unplug the car'")
    assert text(page, "#fault h2") == "Residual current detected" and not page.is_visible("#reset")


def test_a_latched_fault_is_reset_when_its_cause_is_gone(page, standin):
    for path, value in (("facts.fault_text", "Residual current detected"), ("facts.fault_latched", 1), ("faults.mask", 1), ("cfg.rcmon", 1),
                        ("evse.safety.rcm_fitted", 1), ("inp.rcm", 1)):
        standin.poke(path, value)
    page.tap("#reset")
    page.wait_for_selector("#toast")
    assert text(page, "#toast") == "fault rcm still stands" and standin.json("GET", "/points")[1]["fault"]["value"] == "rcm"
    standin.poke("inp.rcm", 0)
    page.tap("#reset")
    deadline = time.monotonic() + 10
    while standin.json("GET", "/points")[1]["fault"]["value"] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert standin.json("GET", "/points")[1]["fault"]["value"] == ""


def test_the_random_delay_counts_down_and_may_be_skipped(page, standin):
    for path, value in (("facts.why", "random"), ("facts.countdown_s", 12), ("evse.auth.random_ms", 12000)):
        standin.poke(path, value)
    page.wait_for_function("document.getElementById('count').textContent === 'Starts in 0:12 '")
    assert text(page, "h1") == "Delayed start"
    page.tap("#skip")
    deadline = time.monotonic() + 10
    while standin.seen()["random_ms"] and time.monotonic() < deadline:
        time.sleep(0.1)
    assert standin.seen()["random_ms"] == 0


def test_every_reason_has_its_word_on_the_page(page, standin):
    known = page.evaluate("Object.keys(LOOK)")
    assert sorted(known) == sorted(why.NAME)


def test_health_is_in_the_log(page):
    page.tap("#t-log")
    page.wait_for_function("document.querySelector('#health').textContent.includes('1302')")
    said = page.evaluate("document.querySelector('#health').textContent")  # innerText has line ends only once it is laid out
    assert "Contactor closings1302" in said and "Openings under load4" in said and "kB" in said


def test_new_settings_find_a_group(page):
    page.tap("#t-setup")
    page.wait_for_selector("#s-max_current_a")
    groups = page.evaluate("Object.fromEntries([...document.querySelectorAll('fieldset')].map(f => [f.querySelector('legend').textContent, [...f.querySelectorAll('[name]')].map(i => i.name)]))")
    assert groups["Phases"] == ["contact2", "phase_pause_s", "phase_switches"] and groups["Plug"] == ["config", "lock", "cable_lock", "unlock_off"]
    assert all(groups.values())


def test_text_from_the_charger_is_text(page, standin):
    standin.poke("facts.fault_text", "<img src=x onerror=alert(1)>")
    page.wait_for_selector("#fault")
    assert "<img" in text(page, "#fault h2") and page.locator("#fault img").count() == 0


@pytest.mark.parametrize("mode", ["off", "pause", "normal", "solar", "smart"])
def test_a_mode_button_reaches_the_charger(page, standin, mode):
    page.tap(f"[data-mode={mode}]")
    page.wait_for_function(f"document.querySelector('[data-mode={mode}]').ariaChecked === 'true'")
    assert standin.seen()["mode"] == mode


def test_stop_stops_and_starts_again_as_before(page, standin):
    assert text(page, "#stop") == "STOP"
    page.tap("#stop")
    page.wait_for_function("document.getElementById('stop').textContent === 'START in Smart'")
    assert standin.seen()["mode"] == "off"
    page.tap("#stop")
    page.wait_for_function("document.getElementById('stop').textContent === 'STOP'")
    assert standin.seen()["mode"] == "smart"


def test_a_refusal_is_told(page, standin):
    standin.poke("cfg.mains_meter", 0)
    page.tap("[data-mode=solar]")
    page.wait_for_selector("#toast")
    assert "needs a mains meter" in text(page, "#toast") and standin.seen()["mode"] == "smart"


def test_the_display_is_painted_and_its_buttons_press(page, standin):
    page.tap("#drawer summary")
    painted = "(() => { const c = document.getElementById('lcd'), d = c.getContext('2d').getImageData(0, 0, 640, 320).data; let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; })()"
    page.wait_for_function(painted + " > 1000")
    before = page.evaluate(painted)
    key = page.locator("[data-key=middle]")
    key.scroll_into_view_if_needed()
    box = key.bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.wait_for_function(f"{painted} !== {before}")
    assert standin.seen()["pressed"] == "middle 1"
    assert "down" in key.get_attribute("class")
    page.mouse.up()
    page.wait_for_function(f"{painted} === {before}")
    assert standin.seen()["pressed"] == "middle 0"


def test_the_form_is_built_from_the_schema_and_shows_what_the_charger_says(page, standin):
    page.tap("#t-setup")
    page.wait_for_selector("#s-max_current_a")
    rows = standin.json("GET", "/schema")[1]
    assert page.locator(".field").count() == len(rows)
    assert page.input_value("#s-wifi_pass") == ""
    page.fill("#s-max_current_a", "99")
    page.fill("#s-start_a", "7")
    assert text(page, "#keep") == "Save 2 changes"
    page.tap("#keep")
    page.wait_for_selector("#e-max_current_a:visible")
    assert "MAX must be a whole number from 6 to 80 A" in text(page, "#e-max_current_a")
    assert page.get_attribute("#s-max_current_a", "aria-invalid") == "true"
    assert standin.json("GET", "/settings")[1]["settings"]["solar_start_current"] == 4
    page.fill("#s-max_current_a", "20")
    page.tap("#keep")
    page.wait_for_selector("#save", state="hidden")
    settings = standin.json("GET", "/settings")[1]["settings"]
    assert (settings["current_max"], settings["solar_start_current"]) == (20, 7)


def test_settings_are_found_by_the_name_on_the_display(page):
    page.tap("#t-setup")
    page.wait_for_selector("#s-max_current_a")
    page.fill("#find", "EV ADDR")
    assert page.locator(".field:visible").count() == 2 and page.is_visible("#s-ev_addr") and page.is_visible("#s-ev_host")  # its other address
    page.fill("#find", "CONTACT 2")  # and the one that speaks of it
    assert page.locator(".field:visible").count() == 2 and page.is_visible("#s-contact2") and page.is_visible("#s-phase_switches")
    page.fill("#find", "nothing like this")
    assert page.is_visible("#none")


def test_a_lost_link_is_a_banner_with_the_age(page, standin):
    standin.process.kill()
    page.wait_for_selector("#lost", timeout=15000)
    assert "No word from the charger" in text(page, "#lost") and "no link" in text(page, "#link")
    page.tap("#stop")
    page.wait_for_selector("#toast", timeout=10000)
    assert "did not answer" in text(page, "#toast")


def test_without_a_websocket_it_asks_for_the_points(browser, standin):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.add_init_script("window.WebSocket = class { constructor() { setTimeout(() => this.onclose(), 10); } }")
    page.goto(f"http://127.0.0.1:{standin.port}/")
    page.wait_for_function("document.getElementById('link').textContent.includes('polling')", timeout=15000)
    assert text(page, "#kw") == "9.2"
    page.click("#drawer summary")
    page.click("[data-key=left]")
    deadline = time.monotonic() + 10
    while standin.seen()["pressed"] != "left 0" and time.monotonic() < deadline:
        time.sleep(0.1)
    assert standin.seen()["pressed"] == "left 0"
    context.close()


def test_the_first_load_is_one_request_below_60_kilobytes(browser, standin):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    asked = []
    page.on("request", lambda r: asked.append(r.url))
    page.goto(f"http://127.0.0.1:{standin.port}/")
    page.wait_for_function("document.querySelector('h1').textContent === 'Charging'")
    urls = [u for u in asked if u.startswith("http")]
    assert urls[0].endswith("/") and set(u.rsplit("/", 1)[1] for u in urls) <= {"", "schema"}
    assert len(standin.ask("GET", "/")[1]) < 60_000
    context.close()


@pytest.mark.parametrize("width, height", [(320, 568), (390, 844), (768, 1024), (1280, 800)])
def test_nothing_sticks_out_and_nothing_is_too_small_to_tap(browser, standin, width, height):
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{standin.port}/")
        page.wait_for_function("document.querySelector('h1').textContent === 'Charging'")
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        for tab in ("#t-charge", "#t-setup", "#t-log"):
            page.click(tab)
            page.wait_for_timeout(200)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            small = page.evaluate("[...document.querySelectorAll('button,select,summary')].filter(e => e.offsetHeight && e.offsetHeight < 48).map(e => e.outerHTML)")
            assert small == []
        context.close()


def test_every_text_has_contrast_enough(page):
    pairs = page.evaluate("""() => ['light', 'dark'].map(theme => {
        document.documentElement.dataset.theme = theme;
        const style = getComputedStyle(document.documentElement), c = n => style.getPropertyValue('--' + n).trim();
        const lum = hex => { const h = hex.slice(1).length === 3 ? [...hex.slice(1)].map(x => x + x).join('') : hex.slice(1);
          return [0, 2, 4].map(i => parseInt(h.slice(i, i + 2), 16) / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0); };
        const ratio = (a, b) => { const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
        return [].concat(...['text', 'dim', 'green', 'amber', 'red', 'blue', 'grey'].map(f => ['card', 'bg', 'soft'].map(b => [theme, f, b, ratio(c(f), c(b))])));
    })""")
    for theme in pairs:
        for name, front, ground, ratio in theme:
            assert ratio >= 4.5, (name, front, ground, ratio)
