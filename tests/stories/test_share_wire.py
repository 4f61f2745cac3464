"""Chargers of ours on one wire: they join, lose each other and come back, and no contactor bounces."""
import pytest

from neighbours import Street, until, wait
from proto import nodes


async def here(s):
    """All nodes have been found."""
    await until(lambda: s[0].bus.master and len(s[0].bus.master.peers) == len(s.chargers) - 1, 40000)
    await wait(1000)


async def charging(s, *those):
    """All nodes have been found, and the cars of these have come up to their current."""
    await here(s)
    for k in those:
        s[k].car.plugged = True
    await until(lambda: all([s[k].out.c1 for k in those]))
    await wait(8000)


def test_a_node_joins_charges_and_unplugs():
    async def story(s):
        await here(s)
        s[1].car.plugged = True
        offered = await until(lambda: s[1].state == "B2")
        closed = await until(lambda: s[1].out.c1)
        await wait(10000)
        full = s[1].evse.offered_ma, s[1].car.ma, s[1].why
        s[1].car.plugged = False
        await wait(3000)
        return offered, closed, full, s[1].state
    s = Street((0, 1))
    offered, closed, full, after = s.run(story)
    assert offered < 4000 and closed < 6000
    assert full == (15996, 15996, "charging") and after == "A"
    assert (s[1].closed, s[1].opened, s[1].car.hot_opens) == (1, 1, 0)
    assert s.line.collisions == 0 and s[0].bus.rtu.errors < 15   # only those who are not there do not answer


def test_the_master_charges_beside_its_node_and_they_share():
    async def story(s):
        await here(s)
        s[0].car.plugged = True
        await until(lambda: s[0].out.c1)
        await wait(8000)
        alone = s[0].evse.offered_ma
        s[1].car.plugged = True
        await until(lambda: s[1].out.c1)
        await wait(8000)
        return alone, [c.evse.offered_ma // 100 for c in s.chargers]
    s = Street((0, 3), 20000)
    assert s.run(story) == (15996, [99, 99])
    assert [c.closed for c in s.chargers] == [1, 1]


@pytest.mark.parametrize("away_ms", [3000, 5000])
def test_a_master_that_is_back_in_time_was_not_missed(away_ms):
    async def story(s):
        await charging(s, 1)
        s[0].off()
        await wait(away_ms)
        s[0].on()
        await wait(30000)
        return s[1].state, s[1].closed, s[1].evse.offered_ma
    assert Street((0, 1)).run(story) == ("C2", 1, 15996)


def test_a_master_that_is_gone_for_fifteen_seconds_takes_the_current_with_it_until_it_is_back():
    async def story(s):
        await charging(s, 1)
        s[0].off()
        stopped = await until(lambda: not s[1].evse.offered_ma)
        await wait(15000 - stopped)
        gone = s[1].out.c1, s[1].faults.names(), s[1].why, s[1].car.hot_opens
        s[0].on()
        await until(lambda: not s[1].faults.mask)
        back = await until(lambda: s[1].out.c1, 40000)
        return stopped, gone, back, s[1].closed
    stopped, gone, back, closed = Street((0, 1)).run(story)
    assert 9000 <= stopped <= 11500 and gone == (0, "no_master", "fault", 0)
    assert back < 25000 and closed == 2


def test_a_node_that_vanishes_while_it_charges_keeps_its_share_until_it_must_have_stopped():
    async def story(s):
        await charging(s, 1, 2)
        s[1].off()
        slot = s[0].regulate.fleet.cars[1]
        seen = []
        for _ in range(25):
            await wait(1000)
            seen.append((slot.online, slot.offered_ma // 100, (s[2].evse.offered_ma + 50) // 100))
        s[1].on()
        await until(lambda: s[1].out.c1, 60000)
        await wait(15000)
        return seen, [(c.evse.offered_ma + 50) // 100 for c in s.chargers[1:]], s[2].closed
    s = Street((0, 1, 2), 20000)
    seen, after, other = s.run(story)
    assert (0, 100, 100) in seen and seen[14][1:] == (100, 100)   # silent, and still reckoned with
    assert seen[24] == (0, 0, 160)                                # free in the end, and the other has it
    assert after == [100, 100] and other == 1
    assert "nodes: node 1 is silent" in s[0].lines


def test_a_node_whose_answers_are_lost_for_five_seconds_charges_on():
    async def story(s):
        await charging(s, 1)
        write = s[1].port.write
        s[1].port.write = lambda buf: 0
        offline = await until(lambda: not s[0].regulate.fleet.cars[1].online)
        await wait(5000 - offline)
        s[1].port.write = write
        await wait(10000)
        return s[1].state, s[1].closed, s[1].evse.offered_ma, s[0].regulate.fleet.cars[1].online
    assert Street((0, 1)).run(story) == ("C2", 1, 15996, 1)


def test_four_that_plug_in_within_two_seconds_all_start_and_none_bounces():
    async def story(s):
        await here(s)
        for i in (1, 3, 5, 7):
            s[i].car.plugged = True
            await wait(500)
        took = await until(lambda: all([s[i].out.c1 for i in (1, 3, 5, 7)]), 30000)
        await wait(15000)
        return took, [(c.evse.offered_ma + 50) // 100 for c in s.chargers], [c.car.hot_opens for c in s.chargers]
    s = Street((0, 1, 2, 3, 4, 5, 6, 7), 40000)
    took, offers, hot = s.run(story)
    assert took < 10000
    assert offers == [0, 100, 0, 100, 0, 100, 0, 100]
    assert [c.closed for c in s.chargers] == [0, 1, 0, 1, 0, 1, 0, 1] and sum([c.opened for c in s.chargers]) == 0
    assert hot == [0] * 8


def test_seven_nodes_are_asked_within_three_seconds_each():
    async def story(s):
        await here(s)
        gaps = []
        last = [p.heard_at for p in s[0].bus.master.peers]
        for _ in range(2000):
            await wait(10)
            peers = s[0].bus.master.peers
            for i in range(7):
                if peers[i].heard_at != last[i]:
                    gaps.append(peers[i].heard_at - last[i])
                    last[i] = peers[i].heard_at
        return len(gaps), max(gaps)
    s = Street((0, 1, 2, 3, 4, 5, 6, 7))
    count, longest = s.run(story)
    print("7 nodes: %d states in 20 s, at worst %d ms apart" % (count, longest))
    assert count >= 7 * 20 // 3 and longest < 3000


def test_a_mode_that_was_chosen_at_a_node_is_everybodys():
    async def story(s):
        await here(s)
        s[2].control.put("mode", "Smart")
        await wait(5000)
        from_node = [c.cfg.mode for c in s.chargers]
        s[0].control.put("mode", "Solar")
        await wait(5000)
        return from_node, [c.cfg.mode for c in s.chargers]
    s = Street((0, 1, 2))
    assert s.run(story) == ([1, 1, 1], [2, 2, 2])


def test_a_toggle_at_the_master_says_the_mode_and_no_node_does():
    async def story(s):
        await here(s)
        s[1].control.put("mode", "Smart")
        await wait(5000)
        return [c.cfg.mode for c in s.chargers]
    assert Street((0, 1), switch="Sma-Sol S").run(story) == [0, 0]


def test_a_node_whose_access_is_withdrawn_asks_for_nothing_and_gets_nothing():
    async def story(s):
        await here(s)
        s[1].control.set_mode("off")
        s[1].car.plugged = True
        await wait(20000)
        off = s[1].state, s[1].bus.node.state(), s[0].regulate.fleet.cars[1].asks
        s[1].control.set_mode("normal")
        await until(lambda: s[1].out.c1)
        return off
    assert Street((0, 1)).run(story) == ("B1", nodes.B1, 0)


def test_a_node_that_is_made_its_own_master_charges_alone_and_back():
    async def story(s):
        await here(s)
        s[1].control.put("loadbl", "Disabled")
        s[1].car.plugged = True
        await until(lambda: s[1].out.c1)
        s[1].control.put("loadbl", "Node 1")
        await wait(1000)
        down = s[1].evse.offered_ma, s[1].evse.may_close
        await wait(7000)
        opened = s[1].out.c1
        await until(lambda: s[1].out.c1, 40000)
        return down, opened, s[1].car.hot_opens
    assert Street((0, 1)).run(story) == ((0, 0), 0, 0)


def test_the_regulator_that_has_died_gives_nobody_anything():
    async def story(s):
        await here(s)
        s[1].car.plugged = True
        await until(lambda: s[1].out.c1)
        s[0].regulate.runs = False
        return await until(lambda: not s[1].evse.offered_ma)
    assert Street((0, 1)).run(story) < 8000


def test_two_masters_are_seen_by_both_and_told():
    async def story(s):
        await wait(30000)
        seen = [c.faults.names() for c in s.chargers]
        s[1].control.put("loadbl", "Node 1")
        await wait(70000)
        return seen, [c.faults.names() for c in s.chargers]
    s = Street((0, 0))
    s[1].cfg.put("mains_meter", "Disabled")
    assert s.run(story) == (["twins", "twins"], ["", ""])
    assert "nodes: another master is on the wire" in s[0].lines


def test_two_nodes_of_one_number_are_seen_and_told():
    async def story(s):
        await wait(60000)
        return [c.faults.names() for c in s.chargers]
    s = Street((0, 2, 2))
    assert "twins" in s.run(story)


@pytest.mark.parametrize("kind, permille", [("loss", 200), ("crc", 200), ("cut", 150), ("noise", 300)])
def test_noise_on_the_wire_costs_time_and_nothing_else(kind, permille):
    async def story(s):
        await here(s)
        s.site.faults.put(kind, permille)
        s.line.spoil = s.site.faults.spoil
        s[1].car.plugged = s[2].car.plugged = True
        await until(lambda: s[1].out.c1 and s[2].out.c1, 90000)
        await wait(60000)
        return [c.closed for c in s.chargers], [c.state for c in s.chargers]
    s = Street((0, 1, 2))
    assert s.run(story) == ([0, 1, 1], ["A", "C2", "C2"])
    assert s.site.faults.counts[kind] > 50
