"""The tariff's second: clock, counter and settings become one figure for the regulator."""
from app.tariff import Tariff
from energy.balance import Balance
from meters.roles import Roles
from settings import Settings


class House:
    def __init__(self, **settings):
        self.cfg = Settings()
        for key, value in settings.items():
            self.cfg.put(key, value)
        self.meters, self.balance, self.plan = Roles(), Balance(), self
        self.now_s = 0

    def local_s(self):
        return self.now_s


NOON = 1795262400  # a Saturday in November 2026, 12:00


def test_the_plan_holds_by_the_hour_and_its_least_while_nobody_knows_the_time():
    house = House(capacity="Interval", capacity_plan="07:00 9300, 17:00 4100")
    tariff = Tariff(house)
    tariff.second()
    assert house.balance.peak_ma == 17391
    house.now_s = NOON
    tariff.second()
    assert house.balance.peak_ma == 40000
    house.now_s += 6 * 3600
    tariff.second()
    assert house.balance.peak_ma == 17391
    house.cfg.put("capacity_plan", "")
    tariff.second()
    assert house.balance.peak_ma == 0


def test_a_plan_that_the_store_spoiled_limits_nothing():
    house = House(capacity="Interval")
    house.cfg.capacity_plan = "nonsense"
    house.now_s = NOON
    Tariff(house).second()
    assert house.balance.peak_ma == 0


def test_flanders_without_a_clock_gives_the_free_power():
    house = House(capacity="Flanders", capacity_peak="202611 6000")
    Tariff(house).second()
    assert house.balance.peak_ma == 10434


def test_flanders_uses_the_peak_of_this_month_and_keeps_it():
    house = House(capacity="Flanders", capacity_peak="202611 6000")
    house.now_s = NOON
    tariff = Tariff(house)
    tariff.second()
    assert 25000 <= house.balance.peak_ma <= 25700
    house.now_s += 12 * 86400  # December
    tariff.second()
    assert house.cfg.capacity_peak == "202612 0" and house.balance.peak_ma <= 10500


def test_flanders_counts_by_power_or_by_ampere():
    house = House(capacity="Flanders")
    house.now_s = NOON
    tariff = Tariff(house)
    house.meters.mains.put(0, [10000, 10000, 10000])
    for _ in range(3):
        tariff.second()
    assert tariff.quarter._power_w == 6900
    house.meters.mains.put(0, [10000, 10000, 10000], [1000, 1000, 1000])
    tariff.second()
    assert tariff.quarter._power_w == 3000
