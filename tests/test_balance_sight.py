"""How old a reading may be, how often one comes, and what is known before the first."""
import pytest
from test_balance import Bench

from energy.balance import CIRCUIT, MAINS


def test_a_reading_that_grows_old_eases_and_then_stops_and_nothing_waits_when_it_returns():
    bench = Bench("Smart").ask(0)
    bench.go(2, 5000)
    assert bench.go(4, 0, heard=0) == 19850
    assert bench.go(1, 0, heard=0) == 6000
    assert bench.go(6, 0, heard=0) == 6000 and not bench.balance.stale
    assert bench.go(1, 0, heard=0) == 0 and bench.balance.stale
    assert bench.go(1, 5000) == 19850 and not bench.balance.stale


def test_readings_that_come_every_five_seconds_are_not_old_after_four():
    bench = Bench("Smart").ask(0)
    for _ in range(4):
        bench.go(1, 5000)
        least = min([bench.go(1, 0, heard=0) for _ in range(4)])
    assert least == 19850


def in_sight(**settings):
    """A charger that waits for nothing but current, and 20 A of it on the mains."""
    bench = Bench("Smart", **settings).ask(0)
    assert bench.look(1000, [5000] * 3, [5000] * 3) == (10850 if settings else 19850)
    return bench


def test_the_mains_are_slow_after_four_seconds_and_stale_after_eleven_to_the_millisecond():
    bench = in_sight()
    balance = bench.balance
    assert bench.look(4000) == 19850 and (balance.mains.slow, balance.stale) == (0, 0)
    assert bench.look(1) == 6000 and (balance.mains.slow, balance.stale) == (1, 0)
    assert bench.look(6999) == 6000 and balance.stale == 0
    assert bench.look(1) == 0 and balance.stale == 1
    assert bench.look(10, [5000] * 3) == 19850


def test_the_circuit_is_slow_after_eight_seconds_and_stale_after_twenty_to_the_millisecond():
    bench = in_sight(circuit_meter="Eastron3P", circuit_a=16)
    balance = bench.balance
    assert bench.look(8000, [5000] * 3) == 10850 and (balance.circuit.slow, balance.circuit_stale) == (0, 0)
    assert bench.look(1, [5000] * 3) == 6000 and (balance.circuit.slow, balance.circuit_stale) == (1, 0)
    assert bench.look(11999, [5000] * 3) == 6000 and balance.circuit_stale == 0
    assert bench.look(1, [5000] * 3) == 0 and balance.circuit_stale == 1


def slow_after(bench, ms):
    """The mains are heard no more: are they slow after so long, and not a millisecond before?"""
    return bench.look(ms) > 6000 and bench.look(1) == 6000


@pytest.mark.parametrize("gaps, slow_ms", [((3000,), 4500), ((4000,), 6000), ((4000, 4000, 4000), 6000),
                                           ((4000, 2000), 5250), ((4000, 2000, 4000), 6000), ((8000,), 8250), ((5500, 5500), 8250),
                                           ((200, 300), 4000)])
def test_readings_are_slow_after_half_as_long_again_as_they_usually_take(gaps, slow_ms):
    """The longest counts at once, up to 5.5 s; a shorter one takes back a quarter of what it is shorter."""
    bench = Bench("Smart").ask(0)
    for ms in gaps:
        bench.look(ms, [5000] * 3)
    assert slow_after(bench, slow_ms)


def test_what_is_said_once_counts_once_however_often_it_is_looked_at():
    bench = Bench("Smart").ask(0)
    for _ in range(4):
        bench.look(1500)
        bench.look(1500)
        bench.look(1000, [5000] * 3)
    assert slow_after(bench, 6000)


@pytest.mark.parametrize("now", [0, 1])
def test_the_first_reading_counts_whatever_the_clock_says(now):
    bench = Bench("Smart", circuit_meter="Eastron3P").ask(0)
    bench.now = now - 100
    assert bench.look(100, [5000] * 3, [5000] * 3) == 10850


def test_a_meter_that_has_said_nothing_yet_is_stale_and_its_zeros_are_no_reading():
    bench = Bench("Smart").ask(0)
    assert bench.look(1000) == 0 and bench.balance.stale == 1 and not bench.balance.mains.active


@pytest.mark.parametrize("phase", [0, 1, 2])
def test_a_car_that_was_closed_before_the_mains_were_first_heard_is_seen_against_nothing(phase):
    """Nothing was known then, so all that shows is held to be the car's: it stands between a quieter and a louder phase."""
    bench = Bench("Normal")
    bench.charge(0, 16000)
    bench.look(1000)
    ma = [7000, 9000, 9000]
    ma[0], ma[phase] = ma[phase], ma[0]
    ma[(phase + 1) % 3] = 8000
    bench.look(1000, ma)
    assert bench.balance.car.low_ma == 8000


def test_in_normal_an_old_reading_of_the_mains_is_nobodys_brake():
    bench = in_sight(circuit_meter="Eastron3P", circuit_a=16)
    assert bench.look(7000) == 6000 and bench.fleet.cars[0].by == MAINS
    bench.cfg.put("mode", "Normal")
    assert bench.look(1000) == 10850 and bench.fleet.cars[0].by == CIRCUIT
    assert bench.look(1) == 6000 and bench.fleet.cars[0].by == CIRCUIT


def test_normal_forgets_the_fuse_of_the_mains():
    bench = in_sight()
    bench.cfg.put("mode", "Normal")
    assert bench.look(1000) == 32000 and not bench.balance.mains.active
