import faults
from faults import DIODE, MAINS_METER, RCM, STORE, TEMP, Faults


def test_as_made_nothing_is_wrong():
    some = Faults()
    assert (some.mask, some.worst(), some.names()) == (0, -1, "")


def test_a_fault_comes_and_goes_with_its_cause():
    some = Faults()
    some.put(MAINS_METER, 1)
    some.put(MAINS_METER, 1)
    assert some.names() == "mains_meter" and some.ease and not some.stop and some.serial == 1
    some.put(MAINS_METER, 0)
    some.put(MAINS_METER, 0)
    assert some.mask == 0 and not some.ease and some.serial == 2


def test_residual_current_stays_until_a_person_resets_it():
    some = Faults()
    some.put(RCM, 1)
    some.put(RCM, 0)
    assert some.stop
    some.reset(RCM)
    assert not some.stop


def test_several_stand_at_once_and_the_worst_is_named_first():
    some = Faults()
    some.put(STORE, 1)
    assert some.worst() == STORE and not some.stop and not some.ease
    some.put(MAINS_METER, 1)
    assert some.worst() == MAINS_METER
    some.put(TEMP, 1)
    some.put(DIODE, 1)
    assert some.worst() == DIODE
    assert some.names() == "diode,temp,mains_meter,store"
    some.put(DIODE, 0)
    assert some.worst() == TEMP


def test_one_that_has_come_and_gone_is_remembered_until_it_is_read():
    some = Faults()
    some.put(TEMP, 1)
    some.put(TEMP, 0)
    some.put(DIODE, 1)
    assert faults.names(some.raised & ~some.mask) == "temp" and some.names() == "diode"
    some.raised = 0
    some.put(DIODE, 1)   # it stands already
    assert some.raised == 0


def test_every_row_tells_the_owner_what_to_do():
    names = [r[faults.NAME] for r in faults.TABLE]
    assert len(set(names)) == len(names) == faults.METER_TWINS + 1
    for r in faults.TABLE:
        assert len(r) == 7 and r[faults.TEXT] and r[faults.REMEDY]
        assert r[faults.BAD] in (faults.WARN, faults.EASE, faults.STOP)
        assert r[faults.CLEARS] in (faults.SELF, faults.LATCH)
