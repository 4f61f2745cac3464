import faults
from app.keeper import Keeper
from evse.contacts import Contacts
from faults import Faults
from hal.io import Outputs
from settings import Settings


class Store:
    """A store that can be full."""

    stalls = 0

    def __init__(self):
        self.files, self.full = {}, False

    def load(self, name):
        return self.files.get(name)

    def save(self, name, data):
        if self.full:
            raise OSError(28, "no space")
        self.files[name] = bytes(data)


def keeper(store):
    said = []
    made = Keeper(Settings(), store, Outputs(), Contacts(), Faults(), said.append)
    return made, said


def test_what_was_kept_comes_back():
    store = Store()
    one, _ = keeper(store)
    one.cfg.put("mode", "Solar")
    one.cfg.put("mqtt_user", "J\u00f6rg")
    one.save()
    two, said = keeper(store)
    two.load()
    assert two.cfg.mode == 2 and two.cfg.mqtt_user == "J\u00f6rg" and said == []


def test_a_damaged_file_costs_its_lines_and_says_so():
    store = Store()
    store.files["settings"] = b"mode=Smart\nmax_current_a=999\ngone=1\n"
    one, said = keeper(store)
    one.load()
    assert one.cfg.mode == 1 and one.cfg.max_current_a == 13
    assert said == ["2 stored settings did not fit"]


def test_bytes_that_are_no_text_do_not_stop_the_start():
    store = Store()
    store.files["settings"] = b"\xff\xfe\x80mode=Smart\n"
    one, said = keeper(store)
    one.load()
    assert one.cfg.mode == 0 and len(said) == 1


def test_a_full_store_is_a_warning_until_it_works_again():
    store = Store()
    one, said = keeper(store)
    one.cfg.put("mode", "Solar")
    store.full = True
    one.save()
    one.save()
    assert one.faults.names() == "store" and one.faults.worst() == faults.STORE and len(said) == 1
    store.full = False
    one.save()
    assert one.faults.names() == ""


def test_the_counters_of_the_contactors_outlive_a_restart():
    store = Store()
    one, _ = keeper(store)
    one.contacts.closings, one.contacts.hot = 41, 2
    one.count()
    two, _ = keeper(store)
    two.load()
    assert (two.contacts.closings, two.contacts.hot) == (41, 2)


def test_counters_that_make_no_sense_count_from_zero():
    for data in (b"", b"41", b"x 2", b"1 2 3"):
        store = Store()
        store.files["counters"] = data
        one, _ = keeper(store)
        one.load()
        assert (one.contacts.closings, one.contacts.hot) == (0, 0)
