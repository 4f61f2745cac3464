from evse import iec61851, pilot
from evse.iec61851 import MINUS, PWM, STEADY, Iec61851
from evse.pilot import A, B, C, D, E, F


def walk(*steps, machine=None):
    """Steps of (dt_ms, letter, ready, diode, state, pilot, power)."""
    machine = machine or Iec61851()
    for dt_ms, letter, ready, diode, state, shown, power in steps:
        machine.step(dt_ms, letter, ready, diode)
        got = (iec61851.NAME[machine.state], machine.pilot, machine.power)
        assert got == (state, shown, power), "%s, not %s" % (got, (state, shown, power))
    return machine


def charging():
    return walk((10, A, 1, 0, "A", STEADY, 0), (10, B, 1, 0, "B2", PWM, 0), (10, C, 1, 1, "C2", PWM, 0),
                (490, C, 1, 1, "C2", PWM, 1))


def test_the_car_picks_the_letter_and_we_pick_the_digit():
    for letter, names in ((A, "A A"), (B, "B1 B2"), (C, "C1 C2"), (D, "D1 D2"), (E, "E E"), (F, "F F")):
        for ready in (0, 1):
            machine = Iec61851()
            assert iec61851.NAME[machine.step(10, letter, ready, 0)] == names.split()[ready]


def test_a_car_comes_charges_and_goes():
    walk((10, B, 1, 1, "B2", PWM, 0), (10, A, 1, 0, "A", STEADY, 0), machine=charging())


def test_power_needs_a_request_that_stands_half_a_second():
    walk((10, B, 1, 0, "B2", PWM, 0), (499, C, 1, 1, "C2", PWM, 0), (1, C, 1, 1, "C2", PWM, 1),
         (1, C, 1, 1, "C2", PWM, 1))


def test_a_bouncing_request_counts_from_anew():
    walk((10, B, 1, 0, "B2", PWM, 0), (490, C, 1, 1, "C2", PWM, 0), (10, B, 1, 1, "B2", PWM, 0),
         (499, C, 1, 1, "C2", PWM, 0), (1, C, 1, 1, "C2", PWM, 1))


def test_no_power_without_the_diode():
    walk((10, B, 1, 0, "B2", PWM, 0), (5000, C, 1, 0, "C2", PWM, 0), (10, C, 1, 1, "C2", PWM, 1))


def test_no_power_while_we_are_not_ready():
    walk((10, B, 0, 0, "B1", STEADY, 0), (5000, C, 0, 1, "C1", STEADY, 0))


def test_we_stop_and_the_car_lets_go():
    walk((10, C, 0, 1, "C1", STEADY, 1), (1000, C, 0, 1, "C1", STEADY, 1), (10, B, 0, 0, "B1", STEADY, 0),
         machine=charging())


def test_we_stop_and_the_car_does_not_let_go_so_it_opens_after_six_seconds():
    machine = walk((10, C, 0, 1, "C1", STEADY, 1), (5999, C, 0, 1, "C1", STEADY, 1), (1, C, 0, 1, "C1", STEADY, 0),
                   machine=charging())
    walk((10, C, 0, 1, "C1", STEADY, 0), (1499, C, 1, 1, "C2", PWM, 0), machine=machine)


def test_the_time_that_a_car_has_to_stop_is_there_to_read():
    machine = charging()
    assert machine.c1_ms == 0
    machine.step(10, C, 0, 1)
    assert machine.c1_ms == 6000
    machine.step(4000, C, 0, 1)
    assert machine.c1_ms == 2000
    machine.step(2010, C, 0, 1)
    assert machine.c1_ms == 0


def test_it_ends_when_the_car_stops_when_it_goes_on_and_when_power_is_taken():
    for letter, ready in ((B, 0), (C, 1)):
        machine = charging()
        machine.step(10, C, 0, 1)
        machine.step(10, letter, ready, 1)
        assert machine.c1_ms == 0
    machine = charging()
    machine.step(10, C, 0, 1)
    machine.drop()
    assert machine.c1_ms == 0


def test_c1_never_closes_what_is_open():
    machine = walk((10, B, 1, 0, "B2", PWM, 0), (500, C, 1, 0, "C2", PWM, 0), (10, C, 0, 1, "C1", STEADY, 0))
    assert machine.c1_ms == 0
    walk((6000, C, 0, 1, "C1", STEADY, 0), machine=machine)


def test_a_car_that_never_left_c_goes_on_when_current_is_back():
    walk((10, C, 0, 1, "C1", STEADY, 1), (3000, C, 0, 1, "C1", STEADY, 1), (10, C, 1, 1, "C2", PWM, 1),
         (10, C, 0, 1, "C1", STEADY, 1), (5990, C, 0, 1, "C1", STEADY, 1), (10, C, 0, 1, "C1", STEADY, 0),
         machine=charging())


def test_opened_contacts_rest_before_they_close_again():
    walk((10, B, 1, 1, "B2", PWM, 0), (1000, C, 1, 1, "C2", PWM, 0), (999, C, 1, 1, "C2", PWM, 0),
         (1, C, 1, 1, "C2", PWM, 1), machine=charging())


def test_a_fault_while_charging_opens_and_shows_f_for_300_ms():
    machine = charging()
    machine.fault()
    assert machine.power == 0
    assert machine.step(10, C, 0, 0) == iec61851.F
    walk((289, C, 0, 0, "F", MINUS, 0), (1, C, 0, 0, "F", MINUS, 0), (1, C, 0, 0, "C1", STEADY, 0), machine=machine)


def test_after_a_fault_the_contacts_rest_too():
    machine = charging()
    machine.fault()
    walk((300, C, 1, 0, "F", MINUS, 0), (1000, C, 1, 1, "C2", PWM, 0), (990, C, 1, 1, "C2", PWM, 0),
         (10, C, 1, 1, "C2", PWM, 1), machine=machine)


def test_power_that_was_dropped_comes_back_after_a_rest_and_without_f():
    machine = charging()
    machine.drop()
    assert machine.power == 0
    walk((10, B, 1, 1, "B2", PWM, 0), (1000, C, 1, 1, "C2", PWM, 0), (989, C, 1, 1, "C2", PWM, 0),
         (1, C, 1, 1, "C2", PWM, 1), machine=machine)


def test_a_fault_without_power_shows_nothing():
    machine = walk((10, B, 1, 0, "B2", PWM, 0))
    machine.fault()
    walk((10, B, 1, 0, "B2", PWM, 0), machine=machine)


def test_a_fault_in_c1_opens_at_once():
    machine = walk((10, C, 0, 1, "C1", STEADY, 1), machine=charging())
    machine.fault()
    walk((310, C, 0, 1, "F", MINUS, 0), (10, C, 0, 1, "C1", STEADY, 0), machine=machine)


def test_a_car_straight_in_c_charges_like_any_other():
    walk((499, C, 1, 1, "C2", PWM, 0), (1, C, 1, 1, "C2", PWM, 1))


def test_where_there_is_ventilation_d_is_like_c():
    machine = walk((10, B, 1, 0, "B2", PWM, 0), (490, D, 1, 1, "D2", PWM, 0), (10, D, 1, 1, "D2", PWM, 1),
                   (10, D, 0, 1, "D1", STEADY, 1), (5990, D, 0, 1, "D1", STEADY, 1), (10, D, 0, 1, "D1", STEADY, 0))
    walk((10, B, 0, 0, "B1", STEADY, 0), machine=machine)


def test_where_there_is_none_a_car_that_begins_to_ask_for_it_is_stopped():
    walk((10, D, 0, 1, "D1", STEADY, 1), (6000, D, 0, 1, "D1", STEADY, 0), machine=charging())


def test_the_plug_is_held_five_seconds_into_f():
    machine = charging()
    machine.fault()
    machine.step(10, C, 0, 0)
    assert (machine.state, machine.lock) == (iec61851.F, 1)


def test_where_f_is_read_the_plug_is_held_five_seconds_each_time():
    machine = Iec61851()
    for _ in range(2):
        for ms, lock in ((4999, 1), (1, 1), (1, 0), (10000, 0)):
            machine.step(ms, F, 0, 0)
            assert (machine.pilot, machine.power, machine.lock) == (STEADY, 0, lock)
        machine.step(10, B, 0, 0)
        assert machine.lock == 1


def test_power_ends_in_the_tick_that_shows_another_letter():
    walk((10, A, 1, 1, "A", STEADY, 0), machine=charging())
    walk((10, B, 1, 1, "B2", PWM, 0), machine=charging())
    walk((10, E, 1, 1, "E", STEADY, 0), machine=charging())
    walk((10, F, 1, 1, "F", STEADY, 0), machine=charging())


def test_the_plug_is_held_from_b_to_d_only():
    for letter, lock in ((A, 0), (B, 1), (C, 1), (D, 1), (E, 0)):
        for ready in (0, 1):
            machine = Iec61851()
            machine.step(10, letter, ready, 0)
            assert machine.lock == lock, pilot.LETTER[letter]


def test_as_made_nobody_is_there_and_nothing_is_offered():
    machine = Iec61851()
    assert (machine.state, machine.pilot, machine.power, machine.lock, machine.c1_ms) == (iec61851.A, STEADY, 0, 0, 0)


def test_the_numbers_that_traces_hold():
    assert (STEADY, PWM, MINUS) == (0, 1, 2)
    assert iec61851.F == len(iec61851.NAME) - 1 == len(iec61851.OFFER) - 1
