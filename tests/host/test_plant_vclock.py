"""The virtual clock: hooks in order, tasks woken in between, and the real clock back afterwards."""
import asyncio
import time

import pytest
from app import clock

from tools.plant import vclock


@pytest.fixture(autouse=True)
def virtual():
    vclock.install()
    yield
    vclock.remove()


def test_an_hour_goes_by_without_waiting():
    async def story():
        await clock.sleep_ms(3600000)
        return clock.ticks_ms(), time.ticks_ms()

    assert vclock.run(story()) == (3600000, 3600000)


def test_hooks_and_tasks_happen_in_the_order_of_their_times():
    told = []
    vclock.every(10, lambda dt: told.append(("ten", vclock.ticks_ms())))
    vclock.every(25, lambda dt: told.append(("25", vclock.ticks_ms())))

    async def story():
        await clock.sleep_ms(15)
        told.append(("task", clock.ticks_ms()))
        await clock.sleep_ms(20)

    vclock.run(story())
    assert told == [("ten", 10), ("task", 15), ("ten", 20), ("25", 25), ("ten", 30)]


def test_a_hook_wakes_a_task_at_its_own_time():
    async def story():
        flag = asyncio.Event()
        vclock.every(70, lambda dt: flag.set())
        await flag.wait()
        return clock.ticks_ms()

    assert vclock.run(story()) == 70


def test_many_tasks_keep_their_rhythms():
    counts = [0, 0]

    async def beat(i, ms):
        while True:
            await clock.sleep_ms(ms)
            counts[i] += 1

    async def story():
        tasks = [asyncio.create_task(beat(0, 10)), asyncio.create_task(beat(1, 1000))]
        await clock.sleep_ms(60005)
        for task in tasks:
            task.cancel()

    vclock.run(story())
    assert counts == [6000, 60]


def test_a_story_where_nothing_can_happen_any_more_says_so():
    async def story():
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing will wake"):
        vclock.run(story())


def test_the_real_clock_is_put_back():
    before = vclock.ticks_ms
    assert clock.ticks_ms is before
    vclock.remove()
    assert clock.ticks_ms is not before and time.ticks_ms is not before
