"""The bus task over a simulated wire with two meters, in virtual time."""
import settings
from app import clock
from app.bus import BAUDS, EV_MS, MAINS_MS, Bus
from bus_beside import Beside
from meters.reading import NEVER
from tools.plant.meter_sdm630 import Sdm630


class Site(Beside):
    """A wire with a mains meter (10) and an EV meter (12), the settings, and the bus task."""

    def __init__(self):
        self.mains, self.ev = Sdm630(10), Sdm630(12)
        Beside.__init__(self, self.mains, self.ev)
        self.cfg.put("ev_meter", "Eastron3P")
        self.bus = Bus(self.wire, self.cfg, self.roles, self.lines.append, self.hear)


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


class Slow:
    """A meter that speaks at one speed only."""

    def __init__(self, wire, meter, baud):
        self.wire, self.meter, self.baud = wire, meter, baud

    def answer(self, frame):
        return self.meter.answer(frame) if self.wire.baud == self.baud else None


def test_another_speed_counts_at_once_and_without_a_restart():
    async def story(s):
        s.wire.slaves = [Slow(s.wire, s.mains, 9600)]
        await clock.sleep_ms(2000)
        at_9600 = s.roles.mains.age_ms(clock.ticks_ms())
        s.wire.slaves = [Slow(s.wire, s.mains, 115200)]  # the electrician changes it at the meter
        await clock.sleep_ms(3000)
        lost = s.roles.mains.age_ms(clock.ticks_ms())
        s.cfg.put("rs485_baud", "115200")
        await clock.sleep_ms(1500)
        return at_9600, lost, s.roles.mains.age_ms(clock.ticks_ms()), s.wire.baud, s.bus.rtu.baud
    site = Site()
    site.cfg.put("ev_meter", "Disabled")
    at_9600, lost, back, wire_baud, baud = site.run(story)
    assert at_9600 <= 300 and lost > 2500 and back <= 300 and wire_baud == baud == 115200


def test_the_speeds_are_those_of_the_setting():
    row = settings.row("rs485_baud")
    assert [str(baud) for baud in BAUDS] == list(row[settings.CHOICES])
    assert settings.row("rs485_parity")[settings.CHOICES] == ("None", "Odd", "Even")   # as the board counts them


def test_three_meters_one_of_them_dead():
    async def story(s):
        circuit = Sdm630(13)
        circuit.ma[:] = [1000, 2000, 3000]
        s.wire.slaves.append(circuit)
        s.cfg.put("circuit_meter", "Eastron3P")
        s.ev.silent = True
        await clock.sleep_ms(60000)
        return s.heard, s.roles.mains.age_ms(clock.ticks_ms()), s.roles.circuit.age_ms(clock.ticks_ms())
    site = Site()
    heard, mains_age, circuit_age = site.run(story)
    assert heard > 280 and mains_age < 500 and circuit_age < 800
    assert site.roles.circuit.ma == [1000, 2000, 3000] and site.roles.circuit.errors == 0
    assert site.lines == ["ev meter 12 lost: silent"]


def test_a_jump_is_asked_for_again_at_once_before_it_is_believed():
    async def story(s):
        s.mains.ma[:] = [10000, 0, 0]
        await clock.sleep_ms(2000)
        s.mains.ma[:] = [60000, 0, 0]
        start = clock.ticks_ms()
        while s.roles.mains.ma[0] != 60000 and clock.ticks_diff(clock.ticks_ms(), start) < 2000:
            await clock.sleep_ms(5)
        return clock.ticks_diff(clock.ticks_ms(), start)
    site = Site()
    took = site.run(story)
    assert took < 500 and site.roles.mains.counted() == "doubt 1"


class Group:
    """Stands where the master of several chargers does."""

    def __init__(self):
        self.steps = self.tells = 0

    async def step(self, rtu):
        self.steps += 1
        await clock.sleep_ms(60)

    async def tell(self, rtu):
        self.tells += 1
        await rtu.tell(rtu.write_multiple_registers, 9, 0x20, [0] * 11, False)


def test_a_master_gets_its_turns_between_the_meters_and_speaks_every_two_seconds():
    async def story(s):
        s.bus.master = Group()
        await clock.sleep_ms(20000)
        return s.bus.master.steps, s.bus.master.tells, s.heard
    steps, tells, heard = Site().run(story)
    assert steps >= 70 and 9 <= tells <= 11 and heard >= 90


def test_three_meters_leave_the_nodes_four_turns_a_second():
    async def story(s):
        s.wire.slaves.append(Sdm630(13))
        s.cfg.put("circuit_meter", "Eastron3P")
        s.bus.master = Group()
        await clock.sleep_ms(20000)
        return s.bus.master.steps, s.heard, s.roles.circuit.ok, s.roles.ev.ok
    steps, mains, circuit, ev = Site().run(story)
    assert steps >= 70 and mains >= 95 and circuit >= 45 and ev >= 19


class Elsewhere:
    """Stands where the node of a master does: it has the wire until the setting is another."""

    def __init__(self, cfg):
        self.cfg, self.times = cfg, 0

    async def run(self, rtu):
        self.times += 1
        while self.cfg.loadbl:
            await clock.sleep_ms(10)


def test_a_node_has_the_wire_for_itself_until_it_is_none_any_more():
    async def story(s):
        await clock.sleep_ms(1000)
        s.cfg.put("loadbl", "Node 3")
        await clock.sleep_ms(500)
        before = s.mains.asked
        await clock.sleep_ms(5000)
        as_node = s.mains.asked - before
        s.cfg.put("loadbl", "Disabled")
        await clock.sleep_ms(1000)
        return as_node, s.mains.asked - before, calls

    calls = []

    def share(bus, loadbl):
        calls.append(loadbl)
        bus.node = Elsewhere(bus.cfg) if loadbl else None
    site = Site()
    site.bus.share = share
    as_node, after, calls = site.run(story)
    assert as_node == 0 and after >= 4 and calls == [4, 0]
