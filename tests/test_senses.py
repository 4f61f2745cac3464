"""The cable's resistor and the box's temperature, from millivolts."""

import pytest

from hal import senses


class Adc:
    """Gives the microvolts it was handed, one after the other, then the last for ever."""

    def __init__(self, *uv):
        self.uv = list(uv)

    def read_uv(self):
        return self.uv.pop(0) if len(self.uv) > 1 else self.uv[0]


@pytest.mark.parametrize("mv,ohm", [(0, 0), (300, 100), (595, 220), (1336, 680), (1849, 1274), (1850, 65535), (3300, 65535)])
def test_millivolts_at_the_proximity_pin_are_ohms(mv, ohm):
    assert abs(senses.ohm(mv) - ohm) <= 1


@pytest.mark.parametrize("mv,c", [(500, 0), (700, 20), (1150, 65), (400, -10)])
def test_ten_millivolts_are_a_degree(mv, c):
    assert senses.celsius(mv) == c


@pytest.mark.parametrize("three", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)])
def test_the_middle_of_three_is_taken_whatever_their_order(three):
    uv = [n * 100000 for n in three]
    slow = senses.Slow(Adc(*(uv + uv)), 25, 0)
    slow.ask()
    assert slow.ask() == 200


def test_a_change_is_believed_when_two_askings_agree():
    slow = senses.Slow(Adc(*([700000] * 6 + [1300000] * 6)), 25, 0)
    assert [slow.ask() for _ in range(4)] == [0, 700, 700, 1300]
