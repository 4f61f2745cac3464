"""The lock of the socket: it holds the plug while a car is there, and always under power."""
import pytest

from charger import Charger


class Motor(Charger):
    """A charger whose lock is a motor: its contact reports the other way round."""

    def _tick(self, dt_ms):
        bolt = self.site.locked
        self.site.locked = 1 - bolt
        super()._tick(dt_ms)
        self.site.locked = bolt


def charger(kind, **settings):
    return (Motor if kind == "Motor" else Charger)(lock=kind, **settings)


def pulses(charger, ms):
    """The drives of the next ms, as (what, how long)."""
    seen, was, since = [], 0, 0
    for _ in range(ms // 10):
        charger.run(10)
        if charger.out.lock_drive != was:
            if was:
                seen.append((was, charger.now_ms - since))
            was, since = charger.out.lock_drive, charger.now_ms
    return seen


@pytest.mark.parametrize("kind", ["Solenoid", "Motor"])
def test_a_plug_is_locked_by_one_pulse_and_let_go_by_one(kind):
    c = charger(kind).run(8000)
    c.plug()
    assert pulses(c, 20000) == [(1, 600)] and c.site.locked and c.evse.lock.held and not c.evse.lock.failed
    c.unplug()
    assert pulses(c, 20000) == [(2, 600)] and not c.site.locked and not c.evse.lock.held


@pytest.mark.parametrize("kind", ["Solenoid", "Motor"])
def test_a_stuck_lock_gets_five_pulses_and_then_the_car_is_asked_to_stop(kind):
    c = charger(kind).run(8000)
    c.site.lock.stuck = True
    c.plug()
    assert pulses(c, 24000) == [(1, 600)] * 5 and c.faults.names() == "" and c.out.c1
    assert pulses(c, 40000) == [] and c.faults.names() == "lock"
    assert not c.out.c1 and c.why == "fault" and c.site.car.hot_opens == 0


def test_a_lock_that_is_freed_by_hand_heals_with_the_next_plug():
    c = charger("Solenoid").run(8000)
    c.site.lock.stuck = True
    c.plug(40000)
    assert c.faults.names() == "lock"
    c.site.lock.stuck = False
    c.unplug(3000)
    assert c.faults.names() == ""
    assert c.plug(20000).why == "charging" and c.site.locked


def test_a_lock_that_is_pushed_in_by_hand_heals_at_once():
    c = charger("Solenoid").run(8000)
    c.site.lock.stuck = True
    c.plug(40000)
    c.site.lock.locked = c.site.locked = 1
    c.run(100)
    assert c.faults.names() == "" and c.run(20000).why == "charging"


def test_a_plug_that_comes_loose_is_held_again():
    c = charger("Solenoid").charge()
    c.run(10000)
    c.site.lock.locked = c.site.locked = 0
    assert pulses(c, 2000) == [(1, 600)] and c.site.locked and c.out.c1


def test_a_stuck_open_lock_does_not_stop_the_next_car():
    c = charger("Solenoid").charge()
    c.site.lock.stuck = True
    c.unplug()
    assert pulses(c, 60000) == [(2, 600)] * 5 and c.faults.names() == "lock"
    assert c.plug(20000).faults.names() == "" and c.why == "charging"


def test_cable_lock_holds_the_cable_without_a_car():
    c = charger("Solenoid", cable_lock=1).run(8000)
    assert c.site.locked
    c.plug(20000)
    assert pulses(c.unplug(), 10000) == [] and c.site.locked
    c.control.put("cable_lock", 0)
    assert pulses(c, 5000) == [(2, 600)] and not c.site.locked


def test_unlock_off_lets_the_plug_go_when_access_is_withdrawn_but_never_under_power():
    c = charger("Solenoid", unlock_off=1).charge()
    c.site.car.stop_detect_ms = 10**9
    c.control.set_mode("off")
    c.run(5900)
    assert c.out.c1 and c.site.locked and c.out.lock_drive == 0
    c.run(2000)
    assert not c.out.c1 and not c.site.locked
    c.control.set_mode("normal")
    assert c.run(1000).site.locked


def test_without_unlock_off_it_holds_until_the_car_lets_go():
    for how in ("off", "pause"):
        c = charger("Solenoid").charge()
        c.control.set_mode(how)
        assert c.run(20000).site.locked and c.why in ("off", "paused")
        c.unplug(1000)
        assert not c.site.locked
    c = charger("Solenoid", unlock_off=1).charge()
    c.control.set_mode("pause")
    assert c.run(20000).site.locked, "a pause keeps the session, and the plug"


def test_a_pilot_that_is_shorted_lets_the_plug_go():
    c = charger("Solenoid").charge()
    c.site.car.shorted = True
    c.run(3000)
    assert not c.out.c1 and not c.site.locked


def test_a_fixed_cable_has_no_lock_to_drive():
    c = charger("Disabled").charge()
    assert c.evse.lock.held == 0 and [e for e in c.site.events if e["what"] == "lock"] == []


def test_at_the_start_an_empty_socket_is_let_go():
    c = charger("Solenoid")
    c.site.lock.locked = c.site.locked = 1
    assert pulses(c, 3000)[:1] == [(2, 600)] and not c.site.locked
