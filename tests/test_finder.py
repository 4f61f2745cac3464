"""Find my meter on a simulated wire, beside a mains meter that must go on being read."""

import pytest

from app import clock
from app.bus import Bus
from app.finder import OFF, SEARCHING, WATCHING, Finder
from bus_beside import Beside
from fakes.table_meter import TableMeter
from meters import models
from tools.plant import vclock
from tools.plant.meter_sdm630 import Sdm630


class House(Beside):
    """A bus with these devices on its wire, and somebody who looks for a meter for a role."""

    def __init__(self, *devices, role="mains", mains="Disabled", **settings):
        Beside.__init__(self, *devices)
        self.cfg.put("mains_meter", mains)
        for key in settings:
            self.cfg.put(key, settings[key])
        vclock.install()  # both look at the clock when they are made
        try:
            self.bus = Bus(self.wire, self.cfg, self.roles, self.lines.append, self.hear)
            self.finder = self.bus.finder = Finder(self.cfg, role, self.lines.append)
        finally:
            vclock.remove()

    def until_found(self, most_s=900):
        """Seconds until the search is through."""
        async def story(h):
            for s in range(most_s):
                if h.finder.state != SEARCHING:
                    return s
                await clock.sleep_ms(1000)
            raise AssertionError("never through")
        return self.run(story)

    def names(self):
        return [(hit.meter.address, models.row(hit.meter.model)[models.NAME]) for hit in self.finder.hits]


@pytest.mark.parametrize("model", [3, 4, 6, 8, 12, 15])
def test_a_meter_at_a_usual_address_is_found_with_its_live_numbers(model):
    async def story(h):
        for _ in range(120):
            if h.finder.hits:
                return
            await clock.sleep_ms(1000)
    house = House(TableMeter(model, 11, (1500, -2500, 9000)))
    house.run(story)
    assert house.names() == [(11, models.row(model)[models.NAME])]
    reading = house.finder.hits[0].meter.reading
    assert max([abs(a - b) for a, b in zip(reading.ma, (1500, -2500, 9000))]) <= 10 and abs(reading.mv[0] - 230000) < 100


def test_two_meters_far_apart_are_both_found_and_the_time_left_was_told():
    house = House(TableMeter(4, 77), TableMeter(6, 201, shy=True))

    async def story(h):
        await clock.sleep_ms(30000)
        first, at = h.finder.left_s(), clock.ticks_ms()
        while h.finder.state == SEARCHING:
            await clock.sleep_ms(1000)
        return first, clock.ticks_diff(clock.ticks_ms(), at) // 1000
    told, took = house.run(story)
    assert house.names() == [(77, "Eastron3P"), (201, "ABB")] or house.names() == [(77, "Eastron3P")]
    assert took * 2 // 3 < told < took * 3 // 2 + 10 and house.finder.left_s() == 0


def test_an_empty_wire_is_through_within_minutes_and_finds_nothing():
    house = House()
    assert 60 < house.until_found() < 500
    assert house.finder.hits == [] and house.finder.done == house.finder.total and "find: 0 meters" in house.lines


def test_the_mains_meter_goes_on_being_read_while_somebody_searches():
    mains = Sdm630(10)
    mains.ma[:] = [5000, 5000, 5000]
    house = House(mains, TableMeter(17, 30), mains="Eastron3P", role="ev")

    async def story(h):
        worst = 0
        await clock.sleep_ms(2000)
        for _ in range(600):
            await clock.sleep_ms(100)
            worst = max(worst, h.roles.mains.age_ms(clock.ticks_ms()))
        return worst
    worst = house.run(story)
    assert worst < 1000 and house.heard > 120 and house.roles.mains.errors == 0
    assert (10, "Eastron3P") in house.names()


def test_nobody_is_written_to():
    devices = [TableMeter(4, 10), TableMeter(6, 11), TableMeter(17, 2)]
    House(*devices).until_found()
    assert [d.written for d in devices] == [0, 0, 0] and all([d.asked for d in devices])


def test_the_addresses_of_chargers_are_left_in_peace_when_there_is_a_group():
    node = TableMeter(4, 2)
    house = House(node, loadbl="Master")
    house.until_found()
    assert node.asked == 0 and house.finder.total == 238


def test_a_node_does_not_search():
    with pytest.raises(ValueError) as e:
        House(loadbl="Node 2")
    assert "master" in str(e.value)


@pytest.mark.parametrize("role", ["", "kitchen", "MAINS"])
def test_an_unknown_role_is_refused(role):
    with pytest.raises(ValueError) as e:
        House(role=role)
    assert "role must be one of mains, circuit, ev, pv, battery" in str(e.value)


def test_what_was_found_lives_on_until_it_is_forgotten():
    device = TableMeter(4, 10)
    house = House(device, TableMeter(10, 11, (7000, 0, 0)))

    async def story(h):
        while h.finder.state == SEARCHING:
            await clock.sleep_ms(1000)
        device.ma[1] = -16000
        await clock.sleep_ms(3000)
        now = list(h.finder.hits[0].meter.reading.ma)
        await clock.sleep_ms(700000)
        return now
    assert house.run(story)[1] == -16000
    assert house.finder.state == OFF


def test_stopped_it_asks_nothing_more_and_keeps_what_it_found():
    device = TableMeter(4, 10)
    house = House(device)

    async def story(h):
        while not h.finder.hits:
            await clock.sleep_ms(100)
        h.finder.stop()
        asked = device.asked
        await clock.sleep_ms(5000)
        return asked
    assert house.run(story) == device.asked
    assert house.finder.left_s() == 0 and house.finder.deeds(0) == [("put", "mains_meter", 4), ("put", "mains_addr", 10)]


def test_taking_what_is_not_there_is_refused():
    house = House()
    with pytest.raises(ValueError) as e:
        house.finder.deeds(0)
    assert "no meter has been found" in str(e.value)


def test_a_meter_on_the_network_gives_way_to_the_one_that_was_found():
    house = House(TableMeter(4, 10), pv_host="10.0.0.9", role="pv", pv_meter="Eastron3P")
    house.until_found()
    assert house.finder.deeds(0) == [("put", "pv_meter", 4), ("put", "pv_addr", 10), ("put", "pv_host", "")]


def test_twins_are_both_offered():
    house = House(TableMeter(16, 10))
    house.until_found()
    assert house.names() == [(10, "Phoenix C"), (10, "C.Gavazzi")]


def test_a_noisy_line_ends_no_search():
    class Noise:
        unit = 0

        def answer(self, frame):
            return b"\x0b\x04\x07" if frame[0] % 3 == 0 else None
    house = House(Noise(), TableMeter(4, 20))
    house.wire.slaves.reverse()
    house.until_found(2000)
    assert (20, "Eastron3P") in house.names() and house.finder.state == WATCHING
