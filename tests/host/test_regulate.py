"""The regulation second, on the whole firmware in virtual time, meters read by real frames."""
import faults
from tools.whole import Whole


def test_smart_follows_the_house_over_the_bus():
    async def story(w):
        w.site.house.set_ma(5000, 4000, 3000)
        w.site.car.plugged = True
        await w.wait(30)
        full = w.site.car.ma
        w.site.house.set_ma(14000, 4000, 3000)
        await w.wait(15)
        return full, w.site.car.ma, max(w.site.mains_ma), w.house.faults.names()
    full, less, mains, wrong = Whole(mode="Smart", max_current_a=16).go(story)
    assert full == 15996 and 10000 <= less <= 11000 and mains <= 25200 and wrong == ""


def test_a_silent_meter_stops_the_charge_as_a_fault_that_clears_itself():
    async def story(w):
        w.site.car.plugged = True
        await w.wait(20)
        w.site.meter.silent = True
        await w.wait(8)
        eased = w.house.evse.offered_ma
        await w.wait(12)
        stopped = (w.house.out.c1, w.house.faults.names(), w.house.facts.why_text())
        w.site.meter.silent = False
        await w.wait(15)
        return eased, stopped, w.house.out.c1, w.house.faults.names(), w.site.car.hot_opens
    eased, stopped, closed, wrong, hot = Whole(mode="Smart").go(story)
    assert eased == 6000
    assert stopped == (0, "mains_meter", "The mains meter does not answer.")
    assert closed == 1 and wrong == "" and hot == 0


def test_when_the_regulator_dies_the_offer_dies_and_comes_back_with_it():
    async def story(w):
        w.site.car.plugged = True
        await w.wait(20)
        second = w.house.regulate.second
        w.house.regulate.second = lambda: 1 // 0
        await w.wait(12)
        dead = (w.house.out.c1, w.house.minder.restarts)
        w.house.regulate.second = second
        await w.wait(60)
        return dead, w.house.out.c1, [text for _, text in w.house.log.lines()]
    dead, closed, lines = Whole().go(story)
    assert dead[0] == 0 and dead[1] >= 2 and closed == 1
    assert any("regulate fell: ZeroDivisionError" in line for line in lines)


def test_settings_are_saved_soon_after_the_last_change():
    async def story(w):
        w.house.control.put("max_current_a", 20)
        await w.wait(1.5)
        early = dict(w.board.store.files)
        w.house.control.put("max_current_a", 21)
        await w.wait(4)
        return early, w.board.store.files
    early, files = Whole().go(story)
    assert early == {} and files["settings"] == b"max_current_a=21\n"


def test_where_a_write_stalls_it_waits_until_no_contactor_is_closed():
    async def story(w):
        w.board.store.stalls = 1
        w.site.car.plugged = True
        await w.wait(20)
        w.house.control.put("max_current_a", 20)
        await w.wait(30)
        charging = dict(w.board.store.files)
        w.site.car.plugged = False
        await w.wait(4)
        return charging, w.board.store.files
    charging, files = Whole().go(story)
    assert charging == {} and b"max_current_a=20" in files["settings"]


def test_the_watchdog_is_fed_while_ticks_are_made_and_not_after():
    async def story(w):
        await w.wait(5)
        fed = w.board.feeds
        w.board._tick = lambda dt_ms: None  # the timer goes on, the tick is dead
        await w.wait(1)
        before = w.board.feeds
        await w.wait(5)
        return fed, w.board.feeds - before
    fed, after = Whole().go(story)
    assert fed >= 9 and after == 0


def test_a_tick_that_falls_opens_the_contactors():
    async def story(w):
        w.site.car.plugged = True
        await w.wait(20)
        closed = w.site.contactors.c1
        w.house.tick.evse = None
        try:
            w.house.tick.run(10)
        except AttributeError:
            pass
        return closed, w.site.contactors.c1, w.house.tick.failed
    assert Whole().go(story) == (1, 0, 1)


def test_every_point_has_a_value():
    import points

    async def story(w):
        await w.wait(3)
        return list(points.every(w.house))
    seen = Whole().go(story)
    assert len(seen) == len(points.TABLE)
    for name, value in seen:
        seldom = name.split(".")[0] in ("share", "circuit", "pv", "battery")  # null where there is no such meter or group
        assert value is None if seldom else isinstance(value, (int, str)), (name, value)


def test_a_fault_of_less_than_a_second_has_its_name_in_the_log():
    async def story(w):
        await w.wait(5.5)
        w.house.faults.put(faults.STALE, 1)
        w.house.faults.put(faults.STALE, 0)
        await w.wait(2)
        w.house.faults.put(faults.STORE, 1)
        await w.wait(2)
        w.house.faults.put(faults.STORE, 0)
        await w.wait(2)
        return [text for _, text in w.house.log.lines() if text.startswith("fault")]
    assert Whole(tasks=("regulate",)).go(story) == ["fault stale came and went", "fault store", "fault gone"]


def test_a_car_that_draws_nothing_at_six_ampere_tells_its_owner_which_min_would_suit_it():
    async def story(w):
        w.site.car.min_ma = 8000
        w.site.car.plugged = True
        await w.wait(30)
        before = w.house.regulate.least.ma
        w.house.control.put("max_current_a", 6)
        await w.wait(45)
        learned = w.house.regulate.least.ma
        w.site.car.plugged = False
        await w.wait(5)
        return before, learned, w.house.regulate.least.ma, [text for _, text in w.house.log.lines() if "MIN" in text]
    before, learned, after, said = Whole(mode="Normal", max_current_a=16, ev_meter="Eastron3P").go(story)
    assert (before, learned, after) == (0, 7000, 0)
    assert len(said) == 1 and "car draws nothing at 6.0 A, but did at more: MIN 7 A may suit it" in said[0]
