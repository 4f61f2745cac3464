from evse import limits
from evse.limits import CABLE, MAINS, MAX, NO_LIMIT, OVERRIDE, SURPLUS, Limits


def spoken():
    """Limits whose regulator has spoken: nothing limits."""
    some = Limits()
    some.put(MAINS, NO_LIMIT)
    some.put(SURPLUS, NO_LIMIT)
    return some


def test_before_the_regulator_has_spoken_there_is_no_current():
    some = Limits()
    assert some.lowest(10) == 0
    assert limits.NAME[some.by] == "mains"


def test_the_smallest_wins_and_is_named():
    some = spoken()
    some.put(MAX, 16000)
    some.put(OVERRIDE, 10000)
    some.put(CABLE, 13000)
    assert some.lowest(10) == 10000
    assert limits.NAME[some.by] == "override"
    some.put(OVERRIDE, NO_LIMIT)
    assert some.lowest(10) == 13000
    assert limits.NAME[some.by] == "cable"


def test_between_equals_the_first_is_named():
    some = spoken()
    some.put(OVERRIDE, 16000)
    some.put(MAX, 16000)
    some.lowest(10)
    assert some.by == MAX


def test_a_limit_lives_as_long_as_it_was_given_and_then_falls_to_nothing():
    some = spoken()
    some.put(MAINS, 10000, 3000)
    assert some.lowest(2999) == 10000
    assert some.lowest(1) == 0
    assert some.by == MAINS
    assert some.lowest(10000) == 0
    some.put(MAINS, 8000, 3000)
    assert some.lowest(10) == 8000


def test_a_renewed_limit_lives_on():
    some = spoken()
    for _ in range(10):
        some.put(MAINS, 10000, 3000)
        assert some.lowest(2900) == 10000


def test_a_limit_without_an_end_stays():
    some = spoken()
    some.put(OVERRIDE, 7000)
    assert some.lowest(1 << 27) == 7000


def test_no_opinion_at_all_is_no_limit():
    assert spoken().lowest(10) == NO_LIMIT


def test_every_slot_is_called_by_its_name():
    slots = (limits.CABLE, limits.MAX, limits.TEMPERATURE, limits.MAINS, limits.SURPLUS, limits.OVERRIDE, limits.RELAY, limits.OVERDRAW,
             limits.NODE, limits.CIRCUIT, limits.CAPACITY, limits.PLAN)
    names = []
    for slot in slots:
        some = spoken()
        some.put(slot, 7000)
        assert some.lowest(10) == 7000
        names.append(limits.NAME[some.by])
    assert names == ["cable", "max", "temperature", "mains", "surplus", "override", "relay", "overdraw", "node",
                     "circuit", "capacity", "plan"]
    assert len(limits.NAME) == len(names)
