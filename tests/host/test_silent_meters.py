"""Meters that fall silent, before the whole firmware in virtual time: what the car is told, and that it charges on afterwards.

The limits are the reference's: a mains meter for 11 s, a circuit meter for 20 s, an EV meter for 64 s, in Smart and Solar only.
"""
import pytest

from tools.whole import Whole


def smart(story, **settings):
    """story(whole) with a car that charges at 16 A in Smart, house 5, 4, 3 A."""
    async def run(w):
        w.site.house.set_ma(5000, 4000, 3000)
        await w.wait(2)
        w.site.car.plugged = True
        await w.until(lambda: w.site.car.ma > 15000)
        await w.wait(15)
        return await story(w)
    return Whole(**dict({"mode": "Smart", "max_current_a": 16}, **settings)).go(run)


def contactor(w):
    return [e["value"] for e in w.site.events if e["what"] == "C1"]


@pytest.mark.parametrize("silent_s, least_ma", ((3, 15000), (6, 6000)))
def test_a_mains_meter_that_is_silent_for_seconds_costs_no_stop(silent_s, least_ma):
    async def story(w):
        w.site.meter.silent = True
        lowest = 99000
        for _ in range(silent_s * 10):
            await w.wait(0.1)
            lowest = min(lowest, w.house.evse.offered_ma)
        w.site.meter.silent = False
        await w.until(lambda: w.house.evse.offered_ma > 15000, 30)
        return lowest, contactor(w), w.house.faults.names()
    lowest, c1, names = smart(story)
    assert least_ma <= lowest <= least_ma + 1000 and c1 == [1] and names == ""


def test_a_mains_meter_that_is_silent_for_twelve_seconds_stops_the_charge_and_lets_it_go_on_when_it_is_back():
    async def story(w):
        w.site.meter.silent = True
        eased = await w.until(lambda: w.house.evse.offered_ma <= 6000)
        stopped = await w.until(lambda: w.house.faults.names() == "mains_meter", 20)
        opened = await w.until(lambda: not w.site.contactors.c1, 20)
        w.site.meter.silent = False
        heard = await w.until(lambda: w.house.faults.names() == "", 5)
        await w.until(lambda: w.site.car.ma > 15000, 120)
        return eased, eased + stopped, opened, heard, w.site.car.hot_opens
    eased, stopped, opened, heard, hot = smart(story)
    assert 3500 <= eased <= 6000 and 10500 <= stopped <= 12500
    assert opened < 7000 and heard <= 2500 and hot == 0


@pytest.mark.parametrize("role, limit_s", (("ev", 64), ("circuit", 20)))
def test_another_meter_that_is_silent_stops_the_charge_at_its_own_time(role, limit_s):
    async def story(w):
        w.site.metering.choose("circuit", "Eastron3P")
        w.house.cfg.put(role + "_meter", "Eastron3P")
        await w.wait(80)
        assert w.house.faults.names() == "" and w.site.contactors.c1
        meter = w.site.metering.of(role)
        meter.silent = True
        stopped = await w.until(lambda: w.house.faults.names() == role + "_meter", limit_s + 5)
        await w.until(lambda: not w.site.contactors.c1, 20)
        hardly = w.house.meters.mains.age_ms(w.site.now_ms)
        meter.silent = False
        heard = await w.until(lambda: w.house.faults.names() == "", 15)
        await w.until(lambda: w.site.car.ma > 6000, 150)
        return stopped, heard, w.site.car.hot_opens, hardly
    stopped, heard, hot, hardly = smart(story, circuit_a=32)
    assert limit_s * 1000 - 1500 <= stopped <= limit_s * 1000 + 2500
    assert heard <= 11500 and hot == 0 and hardly < 1000


def test_in_normal_mode_no_meter_stops_anything():
    async def story(w):
        w.house.cfg.put("mode", "Normal")
        w.house.cfg.put("ev_meter", "Eastron3P")
        w.site.meter.silent = True
        w.site.ev_meter.silent = True
        await w.wait(100)
        return w.house.faults.names(), contactor(w), w.house.evse.offered_ma
    names, c1, offered = smart(story)
    assert names == "" and c1 == [1] and offered > 15000
