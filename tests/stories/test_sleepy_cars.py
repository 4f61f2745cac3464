"""Cars that sleep, sulk or wake late, and what the charger must do with each: rows of tools/plant/profiles.py."""
from charger import Charger


def opens_of_the_wire(charger, ms):
    """How often the pilot wire is opened in the next ms."""
    count, was = 0, charger.out.connected
    for _ in range(ms // 100):
        charger.run(100)
        if was and not charger.out.connected:
            count += 1
        was = charger.out.connected
    return count


# Polestar: the same, and it hangs for a minute after it was cut off

def test_polestar_hangs_a_minute_after_the_cut_and_comes_back_by_itself():
    charger = Charger("polestar").charge()
    charger.control.set_mode("off")
    charger.run(10000)
    charger.control.set_mode("normal")
    charger.run(40000)
    assert charger.why == "car_waits"
    assert opens_of_the_wire(charger, 20000) == 0
    assert charger.why == "charging"


def test_polestar_takes_the_minute_of_a_phase_switch():
    charger = Charger("polestar").charge()
    charger.control.put("contact2", "Always Off")
    charger.run(75000)
    assert charger.why == "charging" and charger.evse.phases.now == 1 and charger.site.car.hot_joins == 0


# Hyundai Ioniq 5: sits in B until its pilot wire was open

def test_ioniq_5_is_woken_by_the_first_opening():
    charger = Charger("ioniq_5").run(1000).plug(89000)
    assert charger.why == "car_waits"
    assert charger.run(12000).why == "charging"


# Dacia Spring: sleeps in a long pause, wakes by 30 s of open wire

def test_spring_is_woken_by_the_long_opening_after_a_long_pause():
    charger = Charger("spring").charge()
    charger.control.set_mode("pause")
    charger.run(10000)
    charger.site.car.idle_ms = charger.site.car.sleep_ms  # twenty minutes later
    charger.control.set_mode("normal")
    assert opens_of_the_wire(charger, 135000) == 2 and charger.why == "waking"
    assert charger.run(35000).why == "charging"


# one that only -12 V wakes

def test_a_deep_sleeper_is_woken_by_the_last_rung():
    charger = Charger("deep_sleeper").run(1000).plug(184000)
    assert charger.why in ("car_waits", "waking")
    assert charger.run(15000).why == "charging"


# some VW: wake by themselves after 45 s

def test_vw_late_is_left_time_to_wake_by_itself():
    charger = Charger("vw_late").run(1000).plug()
    assert opens_of_the_wire(charger, 50000) == 0
    assert charger.why == "charging"
