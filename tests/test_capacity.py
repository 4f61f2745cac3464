"""Capacity tariffs: a limit by the hour, and quarter hours that must not pass the peak of the month."""
import pytest

from energy.capacity import FLANDERS, INTERVAL, LEAST_MA, NO_LIMIT, Quarter, by_the_hour, plan_of
from settings import TABLE


def test_the_limit_changes_with_the_hour_and_the_last_of_the_day_holds_over_midnight():
    rows = plan_of("17:00 4100, 07:30 9300, 21:00 11600")
    assert rows == [(450, 9300), (1020, 4100), (1260, 11600)]
    assert [by_the_hour(rows, m) for m in (0, 449, 450, 1019, 1020, 1259, 1260, 1439)] == [
        50000, 50000, 40000, 40000, 17391, 17391, 50000, 50000]
    assert by_the_hour(plan_of(""), 600) == NO_LIMIT
    assert by_the_hour(plan_of("00:00 101"), 600) == LEAST_MA


@pytest.mark.parametrize("text", ["7 4000", "07:00", "07:60 4000", "24:00 4000", "07:00 0", "07:00 138001", "x:00 1", "07:00 4 kW", "07:00 -5"])
def test_a_plan_that_is_none_is_refused_with_what_it_must_be(text):
    with pytest.raises(ValueError) as e:
        plan_of(text)
    assert "capacity_plan must" in str(e.value)


class House:
    """A quarter meter and the house it looks at, second by second; the car takes all it may."""

    def __init__(self, house_w, counter=1, car=1, month=1):
        self.house_w, self.car, self.month = house_w, car, month
        self.quarter = Quarter()
        self.wh_us = 5000 * 3600000 if counter else -1
        self.s = 0
        self.most = []
        self.begun = 0

    def run(self, seconds):
        for _ in range(seconds):
            limit_w = self.quarter.limit_ma() * 230 // 1000
            car_w = max(0, limit_w - self.house_w) if self.car else 0
            power = self.house_w + (car_w if car_w > 1380 else 0)
            if self.wh_us >= 0:
                self.wh_us += power * 1000
            wh = self.wh_us // 36000000 * 10 if self.wh_us >= 0 else -1  # a counter of 10 Wh
            self.s += 1
            self.quarter.tick(1000, self.s // 60, self.s % 60, self.month, power, wh)
            self.begun += power
            if self.s % 900 == 0:
                self.most.append(self.begun // 900)
                self.begun = 0
        return self


@pytest.mark.parametrize("counter", [0, 1])
def test_no_quarter_passes_the_free_power_and_little_of_it_is_left(counter):
    house = House(600, counter).run(900 * 4 + 1)
    assert max(house.most) <= 2500 and min(house.most[1:]) >= 2250, house.most
    assert house.quarter.peak_w <= 2500


def test_a_higher_peak_of_the_month_is_there_to_be_used_and_forgotten_with_the_month():
    house = House(4000, car=0).run(1801)
    assert 3900 <= house.quarter.peak_w <= 4000
    house.house_w, house.car = 500, 1
    house.run(900 * 3)
    assert 3600 <= house.most[-1] <= 4000
    house.month = 2
    house.run(900 * 3)
    assert house.quarter.peak_w <= 2500 and house.most[-1] <= 2500


def test_what_the_house_used_in_the_first_minutes_is_missing_in_the_last():
    house = House(600, car=0).run(900)
    house.house_w = 4000
    house.run(300)
    assert house.quarter.limit_ma() * 230 // 1000 < 1700
    house.house_w = 0
    house.run(480)
    assert house.quarter.limit_ma() * 230 // 1000 > 4000


def test_a_quarter_that_was_not_seen_whole_makes_no_peak():
    quarter = Quarter()
    quarter.tick(1000, 10, 0, 1, 9000, -1)
    for s in range(299):
        quarter.tick(1000, 10 + (s + 1) // 60, (s + 1) % 60, 1, 9000, -1)
    quarter.tick(1000, 15, 0, 1, 0, -1)
    assert quarter.peak_w == 0


def test_a_counter_that_leaps_or_begins_again_is_not_believed():
    quarter = Quarter()
    for s in range(60):
        quarter.tick(1000, 0, s, 1, 1000, 1000 if s < 30 else 9000)
    used = quarter.used_mwh
    assert 16000 <= used <= 17500
    quarter.tick(1000, 1, 0, 1, 1000, 3)
    assert quarter.used_mwh <= used + 300


def test_the_last_minute_allows_no_feast():
    quarter = Quarter()
    quarter.tick(1000, 0, 0, 1, 0, -1)
    for s in range(1, 899):
        quarter.tick(1000, s // 60, s % 60, 1, 0, -1)
    assert quarter.limit_ma() * 230 // 1000 <= 2400 * 15 + 1
    quarter.used_mwh = 10 ** 9
    assert quarter.limit_ma() == LEAST_MA


def test_the_numbers_are_those_of_the_setting():
    words = [row[6] for row in TABLE if row[0] == "capacity"][0]
    assert (words[INTERVAL], words[FLANDERS]) == ("Interval", "Flanders")


def test_the_ends_of_what_a_plan_may_say():
    assert plan_of("00:00 1, 07:59 2,,23:59 138000") == [(0, 1), (479, 2), (1439, 138000)]
    for text in ("07:-5 4000", "07:x 4000", "-1:00 4000"):
        with pytest.raises(ValueError) as e:
            plan_of(text)
        assert "capacity_plan must be times" in str(e.value)
    assert by_the_hour([(0, 101)], 0) == 1000


def test_a_new_quarter_meter_knows_nothing_and_allows_the_free_power():
    quarter = Quarter()
    assert (quarter.peak_w, quarter.month, quarter.used_mwh, quarter.number) == (0, 0, 0, -1)
    assert quarter.limit_ma() == 2400 * 1000 // 230


def ticks(quarter, minute, second, power_w, *counter, dt_ms=250):
    for wh in counter:
        quarter.tick(dt_ms, minute, second, 1, power_w, wh)
    return quarter.used_mwh


@pytest.mark.parametrize("seen_ms, peak_w", [(810000, 0), (810001, 4000)])
def test_a_peak_needs_nine_tenths_of_its_quarter(seen_ms, peak_w):
    for minute in (0, 30):
        quarter = Quarter()
        quarter.tick(seen_ms - 810000 if seen_ms > 810000 else 1000, minute, 0, 1, 0, -1)
        quarter.tick(810000 if seen_ms > 810000 else 809000, minute + 14, 0, 1, 0, -1)
        quarter.used_mwh = 1000000  # 1 kWh in a quarter hour is 4 kW
        quarter.tick(1000, minute + 15, 0, 1, 0, -1)
        assert quarter.peak_w == peak_w


def test_what_was_used_before_it_looked_is_taken_as_the_free_power():
    quarter = Quarter()
    assert ticks(quarter, 25, 30, 0, -1) == 2500 * 630 * 1000 // 3600   # ten and a half minutes into the quarter
    assert quarter.limit_ma() == (600000 - 437500) * 36 // 2700 * 1000 // 230
    ticks(quarter, 30, 0, 0, -1)
    assert quarter.used_mwh == 0


def test_the_free_power_is_a_higher_peak_when_it_begins_in_a_quarter():
    quarter = Quarter()
    quarter.peak_w, quarter.month = 5000, 1
    assert ticks(quarter, 6, 0, 0, -1) == 500000


def test_without_a_counter_it_is_the_mean_of_two_readings_and_export_gives_nothing_back():
    quarter = Quarter()
    assert ticks(quarter, 0, 0, 0, -1, dt_ms=10000) == 0
    assert ticks(quarter, 0, 10, 36000, -1, dt_ms=1000) == 5000
    assert ticks(quarter, 0, 11, 36000, -1, dt_ms=1000) == 15000
    assert ticks(quarter, 0, 12, -36000, -1, dt_ms=1000) == 20000
    assert ticks(quarter, 0, 13, -36000, -1, dt_ms=10000) == 20000
    assert ticks(quarter, 0, 23, 1, -1, dt_ms=10000) == 20000


def test_the_counter_is_the_truth():
    for first in (0, 5000):
        quarter = Quarter()
        assert ticks(quarter, 0, 0, 0, first, first, first + 1) == 1000
        assert ticks(quarter, 0, 1, 0, first + 2) == 2000


def test_a_counter_that_stands_while_power_flows_is_awaited():
    quarter = Quarter()
    ticks(quarter, 0, 0, 3600, 5000)
    used = ticks(quarter, 0, 0, 3600, 5000, 5000, 5000)
    assert used == 125 + 750
    assert ticks(quarter, 0, 1, 3600, 5001) == 1000
    assert ticks(quarter, 0, 1, 3600, 5001, 5001, 5001) == 1750
    assert ticks(quarter, 0, 1, 3600, 5002) == 2000


@pytest.mark.parametrize("dt_ms, used_mwh", [(250, 2000), (240, 240), (200, 200)])
def test_a_counter_may_be_four_times_ahead_of_the_power_and_its_own_step(dt_ms, used_mwh):
    quarter = Quarter()
    ticks(quarter, 0, 0, 3600, 5000, dt_ms=0)
    assert ticks(quarter, 0, 0, 3600, 5002, dt_ms=dt_ms) == used_mwh
    assert ticks(quarter, 0, 1, 0, 5003, dt_ms=0) == used_mwh + 1000


def test_a_counter_that_comes_late_or_begins_again_counts_from_there():
    quarter = Quarter()
    assert ticks(quarter, 0, 0, 0, -1, 0) == 0
    assert ticks(quarter, 0, 0, 0, 1) == 1000
    quarter = Quarter()
    ticks(quarter, 0, 0, 3600, 5000)
    ticks(quarter, 0, 0, 3600, 5000)
    used = ticks(quarter, 0, 0, 0, 3)
    assert ticks(quarter, 0, 0, 0, 4) == used + 1000


def test_what_the_counter_moves_on_the_border_is_the_old_quarters():
    quarter = Quarter()
    ticks(quarter, 14, 59, 3600, 5000, 5000)
    assert ticks(quarter, 15, 0, 3600, 5001) == 250
    assert ticks(quarter, 15, 0, 3600, 5002) == 1000


def test_a_quarter_that_was_not_seen_from_its_beginning_is_empty_when_the_one_before_was_known():
    quarter = Quarter()
    assert ticks(quarter, 14, 59, 0, -1) == 2500 * 899 * 1000 // 3600
    assert ticks(quarter, 15, 30, 0, -1) == 0


def test_half_a_watt_is_nothing_and_a_missing_number_of_the_counter_is_waited_for():
    assert ticks(Quarter(), 0, 0, 1, -1, dt_ms=10000) == 0
    quarter = Quarter()
    ticks(quarter, 0, 0, 3600, 5000, 5000, -1)
    assert ticks(quarter, 0, 0, 3600, 5001) == 1000
