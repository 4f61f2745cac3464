"""What the registers of a node say, and what writing to them does: wishes, never orders."""
import pytest

from app.node_regs import NodeRegs, Refused
from neighbours import Street
from proto import nodes


class Teller:
    """The node behind the registers: notes what it is told."""

    error_bits = 0

    def __init__(self):
        self.told = []

    def state(self):
        return nodes.B1

    def most_a(self):
        return 16

    def granted(self, state):
        self.told.append(("state", state))

    def error(self, bits):
        self.told.append(("error", bits))


def regs(**settings):
    house = Street((1,), **settings)[0]
    house.evse.temp_c = -3
    return NodeRegs(house, Teller()), house


def refused(do, code):
    with pytest.raises(Refused) as e:
        do()
    return e.value.args[0] == code


def test_the_status_is_read_in_one_or_in_parts():
    some, house = regs(mode="Smart", max_current_a=16)
    assert some.read(0, 8) == [nodes.B1, 0, 0, 1, 0, 1, 1, 16]
    assert some.read(7, 1) == [16] and some.read(8, 4) == [0, 0, 65533, 1001]


def test_one_phase_is_told_and_a_master_that_has_not_heard_it_is_called_again():
    some, house = regs()
    some.write(nodes.CHANGED, (0,), 1)
    house.evse.phases.now = 1
    some.write(nodes.CHANGED, (0,), 1)
    assert some.changed == 0     # nobody here reads phases: the reference is not called for them for ever
    assert some.read(8, 1) == [1] and some.read(0, 12)[8] == 1
    some.write(nodes.CHANGED, (0,), 1)
    assert some.changed == 0
    house.evse.phases.now = 3
    some.write(nodes.CHANGED, (0,), 1)
    assert some.changed == 1     # it was read before the change: the word that it is known is an old one
    assert some.read(8, 1) == [0]
    some.write(nodes.CHANGED, (0,), 1)
    assert some.changed == 0


def test_settings_are_read_and_what_has_moved_between_versions_is_not_there():
    some, house = regs(ev_meter="Eastron3P", ev_addr=21, mains_a=40)
    assert some.read(nodes.EV_METER, 2) == [4, 21]
    assert some.read(0x100, 10)[2:5] == [6, 16, 2]
    assert some.read(0x200, 10)[4] == 40 and some.read(0x208, 2) == [4, 10]
    for start, count in ((0, 0), (0, 13), (12, 1), (0x20, 11), (0x0FF, 2), (0x109, 2), (0x20A, 1), (0x200, 11), (0xFFFF, 1), (0x1000, 1)):
        assert refused(lambda: some.read(start, count), nodes.ILLEGAL_ADDRESS), (start, count)


def test_what_is_wrong_here_and_what_the_master_says_are_told_together():
    some, house = regs()
    import faults
    house.faults.put(faults.TEMP, 1)
    some.node.error_bits = nodes.LESS_6A
    assert some.read(1, 1) == [5]


def test_a_state_and_an_error_are_handed_on_the_error_first():
    some, _ = regs()
    assert some.write(0, (nodes.COMM_B_OK, 1)) == 2
    assert some.node.told == [("error", 1), ("state", nodes.COMM_B_OK)]


@pytest.mark.parametrize("at, value", [(0, 15), (1, 256), (2, 801), (3, 3), (5, 3), (6, 2)])
def test_a_status_out_of_range_is_refused_and_nothing_of_its_telegram_is_taken(at, value):
    some, house = regs()
    values = [nodes.B, 0, 0, 0, 7, 1, 0]
    values[at] = value
    assert refused(lambda: some.write(0, values), nodes.ILLEGAL_VALUE)
    assert some.node.told == [] and some.timer_s == 0 and house.control.override_ma == 0


def test_a_current_is_one_more_limit_within_min_and_max():
    some, house = regs(max_current_a=16)
    some.write(2, (80,), 1)
    assert house.control.override_ma == 8000
    for bad in (59, 161, 800):
        assert refused(lambda: some.write(2, (bad,), 1), nodes.ILLEGAL_VALUE)
    some.write(0, (nodes.B, 0, 0, 0))
    assert house.control.override_ma == 8000   # a 0 on the way to the mode takes nothing back
    some.write(2, (0,), 1)
    assert house.control.override_ma == 0


def test_a_mode_is_a_mode_and_grants_no_access():
    some, house = regs(access="Off", mains_meter="Disabled")
    some.write(3, (2,), 1)
    assert (house.cfg.mode, house.cfg.access) == (2, 0)
    assert refused(lambda: some.write(4, (600, 1, 0)), nodes.ILLEGAL_VALUE)
    assert (some.timer_s, house.cfg.access, some.changed) == (0, 0, 1) and some.refused.endswith("not for the wire to give")


def test_access_may_be_taken_by_the_wire_and_not_given_back():
    some, house = regs()
    some.write(4, (600, 1, 0))   # what it has already
    assert (some.timer_s, house.cfg.access, some.changed) == (600, 1, 0)
    some.write(5, (2,), 1)
    assert house.cfg.access == 2
    assert refused(lambda: some.write(5, (1,), 1), nodes.ILLEGAL_VALUE) and house.cfg.access == 2


@pytest.mark.parametrize("at, value", [(0x100, 1), (0x101, 1), (0x104, 1), (0x105, 3), (0x106, 1), (0x107, 2)])
def test_what_decides_about_safety_or_who_is_master_is_not_for_the_wire(at, value):
    some, house = regs()
    before = some.read(0x100, 10)
    assert refused(lambda: some.write(at, (value,), 1), nodes.ILLEGAL_VALUE)
    assert some.read(0x100, 10) == before
    assert some.write(at, (before[at - 0x100],), 1) == 1   # what it is already, it may be told
    assert "not for the wire" in some.refused and some.refusals == 1


def test_other_settings_are_checked_like_everybodys():
    some, house = regs()
    assert some.write(0x102, (7, 20)) == 2
    assert (house.cfg.min_current_a, house.cfg.max_current_a) == (7, 20)
    assert refused(lambda: some.write(0x102, (8, 90)), nodes.ILLEGAL_VALUE)
    assert house.cfg.min_current_a == 7
    some.write(0x108, (5, 33))
    assert (house.cfg.ev_meter, house.cfg.ev_addr) == (5, 33)


def layout(count):
    now = [1, 20, 0, 0, 35, 5, 11, 2, 5, 12]
    return (now + [1] * 16)[:count]


@pytest.mark.parametrize("count", [10, 22, 26])
def test_of_a_known_layout_the_settings_that_never_moved_are_taken(count):
    some, house = regs()
    values = layout(count)
    values[3] = 2
    assert some.write(0x200, values) == 10
    cfg = house.cfg
    assert (cfg.mode, cfg.mains_a, cfg.start_a, cfg.stop_min, cfg.import_a, cfg.mains_meter, cfg.mains_addr) == (1, 35, 5, 11, 2, 5, 12)
    assert cfg.sb2_wifi == (0 if count == 26 else 2)   # the oldest has a calibration there


@pytest.mark.parametrize("count", [11, 21, 23, 25, 27])
def test_a_layout_that_is_not_known_is_refused_with_a_message_and_not_written(count):
    some, house = regs()
    assert refused(lambda: some.write(0x200, (layout(count) + [0] * 9)[:count]), nodes.ILLEGAL_VALUE)
    assert house.cfg.mains_a == 25 and some.refusals == 1
    assert house.lines[-1] == "bus: write to 0200 refused: %d settings are a layout that is not known; 10, 22, 26 are" % count
    lines = len(house.lines)
    assert refused(lambda: some.write(0x200, (layout(count) + [0] * 9)[:count]), nodes.ILLEGAL_VALUE)
    assert len(house.lines) == lines and some.refusals == 2   # once is enough


def test_one_setting_of_those_that_never_moved_may_be_written_alone():
    some, house = regs()
    some.write(0x204, (50,), 1)
    assert house.cfg.mains_a == 50
    for start, values in ((0x20A, (1,)), (0x208, (4, 10, 0)), (0x0C, (1,)), (0x20, (1,) * 11), (0x20, (1,) * 8), (6, (0, 16))):
        assert refused(lambda: some.write(start, values), nodes.ILLEGAL_ADDRESS), start
