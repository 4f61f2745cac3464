"""Three buttons: into the menu, through it, a value changed or refused, and out again."""
import scenes
import settings
from person import LEFT, MIDDLE, RIGHT, STEP_MS, Person, frames
from ui import menu_rows
from ui.menu import EXIT


def test_the_menu_looks_as_it_did():
    for name, buf in frames():
        scenes.same(name, buf)


def test_two_seconds_on_the_middle_button_open_the_menu_at_its_first_item():
    p = Person()
    p.down(MIDDLE, 1900)
    assert not p.menu.open and p.menu.hint == "for Menu"
    p.down(MIDDLE, 200)
    assert p.menu.open and settings.TABLE[p.menu.at][settings.LABEL] == "MODE"
    p.down(MIDDLE, 5000)
    assert p.menu.open and not p.menu.editing  # the finger that opened it does nothing more


def test_a_short_press_on_the_middle_does_nothing():
    p = Person()
    p.push(MIDDLE)
    assert not p.menu.open and p.asked == [] and p.menu.hint == ""


def test_holding_left_stops_and_holding_right_starts_only_when_off():
    p = Person()
    p.down(RIGHT, 3000)
    p.rest()
    assert p.asked == []
    p.down(LEFT, 1950)
    assert p.asked == [] and p.menu.hint == "to Stop"
    p.down(LEFT, 3000)
    p.rest()
    assert p.asked == ["off"]
    p.cfg.put("access", "off")
    p.down(LEFT, 3000)
    p.rest()
    assert p.asked == ["off"]
    p.down(RIGHT, 1000)
    assert p.menu.hint == "to Start"
    p.down(RIGHT, 1000)
    p.rest()
    assert p.asked == ["off", "start"]


def test_holding_right_resets_a_latched_fault_before_anything_else():
    p = Person()
    p.menu.latched, p.menu.delayed = 1, 1
    p.down(RIGHT, 1950)
    assert p.asked == [] and p.menu.hint == "to Reset"
    p.down(RIGHT, 3000)
    p.rest()
    p.cfg.put("access", "off")
    p.down(RIGHT, 2500)
    p.rest()
    assert p.asked == ["reset", "reset"]


def test_holding_right_does_not_wait_for_the_random_delay():
    p = Person()
    p.menu.delayed = 1
    p.down(RIGHT, 1950)
    assert p.asked == [] and p.menu.hint == "to Start"
    p.down(RIGHT, 3000)
    p.rest()
    p.cfg.put("access", "off")
    p.down(RIGHT, 2500)
    p.rest()
    assert p.asked == ["skip", "start"]


def test_a_tap_on_the_left_swaps_smart_and_solar_but_not_normal():
    p = Person()
    p.push(LEFT)
    assert p.asked == []
    p = Person(mode="smart")
    p.push(LEFT)
    assert p.asked == ["swap"]
    p.down(LEFT, 2500)
    p.rest()
    assert p.asked == ["swap", "off"]  # a hold is not also a tap


def test_left_and_right_together_set_the_panel_up_anew_and_nothing_else():
    p = Person(mode="smart")
    p.down(LEFT, 100)
    p.down(LEFT | RIGHT, 100)
    p.down(LEFT, 3000)
    p.rest()
    assert p.asked == ["lcd"]


def test_left_and_right_walk_and_wrap():
    p = Person().enter()
    p.push(LEFT)
    assert p.menu.at == EXIT
    p.push(RIGHT)
    assert p.menu.at == 0


def test_normal_solar_and_smart_show_what_is_of_use_in_them():
    assert Person().enter().labels() == [
        "MODE", "CONFIG", "LOCK", "PWR SHARE", "MAINS ADR", "MAX", "SWITCH", "RCMON", "WIFI", "MAX TEMP", "EXIT"]
    smart = Person(mode="smart").enter().labels()
    assert "MAINS MET" in smart and "MIN" in smart and "CONTACT 2" in smart and "START" not in smart
    solar = Person(mode="solar", config="fixed", mains_meter="API").enter().labels()
    assert "START" in solar and "STOP" in solar and "IMPORT" in solar
    assert "LOCK" not in solar and "MAINS ADR" not in solar and "CABLE LOCK" not in solar
    box = Person(mode="smart", mains_meter="Sensorbox", ev_meter="Custom").enter().labels()
    meters = ["MAINS MET", "GRID", "SB2 WIFI", "CIRCT MET", "EV METER", "EV ADDR", "BYTE ORD", "DATA TYPE", "FUNCTION",
              "VOL REGI", "VOL DIVI", "CUR REGI", "CUR DIVI", "POW REGI", "POW DIVI", "ENE REGI", "ENE DIVI"]
    assert [label for label in box if label in meters or label == "MAINS ADR"] == meters  # in the order that owners know
    assert "CABLE LOCK" in Person(lock="Motor").enter().labels()


def test_a_value_is_held_until_the_middle_button_hands_it_over():
    p = Person().enter().go("max_current_a")
    p.push(MIDDLE)
    p.push(RIGHT, 3)
    assert p.menu.raw == 16 and p.cfg.max_current_a == 13
    p.push(MIDDLE)
    assert p.cfg.max_current_a == 16 and not p.menu.editing and p.menu.open


def test_a_value_wraps_at_both_ends():
    p = Person(max_current_a=80).enter().go("max_current_a")
    p.push(MIDDLE)
    p.push(RIGHT)
    assert p.menu.raw == 6
    p.push(LEFT)
    assert p.menu.raw == 80


def test_a_refused_value_stays_under_edit_and_the_reason_is_shown():
    p = Person().enter().go("max_current_a")
    p.refuse = "max_current_a must not be above the fuse"
    p.push(MIDDLE)
    p.push(RIGHT)
    p.push(MIDDLE)
    assert p.menu.editing and p.menu.message == p.refuse and p.cfg.max_current_a == 13
    before = p.menu.serial
    p.rest(3000)
    assert p.menu.serial > before  # too long for its line: it moves
    p.push(LEFT)
    assert p.menu.message == ""
    p.push(MIDDLE)
    assert not p.menu.editing  # back at the old value there is nothing to refuse


def test_choices_that_do_not_exist_are_left_out():
    p = Person(mode="smart", mains_meter=0).enter().go("mains_meter")
    p.push(MIDDLE)
    names = []
    row = settings.row("mains_meter")
    for _ in range(19):
        names.append(menu_rows.words(row, p.menu.raw))
        p.push(RIGHT)
    assert names == ["Disabled", "Sensorbox", "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO",
                     "API", "Eastron1P", "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi",
                     "Chint 1P", "Custom"]
    assert p.menu.raw == 0


def test_exit_leaves_and_the_finger_that_left_opens_nothing():
    p = Person().enter()
    p.push(LEFT)
    p.down(MIDDLE, 4000)
    assert not p.menu.open and p.menu.hint == ""
    p.rest()
    assert p.asked == []


def test_after_two_minutes_without_a_finger_the_edit_is_forgotten():
    p = Person().enter().go("max_current_a")
    p.push(MIDDLE)
    p.push(RIGHT, 2)
    p.rest(119000)
    assert p.menu.open
    p.rest(1000)
    assert not p.menu.open and p.cfg.max_current_a == 13
    p.enter()
    assert not p.menu.editing


def test_a_held_button_repeats_ever_faster():
    p = Person().enter().go("max_current_a")
    p.push(MIDDLE)
    counts = []
    p.menu.step(STEP_MS, RIGHT)
    for _ in range(4):
        was = p.menu.raw
        for _ in range(1000 // STEP_MS):
            p.menu.step(STEP_MS, RIGHT)
        counts.append((p.menu.raw - was) % 75)
    assert counts[0] == 2  # after 500 ms and 438 ms more
    assert counts[0] < counts[1] < counts[2]


def test_the_help_line_comes_after_five_quiet_seconds_and_goes_with_a_finger():
    p = Person().enter().go("max_current_a")
    label = bytes(p.frame())
    p.rest(4800)
    assert bytes(p.frame()) == label
    p.rest(400)
    first = bytes(p.frame())
    assert first != label
    p.rest(1400)
    assert bytes(p.frame()) != first
    p.push(LEFT)
    p.push(RIGHT)
    assert bytes(p.frame()) == label


def test_the_help_line_starts_again_from_its_beginning():
    p = Person().enter()
    seen = []
    for _ in range(800):
        p.menu.step(STEP_MS, 0)
        if not seen or seen[-1] != p.menu._scroll:
            seen.append(p.menu._scroll)
    last = max(seen)
    assert last > 5 and seen[:last + 3] == list(range(-1, last + 1)) + [0]
