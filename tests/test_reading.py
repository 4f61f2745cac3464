"""A reading: whole, signed, all or nothing, and honest about its age."""
import pytest
from meters.reading import LOST_MS, MA_MAX, MV_MAX, NEVER, W_MAX, WH_MAX, WORDS, WRAP, Reading


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


def trusting(ma):
    reading = Reading()
    reading.trust_ma = ma
    return reading


def test_one_jump_above_twice_the_fuse_waits_for_a_second():
    reading = trusting(50000)
    assert reading.put(0, [10000, 20000, -30000], [0, 0, 0])
    assert not reading.put(500, [10000, 50001, -30000], [1, 1, 1])
    assert reading.ma == [10000, 20000, -30000] and reading.w == [0, 0, 0] and reading.age_ms(500) == 500 and reading.ok == 1
    assert reading.put(1000, [10000, 60000, -30000], [1, 1, 1])
    assert reading.ma[1] == 60000 and reading.age_ms(1000) == 0
    assert reading.put(1500, [10000, 60000, -30000])  # as long as it lasts
    assert reading.put(2000, [10000, 20000, -30000])
    assert not reading.put(2500, [10000, 60000, -30000])  # and then a new jump is one again


def test_each_phase_has_to_say_it_twice_itself():
    reading = trusting(50000)
    assert not reading.put(0, [60000, 0, 0])
    assert not reading.put(1, [0, -60000, 0])
    assert not reading.put(2, [0, 0, 60000])
    assert not reading.put(3, [60000, 0, 60000])
    assert reading.put(4, [60000, 0, 60000]) and reading.ok == 1


def test_what_the_fuse_may_carry_for_a_moment_is_believed_at_once():
    reading = trusting(50000)
    assert reading.put(0, [50000, -50000, 0]) and not reading.put(0, [0, -50001, 0])
    assert Reading().put(0, [MA_MAX, 0, 0])  # nobody has said what to doubt


def test_a_doubt_does_not_outlive_its_meter():
    reading = trusting(50000)
    reading.put(0, [60000, 0, 0])
    reading.forget()
    assert not reading.put(1, [60000, 0, 0])


def test_powers_come_with_the_currents_or_alone_or_never():
    reading = Reading()
    reading.put(0, [1, 2, 3])
    assert not reading.knows_w and reading.power_w() == 0
    reading.put_power([100, -30, 0])
    assert reading.knows_w and reading.power_w() == 70
    reading.put(1, [1, 2, 3])
    assert reading.w == [100, -30, 0]
    with pytest.raises(ValueError):
        reading.put_power([0, 0, W_MAX + 1])
    assert reading.w == [100, -30, 0] and reading.ok == 3
    reading.put(2, [1, 2, 3], [4, 5, 6])
    assert reading.w == [4, 5, 6]
    reading.forget_power()
    assert reading.power_w() == 0 and not reading.knows_w and reading.ma == [1, 2, 3]


def test_voltages_are_all_or_nothing_too():
    reading = Reading()
    reading.put_volts([230000, 0, MV_MAX])
    for bad in ([230000, -1, 0], [0, 0, MV_MAX + 1]):
        with pytest.raises(ValueError):
            reading.put_volts(bad)
    assert reading.mv == [230000, 0, MV_MAX] and reading.ok == 1 and reading.age_ms(0) == NEVER


def test_voltages_are_told_in_volts_with_a_digit():
    reading = Reading()
    assert reading.mv == [0, 0, 0] and reading.volts() == "0.0,0.0,0.0"
    reading.put_volts([230049, 229950, 231500])
    assert reading.volts() == "230.0,230.0,231.5"
    reading.put_volts([230900, 229949, 0])
    assert reading.volts() == "230.9,229.9,0.0"


def test_a_refusal_names_the_range():
    reading = Reading()
    for ma, w, said in (([0, 0, 500001], [0, 0, 0], "current must be -500000 to 500000 mA"),
                        ([0, 0, 0], [0, -200001, 0], "power must be -200000 to 200000 W")):
        with pytest.raises(ValueError) as e:
            reading.put(0, ma, w)
        assert str(e.value) == said
    with pytest.raises(ValueError) as e:
        reading.put_volts([0, 500001, 0])
    assert str(e.value) == "voltage must be 0 to 500000 mV"
    with pytest.raises(ValueError) as e:
        reading.put_energy(0, 10_000_000_001)
    assert str(e.value) == "energy must be 0 to 10000000000 Wh"
    assert (reading.known, reading.knows_w, reading.at) == (0, 0, 0)
    reading.put(7, [0, 0, 0], [0, 0, 0])
    assert (reading.known, reading.knows_w, reading.at) == (1, 1, 7)


def test_errors_are_counted_by_their_word():
    reading = Reading()
    for why in ("silent", "crc", "silent", "cosmic"):
        reading.fail(why)
    assert reading.counted() == "silent 2, crc 1, other 1" and reading.errors == 4
    assert len(reading.counts) == len(WORDS) and Reading().counted() == ""


def test_nothing_is_left_of_a_meter_that_was_taken_away():
    reading = Reading()
    reading.put(0, [1, 2, 3], [4, 5, 6])
    reading.put_volts([230000, 230000, 230000])
    reading.forget()
    assert reading.mv == [0, 0, 0] and not reading.knows_w and reading.w == [0, 0, 0]
