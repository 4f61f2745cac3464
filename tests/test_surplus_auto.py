"""CONTACT 2 Auto and Min+PV, as the sun sees them."""
import pytest
from sky import Sky


# Min+PV

def test_min_pv_offers_the_minimum_without_sun_and_the_sun_on_top():
    sky = Sky(mode="Min+PV", start_a=48)
    assert sky.wait(1, -9000) == 18000
    assert sky.charge(7200, -9000) == 18000 and sky.sun.stop_s == 0
    assert sky.charge(2, 30000) == 30000
    sky.charge(60, 0)
    assert sky.wait(100, -9000) == 18000 and sky.sun.needs_ma == 0


def test_min_pv_forgets_what_solar_had_begun():
    sky = Sky(mode="Min+PV", stop_min=1, min_on_min=3)
    sky.charge(100, 0)
    sky.wait(1, 0)
    sky.cfg.put("mode", "Solar")
    sky.charge(30, 0)
    assert sky.sun.stop_s == 31
    sky = Sky(mode="Min+PV", stop_min=1, min_on_min=3)
    sky.charge(100, 0)
    sky.wait(1, 0)
    sky.cfg.put("mode", "Solar")
    assert sky.charge(179, 0) == 18000, "the minimum time begins with the charge that the sun was asked about"
    assert sky.charge(1, 0) == 0


def test_min_pv_has_no_stop_and_needs_no_sun_to_begin():
    sky = Sky()
    sky.charge(100, 0)
    sky.cfg.put("mode", "Min+PV")
    sky.charge(1, 0)
    assert sky.sun.stop_s == 0
    sky = Sky()
    sky.charge(100, 0)
    sky.cfg.put("mode", "Min+PV")
    assert sky.wait(1, 0) == 18000 and sky.sun.stop_s == 0
    sky = Sky()
    sky.wait(60, 9000)
    sky.cfg.put("mode", "Min+PV")
    assert sky.sun.needs_ma == 18000
    assert sky.wait(1, 9000) == 18000 and sky.sun.needs_ma == 0


def test_min_pv_falls_to_the_minimum_when_the_car_pauses():
    sky = Sky(mode="Min+PV")
    assert sky.charge(2, 30000) == 30000
    assert sky.wait(1, 30000) == 18000


# CONTACT 2 Auto

def auto(contacts, mode="Solar", **settings):
    sky = Sky(contacts, mode, **dict({"contact2": "Auto", "start_a": 6}, **settings))
    sky.sun.choice.want = contacts
    return sky


def test_auto_waits_for_what_one_phase_needs_and_takes_the_phases_the_sun_carries():
    for contacts, sun_ma, want in ((3, 7000, 1), (3, 18000, 3), (1, 19500, 3), (1, 7000, 1)):
        sky = auto(contacts)
        assert sky.wait(5, sun_ma) == 6000 * want and sky.sun.phases == want
    assert auto(3).wait(60, 6000) == 0


def test_auto_counts_import_among_what_the_car_could_have():
    sky = auto(3, import_a=4)
    sky.wait(5, 14000)
    assert sky.sun.phases == 3


@pytest.mark.parametrize("sun_ma, want", ((13999, 1), (14000, 3)))
def test_auto_counts_each_ampere_of_import_when_it_begins(sun_ma, want):
    sky = auto(3, import_a=4)
    sky.wait(5, sun_ma)
    assert sky.sun.phases == want


@pytest.mark.parametrize("sun_ma, want", ((2499, 3), (2500, 1)))
def test_auto_counts_it_while_it_charges_too(sun_ma, want):
    """One phase is a way out when sun and import carry it by half an ampere more than its six."""
    sky = auto(3, import_a=4, stop_min=0)
    sky.charge(200, sun_ma)
    assert sky.sun.phases == want


def test_auto_with_no_change_left_waits_for_what_its_contactors_need():
    sky = auto(3)
    sky.sun.choice.turn(1)
    sky.sun.choice.turn(3)
    assert sky.wait(60, 12000) == 0 and sky.sun.needs_ma == 16200


def test_an_offer_outlives_the_pause_of_a_change():
    sky = auto(3)
    sky.wait(5, 7000)
    assert sky.wait(119, 0) == 6000
    assert sky.wait(1, 0) == 0


def test_where_no_change_is_due_an_offer_outlives_the_sun_by_half_a_minute_in_auto_too():
    sky = auto(3)
    assert sky.wait(5, 20000) == 18000
    assert sky.wait(29, 0) == 18000
    assert sky.wait(1, 0) == 0


def test_while_nobody_is_there_the_phases_follow_the_sun():
    sky = auto(3)
    sky.crowd.asks = 0
    sky.wait(5, 7000)
    assert sky.sun.phases == 1
    sky.wait(1, 25000)
    assert sky.sun.phases == 3


def test_auto_changes_instead_of_running_out_of_sun_that_one_phase_could_live_on():
    sky = auto(3)
    sky.sun.choice.cloud_s = 1400
    sky.charge(900, 9000)
    assert (sky.sun.stop_s, sky.sun.phases) == (0, 3)
    sky = auto(3)
    assert sky.charge(600, 6200) == 18000 and sky.sun.phases == 3
    assert sky.charge(1, 6200) == 18000 and (sky.sun.phases, sky.sun.dark_s) == (1, 0)
    sky = auto(3)
    assert sky.charge(601, 5000) == 0 and (sky.sun.phases, sky.sun.dark_s) == (3, 60)


@pytest.mark.parametrize("sun_ma, stop_s", ((6500, 0), (6499, 501)))
def test_while_a_change_to_one_phase_is_to_come_stop_does_not_run(sun_ma, stop_s):
    sky = auto(3)
    sky.sun.choice.cloud_s = 900
    assert sky.charge(100, sun_ma) == 18000 and (sky.sun.stop_s, sky.sun.phases) == (stop_s, 3)


@pytest.mark.parametrize("sun_ma, limit_ma, want", ((6000, 18000, 1), (5999, 0, 3)))
def test_at_the_end_of_stop_what_one_phase_can_just_live_on_is_enough_to_change(sun_ma, limit_ma, want):
    sky = auto(3)
    assert sky.charge(600, sun_ma) == 18000 and sky.sun.phases == 3
    assert sky.charge(1, sun_ma) == limit_ma and sky.sun.phases == want


def test_auto_of_a_charger_among_others_leaves_the_phases_alone():
    sky = auto(3)
    sky.crowd.alone = 0
    assert sky.wait(600, 7000) == 0 and sky.sun.phases == 3
    sky.charge(900, 9000)
    assert sky.sun.phases == 3


def test_auto_learns_and_changes_while_it_charges():
    sky = auto(3)
    sky.charge(120, 9000)
    assert sky.sun.phases == 1
    sky = auto(1)
    sky.charge(300, 12000)
    sky.charge(600, 30000)
    assert sky.sun.phases == 3


def test_min_pv_chooses_its_phases_when_it_begins_and_keeps_them_while_a_car_waits():
    sky = auto(3, "Min+PV")
    assert sky.wait(1, 0) == 6000 and sky.sun.phases == 1
    assert sky.wait(1, 30000) == 6000 and sky.sun.phases == 1
    sky.crowd.asks = 0
    assert sky.wait(1, 30000) == 18000 and sky.sun.phases == 3


def test_min_pv_that_follows_another_mode_chooses_its_phases_too():
    sky = auto(3)
    assert sky.wait(10, 3000) == 0
    sky.cfg.put("mode", "Min+PV")
    assert sky.wait(1, 3000) == 6000 and sky.sun.phases == 1
    sky = auto(3, "Min+PV")
    sky.sun.off()
    assert sky.wait(1, 3000) == 6000 and sky.sun.phases == 1


def test_another_mode_has_three_phases_again():
    sky = auto(1)
    sky.wait(5, 7000)
    sky.sun.off()
    assert sky.sun.phases == 3
