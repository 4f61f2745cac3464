"""CONTACT 2 Auto: one phase for little sun, three for much, and no ping-pong."""
from charger import shine, under


def auto(sun_a):
    return under(sun_a, 0.5, 5000, contact2="Auto", start_a=4)


def test_little_sun_starts_on_one_phase():
    charger = auto(4).run(60000)
    assert charger.out.c1 and not charger.out.c2
    assert charger.evse.phases.now == 1 and 10000 <= charger.car_ma <= 10500


def test_much_sun_starts_on_three():
    charger = auto(10).run(60000)
    assert charger.out.c2 and 9000 <= charger.car_ma <= 9500


def test_sun_that_fades_for_minutes_goes_down_to_one_phase_and_goes_on():
    charger = auto(10).run(60000)
    shine(charger, 4).run(60000)
    assert charger.out.c2 and charger.car_ma == 6000
    charger.run(240000)
    assert charger.out.c1 and not charger.out.c2 and 10000 <= charger.car_ma <= 10500
    assert charger.evse.phases.switches == 1 and charger.site.car.hot_opens == 0


def test_sun_that_returns_goes_up_to_three_again():
    charger = auto(4).run(60000)
    shine(charger, 12).run(500000)
    assert charger.out.c2 and 11000 <= charger.car_ma <= 11500
    assert charger.evse.phases.switches == 1 and charger.site.car.hot_opens == 0


def test_clouds_of_a_minute_do_not_switch_at_all():
    charger = auto(10).run(60000)
    for _ in range(20):
        shine(charger, 3).run(60000)
        shine(charger, 10).run(90000)
    assert charger.evse.phases.switches == 0 and charger.evse.phases.now == 3


def test_the_switches_of_a_plug_are_limited():
    charger = auto(10)
    charger.cfg.put("phase_switches", 1)
    charger.run(60000)
    shine(charger, 4).run(400000)
    assert charger.evse.phases.now == 1
    shine(charger, 12).run(600000)
    assert charger.evse.phases.now == 1 and charger.evse.phases.switches == 1
    assert charger.car_ma == 15996


def test_min_pv_starts_on_one_phase_without_sun_and_goes_up_with_much():
    charger = under(0, 0.5, 5000, mode="Min+PV", contact2="Auto").run(60000)
    assert charger.out.c1 and not charger.out.c2 and charger.car_ma == 6000
    shine(charger, 12).run(700000)
    assert charger.out.c2 and 11000 <= charger.car_ma <= 11500 and charger.evse.phases.switches == 1


def test_cloud_bands_of_eight_minutes_cost_two_changes_at_most():
    charger = auto(10).run(60000)
    for _ in range(6):
        shine(charger, 3.5).run(480000)
        shine(charger, 10).run(600000)
    assert charger.evse.phases.switches <= 2 and charger.evse.contacts.closings <= 4
