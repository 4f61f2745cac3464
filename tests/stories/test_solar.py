"""Solar mode: it waits for the sun, charges on it, and stops when it stays away. START 4 A, STOP 10 min."""
from charger import shine, under


def solar(sun_a, profile="default", **settings):
    return under(sun_a, 1, 3000, profile, **settings)


def test_without_sun_it_waits_and_says_so():
    charger = solar(1).run(600000)
    assert (charger.state, charger.why, charger.evse.by) == ("B1", "no_current", 4)
    assert charger.out.duty_bp == 10000


def test_enough_sun_starts_and_the_car_takes_what_there_is():
    charger = solar(10).run(60000)
    assert charger.why == "charging" and 8900 <= charger.car_ma <= 9000
    shine(charger, 14).run(30000)
    assert 12900 <= charger.car_ma <= 13000
    assert abs(sum(charger.site.mains_ma)) <= 300
    shine(charger, 9).run(30000)
    assert 7900 <= charger.car_ma <= 8000


def test_a_glimpse_of_sun_is_not_enough():
    charger = solar(1).run(5000)
    shine(charger, 10).run(3000)
    shine(charger, 1).run(60000)
    assert charger.state == "B1" and "C1" not in [e["what"] for e in charger.site.events]


def test_a_cloud_lowers_to_the_minimum_and_the_sun_takes_over_again():
    charger = solar(14).run(60000)
    shine(charger, 2).run(120000)
    assert charger.car_ma == 6000 and 470 <= charger.balance.sun.stop_s <= 490
    shine(charger, 14).run(20000)
    assert 12900 <= charger.car_ma <= 13000 and 500 <= charger.balance.sun.stop_s <= 560
    shine(charger, 14).run(300000)
    assert charger.balance.sun.stop_s == 0


def test_the_sun_that_stays_away_ends_the_charge_after_stop():
    charger = solar(14).run(60000)
    shine(charger, 2)
    stopped_s = charger.until(lambda: not charger.out.c1, 700000) // 1000
    assert 600 <= stopped_s <= 606
    assert charger.site.car.hot_opens == 0
    shine(charger, 14).run(40000)
    assert charger.state == "B1" and charger.balance.sun.dark_s > 0
    charger.run(60000)
    assert charger.why == "charging"


def test_import_lets_the_grid_help():
    charger = solar(10, import_a=6).run(60000)
    assert 10900 <= charger.car_ma <= 11000


def test_one_phase_when_contact_2_is_off_in_the_sun():
    charger = solar(4, contact2="Solar Off").run(60000)
    assert charger.evse.phases.now == 1 and not charger.out.c2
    assert 8900 <= charger.car_ma <= 9000


def test_leaving_solar_opens_before_it_closes_three_phases():
    charger = solar(4, contact2="Solar Off").run(60000)
    charger.control.set_mode("normal")
    charger.run(20000)
    assert charger.why == "switching" and not charger.out.connected
    charger.run(70000)
    assert charger.out.c1 and charger.out.c2 and charger.car_ma == 15996
    assert charger.site.car.hot_opens == 0
    events = [(e["what"], e["value"]) for e in charger.site.events if e["what"] in ("C1", "C2")]
    assert events == [("C1", 1), ("C1", 0), ("C1", 1), ("C2", 1)]


def test_the_mains_still_hold_in_solar():
    charger = solar(14, mains_a=10).run(60000)
    charger.site.house.set_ma(20000, 0, 0)
    charger.run(4000)
    assert charger.evse.offered_ma < 10000


def test_start_below_the_minimum_waits_for_what_the_car_needs():
    charger = solar(2.5).run(600000)
    assert charger.state == "B1" and charger.balance.sun.needs_ma == 12000
    shine(charger, 6.4).run(60000)
    assert charger.out.c1 and charger.balance.sun.needs_ma == 0


def test_min_pv_obeys_the_mains():
    charger = under(0, 9, 3000, mode="Min+PV", mains_a=10).run(60000)
    assert not charger.out.c1 and charger.why == "no_current"
