"""The clock on the wall: who may set it, and how it runs on."""
import pytest
from app import clock
from app.wall import Wall

NOON = 1795262400


def test_the_better_source_stays():
    wall = Wall()
    assert wall.put(NOON, "server")
    assert not wall.put(NOON + 500, "page")
    assert wall.source == "server" and wall.utc_s() - NOON in (0, 1)
    assert wall.put(NOON + 60, "server")


@pytest.mark.parametrize("utc_s", [0, 5, 1577836800, 4102444800, 10 ** 12])
def test_a_time_before_2020_or_after_2100_is_a_mistake(utc_s):
    wall = Wall()
    wall.put(NOON, "server")
    with pytest.raises(ValueError):
        wall.put(utc_s, "server")
    assert wall.source == "server"


def test_it_runs_on_with_the_process_clock_over_its_wrap():
    real = clock.ticks_ms
    now = [(1 << 30) - 1500]
    clock.ticks_ms = lambda: now[0]
    try:
        wall = Wall()
        wall.put(NOON, "server")
        for _ in range(100):  # fifty days and more, asked twice a day
            now[0] = (now[0] + 43200500) & ((1 << 30) - 1)
            wall.utc_s()
        assert wall.utc_s() == NOON + 100 * 43200500 // 1000
    finally:
        clock.ticks_ms = real
