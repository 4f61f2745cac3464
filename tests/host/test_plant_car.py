"""Stories of a car alone: what it hears, what it does, what it draws."""
import pytest

from tools.plant.car import Car, offer_ma


def drawing(profile="default", duty_bp=2667, ms=20000):
    """A car that has been charging for a while."""
    car = Car(profile)
    car.plugged = True
    car.hear(duty_bp, 1)
    return run(car, ms)


def run(car, ms, c1=1, c2=1):
    for at in range(10, ms + 10, 10):
        car.pilot_step(10)
        if at % 100 == 0:
            car.power_step(100, c1, c2)
    return car


@pytest.mark.parametrize("duty_bp, ma", [
    (0, 0), (500, 0), (799, 0), (800, 6000), (999, 6000), (1000, 6000), (2667, 16002), (5000, 30000), (8500, 51000),
    (8600, 55000), (9600, 80000), (9700, 80000), (9701, 0), (10000, 0)])
def test_the_duty_says_how_much_a_car_may_take(duty_bp, ma):
    assert offer_ma(duty_bp) == ma


def test_it_wakes_two_seconds_after_the_offer_and_draws_two_seconds_after_the_mains():
    car = Car()
    car.plugged = True
    assert run(car, 1000).letter == "B"
    car.hear(2667, 1)
    assert run(car, 1990).letter == "B"
    assert run(car, 10).letter == "C"
    run(car, 1900)
    assert car.ma == 0
    run(car, 200)
    assert car.ma > 0


def test_it_rises_two_amps_a_second_to_its_own_most():
    car = drawing(duty_bp=5000)
    assert car.amps_ma == [16000, 16000, 16000]


def test_it_follows_a_lower_offer_after_its_reaction_time():
    car = drawing()
    car.hear(1000, 1)
    run(car, 1400)
    assert car.ma == 16000
    run(car, 3000)
    assert car.ma == 6000


def test_an_offer_below_its_least_it_does_not_use():
    car = drawing()
    car.min_ma = 10000
    car.hear(1000, 1)
    run(car, 6000)
    assert (car.ma, car.letter) == (0, "C")


def test_when_the_offer_goes_it_ramps_down_and_then_opens_s2():
    car = drawing()
    car.hear(10000, 1)
    run(car, 400)
    assert (car.ma, car.letter) == (16000, "C")
    run(car, 1500)
    assert (car.ma, car.letter, car.hot_opens) == (0, "B", 0)


def test_an_opened_pilot_wire_drops_s2_at_once():
    car = drawing()
    car.hear(2667, 0)
    assert run(car, 10).letter == "B"


def test_its_owner_opens_s2_and_it_says_so_in_the_same_step():
    car = drawing()
    car.wants = False
    assert run(car, 10).letter == "B"


def test_pulled_out_it_is_gone_at_once():
    car = drawing()
    car.plugged = False
    run(car, 10)
    assert (car.letter, car.amps_ma) == ("A", [0, 0, 0])


def test_a_contactor_that_opens_under_load_is_counted():
    car = drawing()
    car.cut()
    assert (car.hot_opens, car.ma, car.amps_ma) == (1, 0, [0, 0, 0])


def test_with_one_contactor_it_draws_from_one_phase():
    assert run(drawing(), 100, c2=0).amps_ma == [16000, 0, 0]
    assert drawing("one_phase", duty_bp=5333).amps_ma == [31998, 0, 0]


def test_the_slow_one_needs_longer():
    assert drawing("slow", ms=12000).ma < drawing("default", ms=12000).ma


def test_a_filling_battery_tapers_and_a_full_one_lets_go():
    car = drawing()
    hour_wh = car.battery_wh * 3600000000
    car.stored_uws = hour_wh * 985 // 1000
    run(car, 5000)
    assert 7000 < car.ma < 9000
    car.stored_uws = hour_wh
    run(car, 5000)
    assert (car.ma, car.letter, car.full()) == (0, "B", True)


def test_energy_is_current_times_time():
    car = drawing()
    before = car.energy_uws
    run(car, 36000)
    assert (car.energy_uws - before) / 3.6e9 == pytest.approx(3 * 16 * 230 * 36 / 3600)


def test_one_that_asks_for_ventilation_sets_d_and_a_shorted_one_e():
    car = drawing()
    car.ventilated = True
    assert run(car, 10).letter == "D"
    car.shorted = True
    assert run(car, 10).letter == "E"


def test_a_profile_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(ValueError, match="tractor is none of default, slow, one_phase"):
        Car("tractor")
