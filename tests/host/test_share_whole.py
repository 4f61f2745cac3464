"""Three whole firmwares on one wire, with the real regulator: what they charge, and what each of them shows of it."""
import points
from tools.whole import Whole


def shown(house, name):
    return points.shown(house, [r for r in points.TABLE if r[points.NAME] == name][0])


def test_a_group_shares_and_shows_who_is_who():
    async def story(w):
        await w.wait(10)
        w.site.spots[1].car.plugged = w.site.spots[2].car.plugged = True
        await w.until(lambda: w.houses[1].out.c1 and w.houses[2].out.c1)
        await w.wait(15)
        for house in w.houses[1:]:
            house.bus.node.regs.tell("a thing")
        return [[shown(h, "share." + name) for name in ("place", "nodes", "given_ma", "refused")] for h in w.houses], \
            [shown(h, "share.age_ms") for h in w.houses], [spot.car.ma for spot in w.site.spots]
    w = Whole(chargers=3, tasks=("regulate", "bus"), mode="Smart", max_current_a=16, circuit_a=20)
    facts, ages, drawn = w.go(story)
    assert facts == [["Master", "1,2", -1, ""], ["Node 1", "", 10000, "a thing"], ["Node 2", "", 10000, "a thing"]]
    assert ages[0] == -1 and 0 <= min(ages[1:]) and max(ages[1:]) <= 2200
    assert drawn[0] == 0 and 9900 <= min(drawn[1:]) and max(drawn[1:]) <= 10000
    assert sum([house.evse.contacts.closings for house in w.houses]) == 2


def test_who_shares_with_nobody_shows_nothing_of_it_and_has_loaded_nothing():
    async def story(w):
        await w.wait(3)
        return [points.shown(w.house, r) for r in points.TABLE if r[points.NAME].startswith("share.")]
    w = Whole(tasks=("regulate", "bus"))
    assert w.go(story) == [None] * 6
    assert w.house.bus.master is None and w.house.bus.node is None and len(w.house.regulate.fleet.cars) == 1


def test_a_node_hears_of_an_overload_that_was_pushed_within_a_breath():
    """No mains meter on the wire, so nobody's telegram moves the master's turn: what it gives falls between two broadcasts."""
    async def story(w):
        async def feed(house_ma, seconds):
            for _ in range(seconds):
                at = house_ma + w.site.spots[1].car.ma
                w.house.pushed.put("mains", [at, at, at])
                await w.wait(1)
        await feed(2000, 3)
        w.site.spots[1].car.plugged = True
        await feed(2000, 40)
        node = w.houses[1].evse
        before = node.offered_ma
        late = []
        for _ in range(6):
            await feed(2000, 30)
            high = node.offered_ma
            w.house.pushed.put("mains", [36000] * 3)
            late.append(await w.until(lambda: node.offered_ma < high, 5))
        return before, late
    before, late = Whole(chargers=2, tasks=("regulate", "bus"), mode="Smart", mains_meter="API", max_current_a=16).go(story)
    assert before >= 15000
    assert max(late) <= 300, late


def test_a_node_with_one_phase_counts_for_one_and_calls_when_it_has_three_again():
    """A node with CONTACT 2 Always Off in the sun: 9 A of it carry one phase on and on, and would not three."""
    async def story(w):
        w.site.sun.set_ma(6500, 6500, 6500)
        node = w.houses[1]
        w.site.spots[1].car.plugged = True
        await w.until(lambda: node.out.c1, 120)
        w.site.sun.set_ma(3000, 3000, 3000)
        await w.wait(90)
        slot = w.house.regulate.fleet.cars[1]
        one = slot.phases, node.evse.phases.now, list(w.site.spots[1].car.amps_ma)
        w.site.spots[1].car.plugged = False
        await w.wait(5)
        node.control.put("contact2", "Always On")
        await w.until(lambda: slot.phases == 3, 10)
        return one
    w = Whole(chargers=2, tasks=("regulate", "bus"), mode="Solar", max_current_a=16, stop_min=1)
    w.houses[1].cfg.put("contact2", "Always Off")
    phases, now, amps = w.go(story)
    assert (phases, now) == (1, 1)
    assert 6000 <= amps[0] <= 9500 and amps[1] == amps[2] == 0


def test_a_node_counts_down_what_its_master_says_and_not_what_it_reckons_itself():
    async def story(w):
        node = w.houses[1]
        w.site.spots[1].car.plugged = True
        await w.until(lambda: node.out.c1, 60)
        w.house.control.put("mode", "Solar")
        await w.wait(60)
        dark = [house.regulate.stop_timer_s() for house in w.houses], node.regulate.countdown_s(), node.facts.next_text()
        own = node.balance.sun.stop_s
        w.site.sun.set_ma(9000, 9000, 9000)
        await w.wait(30)
        sunny = node.regulate.countdown_s(), node.facts.next_text()
        w.site.sun.set_ma(0, 0, 0)
        await w.until(lambda: not node.out.c1, 400)
        node.balance.seats[0].rest_ms = 30000
        return dark, own, sunny, (node.facts.why(), node.regulate.countdown_s(), node.facts.next_text())
    w = Whole(chargers=2, tasks=("regulate", "bus"), mode="Smart", max_current_a=16)
    w.house.cfg.put("stop_min", 5)
    dark, own, sunny, stopped = w.go(story)
    assert abs(dark[0][0] - dark[0][1]) <= 5 and 230 <= dark[1] <= 290 and dark[2] == "Stops in 5 min unless the sun comes back."
    assert own > 500   # its own STOP is ten minutes, and nobody asks it
    assert sunny == (0, "Rises when other chargers take less.")
    assert stopped == ("no_current", 0, "Starts when the master allots 6 A; its page says who gets what.")


def test_two_nodes_with_one_address_for_their_meters_are_named_until_it_is_mended():
    async def story(w):
        for k in (1, 2):
            w.site.spots[k].car.plugged = True
        await w.wait(30)
        first = shown(w.house, "fault"), [line for _, line in w.house.log.lines()]
        w.houses[2].control.put("ev_meter", "Disabled")
        await w.until(lambda: not w.house.faults.mask, 20)
        return first
    w = Whole(chargers=3, tasks=("regulate", "bus"), mode="Smart", max_current_a=16)
    for house in w.houses[1:]:
        house.cfg.put("ev_meter", "Eastron3P")
        house.cfg.put("ev_addr", 21)
    fault, lines = w.go(story)
    assert fault == "meter_twins" and "nodes: EV meter of node 2: address 21 is that of node 1" in lines
