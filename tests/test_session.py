from evse.session import Session


def test_a_session_lasts_from_plug_to_unplug_and_stays_readable():
    session = Session()
    session.second(0, 0, 5000)
    assert (session.number, session.s, session.wh) == (0, 0, -1)
    for power in (0, 1, 1):
        session.second(1, power, 5000 + 100 * power)
    assert (session.number, session.s, session.charging_s, session.wh) == (1, 3, 2, 100)
    session.second(0, 0, 9000)
    assert (session.number, session.s, session.charging_s, session.wh) == (1, 3, 2, 100)


def test_the_next_car_begins_anew():
    session = Session()
    session.second(1, 1, 5000)
    session.second(0, 0, 5000)
    session.second(1, 0, 5100)
    assert (session.number, session.s, session.charging_s, session.wh) == (2, 1, 0, 0)


def test_without_a_meter_nobody_knows_the_energy():
    session = Session()
    session.second(1, 1, -1)
    assert session.wh == -1


def test_a_meter_that_wakes_late_counts_from_then():
    session = Session()
    session.second(1, 1, -1)
    session.second(1, 1, 700)
    session.second(1, 1, 750)
    assert session.wh == 50


def test_as_made_there_was_no_session():
    session = Session()
    assert (session.number, session.plugged, session.s, session.charging_s, session.wh) == (0, 0, 0, 0, -1)


def test_a_new_meter_begins_at_zero():
    session = Session()
    session.second(1, 1, 0)
    assert session.wh == 0
    session.second(1, 1, 50)
    assert session.wh == 50


def test_a_car_without_a_meter_does_not_inherit_the_energy_of_the_last():
    session = Session()
    session.second(1, 1, 700)
    session.second(1, 1, 750)
    session.second(0, 0, 750)
    session.second(1, 1, -1)
    assert session.wh == -1
