"""Who may charge and when: access, the rest after a stop, and the dice of a street."""
import pytest

from charger import Charger
from evse.limits import NO_LIMIT, OVERRIDE


def countdown_s(charger):
    return (charger.evse.countdown_ms() + 999) // 1000


def opened(charger):
    """Ticks until the contactor is open."""
    charger.until(lambda: not charger.out.c1, 7000)
    return charger.run(20)


# access

@pytest.mark.parametrize("access", ["Off", "Pause"])
def test_a_change_of_mode_never_grants_access(access):
    charger = Charger(access=access).run(1000).plug(5000)
    for mode in ("Smart", "Solar", "Normal", "Smart"):
        charger.control.put("mode", mode)
        charger.run(5000)
        assert charger.state == "B1" and charger.why == ("off" if access == "Off" else "paused")
    charger.control.swap_sun()
    charger.control.swap_sun()
    assert charger.run(5000).state == "B1" and "C1" not in [e["what"] for e in charger.site.events]


def test_no_other_wish_grants_access_either():
    charger = Charger(access="Off").run(1000).plug(5000)
    charger.control.override(8000)
    charger.control.reset()
    charger.control.skip_delay()
    charger.control.put("contact2", "Always Off")
    charger.control.put("max_current_a", 16)
    assert charger.run(100000).why == "off" and charger.state == "B1"


def test_access_withdrawn_before_the_car_asks_takes_the_offer_back():
    charger = Charger()
    charger.site.car.wants = False
    charger.run(1000).plug(5000)
    assert charger.state == "B2"
    charger.control.set_mode("off")
    assert charger.run(20).state == "B1" and charger.out.duty_bp == 10000


@pytest.mark.parametrize("word, why", [("pause", "paused"), ("off", "off")])
def test_pause_and_off_keep_the_session_until_the_car_leaves(word, why):
    charger = Charger(lock="Solenoid").charge().run(10000)
    number, seconds, charging_s = charger.session.number, charger.session.s, charger.session.charging_s
    charger.control.set_mode(word)
    charger.run(60000)
    assert charger.why == why and charger.site.locked
    charger.control.set_mode("normal")
    charger.run(20000)
    session = charger.session
    assert charger.why == "charging" and session.number == number
    assert session.s == seconds + 80 and charging_s < session.charging_s < charging_s + 30
    charger.unplug(2000).plug(2000)
    assert charger.session.number == number + 1


def test_a_car_may_come_and_go_while_it_is_off():
    charger = Charger(access="Off").run(1000).plug(5000)
    assert (charger.state, charger.why) == ("B1", "off")
    assert charger.unplug(100).state == "A" and charger.why == "off"


# the rest after a stop of ours, as a reason with a countdown

def test_after_a_stopped_charge_it_rests_15_s():
    charger = Charger().charge()
    charger.evse.limits.put(OVERRIDE, 0)
    opened(charger)
    charger.evse.limits.put(OVERRIDE, NO_LIMIT)
    charger.run(1000)
    assert charger.why == "wait" and 12 <= countdown_s(charger) <= 14
    left_s = countdown_s(charger)
    charger.run(5000)
    assert countdown_s(charger) == left_s - 5
    assert charger.run(left_s * 1000).why in ("car_waits", "checking", "charging")


def test_after_an_offer_that_nobody_took_it_rests_3_s():
    charger = Charger()
    charger.site.car.wants = False
    charger.run(1000).plug(5000)
    charger.evse.limits.put(OVERRIDE, 0)
    charger.run(100)
    charger.evse.limits.put(OVERRIDE, NO_LIMIT)
    charger.run(10)
    assert charger.why == "wait" and countdown_s(charger) == 3
    assert charger.until(lambda: charger.why == "car_waits") in range(2700, 3010)


def test_after_a_fault_it_rests_15_s_too():
    charger = Charger().charge()
    charger.site.car.shorted = True
    charger.run(500)
    charger.site.car.shorted = False
    charger.run(1000)
    assert charger.why == "wait" and countdown_s(charger) in (14, 15)
    assert charger.run(18000).why == "charging"


def test_a_car_that_pauses_by_itself_waits_for_nothing():
    charger = Charger().charge()
    charger.site.car.wants = False
    charger.run(5000)
    assert charger.why == "car_waits"
    charger.site.car.wants = True
    assert charger.until(lambda: charger.out.c1) <= 3000


def test_a_new_car_does_not_wait_for_the_rest_of_the_last_one():
    charger = Charger().charge()
    charger.control.set_mode("off")
    opened(charger)
    charger.control.set_mode("normal")
    assert charger.run(10).why == "wait"
    assert charger.unplug(100).why == "no_car" and charger.plug(100).why == "car_waits"


# the dice

def delayed(thrown_ms, **settings):
    charger = Charger(**dict({"random_delay_s": 600}, **settings))
    charger.thrown = thrown_ms
    return charger.run(1000).plug(100)


def test_the_dice_delay_a_car_that_comes_and_say_how_long():
    charger = delayed(300000)
    assert charger.why == "random" and charger.state == "B1" and 299 <= countdown_s(charger) <= 300
    charger.run(295000)
    assert charger.why == "random" and 4 <= countdown_s(charger) <= 5
    assert charger.run(15000).why == "charging"


def test_somebody_who_stands_there_skips_the_dice():
    charger = delayed(300000)
    charger.control.skip_delay()
    assert charger.run(10).why == "car_waits" and charger.run(10000).why == "charging"


def test_the_dice_may_say_at_once_and_without_the_setting_are_not_thrown():
    assert delayed(0).why == "car_waits"
    assert delayed(300000, random_delay_s=0).why == "car_waits"


def test_the_dice_are_thrown_for_each_car_once():
    charger = delayed(5000).run(15000)
    assert charger.why == "charging"
    charger.control.set_mode("pause")
    charger.run(20000)
    charger.control.set_mode("normal")
    assert charger.run(10000).why == "charging", "not again after a pause"
    charger.thrown = 60000
    assert charger.unplug(1000).plug(100).why == "random"
    assert charger.unplug(100).why == "no_car"


def test_access_comes_before_the_dice_and_time_goes_by_all_the_same():
    charger = delayed(10000, access="Off")
    assert charger.why == "off"
    charger.run(11000)
    charger.control.set_mode("normal")
    assert charger.run(10).why == "car_waits"
