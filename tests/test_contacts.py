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
