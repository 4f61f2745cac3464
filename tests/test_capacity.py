"""Capacity tariffs: a limit by the hour, and quarter hours that must not pass the peak of the month."""
import pytest

from energy.capacity import LEAST_MA, NO_LIMIT, Quarter, by_the_hour, plan_of


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
