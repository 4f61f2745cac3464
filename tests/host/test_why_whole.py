"""Why, at every second: who holds the brake, for how long, and what comes next, told by the whole firmware in virtual time."""
from app.outlook import span
from tools.whole import Whole


def told(house):
    """The sentence, what comes next, and the count-down in seconds."""
    return house.facts.why_text(), house.facts.next_text(), house.facts.countdown_s()


def test_smart_from_a_full_house_to_a_silent_meter():
    async def story(w):
        house, said = w.house, []
        w.site.house.set_ma(25000, 1000, 1000)
        w.site.car.plugged = True
        await w.wait(10)
        said.append(told(house))
        w.site.house.set_ma(1000, 1000, 1000)
        await w.wait(30)
        said.append(told(house))
        w.site.house.set_ma(15000, 1000, 1000)
        await w.wait(10)
        said.append(told(house))
        w.site.house.set_ma(24000, 1000, 1000)
        await w.wait(15)
        short = told(house)
        w.site.house.set_ma(1000, 1000, 1000)
        await w.wait(90)
        w.site.meter.silent = True
        await w.wait(8)
        silent = told(house)
        await w.wait(10)
        said.append(told(house))
        return said, short, silent
    said, short, silent = Whole(mode="Smart", max_current_a=16).go(story)
    assert said[0] == ("Not enough current: the mains have no room.", "Starts when the mains have room for 6 A.", 0)
    assert said[1] == ("16.0 A offered, set by MAX.", "Until the car is full.", 0)
    assert said[2][0].endswith(" A offered, set by the mains.") and said[2][1:] == ("Rises when the house takes less.", 0)
    assert short[:2] == ("Not enough current: the mains have no room.", "Tries again in 50 s.") and 41 <= short[2] <= 50
    assert silent[0] == "6.0 A offered, since the mains meter is silent." and silent[1].startswith("Stops in ") and "mains meter answers" in silent[1]
    assert said[3] == ("The mains meter does not answer.", "Goes on by itself when that is over.", 0)


def test_solar_from_the_first_sun_to_the_dark():
    async def story(w):
        house, said = w.house, []
        w.site.car.plugged = True
        await w.wait(10)
        said.append(told(house))
        needs_ma = house.balance.sun.needs_ma
        w.site.sun.set_ma(9000, 9000, 9000)
        await w.wait(60)
        said.append(told(house))
        w.site.sun.set_ma(0, 0, 0)
        await w.wait(40)
        dark = told(house)
        await w.wait(120)
        rest = told(house)
        await w.wait(60)
        said.append(told(house))
        house.control.put("mode", "Min+PV")
        await w.wait(30)
        said.append(told(house))
        return said, dark, rest, "%d.%d A of sun to spare." % (needs_ma // 1000, needs_ma % 1000 // 100)
    said, dark, rest, spare = Whole(mode="Solar", max_current_a=16, stop_min=2, min_off_min=2).go(story)
    assert said[0][0].startswith("Not enough current: waiting for sun.") and said[0][1:] == ("Starts with " + spare, 0)
    assert said[1] == ("9.0 A offered, set by the sun.", "Follows the sun; stops when it is gone for 2 min.", 0)
    assert dark[0] == "6.0 A offered, the least: the sun leaves less." and dark[1] == "Stops in 2 min unless the sun comes back." and 75 <= dark[2] <= 90
    assert rest[0].startswith("Not enough current: waiting for sun.") and "Tries again in" in rest[1] and "of sun to spare" in rest[1] and rest[2] > 50
    assert said[2][2] and said[2][1] == "Tries again in %s, with %s" % (span(said[2][2]), spare)
    assert said[3] == ("6.0 A offered, the least: the sun leaves less.", "Follows the sun.", 0)


def test_a_window_charge_now_a_goal_and_an_override():
    async def story(w):
        house, said = w.house, []
        house.wall.put(1795205130, "page")     # Friday 21:05:30 in Amsterdam
        house.control.put("week", "Mo-Su 23:00-07:00 Smart 10")
        house.control.put("week_else", "Wait")
        await w.wait(3)
        said.append(told(house))
        w.site.car.plugged = True
        await w.wait(10)
        said.append(told(house))
        house.plan.boost(30)
        await w.wait(30)
        said.append(told(house))
        house.plan.boost(0)
        house.wall.put(1795205130 + 3 * 3600, "page")
        await w.wait(60)
        said.append(told(house))
        house.control.put("week", "")
        house.control.override(8000)
        await w.wait(30)
        said.append(told(house))
        house.control.put("goal_min", 1)
        await w.wait(30)
        said.append(told(house))
        house.control.set_mode("pause")
        await w.wait(2)
        said.append(told(house))
        return said
    w = Whole(mode="Smart", max_current_a=16)
    w.house.wall.source = "none"    # whatever this machine knows
    said = w.go(story)
    assert said[0][:2] == ("Ready for a car.", "A car would wait until 23:00.")
    assert said[1][:2] == ("Waiting for its time, 23:00.", "Starts at 23:00.") and 6850 <= said[1][2] <= 6870
    assert said[2][:2] == ("16.0 A offered, set by MAX.", "Charges now for 30 min, then as planned.")
    assert said[3][:2] == ("10.0 A offered, set by the plan.", "Stops at 07:00.")
    assert said[4] == ("8.0 A offered, set by an override.", "Until the override is taken back.", 0)
    assert said[5] == ("Done: this session has its 1 min.", "Goes on with a higher goal, else with the next session.", 0)
    assert said[6] == ("Paused by you.", "Goes on when you choose a mode.", 0)


def test_the_capacity_the_grid_operator_and_a_warm_box():
    async def story(w):
        house, said = w.house, []
        w.site.car.plugged = True
        await w.wait(30)
        said.append(told(house))
        w.site.house.set_ma(9000, 9000, 9000)
        await w.wait(30)
        grace = told(house)
        await w.wait(120)
        over = told(house)
        house.control.put("capacity", "Disabled")
        house.control.put("switch", "Grid Relay")
        await w.wait(90)
        said.append(told(house))
        house.control.put("switch", "Disabled")
        w.site.spots[0].temp_c = 64
        await w.wait(30)
        said.append(told(house))
        return said, grace, over
    said, grace, over = Whole(mode="Smart", max_current_a=16, capacity="Fixed", sum_mains_a=30, sum_mains_min=2).go(story)
    assert said[0][0].endswith("set by the capacity.") and said[0][1] == "Rises when the house takes less."
    assert grace[0].startswith("6.0 A offered") and grace[1] == "Stops in 2 min unless the capacity has room again." and 80 <= grace[2] <= 120
    assert over[:2] == ("Not enough current: the capacity is used up.", "Tries again in %s." % span(over[2])) and over[2]
    assert said[1] == ("6.0 A offered, set by the grid operator.", "Rises when the grid operator allows more.", 0)
    assert said[2][0].endswith("set by the temperature.") and said[2][1] == "Rises when the box has cooled."
