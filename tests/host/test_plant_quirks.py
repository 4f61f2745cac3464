"""The odd cars alone: each oddity is there, and only in the car that has it."""
import pytest

from test_plant_car import drawing, run
from tools.plant import profiles
from tools.plant.car import Car


def letters(car, ms, c1=1, c2=1):
    """What it shows, each change once."""
    seen = []
    for _ in range(ms // 10):
        run(car, 10, c1, c2)
        if not seen or seen[-1] != car.letter:
            seen.append(car.letter)
    return seen


@pytest.mark.parametrize("row", profiles.TABLE, ids=lambda row: row[0])
def test_every_row_is_whole_and_its_car_charges_in_the_end(row):
    assert len(row) == len(profiles.FIELDS)
    assert set(row[-1][::2]) <= set(profiles.QUIRKS)
    car = Car(row[0])
    car.plugged = True
    car.hear(0, 1)
    run(car, 4000)          # the two wake-ups that some need
    car.hear(10000, 0)
    run(car, 46000)
    car.hear(2667, 1)
    run(car, 60000)
    assert car.letter == "C" and car.ma >= 15990, car.name


def test_a_plain_car_has_no_oddity():
    car = Car()
    assert [getattr(car, name) for name in profiles.QUIRKS] == [0] * len(profiles.QUIRKS)
    car.become("bmw_phev")
    assert car.glitch_ms == 150
    car.become("default")
    assert car.glitch_ms == 0


def test_the_plug_in_hybrid_shows_b_half_a_second_after_a_new_duty_and_draws_on():
    car = drawing("bmw_phev")
    car.hear(1667, 1)
    assert letters(car, 480) == ["C"]
    assert letters(car, 300) == ["C", "B", "C"] and car.ma > 15000
    car.hear(1667, 1)
    assert letters(car, 2000) == ["C"]
    assert letters(drawing(), 2000) == ["C"]


def test_the_ix3_greets_an_offer_with_a_short_c():
    car = Car("bmw_ix3")
    car.plugged = True
    car.hear(2667, 1)
    assert letters(car, 2990) == ["C", "B"]
    assert letters(car, 100) == ["C"]


def test_the_ix3_sleeps_on_other_phases_until_45_s_of_open_wire():
    for open_ms, letter in ((15000, "B"), (45000, "C")):
        car = drawing("bmw_ix3")
        car.hear(10000, 0)
        run(car, open_ms, 0, 0)
        car.hear(2667, 1)
        run(car, 10000, 1, 0)
        assert car.letter == letter


def test_a_fragile_one_is_harmed_by_two_more_phases_in_one_plug_only():
    car = drawing("zoe_1")
    assert car.harmed == 0
    car.hear(10000, 0)
    run(car, 60000, 0, 0)
    car.hear(2667, 1)
    run(car, 20000, 1, 0)
    assert car.harmed == 0, "three to one is no harm"
    for plugged, harmed in ((False, 0), (True, 1)):
        again = drawing("zoe_1")
        again.hear(10000, 0)
        again.lines = 1
        again.plugged = plugged
        run(again, 1000, 0, 0)
        again.plugged = True
        again.hear(2667, 1)
        assert run(again, 20000).harmed == harmed


def test_phases_that_come_under_load_are_counted():
    car = Car()
    car.plugged = True
    car.hear(2667, 1)
    run(car, 20000, 1, 0)
    assert run(car, 200).hot_joins == 1
    assert drawing().hot_joins == 0


def test_the_one_that_does_not_mind_a_vanished_offer_draws_on():
    for name in ("kona", "polestar"):
        car = drawing(name)
        car.hear(10000, 1)
        assert run(car, 60000).ma >= 16000


def test_the_polestar_sulks_a_minute_after_a_cut_under_load():
    car = drawing("polestar")
    car.cut()
    assert run(car, 59900, 0, 0).letter == "B"
    assert run(car, 200, 0, 0).letter == "C"


def test_sleepers_wake_by_what_wakes_them():
    for name, duty, wired, short, enough in (("ioniq_5", 10000, 0, 2900, 3000), ("deep_sleeper", 0, 1, 3400, 3500)):
        for ms, letter in ((short, "B"), (enough, "C")):
            car = Car(name)
            car.plugged = True
            run(car, 10)
            car.hear(duty, wired)
            run(car, ms)
            car.hear(2667, 1)
            assert run(car, 5000).letter == letter, (name, ms)


def test_the_spring_sleeps_after_twenty_minutes_without_an_offer():
    car = Car("spring")
    car.plugged = True
    car.hear(10000, 1)
    run(car, 1199000)
    car.hear(2667, 1)
    assert run(car, 4000).letter == "C"
    car.hear(10000, 1)
    run(car, 1200000 + 2000)
    car.hear(2667, 1)
    assert run(car, 10000).letter == "B"


def test_the_clinger_stays_in_c_when_full():
    car = drawing("clinger")
    car.stored_uws = car.battery_wh * 3600000000
    run(car, 10000)
    assert (car.letter, car.ma) == ("C", 0)


def test_the_second_module_of_the_e_golf_comes_late():
    car = drawing("e_golf", duty_bp=5333)
    assert car.ma == 16000
    assert run(car, 180000).ma == 31998


def test_the_other_phases_of_a_tesla_come_late():
    assert drawing("tesla", ms=6000).amps_ma[1] == 0
    assert drawing("tesla").amps_ma == [16000, 16000, 16000]


def test_a_greedy_one_takes_more_than_it_is_offered():
    car = drawing("one_phase")
    car.greedy_ma = 4000
    assert run(car, 10000).ma == 20002
