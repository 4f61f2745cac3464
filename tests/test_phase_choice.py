"""One phase or three: the price of a change, and what it has to outgrow."""
import pytest
from sky import Day

from energy.phase_choice import PhaseChoice, worth_ma


@pytest.mark.parametrize("sun_ma, one_ma, three_ma", [
    (-5000, -6000, -18000), (0, -6000, -18000), (3000, 0, -12000), (6000, 6000, -6000), (12000, 12000, 6000),
    (17999, 16000, 17998), (18000, 16000, 18000), (30000, 16000, 30000), (60000, 16000, 48000)])
def test_sun_that_is_taken_counts_and_import_counts_against_it(sun_ma, one_ma, three_ma):
    assert (worth_ma(sun_ma, 6000, 16000, 1), worth_ma(sun_ma, 6000, 16000, 3)) == (one_ma, three_ma)


def test_up_when_the_sun_that_was_lost_on_one_phase_is_worth_the_pause():
    assert Day(1).go(3600, 30000) == 438   # 14 A are lost; the price is 85 s of 30 A there and of nearly as much back
    day = Day(1)
    day.pause_s = 15
    assert day.go(3600, 30000) == 206
    assert 1000 < Day(1).go(7200, 20000) < 1500
    assert Day(1).go(7200, 16000) == 0


def test_down_sooner_since_import_costs_at_once():
    assert Day(3).go(3600, 9000) == 103
    assert Day(3).go(3600, 15000) == 375
    assert Day(3).go(3600, 18000) == 0


def test_not_down_to_one_that_is_hardly_carried():
    assert Day(3).go(3600, 6499) == 0
    assert 0 < Day(3).go(3600, 6500) < 200


def test_what_speaks_for_the_other_number_is_weighed_against_what_speaks_for_this_one():
    day = Day(3)
    day.go(60, 9000)
    gain = day.choice.gain_mas
    assert gain == 60 * 9000
    day.go(30, 24000)
    assert day.choice.gain_mas == gain - 30 * 8000
    day.go(600, 24000)
    assert day.choice.gain_mas == 0


def test_down_waits_longer_than_the_clouds_of_this_day():
    day = Day(3)
    day.go(60, 24000)
    assert day.go(90, 9000) == 0
    day.go(600, 24000)
    assert day.choice.cloud_s == 90
    assert day.go(3600, 9000) == 144
    day = Day(3)
    day.choice.cloud_s = 400
    assert day.go(3600, 9000) == 640


def test_a_flicker_is_no_cloud_and_overcast_is_none():
    day = Day(3)
    for low_s in (19, 1500):
        day.go(1, 24000)
        day.crowd.charging = 0
        day.go(low_s, 0)
        day.go(1, 24000)
        assert day.choice.cloud_s == 0
    day.go(20, 0)
    day.go(1, 24000)
    assert day.choice.cloud_s == 20
    day.go(1499, 0)
    day.go(1, 24000)
    assert day.choice.cloud_s == 1499


def test_clouds_are_forgotten_by_eighths():
    day = Day(3)
    day.choice.cloud_s = 800
    day.go(1799, 20000)
    assert day.choice.cloud_s == 800
    day.go(1, 20000)
    assert day.choice.cloud_s == 700
    day.go(1799, 20000)
    assert day.choice.cloud_s == 700
    day.go(1, 20000)
    assert day.choice.cloud_s == 613


def test_a_car_that_was_seen_on_one_of_three_never_changes():
    day = Day(3)
    day.crowd.phases = 1
    assert day.go(7200, 9000) == 0
    day.crowd.charging = 0
    day.choice.begin(9000, 6000, day.crowd)
    assert day.choice.want == 3
    day.crowd.asks = 0
    day.go(1, 9000)
    day.choice.begin(9000, 6000, day.crowd)
    assert day.choice.want == 1


def test_the_next_car_is_not_held_to_be_on_one_phase_too():
    day = Day(3)
    day.crowd.phases = 1
    day.go(60, 9000)
    day.crowd.asks = day.crowd.charging = 0
    day.go(1, 9000)
    day.crowd.asks = day.crowd.charging = 1
    day.crowd.phases = 3
    assert day.go(3600, 9000) == 103


def test_two_changes_and_then_one_every_twenty_minutes():
    day = Day(3)
    assert day.choice.may()
    day.choice.turn(1)
    assert day.choice.may()
    day.choice.turn(3)
    day.crowd.charging = 0
    day.go(1199, 0)
    assert not day.choice.may()
    day.go(1, 0)
    assert day.choice.may()


def test_a_start_takes_the_phases_that_the_sun_carries():
    day = Day(3)
    day.crowd.charging = 0
    for contacts, sun_ma, want in ((3, 18000, 3), (3, 17999, 1), (1, 19500, 3), (1, 19499, 1), (1, 6000, 1)):
        choice = PhaseChoice()
        day.crowd.contacts = contacts
        choice.begin(sun_ma, 6000, day.crowd)
        assert choice.want == want
        assert choice.may()


def test_a_gap_between_clouds_does_not_start_on_three():
    day = Day(1)
    day.crowd.charging = 0
    day.choice.cloud_s = 300
    day.choice.begin(30000, 6000, day.crowd)
    assert day.choice.want == 1
    day.crowd.asks = 0
    day.choice.begin(30000, 6000, day.crowd)
    assert day.choice.want == 3
    day.crowd.asks = 1
    day.choice.want = 1
    day.go(1200, 24000)
    day.choice.begin(30000, 6000, day.crowd)
    assert day.choice.want == 3


def test_with_no_patience_left_a_start_keeps_the_phases():
    day = Day(3)
    day.choice.turn(1)
    day.choice.turn(3)
    day.choice.begin(7000, 6000, day.crowd)
    assert day.choice.want == 3


def test_nobody_asks_and_three_is_the_answer():
    day = Day(1)
    day.go(30, 30000)
    day.choice.off()
    assert (day.choice.want, day.choice.gain_mas) == (3, 0)


def test_while_a_change_is_on_its_way_nothing_is_weighed():
    day = Day(3)
    day.go(60, 9000)
    day.choice.want = 1
    day.crowd.contacts = 3
    day.choice.second(9000, 6000, 60, day.crowd)
    assert day.choice.gain_mas == 0
