"""Small files that are whole or not there. The cut at every point is in tests/host/test_contract.py."""

import os
import sys

import pytest

from hal.store import MOST, Store

FOLDER = "build/test_store_%d" % sum(sys.version.encode())  # interpreters run this at the same time


def empty():
    for folder in ("build", FOLDER):
        try:
            os.mkdir(folder)
        except OSError:
            pass  # it is there already
    for name in os.listdir(FOLDER):
        os.remove(FOLDER + "/" + name)
    return Store(FOLDER)


def spoil(name, data):
    with open(FOLDER + "/" + name, "wb") as f:
        f.write(data)


@pytest.mark.parametrize("data", [b"", b"x", bytes(range(256)) * 16])
def test_what_was_saved_comes_back_even_nothing(data):
    store = empty()
    assert store.load("a") is None
    store.save("a", data)
    store.save("b", b"other")
    assert Store(FOLDER + "/").load("a") == data
    assert os.listdir(FOLDER + "/").count("a.new") == 0


@pytest.mark.parametrize("junk", [b"", b"abc", bytes(4), b"just some text", bytes(MOST + 10)])
def test_a_file_that_is_not_whole_is_counted_and_not_used(junk):
    store = empty()
    store.save("a", b"good")
    spoil("a", junk)
    assert store.load("a") is None
    assert store.torn == 1


def test_a_bit_that_turned_over_is_noticed():
    store = empty()
    store.save("a", b"good")
    with open(FOLDER + "/a", "rb") as f:
        raw = bytearray(f.read())
    for i in range(len(raw)):
        raw[i] ^= 1
        spoil("a", raw)
        assert store.load("a") is None
        raw[i] ^= 1


def test_a_finished_save_that_was_not_renamed_is_found():
    store = empty()
    store.save("a", b"good")
    os.rename(FOLDER + "/a", FOLDER + "/a.new")
    assert store.load("a") == b"good"


@pytest.mark.parametrize("name", ["", "A", "a.b", "../a", "a/b", "a" * 21])
def test_a_name_that_could_be_a_path_is_refused(name):
    store = empty()
    with pytest.raises(ValueError):
        store.save(name, b"")
    with pytest.raises(ValueError):
        store.load(name)


def test_too_much_is_refused_and_the_old_stays():
    store = empty()
    store.save("a", b"good")
    with pytest.raises(ValueError):
        store.save("a", bytes(MOST + 1))
    assert store.load("a") == b"good"
