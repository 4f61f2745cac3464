"""Steps the plant in world time: 10 ms at a time, SPEED times as fast as a clock on the wall.

It does not drift: the number of steps follows from the time since the start.
A host that was asleep for more than a second does not get that time back, or
the firmware would be flooded with the past. It also keeps the last minutes
for the strip chart.
"""
import asyncio
import time

from tools.plant.site import Site

STEP_MS = 10
LATE_S = 1.0
KEPT = 300   # samples, one a second of real time


class Pace:
    """Runs `site` and calls `after_step` and `after_batch` of all who live by its steps."""

    def __init__(self, site: Site, speed: int = 1, parts: tuple = ()) -> None:
        self.site, self.speed, self.parts = site, speed, parts
        self.history: list = []
        self.dropped_s = 0.0
        self._sampled_ms = -1

    async def run(self) -> None:
        begin = time.monotonic()
        steps = 0
        while True:
            behind = (time.monotonic() - begin) * self.speed - steps * STEP_MS / 1000
            if behind > LATE_S * self.speed:
                begin += behind / self.speed
                self.dropped_s += behind / self.speed
                behind = 0
            due = int(behind * 1000) // STEP_MS
            for _ in range(due):
                self._step()
            steps += due
            for part in self.parts:
                if hasattr(part, "flush"):
                    part.flush()
            rest = steps * STEP_MS / 1000 / self.speed - (time.monotonic() - begin) + STEP_MS / 1000 / self.speed
            await asyncio.sleep(max(0.0005, rest))

    def _step(self) -> None:
        site = self.site
        site.step(STEP_MS)
        for part in self.parts:
            part.step()
        sample = site.now_ms // (1000 * self.speed)
        if sample != self._sampled_ms:
            self._sampled_ms = sample
            cars = sum(sum(spot.car.amps_ma) for spot in site.spots)
            self.history.append([site.now_ms, sum(site.mains_ma), sum(site.sun.ma), cars, sum(site.house.ma)])
            del self.history[:-KEPT]
