"""The bus task over a wire that lies, and a judge who knows what the meters really measured. For tests and benches."""
import asyncio

from app import clock
from app.bus import Bus
from meters.roles import Roles
from settings import Settings
from tools.plant import vclock
from tools.plant.liar import EXPORT_WH, IMPORT_WH, KINDS, Liar
from tools.plant.meter_sdm630 import Sdm630
from tools.plant.wire import Wire

ROLES = ("mains", "circuit", "ev")
UNITS = (10, 13, 12)


class Lying:
    """Three meters, `share` permille of whose answers go wrong. `count` of each thing that happened."""

    def __init__(self, share=400, seed=1, count=3, wire_ms=5, kinds=KINDS):
        vclock.install()
        self.wire = Wire()
        self.liar = Liar(self.wire, [Sdm630(unit) for unit in UNITS[:count]], share, seed, kinds)
        self.cfg = Settings()
        self.cfg.put("max_current_a", 32)
        if count > 1:
            self.cfg.put("circuit_meter", "Eastron3P")
            self.cfg.put("ev_meter", "Eastron3P")
        self.roles = Roles()
        self.lines = []
        self.bus = Bus(self.wire, self.cfg, self.roles, self.lines.append)
        self.readings = [self.roles.latest(role) for role in ROLES[:count]]
        self.at = [0] * count
        self.taken = self.wrong = self.stale = 0
        self.worst_ms = 0        # the oldest that the mains reading ever was
        self.wire_ms = wire_ms
        self.gap_ms = self._beat_at = 0

    def judge(self, dt_ms=0):
        """After each step of the wire: is what was taken what was measured for the newest question?"""
        for k in range(len(self.readings)):
            reading = self.readings[k]
            ma = reading.ma[0]
            if reading.known and reading.at != self.at[k]:
                self.at[k] = reading.at
                self.taken += 1
                if ma != self.liar.truth[k]:
                    self.stale += 1
                if reading.ma[1] != -ma - 1000 or reading.ma[2] != 500 or abs(reading.w[0] - ma * 230 // 1000) > 1:
                    self.wrong += 1
            for wh, base in ((reading.import_wh, IMPORT_WH), (reading.export_wh, EXPORT_WH)):
                if wh and not base < wh <= base + 4000:
                    self.wrong += 1
            if max(reading.mv) and (min(reading.mv) != 230000 or max(reading.mv) != 230000):
                self.wrong += 1
        if self.at[0]:
            self.worst_ms = max(self.worst_ms, self.roles.mains.age_ms(clock.ticks_ms()))

    def beat(self, dt_ms):
        """What the tick would be: every 10 ms of the clock."""
        now = clock.ticks_ms()
        if self._beat_at:
            self.gap_ms = max(self.gap_ms, clock.ticks_diff(now, self._beat_at))
        self._beat_at = now

    def run(self, seconds):
        async def both():
            task = asyncio.create_task(self.bus.run())
            try:
                await clock.sleep_ms(seconds * 1000)
            finally:
                task.cancel()
        try:
            vclock.every(self.wire_ms, self.wire.step)
            vclock.every(self.wire_ms, self.liar.step)
            vclock.every(self.wire_ms, self.judge)
            vclock.every(10, self.beat)
            vclock.run(both())
        finally:
            vclock.remove()
        return self

    def told(self):
        """name -> how often, of the lies."""
        return [(KINDS[i], self.liar.counts[i]) for i in range(len(KINDS))]
