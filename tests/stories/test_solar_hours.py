"""Solar mode for an hour and more: a sky that stays dark, and one that flickers. START 4 A, STOP 10 min."""
from charger import shine, under


def solar(sun_a, **settings):
    return under(sun_a, 1, 3000, **settings)


def test_with_stop_0_it_never_stops():
    charger = solar(14, stop_min=0).run(60000)
    shine(charger, 2).run(3600000)
    assert charger.out.c1 and charger.car_ma == 6000


def test_min_pv_charges_at_least_the_minimum_and_the_sun_on_top():
    charger = solar(0, mode="Min+PV").run(60000)
    assert charger.out.c1 and charger.car_ma == 6000
    shine(charger, 14).run(60000)
    assert 12900 <= charger.car_ma <= 13000
    shine(charger, 0).run(3600000)
    assert charger.out.c1 and charger.car_ma == 6000 and charger.balance.sun.stop_s == 0


def test_an_hour_of_flicker_that_carries_the_car_is_one_charge():
    charger = solar(10)
    for _ in range(60):
        shine(charger, 10).run(35000)
        shine(charger, 3).run(25000)
    assert charger.evse.contacts.closings == 1 and charger.out.c1 and charger.site.car.hot_opens == 0
