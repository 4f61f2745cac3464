"""Several whole firmwares on one wire in virtual time: who may be cut off, who comes back, what the wire's clock is worth."""
from tools.whole import Whole


def test_a_lone_charger_is_nobodys_master_and_a_group_has_one():
    assert Whole().house.cfg.loadbl == 0
    assert [house.cfg.loadbl for house in Whole(chargers=3).houses] == [1, 2, 3]


def test_a_charger_that_loses_its_power_lets_go_and_boots_with_what_it_had_saved():
    async def story(w):
        w.site.car.plugged = True
        await w.wait(20)
        w.house.control.put("max_current_a", 10)
        await w.wait(10)
        charging = w.site.car.ma
        w.cut()
        await w.wait(5)
        dark = (w.site.contactors.c1, w.site.duty_bp, w.board.ticks)
        await w.wait(1)
        assert w.board.ticks == dark[2]
        w.revive()
        await w.wait(40)
        return charging, dark[:2], w.house.cfg.max_current_a, w.site.car.ma
    charging, dark, kept, again = Whole().go(story)
    assert charging == again == 9996 and dark == (0, 10000) and kept == 10


def test_the_plant_goes_on_by_itself_while_one_of_two_has_no_power():
    async def story(w):
        began = w.site.now_ms
        w.cut(0)
        await w.wait(3)
        assert w.site.now_ms - began == 3000 and w.site.spots[1].now_ms == w.site.now_ms
        w.revive(0)
        ticks = w.boards[0].ticks
        await w.wait(3)
        return w.site.now_ms - began, w.boards[0].ticks - ticks, w.boards[1].ticks
    took, ticks, others = Whole(chargers=2).go(story)
    assert (took, ticks, others) == (6000, 300, 600)


def test_bytes_arrive_to_the_millisecond():
    async def story(w):
        await w.wait(5)
        ok = w.house.meters.mains.ok
        await w.wait(10)
        return w.house.meters.mains.ok - ok
    assert Whole(mode="Smart").go(story) >= 18
