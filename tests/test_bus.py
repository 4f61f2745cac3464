"""The bus task over a simulated wire with two meters, in virtual time."""
from app import clock
from app.bus import EV_MS, MAINS_MS, Bus
from meters.reading import NEVER
from meters.roles import Roles
from settings import Settings
from tools.plant import vclock
from tools.plant.meter_sdm630 import Sdm630
from tools.plant.wire import Wire


class Site:
    """A wire with a mains meter (10) and an EV meter (12), the settings, and the bus task."""

    def __init__(self):
        self.wire = Wire()
        self.mains, self.ev = Sdm630(10), Sdm630(12)
        self.wire.slaves += [self.mains, self.ev]
        self.cfg = Settings()
        self.cfg.put("ev_meter", "Eastron3P")
        self.roles = Roles()
        self.lines = []
        self.heard = 0
        self.bus = Bus(self.wire, self.cfg, self.roles, self.lines.append, self._hear)

    def _hear(self):
        self.heard += 1

    def run(self, story):
        """story(self) is a coroutine beside the bus task."""
        import asyncio

        async def both():
            task = asyncio.create_task(self.bus.run())
            try:
                return await story(self)
            finally:
                task.cancel()
        vclock.install()
        try:
            vclock.every(5, self.wire.step)
            return vclock.run(both())
        finally:
            vclock.remove()


def test_the_mains_meter_is_read_five_times_a_second_and_the_other_once():
    async def story(s):
        s.mains.ma[:] = [5250, -6600, 100]
        s.ev.ma[:] = [0, 0, 16000]
        await clock.sleep_ms(10500)
        return s.roles.mains.age_ms(clock.ticks_ms())
    site = Site()
    age = site.run(story)
    assert site.roles.mains.ma == [5250, -6600, 100] and site.roles.ev.ma == [0, 0, 16000]
    assert age <= 2 * MAINS_MS and 50 <= site.heard <= 53
    assert 10 <= site.ev.asked <= 14   # and its two counters
    assert site.roles.mains.errors == 0 and site.roles.ev.errors == 0


def test_counters_are_read_within_a_minute():
    async def story(s):
        s.mains.import_uws, s.mains.export_uws = 1234567 * 3600000000, 5000 * 3600000000
        await clock.sleep_ms(40000)
    site = Site()
    site.run(story)
    assert site.roles.mains.import_wh == 1234567 and site.roles.mains.export_wh == 5000


def test_a_dead_mains_meter_is_asked_on_and_the_other_is_read_meanwhile():
    async def story(s):
        await clock.sleep_ms(3500)
        s.mains.silent = True
        await clock.sleep_ms(10000)
        ages = s.roles.mains.age_ms(clock.ticks_ms()), s.roles.ev.age_ms(clock.ticks_ms())
        before = clock.ticks_ms()
        s.mains.silent = False
        while s.roles.mains.age_ms(clock.ticks_ms()) > 1000:
            await clock.sleep_ms(10)
        return ages, clock.ticks_diff(clock.ticks_ms(), before)
    site = Site()
    (mains_age, ev_age), back_ms = site.run(story)
    assert mains_age > 9000 and ev_age <= EV_MS + 500 and back_ms < 1500
    assert site.roles.mains.last_error == "silent" and 8 <= site.roles.mains.errors <= 21
    assert site.roles.ev.errors == 0
    assert site.lines == ["mains meter 10 lost: silent", "mains meter 10 is back"]


def test_a_dead_meter_beside_it_hardly_slows_the_mains_meter():
    async def story(s):
        s.ev.silent = True
        await clock.sleep_ms(10000)
        before, worst = s.heard, 0
        for _ in range(6000):
            await clock.sleep_ms(10)
            worst = max(worst, s.roles.mains.age_ms(clock.ticks_ms()))
        return s.heard - before, worst
    readings, worst = Site().run(story)
    assert readings > 290 and worst < 600   # 300 in this minute if both were well


def test_one_lost_telegram_is_counted_but_is_no_news():
    async def story(s):
        await clock.sleep_ms(2500)
        s.mains.spoil = True
        while not s.roles.mains.errors:
            await clock.sleep_ms(10)
        s.mains.spoil = False
        await clock.sleep_ms(500)
        return s.roles.mains.age_ms(clock.ticks_ms())
    site = Site()
    age = site.run(story)
    assert site.roles.mains.errors == 1 and site.roles.mains.last_error == "crc" and site.lines == []
    assert age <= MAINS_MS + 100


def test_another_address_counts_from_the_next_round():
    async def story(s):
        s.ev.ma[:] = [7000, 0, 0]
        await clock.sleep_ms(1500)
        s.cfg.put("mains_addr", 12)
        s.cfg.put("ev_meter", "Disabled")
        await clock.sleep_ms(1500)
        return s.roles.ev.age_ms(clock.ticks_ms())
    site = Site()
    assert site.run(story) == NEVER
    assert site.roles.mains.ma == [7000, 0, 0] and site.roles.ev.ma == [0, 0, 0]


def test_a_pushed_meter_is_left_alone():
    async def story(s):
        s.cfg.put("mains_meter", "API")
        s.roles.mains.put(clock.ticks_ms(), [1, 2, 3], [0, 0, 0])
        await clock.sleep_ms(3000)
    site = Site()
    site.run(story)
    assert site.mains.asked == 0 and site.roles.mains.ma == [1, 2, 3]


def test_an_absurd_number_on_the_wire_does_not_reach_the_role():
    async def story(s):
        s.mains.ma[:] = [1000, 1000, 1000]
        await clock.sleep_ms(2500)
        s.mains.ma[1] = 600000
        await clock.sleep_ms(4000)
    site = Site()
    site.run(story)
    assert site.roles.mains.ma == [1000, 1000, 1000] and site.roles.mains.last_error == "range"
