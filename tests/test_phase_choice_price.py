"""One phase or three, to the milliampere and the second: what a change has to outgrow, and what is remembered of the sun."""
import pytest
from sky import Day

from energy.phase_choice import PhaseChoice


def test_before_the_first_second_three_are_wanted_and_nothing_speaks_against_them():
    choice = PhaseChoice()
    assert (choice.want, choice.gain_mas, choice.cloud_s, choice.may()) == (3, 0, 0, True)


# the price, on a day that has just begun: its mean is still lower than what three phases need, so those count for the way back

def test_up_only_for_more_than_one_and_a_half_times_the_way_there_and_back():
    price_mas = (60 + 25) * (30000 + 18000) // 1000 * 1500
    for gain_mas, changes in ((price_mas - 14000, 0), (price_mas - 13999, 1)):  # this second brings 14 A more
        day = Day(1)
        day.choice.gain_mas = gain_mas
        assert day.go(1, 30000) == changes


def test_down_for_more_than_four_tenths_of_it():
    price_mas = (60 + 25) * (9000 + 18000) // 1000 * 400
    for gain_mas, changes in ((price_mas - 9000, 0), (price_mas - 8999, 1)):
        day = Day(3)
        day.choice.gain_mas = gain_mas
        assert day.go(1, 9000) == changes
    assert day.choice.gain_mas == 0, "the next change begins from nothing"


def test_what_spoke_for_a_change_until_now_must_still_speak_for_it():
    """17 A: 16 A on one phase, or 17 A on three with 1 A of import, which is the same."""
    for sun_ma, changes in ((16999, 0), (17000, 0), (17001, 1)):
        day = Day(1)
        day.choice.gain_mas = 10000000
        assert day.go(1, sun_ma) == changes
    day = Day(1)
    day.crowd.most_ma = 15999
    day.choice.gain_mas = 10000000
    assert day.go(1, 17000) == 1


def test_sun_that_one_phase_can_hardly_take_is_not_weighed():
    day = Day(3)
    day.go(60, 9000)
    gain_mas = day.choice.gain_mas
    day.go(60, 6499)
    assert day.choice.gain_mas == gain_mas
    day = Day(1)
    day.go(60, 30000)
    day.go(60, 6400)
    assert day.choice.gain_mas == 60 * 14000 - 60 * 11600, "on one phase it counts: three would import 5 200 more"


@pytest.mark.parametrize("cloud_s, seconds", ((50, 103), (400, 640), (935, 1496), (937, 1500), (938, 1500), (1499, 1500)))
def test_down_waits_sixteen_tenths_of_the_longest_cloud(cloud_s, seconds):
    day = Day(3)
    day.choice.cloud_s = cloud_s
    assert day.go(1799, 9000) == seconds


# clouds

@pytest.mark.parametrize("sun_ma, cloud_s", ((20000, 0), (18000, 0), (17999, 100), (13000, 100), (-500, 100)))
def test_a_cloud_is_less_than_three_phases_need(sun_ma, cloud_s):
    day = Day(3)
    day.crowd.charging = 0
    day.go(100, sun_ma)
    day.go(1, 24000)
    assert day.choice.cloud_s == cloud_s


# the mean of ten minutes

def starts_on_three(day):
    """Would a car that asks now, with clouds about and the contactors on one phase, be given three?"""
    day.crowd.charging = 0
    day.crowd.contacts = 1
    day.choice.cloud_s = 300
    day.choice.begin(30000, 6000, day.crowd)
    return day.choice.want == 3


def dull(*spells):
    """A day of (seconds, sun in mA) on which nobody charges."""
    day = Day(1)
    day.crowd.charging = 0
    for seconds, sun_ma in spells:
        day.go(seconds, sun_ma)
    return day


@pytest.mark.parametrize("before", ((), ((600, 24000), (3600, 0)), ((600, 24000), (3600, -900))))
@pytest.mark.parametrize("sun_ma, seconds", ((24000, 854), (18680, 2317), (18681, 2317), (30000, 559), (60000, 284), (48000, 284)))
def test_a_gap_between_clouds_is_one_until_the_mean_of_ten_minutes_carries_three(before, sun_ma, seconds):
    """18 of 24 A are three quarters: ln 4 times ten minutes, and a little since milliamps are rounded down. No car takes more than 48."""
    day = dull(*before)
    day.go(seconds - 1, sun_ma)
    assert not starts_on_three(day)
    day.go(1, sun_ma)
    assert starts_on_three(day)


def test_what_three_need_on_the_mean_of_ten_minutes_is_enough():
    day = dull((1000, 48000), (6000, 18000))
    assert starts_on_three(day)
    day.go(1, 17999)
    assert not starts_on_three(day)
