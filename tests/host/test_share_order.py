"""Whole firmwares on one wire that serve one after the other: SHARE Priority and the order of the owner."""
import points
import pytest
from tools.whole import Whole


def shown(house, name):
    return points.shown(house, [r for r in points.TABLE if r[points.NAME] == name][0])


async def both_charge(w, order=(1, 2)):
    await w.wait(10)
    for k in order:
        w.site.spots[k].car.plugged = True
        await w.until(lambda: w.houses[k].out.c1)
    await w.wait(40)


@pytest.mark.parametrize("priorities, first", [("", 1), ("2,0,1", 2)])
def test_with_too_little_for_two_the_first_in_the_list_keeps_its_current_and_the_other_waits(priorities, first):
    """Who is served last came first: that counts for nothing here."""
    async def story(w):
        await both_charge(w, (3 - first, first))
        shares = [spot.car.ma for spot in w.site.spots]
        w.house.control.put("circuit_a", 11)
        await w.wait(40)
        return shares, [spot.car.ma for spot in w.site.spots], shown(w.house, "share.list")
    w = Whole(chargers=3, tasks=("regulate", "bus"), mode="Smart", max_current_a=16, circuit_a=20, share="Priority", priorities=priorities)
    shares, after, words = w.go(story)
    other = 3 - first
    assert 13800 <= shares[first] <= 14000 and 5800 <= shares[other] <= 6100
    assert 10800 <= after[first] <= 11000 and after[other] == 0
    assert sum([house.evse.contacts.hot for house in w.houses]) == 0
    lines = words.split("; ")
    assert lines[0] == "Master asks for nothing"
    assert lines[first].startswith("Node %d charging 11.0 A" % first) and lines[other].startswith("Node %d waits 0.0 A" % other)
    assert [shown(house, "share.list") for house in w.houses[1:]] == [None, None]


def test_the_order_may_change_while_they_charge_and_a_broken_one_from_a_file_stops_nobody():
    async def story(w):
        await both_charge(w)
        w.house.control.put("priorities", "2")
        await w.wait(40)
        swapped = [spot.car.ma for spot in w.site.spots[1:]]
        w.house.cfg.put("priorities", "nonsense")
        await w.wait(40)
        return swapped, [spot.car.ma for spot in w.site.spots[1:]], [house.evse.contacts.closings for house in w.houses[1:]]
    w = Whole(chargers=3, tasks=("regulate", "bus"), mode="Smart", max_current_a=16, circuit_a=20, share="Priority", priorities="1")
    swapped, after, closings = w.go(story)
    assert swapped[1] > 13800 and swapped[0] < 6100
    assert after[0] > 13800 and after[1] < 6100
    assert closings == [1, 1]
