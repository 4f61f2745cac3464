"""The view of the plan in a real Chromium: windows of the week, goals, charge now, a start, the day's reasons, the clock."""
import pytest
from browsers import no_chromium, text

pytestmark = [pytest.mark.live(14, together=True), no_chromium]


def values(standin):
    return {r["key"]: r["value"] for r in standin.json("GET", "/schema")[1]}


def test_a_window_is_made_kept_and_read_back(page, standin):
    page.tap("#t-plan")
    page.tap("#week-add")
    for day in (5, 6):
        page.locator(".days button").nth(day).tap()
    page.fill(".window [data-f=ampere]", "16")
    page.select_option("#week-else", "Wait")
    page.tap("#week-keep")
    page.wait_for_function("document.getElementById('toast').textContent === 'Saved.'")
    assert (values(standin)["week"], values(standin)["week_else"]) == ("Mo-Fr 23:00-07:00 Smart 16", "Wait")
    page.reload()
    page.tap("#t-plan")
    page.wait_for_selector(".window")
    assert page.locator(".days button[aria-pressed=true]").all_inner_texts() == ["Mo", "Tu", "We", "Th", "Fr"]
    assert page.input_value(".window [data-f=from]") == "23:00" and page.input_value(".window [data-f=mode]") == "Smart"
    page.tap(".gone")
    page.tap("#week-keep")
    page.wait_for_function("document.getElementById('toast').textContent === 'Saved.'")
    assert values(standin)["week"] == ""


def test_a_window_that_cannot_be_says_so_beside_it(page, standin):
    page.tap("#t-plan")
    page.tap("#week-add")
    page.fill(".window [data-f=ampere]", "90")
    page.tap("#week-keep")
    page.wait_for_selector("#week-error")
    assert "6 to 80 A" in text(page, "#week-error") and values(standin)["week"] == ""


def test_charge_now_needs_a_car_and_is_ended_by_the_same_button(page, standin):
    page.tap("#t-plan")
    page.fill("#boost-min", "2000")
    page.tap("#boost-go")
    page.wait_for_selector("#boost-error")
    assert "0 to 1440 minutes" in text(page, "#boost-error")
    page.fill("#boost-min", "30")
    page.tap("#boost-go")
    page.wait_for_function("document.getElementById('boost-go').textContent === 'End charge now (30 min left)'")
    assert not page.is_visible("#boost-error")
    page.tap("#boost-go")
    page.wait_for_function("document.getElementById('boost-go').textContent === 'Charge now'")


def test_goals_are_kept_and_a_wrong_one_is_named(page, standin):
    page.tap("#t-plan")
    page.fill("#goal_kwh", "10")
    page.fill("#goal_soc", "101")
    page.tap("#goal-keep")
    page.wait_for_selector("#goal-error")
    assert "goal_soc must be" in text(page, "#goal-error") and values(standin)["goal_kwh"] == 0
    page.fill("#goal_soc", "80")
    page.tap("#goal-keep")
    page.wait_for_selector("#goal-error", state="hidden")
    page.wait_for_function("document.getElementById('toast').textContent === 'Saved.'")
    assert (values(standin)["goal_kwh"], values(standin)["goal_soc"]) == (10, 80)


def test_a_start_in_the_past_is_refused_and_one_to_come_is_set(page, standin):
    page.tap("#t-plan")
    page.wait_for_function("document.getElementById('zone').value.startsWith('CET')")  # what is set has come, and fills no field any more
    page.fill("#start-at", "2021-01-01T08:00")
    page.tap("#delay-keep")
    page.wait_for_selector("#delay-error")
    assert "starttime must be in the future" in text(page, "#delay-error")
    page.fill("#start-at", "2099-01-01T08:00")
    page.tap("#delay-keep")
    page.wait_for_selector("#delay-error", state="hidden")
    assert standin.json("GET", "/settings")[1]["settings"]["starttime"] > 4000000000
    page.tap("#delay-drop")
    page.wait_for_function("fetch('/settings').then(a => a.json()).then(s => s.settings.starttime === 0)")


def test_the_day_is_a_bar_whose_parts_say_what_they_were(page):
    page.tap("#t-plan")
    page.wait_for_selector("#day button:nth-child(2)")
    assert page.locator("#day-list li").count() == 2
    page.locator("#day button").last.dispatch_event("click")
    assert "Charging, mains, 1 min, 13.6 A" in text(page, "#day-text")


def test_what_comes_next_stands_below_the_reason(page, standin):
    standin.poke("facts.next_text", "Starts at 23:00.")
    page.wait_for_function("document.getElementById('next').textContent === 'Starts at 23:00.'")


def test_a_zone_is_picked_or_written_and_a_wrong_one_is_refused(page, standin):
    page.tap("#t-plan")
    page.wait_for_function("document.getElementById('zone').value.startsWith('CET')")
    page.select_option("#zone", label="UK")
    page.tap("#zone-keep")
    page.wait_for_function("document.getElementById('toast').textContent === 'Saved.'")
    assert values(standin)["timezone"].startswith("GMT0BST")
    page.select_option("#zone", label="Other")
    page.fill("#zone-text", "nonsense 1")
    page.tap("#zone-keep")
    page.wait_for_selector("#zone-error")
    assert "timezone must be like" in text(page, "#zone-error")


def test_a_charger_without_a_clock_is_told_the_time(page, standin):
    for path, value in (("wall._utc_s", 0), ("wall.source", "none")):
        standin.poke(path, value)
    page.wait_for_function("P['clock.source'] === 'page'")


def test_a_group_is_shown_where_there_is_one(page, standin):
    page.tap("#t-plan")
    assert not page.is_visible("#group")
    for path, value in (("facts.share_place", "Master"), ("facts.share_nodes", "2,3"), ("facts.share_list", "Master charging 9.9 A mains; Node 2 away"), ("facts.share_ma", -1), ("facts.share_age_ms", -1),
                        ("facts.share_refused", ""), ("cfg.loadbl", 1)):
        standin.poke(path, value)
    page.wait_for_selector("#group")
    assert page.locator("#group-list li").all_inner_texts() == ["Master charging 9.9 A mains", "Node 2 away"]
    standin.poke("facts.share_list", None)
    standin.poke("facts.share_place", "Node 1")
    standin.poke("facts.share_ma", 8000)
    page.wait_for_function("document.getElementById('group-list').textContent === 'Node 1, allotted 8.0 A'")
    standin.poke("facts.share_ma", -1)
    page.wait_for_function("document.getElementById('group-list').textContent === 'Node 1, no word from the master'")


def test_nothing_sticks_out_at_any_size(browser, standin):
    standin.json("POST", "/set", '{"week": "Mo-Fr 23:00-07:00 Smart 16; Sa,Su 10:00-16:00 Solar"}', **{"Content-Type": "application/json"})
    for width, height in ((320, 568), (390, 844), (768, 1024), (1280, 800)):
        context = browser.new_context(viewport={"width": width, "height": height})
        view = context.new_page()
        view.goto(f"http://127.0.0.1:{standin.port}/#plan")
        view.wait_for_selector(".window")
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        out = view.evaluate("[...document.querySelectorAll('#plan .card')].filter(c => [...c.querySelectorAll('button,p,input,select')].some(e => e.offsetWidth && !e.closest('#day') && e.getBoundingClientRect().right > c.getBoundingClientRect().right)).map(c => c.textContent)")
        assert out == []
        context.close()
