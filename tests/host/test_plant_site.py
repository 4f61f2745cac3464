"""The whole plant: what flows where, what is noted, and that the same seed gives the same trace."""
import pytest

from tools.plant.house import House
from tools.plant.site import EVENTS_MAX, Site
from tools.plant.sun import HOUR_MS, Sun
from tools.plant.switchgear import Buttons, Lock


def run(site, ms):
    for _ in range(ms // 10):
        site.step(10)
    return site


def charging():
    site = Site()
    site.car.plugged = True
    run(site, 100)
    site.drive(2667, 1, 0, 0, 0)
    run(site, 2000)
    site.drive(2667, 1, 1, 1, 1)
    return run(site, 20000)


def test_the_mains_carry_house_less_sun_plus_battery_and_car():
    site = charging()
    site.house.set_ma(1000, 2000, 3000)
    site.sun.set_ma(4000, 4000, 4000)
    site.battery.want_ma = 3000
    run(site, 100)
    assert site.mains_ma == [14000, 15000, 16000]
    site.battery.want_ma = -3000
    assert run(site, 100).mains_ma == [12000, 13000, 14000]


def test_a_session_is_told_in_its_events():
    site = charging()
    site.drive(10000, 1, 0, 0, 2)
    run(site, 1000)
    site.car.plugged = False
    run(site, 10)
    told = [(e["what"], e["value"]) for e in site.events]
    assert told == [("pilot", "B"), ("duty", 266.7), ("pilot", "C"), ("C1", 1), ("C2", 1), ("lock", 1),
                    ("duty", 1000), ("C1", 0), ("C2", 0), ("lock", 0), ("pilot", "B"), ("pilot", "A")]
    times = [e["t_ms"] for e in site.events]
    assert times == sorted(times) and times[0] == 10


def test_what_does_not_change_is_no_event_and_only_the_last_two_hundred_are_kept():
    site = Site()
    for _ in range(100):
        site.drive(10000, 1, 0, 0, 0)
    assert site.events == []
    for i in range(300):
        site.drive(1000 + i, 1, 0, 0, 0)
    assert len(site.events) == EVENTS_MAX
    assert site.events[-1]["value"] == 129.9


def test_without_a_firmware_the_contactors_open_and_twelve_volts_stand():
    site = charging()
    site.chip_gone()
    assert (site.contactors.c1, site.contactors.c2, site.car.ma) == (0, 0, 0)
    site.car.plugged = False
    assert run(site, 10).cp_high_mv == 12000


def test_a_welded_contactor_stays():
    site = charging()
    site.contactors.welded = 1
    site.drive(2667, 1, 0, 0, 0)
    run(site, 1000)
    assert site.contactors.c1 == 1 and site.car.amps_ma == [16000, 0, 0]


def test_an_opened_pilot_wire_floats_and_a_short_reads_zero():
    site = charging()
    site.car.shorted = True
    run(site, 10)
    assert (site.cp_high_mv, site.cp_low_mv) == (0, 0)
    site.drive(2667, 0, 0, 0, 0)
    assert (site.cp_high_mv, site.cp_low_mv) == (0, 0)


def test_the_meter_sees_the_mains_and_the_other_one_the_car():
    site = charging()
    site.house.set_ma(2000, 0, 0)
    run(site, 1000)
    assert (site.meter.value(0x06), site.ev_meter.value(0x06)) == (18.0, 16.0)


def test_noise_on_the_pilot_is_small_and_the_same_for_the_same_seed():
    def trace(seed):
        site = Site(seed=seed, noise_mv=50)
        return [(site.step(10), site.cp_high_mv, site.cp_low_mv)[1:] for _ in range(500)]

    assert trace(7) == trace(7)
    assert trace(7) != trace(8)
    assert all(abs(high - 12000) <= 50 for high, _ in trace(7))


def test_a_seeded_day_is_the_same_day_again():
    def day(seed):
        site = Site()
        site.house.follow(seed)
        site.sun.follow(seed, (16000, 16000, 16000), 6 * HOUR_MS, clouds=500)
        trace = []
        for _ in range(300):
            for _ in range(100):
                site.step(100)
            trace.append((site.house.ma[:], site.sun.ma[:], site.mains_ma[:]))
        return trace

    first = day(3)
    assert first == day(3)
    assert first != day(4)
    assert max(house[0] for house, _, _ in first) > 9000, "somebody made tea in these hours"


def test_a_clear_day_rises_and_sets():
    sun = Sun()
    sun.follow(1, (20000, 20000, 20000), 5 * HOUR_MS)
    seen = {}
    for _ in range(17 * 360):
        sun.step(10000)
        seen[sun.day_ms // HOUR_MS] = sun.ma[0]
    assert seen[5] == 0 and seen[21] == 0
    assert seen[8] < seen[10] < seen[12] and seen[12] == pytest.approx(20000, abs=200)


def test_a_hand_on_the_slider_ends_the_day():
    house = House()
    house.follow(1)
    house.set_ma(1, 2, 3)
    house.step(10_000_000)
    assert house.ma == [1, 2, 3]


def test_an_empty_home_battery_gives_nothing():
    site = Site()
    site.battery.stored_uws = 0
    site.battery.want_ma = -9000
    assert run(site, 200).mains_ma == [0, 0, 0]
    site.battery.want_ma = 9000
    assert run(site, 200).mains_ma == [3000, 3000, 3000]


def test_a_stuck_lock_does_not_move_and_buttons_can_be_held_together():
    lock = Lock()
    lock.stuck = True
    lock.to(1)
    lock.step(1000)
    assert lock.locked == 0
    buttons = Buttons()
    buttons.press("left", 20)
    buttons.press("right", 40)
    assert buttons.bits == 5
    buttons.step(20)
    assert buttons.bits == 4
    with pytest.raises(ValueError, match="left, middle, right"):
        buttons.press("top", 20)
