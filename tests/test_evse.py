"""The connector as a whole, tick by tick: the order, the filter, and the reason."""
import gc

from charger import Charger, story
from evse import pilot
from evse.limits import MAINS, NO_LIMIT, OVERRIDE, SURPLUS


def test_a_plug_in_normal_takes_six_seconds_to_current():
    charger = Charger().run(2000).plug()
    assert charger.until(lambda: charger.car_ma > 1000) <= 6000


def test_a_car_that_lets_go_is_open_within_40_ms():
    charger = Charger().charge()
    charger.site.car.wants = False
    assert charger.until(lambda: not charger.out.c1) <= 40


def test_a_drawing_car_that_was_asked_to_stop_is_open_within_40_ms_of_its_b():
    """The glitch that is forgiven after a new duty is not forgiven after the end of the pulses."""
    charger = Charger(max_current_a=6)
    charger.ev_meter = 1
    charger.site.car.stop_detect_ms = 100
    charger.charge().run(3000)
    charger.control.set_mode("off")
    charger.until(lambda: charger.site.car.letter == "B")
    assert charger.evse.drawing == 1
    assert charger.until(lambda: not charger.out.c1) <= 40


def test_after_an_offer_was_taken_back_it_pauses_three_seconds_and_after_a_charge_fifteen():
    for wants, pause_ms in ((False, 3000), (True, 15000)):
        charger = Charger()
        charger.site.car.wants = wants
        charger.plug().run(10000)
        assert charger.evse.auth.pause_ms == 0 and (charger.car_ma > 1000) == wants
        charger.control.set_mode("off")
        charger.until(lambda: charger.evse.auth.pause_ms)
        assert charger.evse.auth.pause_ms == pause_ms


def test_a_car_that_is_pulled_is_open_within_20_ms():
    charger = Charger().charge().unplug()
    assert charger.until(lambda: not charger.out.c1) <= 20


def test_one_odd_sample_is_no_letter():
    charger = Charger().run(1000)
    charger.site.cp_high_mv = 9000
    charger.board.read(charger.inp)
    charger.evse.tick(10, charger.inp, charger.out)
    assert charger.evse.letter == pilot.A
    charger.evse.tick(10, charger.inp, charger.out)
    assert charger.evse.letter == pilot.B


def test_the_offer_is_what_the_duty_says():
    charger = Charger(max_current_a=32).charge()
    assert charger.out.duty_bp == 5333
    assert charger.evse.offered_ma == 31998
    charger.control.set_mode("off")
    charger.run(50)
    assert charger.out.duty_bp == 10000 and charger.evse.offered_ma == 0


def test_a_cable_is_never_offered_more_than_it_carries():
    charger = Charger(max_current_a=32)
    charger.site.car.cable_ohm = 680
    charger.charge()
    assert charger.evse.offered_ma == 15996 and charger.evse.by == 0
    charger.control.override(32000)
    assert charger.run(6000).evse.offered_ma == 15996


def test_the_cable_is_read_again_after_an_unplug():
    charger = Charger(max_current_a=32)
    charger.site.car.cable_ohm = 680
    charger.charge().unplug(1000)
    charger.site.car.cable_ohm = 220
    assert charger.charge().evse.offered_ma == 31998


def test_a_fixed_cable_is_rated_by_max():
    charger = Charger(max_current_a=32, config="Fixed")
    charger.site.car.cable_ohm = 680
    assert charger.charge().evse.offered_ma == 31998


def test_pause_and_off_ask_the_car_first():
    for name, why in (("pause", "paused"), ("off", "off")):
        charger = Charger().charge()
        charger.control.set_mode(name)
        charger.run(100)
        assert (charger.state, charger.out.c1, charger.why) == ("C1", 1, "stopping")
        charger.until(lambda: not charger.out.c1, 6100)
        assert charger.site.car.hot_opens == 0
        assert (charger.run(100).state, charger.why) == ("B1", why)


def test_a_car_that_never_stops_is_opened_after_six_seconds():
    charger = Charger().charge()
    charger.site.car.stop_detect_ms = 10**9
    charger.control.set_mode("off")
    assert 5900 <= charger.until(lambda: not charger.out.c1, 7000) <= 6100
    assert charger.run(1000).why == "off"


def test_no_current_is_no_offer_and_has_a_reason():
    charger = Charger(max_current_a=6).run(100)
    charger.evse.limits.put(OVERRIDE, 5900)
    story("an override below MIN", charger, (lambda c: c.plug(), 5000, ("B1", 0, "no_current")))
    assert charger.out.duty_bp == 10000


def test_raising_waits_five_seconds_lowering_does_not():
    charger = Charger().charge()
    charger.control.override(8000)
    charger.run(20)
    assert charger.evse.offered_ma == 7998
    charger.control.override(0)
    assert charger.run(4800).evse.offered_ma == 7998
    assert charger.run(400).evse.offered_ma == 12996


def test_a_lock_holds_the_plug_while_a_car_is_there():
    charger = Charger(lock="Solenoid").run(3000).plug(2000)
    assert charger.evse.lock.held and charger.site.locked
    charger.unplug(2000)
    assert not charger.site.locked


def test_a_lock_that_gave_up_is_tried_again_when_somebody_has_looked():
    charger = Charger(lock="Solenoid").run(1000)
    obeys, charger.site.drive = charger.site.drive, lambda duty, wire, c1, c2, lock: obeys(duty, wire, c1, c2, 0)
    assert charger.plug(40000).faults.names() == "lock"
    charger.site.drive = obeys
    assert charger.run(30000).faults.names() == "lock"
    charger.control.reset()
    assert charger.run(20000).faults.names() == "" and charger.why == "charging"


def test_a_sleeping_car_is_woken_and_then_left_alone():
    charger = Charger().run(1000)
    charger.site.car.wants = False
    charger.plug(89900)
    assert charger.why == "car_waits"
    charger.run(1000)
    assert charger.why == "waking" and not charger.out.connected and charger.state == "B2"
    charger.run(4000)
    assert charger.why == "car_waits" and charger.out.connected
    charger.run(300000)
    assert charger.why == "car_waits"
    assert [e["value"] for e in charger.site.events if e["what"] == "duty"].count(0) == 1


def test_a_tick_makes_no_garbage():
    charger = Charger().charge()
    if not hasattr(gc, "mem_alloc"):
        assert charger.state == "C2"  # CPython does not count its heap so; both MicroPythons do
        return
    charger.evse.limits.put(MAINS, NO_LIMIT)  # nobody renews them here, and their end would change the state
    charger.evse.limits.put(SURPLUS, NO_LIMIT)
    inp, out, tick, read, write = charger.inp, charger.out, charger.evse.tick, charger.board.read, charger.board.write
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    for _ in range(1000):
        read(inp)
        tick(10, inp, out)
        write(out)
    made = gc.mem_alloc() - before
    gc.enable()
    assert charger.out.c1 and made == 0, made
