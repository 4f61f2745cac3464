"""What a car asks for in other ways: at once, with ventilation, not at all."""
import pytest

from charger import Charger
from evse.limits import OVERRIDE


def simple(charger):
    """A car without S2, as the standard's simplified ones: 6 V from the plug on, whatever the pilot says."""
    charger.site.car.stop_detect_ms = 10**9
    charger.site.car.s2 = True
    return charger


def c1s(charger):
    return [e["value"] for e in charger.site.events if e["what"] == "C1"]


# simplified charging: C straight from A

def test_six_volts_straight_from_a_are_a_plug_and_a_request():
    charger = simple(Charger().run(1000)).plug()
    assert charger.until(lambda: charger.state == "C2") <= 30
    assert charger.until(lambda: charger.out.c1) in range(480, 520), "the diode is checked and the request steady first"
    assert charger.run(5000).why == "charging" and charger.session.number == 1


def test_a_simple_car_gets_nothing_without_an_offer_and_starts_with_it():
    charger = simple(Charger(access="Off").run(1000)).plug(60000)
    assert (charger.state, charger.out.c1, charger.why) == ("C1", 0, "off")
    charger.control.set_mode("normal")
    assert charger.run(1000).out.c1 and c1s(charger) == [1]


def test_a_simple_car_without_a_diode_gets_nothing():
    charger = Charger().run(1000)
    charger.site.car.diode = False
    simple(charger).plug(20000)
    assert c1s(charger) == [] and charger.faults.names() == "diode"


def test_a_simple_car_is_opened_after_six_seconds_and_at_once_when_it_is_pulled():
    charger = simple(Charger().run(1000)).plug(10000)
    charger.control.set_mode("pause")
    assert 5900 <= charger.until(lambda: not charger.out.c1, 7000) <= 6100
    charger.control.set_mode("normal")
    assert charger.run(20000).out.c1
    assert charger.unplug().until(lambda: not charger.out.c1) <= 20


# ventilation

def test_with_ventilation_d_is_charged_as_c():
    charger = Charger(ventilation=1)
    charger.site.car.ventilated = True
    charger.run(2000).plug(10000)
    assert (charger.state, charger.out.c1, charger.why) == ("D2", 1, "charging") and charger.car_ma > 10000
    charger.control.set_mode("pause")
    charger.run(20)
    assert charger.state == "D1" and charger.out.c1
    assert charger.run(3000).state == "B1" and charger.site.car.hot_opens == 0


def test_a_car_that_wants_air_in_the_middle_goes_on_where_there_is_some():
    charger = Charger(ventilation=1).charge()
    charger.site.car.ventilated = True
    charger.run(5000)
    assert charger.state == "D2" and c1s(charger) == [1]


def test_a_car_that_wants_air_in_the_middle_is_opened_within_100_ms_where_there_is_none():
    charger = Charger().charge()
    charger.site.car.ventilated = True
    assert charger.until(lambda: not charger.out.c1) <= 100
    charger.run(5000)
    assert charger.faults.names() == "ventilation" and charger.why == "fault"


def test_a_car_that_wants_air_is_not_tried_again_and_again():
    charger = Charger()
    charger.site.car.ventilated = True
    charger.run(2000).plug(120000)
    assert c1s(charger) == [] and charger.faults.names() == "ventilation"
    charger.control.put("ventilation", 1)
    assert charger.run(20000).why == "charging"
    charger.control.put("ventilation", 0)
    charger.run(10000)
    assert not charger.out.c1 and charger.faults.names() == "ventilation"
    charger.site.car.ventilated = False
    assert charger.unplug(1000).faults.names() == "" and charger.plug(20000).why == "charging"


# asking for nothing: the ladder of hints

def hints(charger, ms):
    """The wire's openings and -12 V of the next ms."""
    seen, was = [], None
    for _ in range(ms // 100):
        charger.run(100)
        now = "open" if not charger.out.connected else "minus" if charger.out.duty_bp == 0 else ""
        if now != was and now:
            seen.append(now)
        was = now
    return seen


LADDER = ["open", "open", "minus"]


def test_the_ladder_is_climbed_once_and_once_more_after_each_pause_of_ours():
    charger = Charger()
    charger.site.car.wants = False
    charger.run(1000).plug()
    assert hints(charger, 200000) == LADDER and hints(charger, 400000) == []
    charger.control.set_mode("pause")
    assert hints(charger, 200000) == []
    charger.control.set_mode("normal")
    assert hints(charger, 210000) == LADDER and hints(charger, 200000) == []


def test_a_car_that_is_full_is_left_alone_also_after_a_pause():
    charger = Charger().charge()
    charger.site.car.stored_uws = charger.site.car.battery_wh * 3600000000
    charger.until(lambda: charger.state == "B2")
    assert hints(charger, 300000) == []
    charger.control.set_mode("pause")
    charger.run(20000)
    charger.control.set_mode("normal")
    assert hints(charger, 300000) == [] and charger.why == "car_waits"


def test_the_hint_has_a_reason_and_a_countdown_and_never_power():
    charger = Charger()
    charger.site.car.wants = False
    charger.run(1000).plug(91000)
    assert charger.why == "waking" and 2000 <= charger.evse.countdown_ms() <= 4000
    assert not charger.out.c1


@pytest.mark.parametrize("after_ms", [91000, 130000, 185500])
def test_a_car_pulled_out_in_a_hint_is_noticed_when_it_ends(after_ms):
    charger = Charger()
    charger.site.car.wants = False
    charger.run(1000).plug(after_ms)
    assert charger.why == "waking"
    charger.unplug(31000)
    assert charger.state == "A" and charger.why == "no_car" and charger.out.duty_bp == 10000


def test_nothing_is_hinted_while_nothing_is_offered():
    charger = Charger().run(1000)
    charger.evse.limits.put(OVERRIDE, 0)
    charger.plug()
    assert hints(charger, 300000) == [] and charger.why == "no_current"
