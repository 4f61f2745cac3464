"""The Modbus transport's patience: how long the line rests, and who waits for an answer that may still come."""
import asyncio

import pytest
from app import clock
from app.rtu import DRAIN_MS, LATE_MS, Rtu, RtuError
from meter_line import Line, in_time, signed, timed
from tools.plant.meter_sdm630 import Sdm630


def test_a_silent_device_is_not_asked_again_before_its_late_answer_has_passed():
    line = Line()
    line.meter.silent = True

    async def story():
        rtu = Rtu(line.wire)
        times = []
        for address in (10, 10, 11):
            with pytest.raises(RtuError):
                await rtu.read(4, address, 6, 12)
            times.append(clock.ticks_ms())
        return times
    first, same, other = in_time(line, story())
    assert clock.ticks_diff(same, first) > LATE_MS and clock.ticks_diff(other, same) < LATE_MS


def test_a_silence_of_days_ago_that_looks_like_the_future_holds_nobody_up():
    """The clock wraps after twelve days; a meter may have been switched off in the settings for so long."""
    line = Line()

    async def story():
        rtu = Rtu(line.wire)
        rtu._owed[10 << 9 | 29] = clock.ticks_add(clock.ticks_ms(), 60000)
        start = clock.ticks_ms()
        await rtu.read(4, 10, 6, 12)
        return clock.ticks_diff(clock.ticks_ms(), start)
    took = in_time(line, story())
    assert took < LATE_MS


def test_between_sound_answers_the_line_rests_no_longer_than_it_must():
    async def story(rtu):
        for _ in range(10):
            await rtu.read(4, 10, 6, 12)
    _, ms = timed(story)
    assert 10 * 70 < ms < 10 * 76 + DRAIN_MS   # 8 and 29 bytes, the meter's 10 ms, the rest of 20 ms


def test_a_line_that_has_rested_is_used_at_once():
    async def story(rtu):
        await rtu.read(4, 10, 6, 12)
        await clock.sleep_ms(100)
        start = clock.ticks_ms()
        await rtu.read(4, 10, 6, 12)
        return clock.ticks_diff(clock.ticks_ms(), start)
    took, _ = timed(story)
    assert took < 58


def test_a_silent_device_may_be_asked_at_once_what_has_another_length():
    line = Line()
    line.meter.silent = True

    async def story(rtu):
        with pytest.raises(RtuError):
            await rtu.read(4, 10, 6, 12)
        line.meter.silent = False
        assert rtu.rest_ms(10, 29) > 0 and rtu.rest_ms(10, 9) == 0 and rtu.rest_ms(11, 29) == 0
        start = clock.ticks_ms()
        await rtu.read(4, 10, 0x48, 2)
        assert rtu.rest_ms(10, 29) == 0   # it answers in order: nothing older is on its way
        return clock.ticks_diff(clock.ticks_ms(), start)
    took, _ = timed(story, line)
    assert took < 100


def test_who_waits_for_a_silent_device_leaves_the_wire_to_others():
    line = Line(lambda r: None if line.meter.silent else r)
    other = Sdm630(11)
    line.wire.slaves.append(other)

    async def story(rtu):
        line.meter.silent = True
        with pytest.raises(RtuError):
            await rtu.read(4, 10, 6, 12)
        line.meter.silent = False
        task = asyncio.create_task(rtu.read(4, 10, 6, 12))
        await clock.sleep_ms(5)
        start = clock.ticks_ms()
        await rtu.read(4, 11, 6, 12)
        took = clock.ticks_diff(clock.ticks_ms(), start)
        await task
        return took
    took, ms = timed(story, line)
    assert took < 150 and ms > LATE_MS


def test_a_late_answer_to_the_same_question_is_not_taken_for_the_new_one():
    """It has everything right but the time: device, registers, length and checksum."""
    line = Line()
    line.meter.ma[0] = 5000

    async def story(rtu):
        line.meter.silent = True
        with pytest.raises(RtuError):
            await rtu.read(4, 10, 6, 12)
        line.meter.silent = False
        line.meter.ma[0] = 5000
        line.wire.say(None, line.meter.answer(b"\x0a\x04\x00\x06\x00\x0c" + signed(b"\x0a\x04\x00\x06\x00\x0c")[-2:]), line.wire.now_us)
        line.meter.ma[0] = 20000
        return await rtu.read(4, 10, 6, 12)
    regs, _ = timed(story, line)
    assert regs[:2] == (0x41A0, 0)
