"""What of the mains' movement is the house's: what no car does, reading by reading, milliamps that it moved."""
import pytest

from energy.answer import FALL, RISE, START
from watched import Onlooker

HOUSE = [0, 0, 0]  # stood still


@pytest.mark.parametrize("rate, gap_ms, ma", [(0, 500, 10500), (0, 1000, 20500), (6, 500, 7500), (6, 1000, 14500), (1, 500, 2500)])
def test_on_its_one_phase_a_car_falls_by_twenty_ampere_a_second_or_twice_what_it_did_before(rate, gap_ms, ma):
    assert Onlooker(FALL, 1, rate=rate).reads(-ma, 0, 0, gap_ms=gap_ms) == (HOUSE, -ma)
    assert Onlooker(FALL, 1, rate=rate).reads(-ma - 1, 0, 0, gap_ms=gap_ms) == ([-ma - 1, 0, 0], 0)


@pytest.mark.parametrize("gap_ms, ma", [(500, 2500), (1000, 4500), (2000, 8500)])
def test_on_its_one_phase_a_car_rises_by_four_ampere_a_second(gap_ms, ma):
    assert Onlooker(RISE, 2).reads(0, ma, 0, gap_ms=gap_ms) == (HOUSE, ma)
    assert Onlooker(RISE, 2).reads(0, ma + 1, 0, gap_ms=gap_ms) == ([0, ma + 1, 0], 0)


def test_what_goes_the_wrong_way_is_a_step_of_the_house_from_one_and_a_half_ampere_on():
    assert Onlooker(FALL, 4).reads(0, 0, 1499) == (HOUSE, 1499)
    assert Onlooker(FALL, 4).reads(0, 0, 1500) == ([0, 0, 1500], 0)
    assert Onlooker(RISE, 4).reads(0, 0, -1499) == (HOUSE, -1499)
    assert Onlooker(RISE, 4).reads(0, 0, -1500) == ([0, 0, -1500], 0)


def test_where_a_car_is_not_it_has_moved_nothing():
    assert Onlooker(FALL, 1).reads(-9000, 0, 0) == (HOUSE, -9000)
    assert Onlooker(START, 2).reads(0, 2000, 0) == (HOUSE, 2000)
    assert Onlooker(RISE, 2).reads(2000, 2000, -9000) == ([2000, 0, -9000], 2000)


@pytest.mark.parametrize("mask, other, first, second", [(3, 2, 0, 1), (5, 1, 0, 2), (6, 0, 1, 2)])
def test_on_two_phases_a_car_moves_alike(mask, other, first, second):
    def falls(one, two):
        ma = [0, 0, 0]
        ma[first], ma[second] = one, two
        house, car = Onlooker(FALL, mask).reads(*ma)
        assert house[other] == 0
        return house[first], house[second], car

    assert falls(-9000, -7501) == (0, 0, -7501) and falls(-7501, -9000) == (0, 0, -7501)
    assert falls(-9000, -7500) == (-1500, 0, -7500) and falls(-7500, -9000) == (0, -1500, -7500)
    assert falls(-3000, 9000) == (0, 12000, -3000), "a kettle on one of them"
    assert falls(-10500, -15000) == (0, -4500, -10500) and falls(-10501, -15000) == (-10501, -15000, 0), "no car falls so fast on one only"
    assert falls(500, 3000) == (0, 2500, 500) and falls(501, 3000) == (0, 3000, 0)
    assert falls(-800, 800) == (-800, 800, 0), "as much up as down is nobody's"


def test_two_phases_alike_are_no_car_beyond_what_all_cars_can_have_moved():
    assert Onlooker(FALL, 3).reads(-7500, -7500, 0, cars_ma=6000) == (HOUSE, -7500)
    assert Onlooker(FALL, 3).reads(-7501, -7501, 0, cars_ma=6000) == ([-7501, -7501, 0], 0)
    assert Onlooker(RISE, 6).reads(0, 7500, 7500, gap_ms=1000, cars_ma=6000) == (HOUSE, 7500)
    assert Onlooker(RISE, 6).reads(0, 7501, 7501, gap_ms=1000, cars_ma=6000) == ([0, 7501, 7501], 0)


@pytest.mark.parametrize("gap_ms, ma", [(200, 2600), (500, 5000), (1000, 9000)])
def test_three_phases_alike_rise_by_eight_ampere_a_second_and_a_heat_pump_faster(gap_ms, ma):
    assert Onlooker(RISE).reads(ma, ma, ma, gap_ms=gap_ms) == (HOUSE, ma)
    assert Onlooker(RISE).reads(ma + 1, ma + 1, ma + 1, gap_ms=gap_ms) == ([ma + 1] * 3, 0)
    assert Onlooker(START, most_ma=16000).reads(ma + 1, ma + 1, ma + 1, gap_ms=gap_ms) == (HOUSE, ma + 1), "a start may come at once"


def test_a_heat_pump_that_comes_while_a_car_falls_or_goes_while_it_rises_is_the_house():
    assert Onlooker(FALL).reads(1000, 1000, 1000) == (HOUSE, 1000)
    assert Onlooker(FALL).reads(4000, 4000, 4000) == ([4000] * 3, 0)
    assert Onlooker(RISE).reads(-500, -500, -500) == (HOUSE, -500)
    assert Onlooker(RISE).reads(-4000, -4000, -4000) == ([-4000] * 3, 0)


def test_a_car_that_has_been_told_to_turn_may_go_on_for_a_while_as_it_went():
    car = Onlooker(RISE)
    car._floor_ma, car._low_ma = 6000, 12000
    assert car.reads(-10500, -10500, -10500) == (HOUSE, -10500), "down, though it was told to rise"
    car = Onlooker(FALL, most_ma=16000)
    car._high_ma = 12000
    assert car.reads(5000, 5000, 5000) == (HOUSE, 5000), "up, though it was told to fall"
    assert car.reads(5001, 5001, 5001) == ([5001] * 3, 0)


def test_three_phases_alike_are_a_car_however_fast_it_falls_but_not_beyond_what_all_cars_can_have_moved():
    assert Onlooker(FALL).reads(-10500, -10500, -10500, gap_ms=100, cars_ma=9000) == (HOUSE, -10500)
    assert Onlooker(FALL).reads(-10501, -10501, -10501, gap_ms=100, cars_ma=9000) == ([-10501] * 3, 0)
    assert Onlooker(RISE).reads(10500, 10500, 10500, gap_ms=5000, cars_ma=9000) == (HOUSE, 10500)
    assert Onlooker(RISE).reads(10501, 10501, 10501, gap_ms=5000, cars_ma=9000) == ([10501] * 3, 0)


def test_up_to_one_and_a_half_ampere_apart_is_alike_and_the_middle_one_counts():
    assert Onlooker(FALL).reads(-9000, -8000, -7501) == (HOUSE, -8000)
    assert Onlooker(FALL).reads(-7501, -9000, -8000) == (HOUSE, -8000)
    assert Onlooker(FALL).reads(-8000, -7501, -9000) == (HOUSE, -8000)


def test_when_they_are_not_alike_the_two_that_are_nearer_to_each_other_are_the_car():
    assert Onlooker(FALL).reads(-9000, -8000, -7500) == ([-1250, 0, 0], -7750)
    assert Onlooker(FALL).reads(-7000, -9000, -8500) == ([1750, 0, 0], -8750)
    assert Onlooker(FALL).reads(-9000, -7000, -8000) == ([-1000, 1000, 0], -8000), "as near to each other: the two lower ones"


def test_when_all_three_differ_it_moved_no_more_than_the_two_nearest_both_did():
    assert Onlooker(FALL).reads(-13000, -3200, -100) == ([-12900, -3100, 0], -100), "two loads that went, and no car"
    assert Onlooker(RISE).reads(2000, 4000, 9000) == ([0, 2000, 7000], 2000)
    assert Onlooker(FALL).reads(-1000, -250, 9000) == ([-750, 0, 9250], -250), "three quarters of an ampere apart are two steps"
    assert Onlooker(FALL).reads(-1000, -251, 9000) == ([0, 0, 9626], -626), "... and less is one car"


def test_when_they_are_not_alike_a_step_of_the_house_begins_at_three_quarters_of_an_ampere():
    assert Onlooker(FALL).reads(-8000, -7251, 0) == ([0, 0, 7626], -7626)
    assert Onlooker(FALL).reads(-8000, -7250, 0) == ([-750, 0, 7250], -7250)


def test_two_phases_that_jump_as_no_car_does_are_an_oven_and_the_third_is_the_car():
    assert Onlooker(FALL).reads(9000, 9000, -3000) == ([12000, 12000, 0], -3000)
    assert Onlooker(FALL).reads(9000, 4000, 9000) == ([9000, 4000, 9000], 0), "none of them can be a car that falls"
    assert Onlooker(RISE).reads(9000, 9000, 2500) == ([6500, 6500, 0], 2500)
    assert Onlooker(RISE).reads(9000, 9000, 2501) == ([9000, 9000, 2501], 0)
    assert Onlooker(RISE).reads(9000, -500, 9000) == ([9500, 0, 9500], -500)
    assert Onlooker(RISE).reads(9000, -501, 9000) == ([9000, 0, 9000], 0)


def test_two_phases_that_move_as_a_car_may_leave_the_third_to_the_house():
    assert Onlooker(FALL).reads(500, 500, 9000) == ([0, 0, 8500], 500)
    assert Onlooker(FALL).reads(501, 501, 9000) == ([0, 0, 9000], 501)
    assert Onlooker(FALL).reads(-10500, 0, -10500) == ([0, 10500, 0], -10500)
    assert Onlooker(FALL).reads(-10501, 0, -10501) == ([-10501, 0, -10501], 0)
    assert Onlooker(RISE).reads(-500, 8000, -500) == ([0, 8500, 0], -500)
    assert Onlooker(RISE).reads(-501, 8000, -501) == ([0, 8000, 0], -501)


def test_while_its_phases_are_not_known_all_three_alike_are_a_car_too():
    assert Onlooker(FALL, 0).reads(-12000, -12000, -12000) == (HOUSE, -12000)


def test_while_its_phases_are_not_known_it_may_be_on_any_one_of_them():
    assert Onlooker(FALL, 0).reads(-10500, 0, 0)[0] == HOUSE
    assert Onlooker(FALL, 0).reads(-10501, 0, 0)[0] == [-10501, 0, 0]
    assert Onlooker(RISE, 0).reads(0, 2500, 0)[0] == HOUSE
    assert Onlooker(RISE, 0).reads(0, 2501, 0)[0] == [0, 2501, 0]


def test_a_start_may_come_at_once_up_to_what_was_offered():
    assert Onlooker(START, 0, most_ma=16000).reads(0, 0, 16000)[0] == HOUSE
    assert Onlooker(START, 0, most_ma=16000).reads(0, 0, 16001)[0] == [0, 0, 16001]
    assert Onlooker(START, 0, most_ma=2000).reads(2500, 0, 0)[0] == HOUSE, "nor does a small offer hold it below what a car may rise"
    assert Onlooker(RISE, 0, most_ma=16000).reads(0, 0, 3000)[0] == [0, 0, 3000], "only a start"
