"""Normal mode, told as a person sees it: a car comes, charges, is stopped, goes."""
from charger import Charger, story


def plug(c):
    c.plug()


def unplug(c):
    c.unplug()


def wants(yes):
    def do(c):
        c.site.car.wants = yes
    return do


def mode(name):
    def do(c):
        c.control.set_mode(name)
    return do


def field(name, value):
    def do(c):
        setattr(c.site, name, value)
    return do


def test_a_car_comes_charges_and_goes():
    story("a day", Charger(),
          (None, 2000, ("A", 0, "no_car")), (plug, 100, ("B2", 0, "car_waits")),
          (None, 2000, ("C2", 0, "checking")), (None, 500, ("C2", 1, "charging")),
          (unplug, 100, ("A", 0, "no_car")))


def test_a_car_that_wants_nothing_waits_on_the_offer():
    story("later", Charger(), (None, 2000, ("A", 0, "no_car")), (wants(False), 0, ("A", 0, "no_car")),
          (plug, 30000, ("B2", 0, "car_waits")), (wants(True), 3000, ("C2", 1, "charging")))


def test_off_pause_and_on_again():
    story("the owner's word", Charger().charge(),
          (mode("pause"), 4000, ("B1", 0, "paused")), (mode("normal"), 6000, ("B1", 0, "wait")),
          (None, 10000, ("C2", 1, "charging")),
          (mode("off"), 4000, ("B1", 0, "off")), (None, 600000, ("B1", 0, "off")),
          (mode("normal"), 6000, ("C2", 1, "charging")))


def test_residual_current_opens_stays_and_is_reset_by_hand():
    charger = Charger(rcmon=1).charge()
    story("a fault to earth", charger,
          (field("rcm", 1), 10, ("C1", 0, "fault")), (None, 100, ("F", 0, "fault")),
          (field("rcm", 0), 60000, ("B1", 0, "fault")))
    assert charger.faults.names() == "rcm"
    assert charger.evse.watch.reset_rcm(charger.evse, charger.inp)
    assert charger.run(20000).why == "charging"


def test_a_trip_is_not_reset_while_it_stands():
    charger = Charger(rcmon=1).charge()
    charger.site.rcm = 1
    charger.run(100)
    assert not charger.evse.watch.reset_rcm(charger.evse, charger.inp)
    assert charger.faults.names() == "rcm"


def test_a_box_that_gets_too_hot_eases_stops_and_comes_back():
    charger = Charger().charge()
    story("a summer day", charger, (field("temp_c", 60), 1000, ("C2", 1, "charging")))
    assert charger.evse.offered_ma == 9498
    story("hotter", charger, (field("temp_c", 66), 10, ("C1", 0, "fault")), (None, 5000, ("B1", 0, "fault")),
          (field("temp_c", 60), 5000, ("B1", 0, "fault")), (field("temp_c", 40), 10000, ("C2", 1, "charging")))


def test_a_board_that_cannot_see_the_pilot_opens_within_a_tick():
    charger = Charger().charge()
    charger.board.fresh = 0
    story("blind", charger, (None, 10, ("C1", 0, "fault")), (None, 100, ("F", 0, "fault")))
    assert charger.faults.names() == "stale"
    charger.board.fresh = 1
    assert charger.run(20000).why == "charging"


def test_a_car_without_its_diode_is_never_powered():
    charger = Charger()
    charger.site.car.diode = False
    charger.run(1000).plug(60000)
    assert charger.faults.names() == "diode" and not charger.out.c1
    assert "C1" not in [e["what"] for e in charger.site.events]
    charger.site.car.diode = True
    assert charger.unplug(1000).faults.names() == ""
    assert charger.plug(20000).why == "charging"


def test_a_diode_that_breaks_while_charging_opens():
    charger = Charger().charge()
    charger.site.car.diode = False
    assert charger.until(lambda: not charger.out.c1) <= 60


def test_a_shorted_pilot_opens_and_heals():
    charger = Charger().charge()
    charger.site.car.shorted = True
    assert charger.until(lambda: not charger.out.c1) <= 20
    assert charger.run(1000).faults.names() == "pilot"
    charger.site.car.shorted = False
    assert charger.run(20000).why == "charging"


def test_a_car_that_asks_for_ventilation_is_told_why_not():
    charger = Charger()
    charger.site.car.ventilated = True
    charger.run(1000).plug(10000)
    assert charger.faults.names() == "ventilation" and not charger.out.c1 and charger.why == "fault"


def test_nothing_renewed_is_nothing_offered():
    charger = Charger().charge()
    charger._second = lambda: None
    charger.run(6000)
    assert charger.why in ("no_current", "stopping")
    charger.run(6000)
    assert not charger.out.c1 and charger.site.car.hot_opens == 0
