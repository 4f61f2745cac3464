import pytest

from evse.heat import Heat


@pytest.mark.parametrize("temp_c, ma", [
    (20, 16000), (54, 16000), (55, 16000), (56, 15000), (60, 11000), (64, 7000), (65, 6000), (66, 0)])
def test_from_ten_below_the_limit_the_current_falls_to_6_a(temp_c, ma):
    assert Heat().limit_ma(temp_c, 65, 16000) == ma


def test_it_stops_above_the_limit_and_comes_back_when_more_than_ten_below():
    heat = Heat()
    assert (heat.too_hot, heat.broken) == (0, 0)
    assert heat.limit_ma(66, 65, 16000) == 0 and heat.too_hot == 1
    assert heat.limit_ma(55, 65, 16000) == 0 and heat.too_hot == 1
    assert heat.limit_ma(54, 65, 16000) == 16000 and heat.too_hot == 0


@pytest.mark.parametrize("temp_c", [-40, -100, 125, 300])
def test_a_sensor_that_cannot_be_right_gives_no_current(temp_c):
    heat = Heat()
    assert heat.limit_ma(temp_c, 65, 16000) == 0 and heat.broken == 1
    assert heat.limit_ma(20, 65, 16000) == (0 if temp_c > 65 and heat.too_hot else 16000) and not heat.broken


@pytest.mark.parametrize("temp_c", [-39, 0, 40])
def test_cold_is_no_fault(temp_c):
    heat = Heat()
    assert heat.limit_ma(temp_c, 65, 16000) == 16000 and not heat.broken


def test_the_hottest_that_a_sensor_can_say_is_believed():
    heat = Heat()
    assert heat.limit_ma(124, 65, 16000) == 0 and (heat.too_hot, heat.broken) == (1, 0)


def test_the_smallest_charger_is_not_raised():
    assert Heat().limit_ma(65, 65, 6000) == 6000
    assert Heat().limit_ma(60, 65, 5000) == 5000
