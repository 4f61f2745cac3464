"""The external switch on the wall: eight things it may mean. B is a push button, S a toggle."""
import pytest

from charger import Charger
from evse.switch import DEBOUNCE_MS

TYPES = ("Disabled", "Access B", "Access S", "Sma-Sol B", "Sma-Sol S", "Grid Relay", "Custom B", "Custom S")


def go(charger, ms):
    """Time goes by, and what was meant is done, as the face does it ten times a second."""
    for _ in range(ms // 50):
        charger.run(50)
        if charger.evse.switch.meant:
            charger.control.external_switch()
    return charger


def close(charger, ms=300):
    charger.site.switch = 1
    return go(charger, ms)


def let_go(charger, ms=300):
    charger.site.switch = 0
    return go(charger, ms)


def press(charger, ms=300):
    return let_go(close(charger, ms))


def wired(kind, **settings):
    return go(Charger(switch=kind, **settings), 1000)


def says(charger):
    return charger.control.mode()


@pytest.mark.parametrize("kind", TYPES)
def test_what_bounces_shorter_than_the_debounce_means_nothing(kind):
    charger = wired(kind, mode="Smart", access="Pause" if kind == "Access B" else "On")
    before = says(charger), charger.control.custom, charger.evse.switch.relay_open, charger.evse.auth.pause_ms
    for _ in range(20):
        charger.site.switch = 1 - charger.site.switch
        go(charger, 100)
    assert DEBOUNCE_MS > 100
    assert (says(charger), charger.control.custom, charger.evse.switch.relay_open, charger.evse.auth.pause_ms) == before


def test_without_a_meaning_a_press_still_stops_the_charge_for_a_moment():
    charger = Charger().charge()
    press(charger)
    assert charger.state == "C1" and charger.why == "stopping"
    go(charger, 8000)
    assert charger.why == "wait" and not charger.out.c1 and charger.site.car.hot_opens == 0
    assert go(charger, 15000).why == "charging"


def test_a_push_button_turns_access_off_and_on():
    charger = wired("Access B").charge()
    assert says(press(charger)) == "off" and charger.why == "stopping"
    assert go(charger, 3000).why == "off"
    assert says(press(charger)) == "normal" and go(charger, 15000).why == "charging"
    charger.control.set_mode("pause")
    assert says(press(charger)) == "normal", "a paused one goes on"
    close(charger, 10000)
    assert says(charger) == "off", "holding it longer is one press"


def test_a_toggle_is_access_also_when_the_power_comes():
    assert says(wired("Access S")) == "off"
    charger = Charger(switch="Access S", access="Off")
    charger.site.switch = 1
    assert says(go(charger, 500)) == "normal"
    charger.charge()
    let_go(charger, 2000)
    assert says(charger) == "off" and charger.why == "off"
    assert says(close(charger)) == "normal"


def test_a_push_button_is_not_looked_at_when_the_power_comes():
    for kind in ("Access B", "Sma-Sol B", "Custom B"):
        charger = Charger(switch=kind, mode="Smart")
        charger.site.switch = 1
        go(charger, 3000)
        assert says(charger) == "smart" and charger.control.custom == 0
        assert charger.evse.auth.pause_ms == 0, "nor is its hold"


def test_a_toggle_is_looked_at_when_its_meaning_changes():
    charger = wired("Disabled")
    assert says(charger) == "normal"
    charger.control.put("switch", "Access S")
    assert says(go(charger, 100)) == "off"


def test_a_short_press_swaps_smart_and_solar_when_it_is_let_go():
    charger = wired("Sma-Sol B", mode="Smart")
    assert says(close(charger, 1000)) == "smart"
    assert says(let_go(charger)) == "solar"
    assert says(press(charger)) == "smart"


def test_a_long_press_stops_and_swaps_nothing():
    charger = wired("Sma-Sol B", mode="Smart")
    charger.charge()
    close(charger, 1400)
    assert charger.state == "C2"
    close(charger, 400)
    assert charger.state == "C1"
    assert says(let_go(charger)) == "smart"
    assert go(charger, 25000).why == "charging"


def test_in_normal_the_sun_switches_do_nothing_and_they_never_grant_access():
    for kind in ("Sma-Sol B", "Sma-Sol S"):
        assert says(press(wired(kind))) == "normal"
        charger = wired(kind, mode="Smart", access="Off")
        press(charger)
        assert says(charger) == "off" and charger.cfg.mode == 1


def test_a_toggle_chooses_smart_or_solar():
    charger = wired("Sma-Sol S", mode="Smart")
    assert says(charger) == "solar", "it stands open"
    assert says(close(charger)) == "smart"
    assert says(let_go(charger)) == "solar"


@pytest.mark.parametrize("contact2, ma", [("Always On", 6000), ("Always Off", 15996)])
def test_the_grid_relay_leaves_four_kilowatts_over_the_phases(contact2, ma):
    charger = Charger(switch="Grid Relay", contact2=contact2, max_current_a=16)
    charger.site.switch = 1
    charger.charge()
    assert charger.evse.offered_ma == 15996
    let_go(charger, 5000)
    assert charger.evse.offered_ma == ma and sum(charger.site.car.amps_ma) * 230 <= 4200000
    close(charger, 6000)
    assert charger.evse.offered_ma == 15996 and charger.evse.by == 1


def test_the_grid_relay_stops_where_four_kilowatts_are_less_than_min():
    charger = Charger(switch="Grid Relay", min_current_a=8)
    charger.site.switch = 1
    charger.charge()
    let_go(charger, 10000)
    assert charger.why == "no_current" and charger.evse.by == 6 and not charger.out.c1
    close(charger, 20000)
    assert charger.why == "charging"


def test_the_relay_is_forgotten_with_its_meaning():
    charger = wired("Grid Relay").charge()
    assert charger.evse.offered_ma == 6000
    charger.control.put("switch", "Disabled")
    go(charger, 6000)
    assert charger.evse.offered_ma == 12996


def test_the_custom_button_and_toggle_are_flags_for_others():
    charger = wired("Custom B")
    assert [press(charger).control.custom for _ in range(3)] == [1, 0, 1]
    charger = wired("Custom S")
    assert charger.control.custom == 0
    assert close(charger).control.custom == 1 and let_go(charger).control.custom == 0
    assert charger.control.mode() == "normal" and charger.evse.auth.pause_ms == 0
