"""What the display is told of the house: short words for the codes of the core."""
import faults
from app import look
from evse import limits, why
from evse.iec61851 import B1, B2
from test_face import House


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
