"""What is pushed is taken whole or not at all, only where a meter is set to API, and grows old like any reading."""
import pytest
from meters.pushed import BATTERY_MS, BatteryFeed, Pushed
from meters.reading import NEVER, Reading


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


class Roles:
    """As meters.roles, with every role that can be pushed."""

    def __init__(self):
        self.mains, self.circuit, self.ev, self.battery_feed = Reading(), Reading(), Reading(), BatteryFeed()

    def latest(self, role):
        return getattr(self, role)


def door(mains=9, circuit=9, ev=9, loadbl=0):
    heard = []
    at = [1000]
    pushed = Pushed(Thing(mains_meter=mains, circuit_meter=circuit, ev_meter=ev, loadbl=loadbl), Roles(), lambda: at[0], lambda: heard.append(1))
    return pushed, at, heard


def kept(reading):
    return list(reading.ma), list(reading.w), reading.import_wh, reading.export_wh, reading.at, reading.known, reading.ok


@pytest.mark.parametrize("role", ("mains", "circuit", "ev"))
def test_a_reading_is_taken_and_grows_old(role):
    pushed, at, heard = door()
    pushed.put(role, (10000, 2000, 300))
    reading = pushed.roles.latest(role)
    assert reading.ma == [10000, 2000, 300] and not reading.knows_w
    at[0] = 12500
    assert reading.age_ms(at[0]) == 11500
    assert len(heard) == (1 if role == "mains" else 0)


@pytest.mark.parametrize("role", ("mains", "circuit", "ev"))
def test_only_a_meter_that_is_set_to_api_is_pushed(role):
    pushed, at, heard = door(4, 0, 13)
    with pytest.raises(ValueError) as e:
        pushed.put(role, (10000, 2000, 300), 50, 60, 70)
    assert role + "_meter must be API" in str(e.value)
    assert kept(pushed.roles.latest(role)) == kept(Reading()) and not heard


def test_a_role_that_nobody_pushes_is_refused():
    with pytest.raises(ValueError):
        door()[0].put("pv", (1, 1, 1))


@pytest.mark.parametrize("bad", (
    ((500001, 0, 0), None, None, None), ((0, 0, -500001), None, None, None), ((0, 0, 0), 200001, None, None), ((0, 0, 0), -200001, None, None),
    ((0, 0, 0), None, -1, None), ((0, 0, 0), None, None, 10000000001), (None, 200001, 5, 5), (None, None, 5, -1)))
def test_a_number_out_of_range_leaves_everything_as_it_was(bad):
    pushed, at, heard = door()
    pushed.put("mains", (1000, 2000, 3000), 1500, 77, 88)
    before = kept(pushed.roles.mains)
    at[0] = 5000
    with pytest.raises(ValueError) as e:
        pushed.put("mains", bad[0], bad[1], bad[2], bad[3])
    assert " must be " in str(e.value)
    assert kept(pushed.roles.mains) == before and len(heard) == 1
    assert pushed.roles.mains.errors == 1 and pushed.roles.mains.last_error == "range"


def test_counters_alone_make_no_current_younger():
    pushed, at, heard = door()
    pushed.put("ev", None, 3000, 1234, 5)
    ev = pushed.roles.ev
    assert ev.age_ms(at[0]) == NEVER and not ev.known and ev.power_w() == 3000 and (ev.import_wh, ev.export_wh) == (1234, 5)
    pushed.put("ev", (6000, 6000, 6000))
    at[0] = 9000
    pushed.put("ev", None, 4000)
    assert ev.age_ms(at[0]) == 8000 and ev.power_w() == 4000 and ev.ma == [6000, 6000, 6000]


def test_a_power_that_is_told_no_more_is_known_no_more():
    pushed, at, heard = door()
    mains = pushed.roles.mains
    pushed.put("mains", (10000, 0, 0), -2300)
    assert mains.knows_w and mains.power_w() == -2300
    pushed.put("mains", None, None, 99)
    assert mains.knows_w and mains.import_wh == 99
    pushed.put("mains", (10000, 0, 0))
    assert not mains.knows_w and mains.power_w() == 0


def test_a_current_no_fuse_would_carry_must_be_told_twice():
    pushed, at, heard = door()
    mains = pushed.roles.mains
    mains.trust_ma = 50000
    pushed.put("mains", (10000, 0, 0))
    at[0] = 6000
    with pytest.raises(ValueError) as e:
        pushed.put("mains", (90000, 0, 0), 100, 5)
    assert str(e.value) == "mains current above 50000 mA must be told twice"
    assert mains.ma[0] == 10000 and mains.import_wh == 0 and mains.age_ms(at[0]) == 5000 and mains.last_error == "doubt" and len(heard) == 1
    pushed.put("mains", (90000, 0, 0))
    assert mains.ma[0] == 90000 and mains.age_ms(at[0]) == 0 and len(heard) == 2


def test_a_node_takes_neither_mains_nor_battery():
    pushed, at, heard = door(loadbl=2)
    for call in (lambda: pushed.put("mains", (1, 1, 1)), lambda: pushed.battery(5000)):
        with pytest.raises(ValueError) as e:
            call()
        assert "not allowed on a node" in str(e.value)
    pushed.put("ev", (1, 1, 1))
    assert pushed.roles.battery_feed.age_ms(at[0]) == NEVER and not heard
    door(loadbl=1)[0].put("mains", (1, 1, 1))


def test_the_word_about_the_battery_lives_a_minute():
    pushed, at, heard = door(0, 0, 0)
    feed = pushed.roles.battery_feed
    assert feed.current_ma(at[0]) == 0 and feed.age_ms(at[0]) == NEVER
    pushed.battery(-12000)
    assert feed.current_ma(at[0]) == -12000
    assert feed.current_ma(at[0] + BATTERY_MS) == -12000 and feed.current_ma(at[0] + BATTERY_MS + 1) == 0
    with pytest.raises(ValueError):
        pushed.battery(500001)
    assert feed.ma == -12000
    assert feed.age_ms(at[0] + 3_600_000) == NEVER
    assert feed.age_ms(at[0] + 10) == NEVER   # an hour without a word: the clock may have wrapped
