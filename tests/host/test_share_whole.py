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
