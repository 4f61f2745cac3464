"""A reading: whole, signed, all or nothing, and honest about its age."""
import pytest
from meters.reading import LOST_MS, MA_MAX, NEVER, W_MAX, WH_MAX, WRAP, Reading


def test_a_new_reading_is_never_old_enough_to_trust():
    reading = Reading()
    assert reading.age_ms(0) == NEVER and reading.age_ms(123456) == NEVER
    assert reading.ma == [0, 0, 0] and reading.power_w() == 0


def test_currents_arrive_with_their_time():
    reading = Reading()
    reading.put(5000, [1000, -2000, 3000], [230, -460, 690])
    assert reading.ma == [1000, -2000, 3000] and reading.power_w() == 460
    assert reading.age_ms(5000) == 0 and reading.age_ms(6200) == 1200
    assert reading.ok == 1 and reading.errors == 0


def test_its_lists_live_for_ever_and_are_not_the_giver_s():
    reading = Reading()
    ma, w = reading.ma, reading.w
    given = [1, 2, 3]
    reading.put(1, given, given)
    given[0] = 9
    assert reading.ma is ma and reading.w is w and ma == [1, 2, 3]


def test_age_is_right_across_the_wrap_of_the_ticks():
    reading = Reading()
    reading.put(WRAP - 99, [1, 1, 1], [0, 0, 0])
    assert reading.age_ms(400) == 500


def test_an_old_reading_does_not_grow_young_when_the_ticks_come_round():
    reading = Reading()
    reading.put(1000, [1, 1, 1], [0, 0, 0])
    assert reading.age_ms(1000 + LOST_MS - 1) == LOST_MS - 1
    assert reading.age_ms(1000 + LOST_MS) == NEVER
    assert reading.age_ms(1500) == NEVER
    reading.put(1600, [1, 1, 1], [0, 0, 0])
    assert reading.age_ms(1600) == 0


@pytest.mark.parametrize("ma, w", (
    ([MA_MAX + 1, 0, 0], [0, 0, 0]), ([0, 0, -MA_MAX - 1], [0, 0, 0]),
    ([0, 0, 0], [0, W_MAX + 1, 0]), ([0, 0, 0], [0, 0, -W_MAX - 1]),
))
def test_absurd_numbers_change_nothing(ma, w):
    reading = Reading()
    reading.put(10, [1, 2, 3], [4, 5, 6])
    with pytest.raises(ValueError):
        reading.put(20, ma, w)
    assert reading.ma == [1, 2, 3] and reading.w == [4, 5, 6] and reading.at == 10 and reading.ok == 1


def test_the_limits_themselves_are_allowed():
    reading = Reading()
    reading.put(0, [MA_MAX, -MA_MAX, 0], [W_MAX, -W_MAX, 0])
    reading.put_energy(0, WH_MAX)
    assert reading.ok == 2


def test_counters_come_one_by_one_or_together():
    reading = Reading()
    reading.put_energy(100, None)
    reading.put_energy(None, 7)
    assert (reading.import_wh, reading.export_wh) == (100, 7)
    for bad in ((-1, 5), (5, WH_MAX + 1)):
        with pytest.raises(ValueError):
            reading.put_energy(*bad)
    assert (reading.import_wh, reading.export_wh) == (100, 7)


def test_a_lost_telegram_is_counted_and_the_numbers_stay_and_age():
    reading = Reading()
    reading.put(0, [1, 2, 3], [0, 0, 0])
    reading.fail("silent")
    assert reading.ma == [1, 2, 3] and reading.age_ms(50) == 50
    assert reading.errors == 1 and reading.last_error == "silent"


def test_a_meter_that_is_taken_away_leaves_nothing():
    reading = Reading()
    reading.put(0, [1, 2, 3], [4, 5, 6])
    reading.put_energy(7, 8)
    reading.forget()
    assert reading.age_ms(1) == NEVER and reading.ma == [0, 0, 0] and reading.w == [0, 0, 0]
    assert reading.import_wh == 0 and reading.export_wh == 0
