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
    (3, 4, 0, 12000), (3, 12, 0, 12000), (3, 13, 0, 13000), (3, 0, 0, 10200), (3, 4, 14, 4000), (3, 4, 10, 6200), (3, 30, 14, 30000)])
def test_no_start_that_would_have_to_stop_again(phases, start_a, import_a, needs_ma):
    """START counts, but never less than the minimum needs; IMPORT, and what START leaves out of it up to a third, is the grid's."""
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


def test_an_offer_that_stands_regains_with_the_sun_what_a_gap_took():
    sky = Sky()
    sky.wait(5, 20000)
    sky.wait(20, 0)
    sky.wait(15, 20000)
    assert sky.wait(24, 0) == 18000
    assert sky.wait(1, 0) == 0


def test_while_none_stands_more_sun_than_it_takes_is_not_kept():
    sky = Sky(min_off_min=2, stop_min=1)
    sky.charge(61, 0)
    sky.wait(119, 90000)
    sky.wait(5, 0)
    assert sky.wait(4, 90000) == 0
    assert sky.wait(1, 90000) == 18000


def test_an_offer_of_a_charger_on_one_phase_that_leaves_its_phases_alone_outlives_the_sun_no_longer():
    sky = Sky(1)
    sky.wait(5, 20000)
    assert sky.wait(29, 0) == 6000
    assert sky.wait(1, 0) == 0


def test_a_car_that_pauses_in_the_sun_is_waited_for_half_a_minute_anew():
    sky = Sky()
    sky.wait(5, 20000)
    sky.wait(20, 0)
    sky.charge(60, 20000)
    assert sky.wait(29, 0) == 20000
    assert sky.wait(1, 0) == 0


def test_before_the_first_second_nothing_is_known():
    sun = Sky().sun
    assert (sun.limit_ma, sun.sun_ma, sun.needs_ma, sun.stop_s, sun.dark_s) == (0, 0, 0, 0, 0)


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


def test_sun_for_one_phase_does_not_keep_one_car_on_three():
    sky = Sky()
    assert sky.charge(600, 8000) == 18000
    assert sky.charge(1, 8000) == 0 and sky.sun.dark_s == 60


def test_a_car_that_pauses_has_nothing_to_run_out_of():
    sky = Sky()
    sky.charge(100, 0)
    assert sky.sun.stop_s == 501
    sky.wait(1, 0)
    assert sky.sun.stop_s == 0


def test_it_says_when_it_will_stop():
    sky = Sky(stop_min=1, min_on_min=5)
    sky.charge(10, 20000)
    assert sky.sun.ends_s(sky.cfg) == 0, "nothing runs out"
    sky.charge(10, 5000)
    assert (sky.sun.stop_s, sky.sun.ends_s(sky.cfg)) == (51, 280)
    sky.charge(270, 5000)
    assert (sky.sun.stop_s, sky.sun.ends_s(sky.cfg)) == (1, 10)
    sky = Sky(stop_min=10, min_on_min=5)
    sky.charge(10, 5000)
    assert sky.sun.ends_s(sky.cfg) == 591


def test_with_stop_0_it_goes_on():
    sky = Sky(stop_min=0)
    assert sky.charge(7200, -5000) == 18000 and sky.sun.stop_s == 0


@pytest.mark.parametrize("phases, start_a, import_a, enough_ma", [
    (3, 18, 0, 16200), (1, 6, 0, 5400), (1, 4, 0, 3400), (3, 18, 6, 10200), (1, 6, 1, 4400), (3, 16, 0, 16000), (3, 12, 0, 12000), (3, 4, 0, 12000)])
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
    sky.charge(600, 9000)
    assert sky.sun.stop_s == 1
    sky.charge(1, 20000)
    assert sky.sun.stop_s == 4


def test_while_most_came_from_the_grid_sun_holds_the_clock_and_gives_nothing_back():
    sky = Sky()
    sky.charge(600, 2000)
    sky.charge(69, 20000)
    assert sky.sun.stop_s == 1
    sky.charge(1, 20000)
    assert sky.sun.stop_s == 4
    sky = Sky()
    sky.charge(600, 2000)
    sky.charge(60, 20000)
    assert sky.charge(1, 2000) == 0


@pytest.mark.parametrize("sunny_s, ends_s", ((10, 1263), (15, 2178), (20, 0), (30, 0)))
def test_flicker_that_is_mostly_fed_by_the_grid_ends(sunny_s, ends_s):
    """A minute of 4 A but for some seconds of 24. What counts is the sun that is taken and the import, not the seconds alone."""
    sky = Sky()
    for s in range(10800):
        if not sky.charge(1, 24000 if s % 60 >= 60 - sunny_s else 4000):
            break
    assert s == (ends_s or 10799)


def test_what_came_from_the_grid_is_forgotten_with_the_next_charge():
    sky = Sky(stop_min=60)
    sky.charge(3000, 0)
    sky.wait(10, 20000)
    sky.charge(100, 0)
    assert sky.sun.stop_s == 3501
    sky.charge(10, 20000)
    assert sky.sun.stop_s == 3531


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


@pytest.mark.parametrize("sun_ma, limit_ma, dark_s", ((16200, 19800, 0), (16199, 0, 60)))
def test_the_sun_for_the_last_car_is_that_of_all_its_phases(sun_ma, limit_ma, dark_s):
    sky = Sky(stop_min=1)
    sky.cars = 2
    assert sky.charge(60, sun_ma) == 36000
    assert sky.charge(1, sun_ma) == limit_ma and sky.sun.dark_s == dark_s


def test_what_start_leaves_to_the_grid_is_that_of_one_car():
    sky = Sky(stop_min=1, start_a=12)
    sky.cars = 2
    assert sky.charge(60, 12000) == 36000
    assert sky.charge(1, 12000) == 18000 and sky.sun.dark_s == 0


@pytest.mark.parametrize("sun_ma, limit_ma, dark_s", ((5400, 6600, 0), (5399, 0, 60)))
def test_the_last_car_may_lack_a_tenth_of_its_minimum_too(sun_ma, limit_ma, dark_s):
    sky = Sky(1, stop_min=1)
    sky.cars = 2
    assert sky.charge(60, sun_ma) == 12000
    assert sky.charge(1, sun_ma) == limit_ma and sky.sun.dark_s == dark_s


def test_where_the_sun_is_not_asked_nothing_is_limited_and_all_is_forgotten():
    sky = Sky()
    sky.charge(100, 0)
    sky.sun.off()
    assert (sky.sun.limit_ma, sky.sun.stop_s, sky.sun.needs_ma, sky.sun.phases) == (NO_LIMIT, 0, 0, 3)
    assert sky.charge(599, 0) == 18000
    assert sky.charge(2, 0) == 0
