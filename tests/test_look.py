"""What the display is told of the house: short words for the codes of the core."""
import faults
from app import look
from evse import limits, why
from evse import phases as phases_room
from evse.iec61851 import B1, B2, D2
from face_house import House


def test_every_code_and_every_limit_has_its_word():
    assert len(look.WAIT) == len(why.NAME)
    assert len(look.BY) == len(look.LACK) == len(limits.NAME)


def test_a_warning_takes_the_small_line_and_not_the_screen():
    house = House()
    house.faults.put(faults.STORE, 1)
    house.live(50)
    assert house.face.view.fault == "" and house.face.view.note == "Settings could not be saved"


def test_the_view_says_what_a_waiting_car_waits_for():
    house = House("solar")
    house.evse.state, house.evse.why, house.evse.by = B1, why.NO_CURRENT, limits.SURPLUS
    house.live(50)
    v = house.face.view
    assert v.no_power and v.wait == "no sun" and v.plugged
    house.evse.state, house.evse.why, house.evse.by = B2, why.CAR_WAITS, limits.MAINS
    house.live(1000)
    assert not v.no_power and v.wait == "" and v.by == "mains"


def test_an_offer_lowered_for_a_silent_meter_or_for_the_others_says_so():
    house = House("smart")
    house.evse.state, house.evse.why, house.evse.by = D2, why.CHARGING, limits.MAINS
    for by, mains, circuit, loadbl, said in ((limits.MAINS, 1, 0, 0, "silent meter"), (limits.CIRCUIT, 1, 0, 0, "circuit"), (limits.CIRCUIT, 0, 1, 0, "silent meter"),
                                             (limits.MAINS, 0, 1, 0, "mains"), (limits.NODE, 0, 0, 2, "master"), (limits.NODE, 0, 0, 1, "the others")):
        house.evse.by, house.balance.mains.slow, house.balance.circuit.slow, house.cfg.loadbl = by, mains, circuit, loadbl
        house.live(1000)
        assert house.face.view.by == said


def test_a_pause_is_counted_and_the_random_delay_may_be_skipped():
    house = House()
    house.regulate.countdown_s = lambda: 42
    house.evse.state = B1
    for reason, pause_s, delayed in ((why.WAIT, 42, 0), (why.RANDOM, 42, 1), (why.STOPPING, 0, 0), (why.WAKING, 0, 0), (why.NO_CURRENT, 0, 0)):
        house.evse.why = reason
        house.live(1000)
        v = house.face.view
        assert (v.countdown_s, v.pause_s, v.delayed) == (42, pause_s, delayed) and v.wait


def test_whoever_leaves_too_little_the_display_says_waiting_for_power():
    house = House()
    house.evse.state, house.evse.why = B1, why.NO_CURRENT
    for by in range(len(limits.NAME)):
        house.evse.by = by
        house.live(1000)
        assert house.face.view.no_power and house.face.view.wait == look.LACK[by]


def test_a_switch_of_phases_is_told_from_its_first_step_to_its_last():
    house = House("solar")
    phases = house.evse.phases
    for step, now, told in ((phases_room.STILL, 3, 0), (phases_room.OPENING, 3, 1), (phases_room.OPENED, 1, 1),
                            (phases_room.STILL, 1, 0), (phases_room.OPENING, 1, 3), (phases_room.OPENED, 3, 3)):
        phases.step_now, phases.now = step, now
        house.live(1000)
        assert house.face.view.switching == told and house.face.view.phases == now


def test_the_grid_relay_the_owners_flag_and_a_latched_fault_are_told():
    house = House()
    house.live(50)
    v = house.face.view
    assert (v.limited, v.custom, v.latched) == (0, 0, 0)
    house.evse.switch.relay_open = house.control.custom = 1
    house.faults.put(faults.RCM, 1)
    house.live(1000)
    assert (v.limited, v.custom, v.latched) == (1, 1, 1)
    house.faults.reset(faults.RCM)
    house.faults.put(faults.TEMP, 1)
    house.live(1000)
    assert v.fault == "temp" and not v.latched


def test_a_car_that_is_given_ventilation_charges_too():
    house = House()
    house.evse.state, house.out.c1 = D2, 1
    house.live(50)
    assert house.face.view.charging
    house.out.c1 = 0
    house.live(1000)
    assert not house.face.view.charging


def test_meters_are_shown_while_they_are_heard():
    house = House("smart")
    house.cfg.put("ev_meter", "Eastron3P")
    house.live(50)
    assert not house.face.view.has_mains and not house.face.view.has_ev
    house.meters.mains.put(0, (1000, 2000, -3000), (230, 460, -690))
    house.meters.ev.put(0, (9000, 0, 0), (2070, 0, 0))
    house.live(1000)
    v = house.face.view
    assert v.has_mains and v.has_ev and v.ev_w == 2070 and v.drawn_ma == 9000 and v.mains_ma[2] == -3000
    house.balance.stale = 1
    house.live(1000)
    assert not v.has_mains


def test_a_planned_start_and_a_goal_are_told_with_their_hour():
    house = House()
    house.evse.state, house.evse.why = B1, why.TIMER
    house.cfg.put("start_at", 23 * 60 + 30 * 1440)
    house.wall.utc_s = lambda: 30 * 86400 + 19 * 3600   # 20:00 in Amsterdam
    house.live(1000)
    v = house.face.view
    assert (v.start, v.wait, v.countdown_s, v.done) == ("23:00", "23:00", 0, 0)
    house.evse.why = why.DONE
    house.plan.boost_s = 90
    house.live(1000)
    assert (v.start, v.done, v.boost_s) == ("", 1, 90)
