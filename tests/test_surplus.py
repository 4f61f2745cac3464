"""What the sun leaves, second by second; what it does with a real car is told in the stories."""
import pytest
from sky import Sky

from energy.surplus import NO_LIMIT


# the start

def test_it_starts_when_more_than_start_has_been_exported_for_five_seconds():
    sky = Sky()
    assert sky.wait(4, 18001) == 0
    assert sky.wait(1, 18001) == 18000
    assert Sky().wait(600, 18000) == 0


def test_a_gap_in_the_sun_takes_back_what_it_lasted():
    sky = Sky()
    sky.wait(4, 20000)
    sky.wait(2, 10000)
    assert sky.wait(2, 20000) == 0
    assert sky.wait(1, 20000) == 18000


@pytest.mark.parametrize("phases, start_a, import_a, needs_ma", [
    (1, 4, 0, 4000), (1, 6, 0, 6000), (1, 0, 0, 0), (1, 10, 0, 10000), (1, 4, 3, 4000), (3, 18, 0, 18000),
    (3, 4, 0, 14200), (3, 6, 0, 16200), (3, 0, 0, 10200), (3, 4, 14, 4000), (3, 4, 10, 6200), (3, 30, 14, 30000)])
def test_no_start_that_would_have_to_stop_again(phases, start_a, import_a, needs_ma):
    """START counts, but never less than the minimum needs; IMPORT, and what START leaves out of MIN, is the grid's."""
    sky = Sky(phases, start_a=start_a, import_a=import_a)
    assert sky.wait(60, needs_ma) == 0 and sky.sun.needs_ma == needs_ma
    assert sky.wait(5, needs_ma + 1) == 6000 * phases
    sky.charge(1, needs_ma + 1)
    assert sky.sun.needs_ma == 0


def test_an_offer_that_nobody_took_outlives_the_sun_by_half_a_minute():
    sky = Sky()
    sky.wait(5, 20000)
    assert sky.wait(29, 0) == 18000
    assert sky.wait(1, 0) == 0


# while it charges

def test_the_car_gets_what_the_sun_gives():
    sky = Sky()
    sky.wait(5, 20000)
    for ma in (20000, 33333, 47000, 21000):
        sky.charge(1, ma)
        assert sky.charge(1, ma) == ma


def test_import_is_on_top():
    sky = Sky(import_a=6)
    assert sky.charge(2, 20000) == 26000


def test_nothing_is_raised_before_the_car_has_settled_and_all_is_lowered():
    sky = Sky()
    assert sky.charge(1, 40000, 20000, settled=0) == 20000
    assert sky.charge(1, 19000, 20000, settled=0) == 19000
    assert sky.charge(1, 40000, 20000) == 40000


def test_the_least_it_may_draw_counts_for_a_raise_and_the_most_for_a_fall():
    sky = Sky()
    crowd, sun = sky.crowd, sky.sun
    crowd.charging, crowd.need_ma, crowd.offered_ma, crowd.low_ma, crowd.high_ma = 1, 18000, 24000, 21000, 27000
    sun.second(sky.cfg, -2000, crowd)
    assert (sun.limit_ma, sun.sun_ma) == (24000, 23000)
    sun.second(sky.cfg, -4000, crowd)
    assert sun.limit_ma == 25000
    sun.second(sky.cfg, 4000, crowd)
    assert sun.limit_ma == 23000


def test_the_minimum_stays_without_sun():
    sky = Sky()
    assert sky.charge(60, 3000) == 18000


# the stop

@pytest.mark.parametrize("stop_min", (1, 10, 60))
def test_too_little_sun_for_all_of_stop_ends_it(stop_min):
    sky = Sky(stop_min=stop_min)
    assert sky.charge(stop_min * 60, 5000) == 18000 and sky.sun.stop_s == 1
    assert sky.charge(1, 5000) == 0 and sky.sun.stop_s == 0 and sky.sun.dark_s == 60


def test_with_stop_0_it_goes_on():
    sky = Sky(stop_min=0)
    assert sky.charge(7200, -5000) == 18000 and sky.sun.stop_s == 0


@pytest.mark.parametrize("phases, start_a, import_a, enough_ma", [
    (3, 18, 0, 16200), (1, 6, 0, 5400), (1, 4, 0, 3400), (3, 18, 6, 10200), (1, 6, 1, 4400)])
def test_a_tenth_may_be_missing_and_what_import_or_start_leave_to_the_grid(phases, start_a, import_a, enough_ma):
    sky = Sky(phases, start_a=start_a, import_a=import_a)
    sky.charge(60, enough_ma)
    assert sky.sun.stop_s == 0
    sky.charge(60, enough_ma - 1)
    assert sky.sun.stop_s == 541


def test_sun_gives_the_time_back_three_times_as_fast():
    sky = Sky()
    sky.charge(301, 5000)
    assert sky.sun.stop_s == 300
    sky.charge(10, 20000)
    assert sky.sun.stop_s == 330
    sky.charge(89, 20000)
    assert sky.sun.stop_s == 597
    sky.charge(1, 20000)
    assert sky.sun.stop_s == 0


def test_a_charge_lasts_the_minimum_time():
    sky = Sky(stop_min=1, min_on_min=5)
    assert sky.charge(299, 5000) == 18000 and sky.sun.stop_s == 1
    assert sky.charge(1, 5000) == 0


def test_a_long_charge_has_its_minimum_time_behind_it():
    sky = Sky(stop_min=1, min_on_min=5)
    sky.charge(300, 20000)
    assert sky.charge(60, 5000) == 18000
    assert sky.charge(1, 5000) == 0


def test_after_a_stop_it_rests_for_the_minimum_time():
    sky = Sky(stop_min=1, min_off_min=7)
    sky.charge(61, 5000)
    assert sky.wait(419, 40000) == 0 and sky.sun.dark_s == 1
    assert sky.wait(1, 40000) == 18000


# doubt

def failed(tries, **settings):
    """So many charges that ran out of sun."""
    sky = Sky(stop_min=1, **settings)
    for _ in range(tries):
        sky.charge(61, 0)
    return sky


def until(sky, *suns):
    """Seconds until it starts again under suns of (seconds, mA) in turn, after the rest."""
    sky.wait(60, 0)
    for s in range(3500):
        at = s % sum([n for n, _ in suns])
        for n, ma in suns:
            if at < n:
                break
            at -= n
        if sky.wait(1, ma):
            return s + 1
    return 0


def test_a_failed_try_asks_for_steady_sun():
    assert until(failed(1), (7200, 19000)) == 90
    assert until(failed(0), (7200, 19000)) == 5


@pytest.mark.parametrize("tries, seconds", ((1, 30), (2, 60), (3, 90), (9, 90)))
def test_or_for_plenty_and_more_after_each(tries, seconds):
    assert until(failed(tries), (7200, 54000)) == seconds


def test_flicker_that_is_enough_on_average_starts_and_less_does_not():
    assert until(failed(3), (30, 30000), (30, 8000))
    assert until(failed(1), (31, 22000), (53, 4000)) == 0


def test_doubt_is_halved_every_hour_and_gone_with_another_mode():
    sky = failed(2)
    sky.wait(3600, 0)
    assert until(sky, (7200, 54000)) == 30
    sky = failed(1)
    sky.wait(3600, 0)
    assert until(sky, (7200, 54000)) == 15
    sky = failed(1)
    sky.wait(7200, 0)
    assert until(sky, (7200, 54000)) == 5
    sky = failed(4)
    sky.sun.off()
    sky.sun.limit_ma = 0
    assert until(sky, (7200, 54000)) == 5


# the home battery

def test_what_a_home_battery_takes_is_sun_and_what_it_gives_is_not():
    sky = Sky()
    sky.sun.home(20000, 1)
    assert sky.wait(1, 0) == 0 and sky.sun.sun_ma == 20000
    sky.sun.home(-3000, 2)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 17000
    sky.sun.home(9999, -1)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 20000


def test_a_word_of_the_battery_is_good_for_one_look():
    sky = Sky()
    sky.sun.home(6000, 1)
    assert sky.charge(1, 20000, 20000) == 26000
    sky.sun.home(6000, 1)
    assert sky.charge(1, 26000, 20000) == 26000   # the mains seem to have more: the battery has moved, nothing else
    sky.sun.home(6000, 1)
    assert sky.charge(1, 15000, 24000) == 21000
    sky.sun.home(6000, 1)
    assert sky.charge(1, 20000, 24000) == 21000
    sky.sun.home(0, 2)
    assert sky.charge(1, 26000, 24000) == 26000


# several, and none

def test_of_several_cars_the_sun_keeps_those_it_carries():
    sky = Sky(stop_min=1)
    sky.cars = 2
    assert sky.charge(60, 20000) == 36000
    assert 18000 <= sky.charge(1, 20000) < 36000 and sky.sun.dark_s == 0
    sky.cars = 1
    assert sky.charge(60, 20000) == 20000
    sky.cars = 2
    assert sky.charge(61, 2000) == 0 and sky.sun.dark_s == 60


def test_where_the_sun_is_not_asked_nothing_is_limited_and_all_is_forgotten():
    sky = Sky()
    sky.charge(100, 0)
    sky.sun.off()
    assert (sky.sun.limit_ma, sky.sun.stop_s, sky.sun.needs_ma, sky.sun.phases) == (NO_LIMIT, 0, 0, 3)
    assert sky.charge(599, 0) == 18000
    assert sky.charge(2, 0) == 0
