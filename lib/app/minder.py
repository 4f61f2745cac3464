"""Keeps every task alive, and the watchdog fed while the tick lives.

A task that falls is written down and started again, a little later each time.
The watchdog is fed only when ticks were made and none of them fell: a charger
whose tick is dead must restart, with its contactors open. A minute of sound
ticks, and no current, is the proof that a new image works; without it the
boot loader brings the old one back.
"""
import asyncio
import gc

from micropython import const

from app import clock

_FEED_MS = const(500)
_COLLECT_MS = const(5000)    # the heap is put in order while nothing happens
_AGAIN_S = const(1)          # before the first restart of a task ...
_AGAIN_MOST_S = const(30)    # ... and at most
_GOOD_S = const(60)          # a task that ran so long starts from _AGAIN_S anew; so long of good ticks approves an image


class Minder:
    def __init__(self, board, tick, say) -> None:
        self.board = board
        self.tick = tick
        self.say = say
        self.restarts = 0
        self.free = gc.mem_free() if hasattr(gc, "mem_free") else -1  # heap after the last collection, bytes; -1 on a PC
        self.low_free = self.free  # the least of it

    async def keep(self, name: str, run) -> None:
        """Runs one task for ever; run is called for a new coroutine each time."""
        again_s = _AGAIN_S
        while True:
            since = clock.ticks_ms()
            try:
                await run()
                self.say("%s ended" % name)
            except Exception as e:
                self.say("%s fell: %s %s" % (name, type(e).__name__, e))
            gc.collect()
            self.restarts += 1
            if clock.ticks_diff(clock.ticks_ms(), since) > _GOOD_S * 1000:
                again_s = _AGAIN_S
            await asyncio.sleep(again_s)
            again_s = min(2 * again_s, _AGAIN_MOST_S)

    async def run(self, tasks) -> None:
        """Starts all (name, run) of tasks, then minds them for ever."""
        running = [asyncio.create_task(self.keep(name, run)) for name, run in tasks]
        try:
            await self._mind()
        finally:
            for task in running:
                task.cancel()

    async def _mind(self) -> None:
        seen = -1
        since_ms = good_ms = 0
        approved = False
        while True:
            await clock.sleep_ms(_FEED_MS)
            if self.tick.count != seen and not self.tick.failed:
                self.board.feed()
                good_ms += _FEED_MS
            if good_ms >= _GOOD_S * 1000 and not approved and not self.tick.out.c1:
                approved = True
                self.board.approve()
            seen = self.tick.count
            since_ms += _FEED_MS
            if since_ms >= _COLLECT_MS and self.low_free >= 0:
                since_ms = 0
                gc.collect()
                self.free = gc.mem_free()
                self.low_free = min(self.low_free, self.free)
