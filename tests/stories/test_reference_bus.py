"""Our nodes under a SmartEVSE master, and our master over SmartEVSE nodes, on the simulated wire at 9600 baud."""
from fakes.smartevse_frames import C
from fakes.smartevse_master import RefMaster
from fakes.smartevse_node import RefNode
from neighbours import Street, room_for, until, wait


def under_a_reference_master(*numbers, total_a=32, **settings):
    street = Street(numbers, **settings)
    street.master = RefMaster(street.line.port(), total_a)
    street.beside.append(street.master.run())
    return street


def over_reference_nodes(*addresses, total_ma=32000, **settings):
    room_for(1 + len(addresses))
    street = Street((0,), total_ma, **settings)
    street.nodes = [RefNode(street.line.port(), address) for address in addresses]
    street.beside += [node.run() for node in street.nodes]
    return street


def test_our_node_asks_a_reference_master_and_charges():
    async def story(s):
        node = s[0]
        await until(lambda: s.master.online[2] and not s.master.changed[2], 30000)
        node.car.plugged = True
        await until(lambda: node.out.c1)
        await wait(15000)
        charged = node.state, node.evse.offered_ma, node.car.ma, s.master.state[2]
        node.car.plugged = False
        await wait(5000)
        return charged, node.state, s.master.state[2]
    s = under_a_reference_master(1)
    assert s.run(story) == (("C2", 15996, 15996, C), "A", 0)
    assert s.master.timeouts == 0 and s.master.broken == 0 and s.line.collisions == 0
    assert (s[0].closed, s[0].opened) == (1, 1)
    assert 4 <= min(s.master.delays) and max(s.master.delays) < 40


def test_two_of_our_nodes_share_what_a_reference_master_has_and_the_meters_phases_are_shown():
    async def story(s):
        s[0].car.plugged = s[1].car.plugged = True
        await until(lambda: s[0].out.c1 and s[1].out.c1, 40000)
        await wait(20000)
        return [(c.evse.offered_ma + 50) // 100 for c in s.chargers], s[0].meters.mains.ma
    s = under_a_reference_master(1, 7, total_a=20)
    offers, mains = s.run(story)
    assert offers == [100, 100] and mains == [5700, 600, -1200]
    assert [c.closed for c in s.chargers] == [1, 1]


def test_a_reference_master_without_current_makes_our_node_wait_and_lets_it_start_later():
    async def story(s):
        await until(lambda: s.master.online[2], 30000)
        s.master.total = 0
        s[0].car.plugged = True
        await wait(30000)
        refused = s[0].state, s[0].why, s.master.errors[2], s[0].closed
        s.master.total = 160
        await until(lambda: s[0].out.c1)
        return refused
    assert under_a_reference_master(1).run(story) == ("B1", "no_current", 1, 0)


def test_an_overload_broadcast_of_a_reference_master_stops_our_node_softly_and_it_returns_by_itself():
    async def story(s):
        s[0].car.plugged = True
        await until(lambda: s[0].out.c1, 30000)
        await wait(10000)
        s.master.overload = True
        took = await until(lambda: not s[0].out.c1)
        hot = s[0].car.hot_opens
        back = await until(lambda: s[0].out.c1, 120000)
        return took, hot, back
    took, hot, back = under_a_reference_master(1).run(story)
    assert took < 6000 and hot == 0 and 55000 < back < 75000


def test_our_node_stops_when_the_reference_master_has_been_silent_for_eleven_seconds_and_returns():
    async def story(s):
        s[0].car.plugged = True
        await until(lambda: s[0].out.c1, 30000)
        await wait(10000)
        s.master.running = False
        quiet = await until(lambda: s[0].evse.offered_ma == 0)
        await wait(8000)
        silent = s[0].state, s[0].out.c1, s[0].faults.names()
        s.master.running = True
        await wait(3000)
        back = s[0].faults.names()
        await until(lambda: s[0].out.c1, 60000)
        return quiet, silent, back
    quiet, silent, back = under_a_reference_master(1).run(story)
    assert 9000 <= quiet <= 11500 and silent == ("B1", 0, "no_master") and back == ""


def test_a_mode_goes_from_a_reference_master_to_our_node_and_back():
    async def story(s):
        await until(lambda: s.master.online[2], 30000)
        s.master.mode = 1
        await wait(4000)
        given = s[0].cfg.mode
        s[0].control.put("mode", "Solar")
        await wait(4000)
        return given, s.master.mode, s[0].cfg.mode, s[0].cfg.access
    s = under_a_reference_master(1, mains_meter="Disabled")
    assert s.run(story) == (1, 2, 2, 1)


def test_a_reference_master_that_pushes_a_mode_takes_nobodys_override_back():
    async def story(s):
        s[0].control.override(8000)
        s[0].car.plugged = True
        await until(lambda: s[0].out.c1, 30000)
        s.master.mode = 1
        await wait(6000)
        return s[0].cfg.mode, s[0].control.override_ma, s[0].evse.offered_ma // 100
    assert under_a_reference_master(1).run(story) == (1, 8000, 79)


def test_our_node_hears_its_own_meter_when_a_reference_master_asks_it():
    async def story(s):
        await wait(40000)
        s[0].car.plugged = True
        await until(lambda: s[0].out.c1)
        await wait(30000)
        return s.master.meters[2], s[0].meters.ev.known, s[0].meters.ev.ma[0] // 1000
    assert under_a_reference_master(1, ev_meter="Eastron3P", ev_addr=12).run(story) == ((4, 12), 1, 15)


def test_reference_nodes_charge_under_our_master():
    async def story(s):
        await wait(20000)
        for node in s.nodes:
            node.plugged = True
        await until(lambda: all([node.state == C for node in s.nodes]))
        await wait(5000)
        charging = [node.balanced for node in s.nodes]
        s.nodes[0].plugged = False
        await wait(6000)
        return charging, s.nodes[1].balanced
    s = over_reference_nodes(2, 5, total_ma=20000)
    assert s.run(story) == ([100, 100], 160)
    assert [node.forced for node in s.nodes] == [[], []] and [node.closed for node in s.nodes] == [1, 1]
    assert s.line.collisions == 0 and not s[0].faults.mask


def test_a_reference_node_that_was_refused_by_somebody_is_freed_by_our_master():
    async def story(s):
        node = s.nodes[0]
        node.plugged, node.error, node.state = True, 1, 9
        await wait(20000)
        return node.error
    assert over_reference_nodes(2).run(story) == 0


def test_what_our_master_has_too_little_of_it_does_not_grant_and_grants_it_later():
    async def story(s):
        await wait(20000)
        s.nodes[0].plugged = s.nodes[1].plugged = True
        await wait(20000)
        few = sorted([node.state == C for node in s.nodes])
        first = s.nodes[0] if s.nodes[0].state == C else s.nodes[1]
        first.plugged = False
        await wait(15000)
        return few, [node.state == C for node in s.nodes if node is not first], [node.error for node in s.nodes]
    s = over_reference_nodes(2, 3, total_ma=11000)
    assert s.run(story) == ([False, True], [True], [0, 0])


def test_a_mode_goes_from_our_master_to_a_reference_node_and_back():
    async def story(s):
        await wait(20000)
        s[0].control.put("mode", "Smart")
        await wait(4000)
        given = [node.mode for node in s.nodes]
        s.nodes[1].mode = 2
        await wait(4000)
        return given, s[0].cfg.mode, [node.mode for node in s.nodes]
    s = over_reference_nodes(2, 3)
    assert s.run(story) == ([1, 1], 2, [2, 2])
    assert [node.forced for node in s.nodes] == [[], []]
