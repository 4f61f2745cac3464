"""An eventful day with every car of the table: whatever it is like, it charges in the end, and nobody is hurt."""
import pytest

from charger import TICK_MS, Charger
from tools.plant import profiles

OPEN_MS = 100  # the car has let go or left: the contactor is open by then, the filter included

# Who draws on until it is cut off: three stops of ours in a day. The BMW's glitch costs one opening
# at the first new duty; after that it counts as shy, and there is no second one in a day as short as this.
HOT_OPENS = {"kona": 3, "polestar": 3, "bmw_phev": 1}


class Day:
    """A charger that is watched in every tick."""

    def __init__(self, name, ev_meter):
        self.charger = Charger(name, max_current_a=32, lock="Solenoid")
        self.charger.ev_meter = ev_meter
        self.run(1000)

    def run(self, ms):
        charger = self.charger
        let_go_ms = 0
        for _ in range(ms // TICK_MS):
            charger.run(TICK_MS)
            car = charger.site.car
            let_go_ms = 0 if car.letter in "CD" else let_go_ms + TICK_MS
            glitch = charger.ev_meter and car.glitches_ms > 0
            assert not charger.out.c1 or let_go_ms < OPEN_MS or glitch, "closed %d ms after it let go" % let_go_ms
            assert not charger.out.c1 or charger.site.locked or charger.now_ms < 3000

    def until_it_charges(self, most_ms=250000):
        for _ in range(most_ms // 1000):
            self.run(1000)
            if self.charger.why == "charging" and self.charger.car_ma > 5000:
                return
        raise AssertionError("%s: %s" % (self.charger.why, self.charger.faults.names()))


@pytest.mark.parametrize("ev_meter", [0, 1])
@pytest.mark.parametrize("name", [row[0] for row in profiles.TABLE])
def test_a_day_with(name, ev_meter):
    day = Day(name, ev_meter)
    charger, car, control = day.charger, day.charger.site.car, day.charger.control
    charger.plug()
    day.until_it_charges()
    day.run(15000)
    control.override(10000)
    day.run(20000)
    assert charger.evse.offered_ma == 9996 and car.ma <= 9996
    control.override(0)
    day.run(20000)
    control.set_mode("pause")
    day.run(20000)
    assert charger.why == "paused" and not charger.out.c1
    control.set_mode("normal")
    day.until_it_charges()
    day.run(15000)
    for phases in ("Always Off", "Always On"):
        control.put("contact2", phases)
        day.run(70000)
        day.until_it_charges()
        day.run(15000)
    car.stored_uws = car.battery_wh * 3600000000
    day.run(20000)
    assert car.ma == 0 and charger.faults.names() == ""
    charger.unplug()
    day.run(5000)
    assert charger.why == "no_car" and not charger.site.locked and charger.faults.names() == ""
    assert car.hot_joins == 0 and car.harmed == car.fragile
    assert car.hot_opens == (0 if name == "bmw_phev" and ev_meter else HOT_OPENS.get(name, 0))
