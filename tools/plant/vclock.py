"""A virtual clock under asyncio: an hour of process time passes as fast as it can be computed.

When every task rests, time jumps to the next timer. `every(period_ms, fn)`
hangs a hook on the clock itself, as a hardware timer would: it is called with
the period, in order, between the timers that lie around it. `install()` turns
the time of lib/app (and time.ticks_ms) to this clock, `remove()` turns it
back. The clock is one for the process, like the real one; each story begins
with `install()`, which sets it to zero and drops old hooks.

Works on CPython (a selector that jumps) and on MicroPython (asyncio's clock
and io queue replaced). Sockets are looked at but never waited for.
"""
import asyncio
import sys
import time

MICROPYTHON = sys.implementation.name == "micropython"
DAY_MS = 86400000
_MASK = 0x3FFFFFFF
_now = [0]
_hooks: list = []       # [due, period, fn], few, so searched each time
_saved: list = []       # (module, name, old value) to be put back


def now_ms() -> int:
    """Milliseconds since install(), which never wrap."""
    return _now[0]


def ticks_ms() -> int:
    return _now[0] & _MASK


def ticks_us() -> int:
    return _now[0] * 1000 & _MASK


def ticks_diff(a: int, b: int) -> int:
    return ((a - b + 0x20000000) & _MASK) - 0x20000000


def ticks_add(a: int, d: int) -> int:
    return (a + d) & _MASK


async def sleep_ms(ms: int) -> None:
    if MICROPYTHON:
        await asyncio.sleep_ms(ms)
    else:
        await asyncio.sleep(ms / 1000)


def reset() -> None:
    """Time zero, no hooks. On MicroPython no earlier than its real clock, which the task queue still asks."""
    if not MICROPYTHON:
        _now[0] = 0
    elif not _saved:
        _now[0] = time.ticks_ms()
    del _hooks[:]


def every(period_ms: int, fn) -> None:
    """Calls fn(period_ms) each period_ms of virtual time from now on."""
    _hooks.append([_now[0] + period_ms, period_ms, fn])


def advance(until: int, woken) -> None:
    """Moves time to `until`, firing hooks on the way; stops early when woken() says a task has become ready."""
    while True:
        first = None
        for hook in _hooks:
            if hook[0] <= until and (first is None or hook[0] < first[0]):
                first = hook
        if first is None:
            break
        _now[0] = max(_now[0], first[0])
        first[0] += first[1]
        first[2](first[1])
        if woken():
            return
    _now[0] = max(_now[0], until)


def install() -> None:
    """Makes this clock the one that lib/app and `time` tell."""
    remove()
    reset()
    targets = [(time, ("ticks_ms", "ticks_us", "ticks_diff", "ticks_add"))] if not MICROPYTHON else []
    import shim  # noqa: F401  what CPython lacks, before lib asks for it

    from app import clock
    targets.append((clock, ("ticks_ms", "ticks_diff", "ticks_add", "sleep_ms")))
    here = {"ticks_ms": ticks_ms, "ticks_us": ticks_us, "ticks_diff": ticks_diff, "ticks_add": ticks_add, "sleep_ms": sleep_ms}
    for module, names in targets:
        for name in names:
            _saved.append((module, name, getattr(module, name, None)))
            setattr(module, name, here[name])


def remove() -> None:
    """Puts the real clock back."""
    while _saved:
        module, name, old = _saved.pop()
        if old is None:
            delattr(module, name)
        else:
            setattr(module, name, old)


if MICROPYTHON:
    def run(coro):
        """Runs coro to its end in virtual time and returns what it returns."""
        from asyncio import core
        core.new_event_loop()
        real, real_ticks = core._io_queue, core.ticks
        _now[0] = max(_now[0], real_ticks())

        def woken() -> bool:
            task = core._task_queue.peek()
            return task is not None and ticks_diff(task.ph_key, ticks_ms()) <= 0

        class Queue:
            """Stands in front of the io queue: looks at sockets, does not wait for them."""

            map = real.map
            queue_read, queue_write, remove = real.queue_read, real.queue_write, real.remove

            @staticmethod
            def wait_io_event(dt):
                if real.map:
                    real.wait_io_event(0)
                    if woken():
                        return
                if dt:
                    advance(_now[0] + (dt if dt > 0 else DAY_MS), woken)

        core._io_queue, core.ticks = Queue, ticks_ms
        try:
            return core.run_until_complete(core.create_task(coro))
        finally:
            core._io_queue, core.ticks = real, real_ticks
            core.new_event_loop()
else:
    import heapq

    class _Selector:
        """Looks at sockets without waiting and lets the clock jump instead."""

        def __init__(self, real, ready) -> None:
            self._real, self._ready = real, ready

        def select(self, timeout=None):
            events = self._real.select(0) if len(self._real.get_map()) > 1 else []   # one is the loop's own
            if events or timeout is not None and timeout <= 0:
                return events
            wait_ms = DAY_MS if timeout is None else -int(-(timeout * 1000 - 1e-6) // 1)
            if timeout is None and not _hooks:
                raise RuntimeError("virtual clock: every task waits and nothing will wake one")
            advance(_now[0] + wait_ms, lambda: bool(self._ready))
            if timeout is None and not self._ready:
                raise RuntimeError("virtual clock: a day went by and no task woke")
            return events

        def __getattr__(self, name):
            return getattr(self._real, name)

    class _Loop(asyncio.SelectorEventLoop):
        def __init__(self) -> None:
            super().__init__()
            self._selector = _Selector(self._selector, self._ready)  # type: ignore[has-type, attr-defined]

        def time(self) -> float:
            return _now[0] / 1000

        def go(self, ms: int) -> None:
            """Lives for ms of virtual time. As run_forever, but no socket is looked at: a bench has none, and steps by the million."""
            ready, timers = self._ready, self._scheduled   # type: ignore[attr-defined]
            until = _now[0] + ms
            asyncio._set_running_loop(self)
            try:
                while True:
                    for _ in range(len(ready)):
                        _run(ready.popleft())
                    if ready:
                        continue
                    due = -int(-(timers[0]._when * 1000 - 1e-3) // 1) if timers else until
                    if due > _now[0]:
                        advance(min(due, until), lambda: bool(ready))
                    while timers and timers[0]._when * 1000 <= _now[0] + 1e-3:
                        handle = heapq.heappop(timers)
                        handle._scheduled = False
                        ready.append(handle)
                    if not ready and _now[0] >= until:
                        return
            finally:
                asyncio._set_running_loop(None)

    def _run(handle) -> None:
        if not handle._cancelled:
            handle._run()

    def new_loop():
        """An event loop of this clock, for a bench that moves it in steps of its own."""
        return _Loop()

    def run(coro):
        """Runs coro to its end in virtual time and returns what it returns."""
        loop = _Loop()
        asyncio.set_event_loop(loop)
        try:
            return loop.run_until_complete(coro)
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(loop.shutdown_asyncgens())
            asyncio.set_event_loop(None)
            loop.close()
