import pytest

from evse import pilot
from evse.pilot import A, B, C, D, E, F


@pytest.mark.parametrize("ma, bp", [
    (0, 10000), (5999, 10000), (6000, 1000), (7000, 1166), (10000, 1666), (13000, 2166), (16000, 2666), (20000, 3333),
    (32000, 5333), (51000, 8500), (51100, 8500), (52499, 8500), (52500, 8500), (52600, 8504), (60000, 8800),
    (63000, 8920), (80000, 9600), (90000, 9600)])
def test_duty_of_an_offer(ma, bp):
    assert pilot.duty_bp(ma) == bp


def test_a_car_never_reads_more_than_the_limit_and_hardly_less():
    for ma in range(6000, 80001, 7):
        read = pilot.offered_ma(pilot.duty_bp(ma))
        assert read <= ma
        assert ma - read < 25 or 51000 < ma < 52525, ma


@pytest.mark.parametrize("bp, ma", [
    (0, 0), (799, 0), (800, 6000), (999, 6000), (1000, 6000), (1001, 6006), (8500, 51000), (8501, 52525),
    (9600, 80000), (9601, 80000), (9700, 80000), (9701, 0), (10000, 0)])
def test_what_a_car_reads_from_a_duty(bp, ma):
    assert pilot.offered_ma(bp) == ma


@pytest.mark.parametrize("mv, letter", [
    (12000, A), (11000, A), (9000, B), (8000, B), (10000, B), (6000, C), (5000, C), (7000, C), (3000, D), (2000, D),
    (4000, D), (0, E), (1000, E), (-1000, E), (-12000, F), (-11000, F)])
def test_letters_within_the_windows_of_the_standard(mv, letter):
    for was in (A, B, C, D, E, F):
        assert pilot.letter(mv, was) == letter


@pytest.mark.parametrize("edge, above, below", [
    (10250, A, B), (7500, B, C), (4500, C, D), (1500, D, E), (-1500, E, F)])
def test_an_edge_has_hysteresis_on_either_side(edge, above, below):
    assert pilot.letter(edge + 250, below) == below
    assert pilot.letter(edge + 251, below) == above
    assert pilot.letter(edge - 249, above) == above
    assert pilot.letter(edge - 250, above) == below
    assert pilot.letter(edge + 1, above) == above
    assert pilot.letter(edge, below) == below


def test_a_jump_over_several_edges_is_seen_at_once():
    assert pilot.letter(12000, E) == A
    assert pilot.letter(-12000, A) == F
    assert pilot.letter(6000, A) == C


@pytest.mark.parametrize("edge, lower", [(10250, B), (7500, C), (4500, D), (1500, E), (-1500, F)])
def test_on_an_edge_a_pilot_that_comes_from_afar_is_the_lower_letter(edge, lower):
    afar = F if lower < D else A
    assert pilot.letter(edge, afar) == lower
    assert pilot.letter(edge + 1, afar) == lower - 1


def test_the_two_duties_without_pulses_are_those_of_every_board():
    assert (pilot.STEADY_BP, pilot.MINUS_BP) == (10000, 0)
