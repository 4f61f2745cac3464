"""One phase to three and back: the car stops first, the wire is open for a minute, and C2 never moves under load."""
import pytest

from charger import Charger


def wish(charger, phases):
    charger.control.put("contact2", "Always On" if phases == 3 else "Always Off")


def moves(charger):
    """What the contactors did, in order."""
    return [(e["what"], e["value"]) for e in charger.site.events if e["what"] in ("C1", "C2")]


def unhurt(charger):
    return charger.site.car.hot_opens == charger.site.car.hot_joins == 0


@pytest.mark.parametrize("before, after", [(1, 3), (3, 1)])
def test_a_switch_by_steps(before, after):
    charger = Charger(contact2="Always On" if before == 3 else "Always Off").charge()
    assert charger.out.c2 == (1 if before == 3 else 0)
    wish(charger, after)
    charger.run(20)
    assert (charger.state, charger.why, charger.out.c1, charger.out.connected) == ("C1", "stopping", 1, 1)
    assert charger.evse.phases.now == before, "nothing moves while the car stops"
    charger.until(lambda: not charger.out.c1, 6100)
    assert charger.why == "switching" and not charger.out.connected and charger.evse.phases.now == after
    assert charger.until(lambda: charger.out.connected, 70000) == 60000
    charger.run(15000)
    assert charger.why == "charging" and charger.out.c2 == (1 if after == 3 else 0) and unhurt(charger)
    three, one = [("C1", 1), ("C2", 1)], [("C1", 1)]
    opening = [("C1", 0), ("C2", 0)] if before == 3 else [("C1", 0)]
    assert moves(charger) == (three if before == 3 else one) + opening + (three if after == 3 else one)


def test_the_reason_counts_down():
    charger = Charger().charge()
    wish(charger, 1)
    charger.until(lambda: charger.why == "switching", 6100)
    assert 59900 <= charger.evse.countdown_ms() <= 60000
    charger.run(40000)
    assert 19900 <= charger.evse.countdown_ms() <= 20000


@pytest.mark.parametrize("pause_s", [15, 120])
def test_the_pause_is_a_setting(pause_s):
    charger = Charger(phase_pause_s=pause_s).charge()
    wish(charger, 1)
    charger.until(lambda: not charger.out.connected, 6100)
    assert charger.until(lambda: charger.out.connected, 200000) == pause_s * 1000


def test_a_car_that_does_not_stop_is_opened_after_six_seconds_and_switched_then():
    charger = Charger("kona").charge()
    wish(charger, 1)
    assert 5900 <= charger.until(lambda: not charger.out.c1, 7000) <= 6100
    assert charger.why == "switching" and charger.site.car.hot_joins == 0
    assert charger.run(75000).why == "charging"


def test_with_nothing_closed_since_the_plug_it_is_instant():
    charger = Charger(access="Off").run(1000).plug(5000)
    for phases in (1, 3, 1):
        wish(charger, phases)
        assert charger.run(10).evse.phases.now == phases and charger.out.connected
    charger.control.set_mode("normal")
    assert charger.run(10000).out.c1 and not charger.out.c2 and charger.evse.phases.switches == 0


def test_without_a_car_it_is_instant_too_and_after_a_pause_of_the_owner_it_is_not():
    charger = Charger().charge().unplug(1000)
    wish(charger, 1)
    assert charger.run(10).evse.phases.now == 1 and charger.out.connected
    charger.charge()
    charger.control.set_mode("pause")
    charger.run(20000)
    wish(charger, 3)
    assert charger.run(10).why == "paused" and not charger.out.connected


def test_a_change_of_mind_while_the_car_stops_costs_a_rest_and_no_switch():
    charger = Charger().charge()
    wish(charger, 1)
    charger.run(100)
    wish(charger, 3)
    charger.run(25000)
    assert charger.why == "charging" and charger.out.c2 and charger.evse.phases.switches == 0 and unhurt(charger)


def test_a_change_of_mind_behind_the_open_wire_is_done_at_its_end():
    charger = Charger().charge()
    wish(charger, 1)
    charger.run(20000)
    wish(charger, 3)
    charger.run(70000)
    assert charger.why == "charging" and charger.out.c2 and unhurt(charger)


def sunny(switches):
    charger = Charger(mode="Solar", contact2="Auto", max_current_a=16, phase_switches=switches)
    charger.site.sun.set_ma(10000, 10000, 10000)
    return charger.run(5000).plug(60000)


def test_a_machine_may_switch_only_so_often_for_a_plug_and_a_person_as_he_likes():
    charger = sunny(0)
    assert charger.out.c2
    charger.site.sun.set_ma(2500, 2500, 2500)
    charger.run(300000)
    assert charger.out.c2 and charger.evse.phases.switches == 0
    wish(charger, 1)
    charger.run(90000)
    assert not charger.out.c2 and charger.evse.phases.now == 1 and unhurt(charger)


def test_a_new_plug_counts_anew():
    charger = sunny(1)
    charger.site.sun.set_ma(2500, 2500, 2500)
    charger.until(lambda: charger.evse.phases.now == 1, 400000)
    assert charger.evse.phases.switches == 1
    charger.unplug(70000)
    assert charger.evse.phases.switches == 0


def test_a_fixed_cable_pulled_out_of_the_car_behind_the_open_wire_is_noticed_when_the_wire_closes():
    charger = Charger(config="Fixed").charge()
    wish(charger, 1)
    charger.run(20000).unplug(10000)
    assert charger.why == "switching" and not charger.out.c1
    charger.run(45000)
    assert charger.why == "no_car" and charger.out.connected and moves(charger)[-1] == ("C2", 0)
    assert charger.charge().evse.phases.now == 1


def test_access_taken_behind_the_open_wire_stays_taken():
    charger = Charger().charge()
    wish(charger, 1)
    charger.run(20000)
    charger.control.set_mode("off")
    charger.run(80000)
    assert (charger.state, charger.why) == ("B1", "off") and charger.out.connected


def test_a_cable_changed_behind_the_open_wire_is_not_offered_more_than_it_carries():
    charger = Charger(max_current_a=32)
    charger.charge()
    assert charger.evse.offered_ma == 31998
    wish(charger, 1)
    charger.run(10000).unplug(5000)
    charger.site.car.cable_ohm = 1500
    charger.plug(80000)
    assert charger.why == "charging" and charger.evse.offered_ma == 12996 and charger.evse.by == 0
    charger.unplug(1000)
    charger.site.car.cable_ohm = 220
    assert charger.charge().evse.offered_ma == 31998


def test_the_same_cable_behind_the_open_wire_carries_what_it_did():
    charger = Charger(max_current_a=32).charge()
    wish(charger, 1)
    charger.run(90000)
    assert charger.why == "charging" and charger.evse.offered_ma == 31998


def test_a_cable_pulled_while_the_pilot_wire_is_open_is_seen_by_its_resistor():
    charger = Charger(mode="Solar", contact2="Solar Off", lock="Solenoid", max_current_a=16)
    charger.site.house.set_ma(0, 0, 0)
    charger.site.sun.set_ma(10000, 10000, 10000)
    charger.run(8000).plug(30000)
    charger.control.set_mode("normal")
    charger.until(lambda: not charger.out.connected, 20000)
    charger.run(5000).unplug(100)
    assert charger.evse.letter == 0 and charger.state == "A" and charger.out.connected
    assert not charger.run(1000).site.locked
