import pytest

from evse.contacts import SILENT_S, WELD_MA, WELD_S, Contacts


def seconds(contacts, n, c1, drawn_ma):
    for _ in range(n):
        contacts.second(c1, drawn_ma)
    return contacts


def test_closings_and_openings_under_load_are_counted_once_each():
    contacts = Contacts()
    for c1, drawing in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 1), (1, 0), (0, 0)):
        contacts.tick(c1, drawing)
    assert (contacts.closings, contacts.hot) == (2, 1)


def test_current_through_open_contacts_is_a_weld():
    contacts = seconds(Contacts(), WELD_S - 1, 0, WELD_MA + 1)
    assert contacts.welded == 0
    assert seconds(contacts, 1, 0, WELD_MA).welded == 0
    assert seconds(contacts, 1, 0, WELD_MA + 1).welded == 1


def test_a_meter_that_falls_silent_at_the_opening_is_no_weld():
    """Its last reading, of before the opening, counts as fresh for three seconds more."""
    contacts = seconds(Contacts(), 10, 1, 16000)
    seconds(contacts, 4, 0, 16000)
    assert seconds(contacts, 60, 0, -1).welded == 0


def test_a_closing_in_between_counts_anew():
    contacts = seconds(Contacts(), 100, 0, 0)
    seconds(contacts, 1, 1, 16000)
    assert seconds(contacts, WELD_S - 1, 0, 16000).welded == 0


def test_closed_and_no_current_for_two_minutes_is_worth_a_word():
    contacts = seconds(Contacts(), SILENT_S - 1, 1, 0)
    assert contacts.silent == 0
    assert seconds(contacts, 1, 1, WELD_MA).silent == 1
    assert seconds(contacts, 1, 1, WELD_MA + 1).silent == 0
    seconds(contacts, SILENT_S, 1, 0)
    assert contacts.silent == 1 and seconds(contacts, 1, 0, 0).silent == 0
    seconds(contacts, SILENT_S, 1, 0)
    assert contacts.silent == 1 and seconds(contacts, 1, 1, -1).silent == 0


def told(contacts, s, c1, drawn_ma):
    for _ in range(s):
        contacts.second(c1, drawn_ma)
    return contacts.welded, contacts.silent


def test_as_made_nothing_has_happened():
    contacts = Contacts()
    assert (contacts.closings, contacts.hot, contacts.welded, contacts.silent) == (0, 0, 0, 0)


def test_every_closing_counts_once_and_an_opening_only_under_load():
    contacts = Contacts()
    for c1, drawing, closings, hot in ((0, 0, 0, 0), (1, 0, 1, 0), (1, 1, 1, 0), (0, 1, 1, 1), (0, 1, 1, 1), (1, 1, 2, 1), (0, 0, 2, 1),
                                       (1, 0, 3, 1), (0, 1, 3, 2)):
        contacts.tick(c1, drawing)
        assert (contacts.closings, contacts.hot) == (closings, hot)


def test_current_through_open_contacts_is_a_weld_after_five_seconds():
    contacts = Contacts()
    assert told(contacts, 4, 0, 1001) == (0, 0)
    assert told(contacts, 1, 0, 1001) == (1, 0)
    assert told(contacts, 10, 0, 0) == (1, 0), "it stays until somebody has looked"


def test_the_five_seconds_begin_with_each_opening():
    contacts = Contacts()
    told(contacts, 60, 0, 0)
    told(contacts, 10, 1, 16000)
    assert told(contacts, 4, 0, 16000) == (0, 0)
    assert told(contacts, 1, 0, 16000) == (1, 0)


def test_what_a_meter_shows_without_current_is_no_weld_and_neither_is_silence():
    contacts = Contacts()
    assert told(contacts, 60, 0, 1000) == (0, 0)
    assert told(contacts, 60, 0, -1) == (0, 0)


@pytest.mark.parametrize("nothing_ma", [0, 500, 1000])
def test_a_car_that_asks_and_draws_nothing_for_two_minutes_is_told(nothing_ma):
    contacts = Contacts()
    assert told(contacts, 119, 1, nothing_ma) == (0, 0)
    assert told(contacts, 1, 1, nothing_ma) == (0, 1)
    assert told(contacts, 200, 1, nothing_ma) == (0, 1)


@pytest.mark.parametrize("c1, drawn_ma", [(0, 0), (1, 1001), (1, -1)])
def test_what_ends_the_two_minutes(c1, drawn_ma):
    contacts = Contacts()
    told(contacts, 200, 1, 0)
    assert told(contacts, 1, c1, drawn_ma) == (0, 0)
    assert told(contacts, 119, 1, 0) == (0, 0)
    assert told(contacts, 1, 1, 0) == (0, 1)
