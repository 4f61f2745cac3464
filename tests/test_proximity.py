import pytest

from evse.proximity import ampacity_ma


@pytest.mark.parametrize("ohm, ma", [
    (680, 16000), (571, 16000), (737, 16000), (220, 32000), (179, 32000), (269, 32000), (100, 63000), (65, 63000),
    (138, 63000)])
def test_a_coded_cable_carries_what_its_resistor_says(ohm, ma):
    assert ampacity_ma(ohm) == ma


@pytest.mark.parametrize("ohm", [0, 64, 139, 178, 270, 570, 738, 1500, 65535])
def test_what_is_not_understood_is_the_smallest_cable(ohm):
    assert ampacity_ma(ohm) == 13000
