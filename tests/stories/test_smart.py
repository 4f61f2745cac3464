"""Smart mode: the car gets what the mains leave, and the kettle comes first. MAINS is 25 A, MAX 16 A."""
from charger import Charger


def smart(house=(5000, 4000, 3000), profile="default", **settings):
    charger = Charger(profile, mode="Smart", **dict({"max_current_a": 16}, **settings))
    charger.site.house.set_ma(*house)
    return charger.charge()


def kettle(charger, ma):
    charger.site.house.set_ma(5000 + ma, 4000, 3000)
    return charger


def worst_ma(charger):
    return max(charger.site.mains_ma)


def overloaded_s(charger, seconds):
    """How many tenths of a second of the next seconds the mains carry more than 25.2 A."""
    over = 0
    for _ in range(seconds * 10):
        charger.run(100)
        over += 1 if worst_ma(charger) > 25200 else 0
    return over / 10


def test_with_room_it_is_max_that_limits():
    charger = smart()
    assert charger.car_ma == 15996 and charger.evse.by == 1


def test_the_kettle_lowers_the_offer_once_and_it_comes_back():
    charger = kettle(smart(), 9000)
    assert overloaded_s(charger, 10) <= 4.0
    assert 10500 <= charger.car_ma <= 11000 and charger.evse.by == 3
    downs = [e["value"] for e in charger.site.events if e["what"] == "duty"][-1:]
    assert downs == [183.3]
    kettle(charger, 0).run(10000)
    assert charger.car_ma == 15996
    assert charger.site.car.hot_opens == 0


def test_a_start_into_a_loaded_house_does_not_overshoot():
    for profile in ("default", "slow"):
        charger = Charger(profile, mode="Smart", max_current_a=16)
        charger.site.house.set_ma(13000, 0, 0)
        charger.run(2000).plug()
        assert overloaded_s(charger, 60) == 0
        assert charger.car_ma >= 11400


def test_a_slow_car_is_not_corrected_twice():
    charger = kettle(smart(profile="slow"), 9000)
    charger.run(20000)
    assert 10500 <= charger.car_ma <= 11000


def test_no_room_for_the_minimum_stops_and_tries_again_after_a_minute():
    charger = kettle(smart(), 17000)
    charger.run(5000)
    assert charger.out.c1 and charger.evse.offered_ma == 6000
    charger.run(15000)
    assert (charger.state, charger.why) == ("B1", "no_current") and charger.evse.by == 3
    assert charger.site.car.hot_opens == 0
    kettle(charger, 0).run(30000)
    assert charger.state == "B1" and charger.balance.rest_s() > 0
    charger.run(40000)
    assert charger.why == "charging" and charger.car_ma > 0


def test_a_short_peak_does_not_stop_the_charge():
    charger = kettle(smart(), 17000).run(4000)
    kettle(charger, 0).run(15000)
    assert charger.out.c1 and charger.car_ma == 15996
    assert [e["value"] for e in charger.site.events if e["what"] == "C1"] == [1]


def test_a_house_that_exports_on_one_phase_still_has_two_others():
    charger = smart(house=(-10000, 15000, 0))
    assert 9500 <= charger.car_ma <= 10000
    assert worst_ma(charger) <= 25000


def test_a_meter_that_falls_silent_eases_to_the_minimum_then_stops_and_comes_back_with_it():
    charger = smart()
    charger.meter_s = 0
    charger.run(6000)
    assert charger.evse.offered_ma == 6000 and charger.out.c1
    charger.run(10000)
    assert (charger.state, charger.why, charger.faults.names()) == ("B1", "fault", "mains_meter")
    assert charger.site.car.hot_opens == 0
    charger.meter_s = 1
    charger.run(15000)
    assert charger.why == "charging" and charger.faults.names() == ""


def test_normal_mode_does_not_ask_the_meter():
    charger = Charger(max_current_a=16).charge()
    charger.meter_s = 0
    charger.run(60000)
    assert charger.car_ma == 15996 and charger.faults.names() == ""


def test_an_override_holds_in_smart_too():
    charger = smart()
    charger.control.override(8000)
    charger.run(5000)
    assert charger.car_ma == 7998 and charger.evse.by == 5
    charger.control.override(0)
    charger.run(15000)
    assert charger.car_ma == 15996


def test_a_car_that_asks_for_ventilation_keeps_its_share_as_any_other():
    charger = Charger(mode="Smart", max_current_a=16, ventilation="on")
    charger.site.car.ventilated = True
    charger.site.house.set_ma(15000, 5000, 5000)
    charger.run(2000).plug(120000)
    assert charger.state == "D2" and charger.site.contactors.closings == 1
    assert charger.evse.offered_ma >= 9000
