"""The registers: golden requests and replies, what may be written, and what may never."""
import pytest

import faults
import settings
from app.control import Control
from evse.evse import Evse
from evse.iec61851 import C2
from evse.limits import CABLE, MAINS, NO_LIMIT, OVERRIDE, SURPLUS
from evse.session import Session
from evse.why import CHARGING, NO_CURRENT
from log import Log
from meters.roles import Roles
from proto import modbus_map
from proto.modbus_map import answer

NOW = 5000


class Thing:
    def __init__(self, **fields):
        for name in fields:
            setattr(self, name, fields[name])


def house(**values):
    """A charge of 13.6 A in Smart, 1.2 A flowing out on L3."""
    cfg = settings.Settings()
    cfg.put("mode", "smart")
    cfg.put("max_current_a", 16)
    for key in values:
        cfg.put(key, values[key])
    h = Thing(cfg=cfg, serial=0x20304, faults=faults.Faults(), log=Log(), meters=Roles(), session=Session())
    evse = h.evse = Evse(cfg, h.faults)
    evse.state, evse.letter, evse.offered_ma, evse.temp_c, evse.why = C2, 2, 13600, -3, CHARGING
    evse.limits.put(CABLE, 20000)
    evse.limits.put(MAINS, 13600)
    evse.limits.put(SURPLUS, NO_LIMIT)
    h.inp = Thing(buttons=0, switch=0, rcm=0)
    h.out = Thing(c1=1, c2=0)
    h.control = Control(cfg, evse, h.inp, lambda text: h.log.say(0, text))
    h.regulate = Thing(stop_timer_s=540)
    h.facts = Thing(state="C2", why="charging", drawn_ma=-1, limit_ma=13600, max_ma=16000, why_s=77, countdown_s=0, uptime_s=3600)
    h.session.wh = 4210
    h.meters.mains.put(NOW - 250, [5750, 600, -1200], [1322, 138, -276])
    h.meters.mains.put_energy(3_000_000_000, 70000)
    return h


def ask(h, text, may_write=1):
    return answer(h, bytes.fromhex(text.replace(" ", "")), may_write, NOW)


def words(h, start, count, function=4):
    reply = answer(h, bytes((function, start >> 8, start & 255, 0, count)), 0, NOW)
    assert reply[0] == function and reply[1] == 2 * count and len(reply) == 2 + 2 * count, reply
    return [reply[i] << 8 | reply[i + 1] for i in range(2, len(reply), 2)]


def number(h, at):
    high, low = words(h, at, 2)
    value = high << 16 | low
    return value - (1 << 32) if value >> 31 else value


def test_the_status_of_a_charge_is_what_a_master_expects():
    assert ask(house(), "04 0000 0008") == bytes.fromhex("0410" "0002 0000 0088 0001 021c 0001 0000 0010".replace(" ", ""))
    assert words(house(), 0, 12)[8:] == [0xFFFD, 0x0304, 0xFFFD, 0x0304]


def test_both_ways_of_reading_give_the_same():
    h = house()
    for start, end in modbus_map.BLOCKS:
        for at in range(start, end, 20):
            count = min(20, end - at + 1)
            assert words(h, at, count, 3) == words(h, at, count, 4)


def test_every_register_of_a_block_can_be_read_alone_and_says_what_the_block_says():
    h = house()
    for start, end in modbus_map.BLOCKS:
        for at in range(start, end + 1):
            first = max(start, at - 3)
            assert words(h, at, 1)[0] == words(h, first, min(7, end - first + 1))[at - first], hex(at)


def test_mains_currents_are_signed_tenths():
    assert words(house(), 0x28, 3) == [58, 6, 0x10000 - 12]


def test_what_each_charger_is_given_comes_from_the_fleet():
    h = house()
    assert words(h, 0x20, 11)[:8] == [0] * 8
    h.regulate.fleet = Thing(cars=[Thing(give_ma=16000), Thing(give_ma=0), Thing(give_ma=6040)])
    assert words(h, 0x20, 4) == [160, 0, 60, 0]


def test_the_settings_stand_where_other_programs_look():
    h = house(mains_a=40, start_a=3, stop_min=7, import_a=2, ev_meter="Eastron3P", ev_addr=14, lock="Motor")
    assert words(h, 0x100, 10) == [0, 2, 6, 16, 0, 0, 0, 0, 4, 14]
    system = words(h, 0x200, 13)
    assert system[0] == 1 and system[4:10] == [40, 3, 7, 2, 4, 10]


def test_the_older_map_has_a_letter_for_the_state_and_the_rest_from_the_new_one():
    h = house(mains_a=40)
    assert words(h, 160, 4) == [ord("C"), 0, 16, 6]
    assert words(h, 166, 1) == [136] and words(h, 226, 1) == [40] and words(h, 242, 1) == [0] and words(h, 164, 1) == [0]


@pytest.mark.parametrize("at, value", [
    (0x1010, 13600), (0x1012, -1), (0x1014, 13600), (0x1016, 16000), (0x1018, 0), (0x101A, 4210), (0x1022, 0), (0x1024, 77),
    (0x1028, 0x20304), (0x102A, 3600), (0x1040, 20000), (0x1046, 13600), (0x1048, -1), (0x105E, -1), (0x1080, 5750), (0x1084, -1200),
    (0x1086, 1184), (0x108C, 250), (0x108E, 0), (0x1090, 0), (0x109C, -1), (0x10CE, 0)])
def test_our_own_block_in_milliamps(at, value):
    assert number(house(), at) == value


def test_a_counter_above_two_thousand_megawatt_hours_is_whole():
    assert words(house(), 0x1088, 4) == [3_000_000_000 >> 16, 3_000_000_000 & 0xFFFF, 1, 4464]


def test_our_own_block_in_single_registers():
    assert words(house(), 0x1000, 9) == [1, C2, CHARGING, 1, 1, 1, 3, 1, 0xFFFD]


def test_a_number_cut_by_the_range_gives_its_half():
    assert words(house(), 0x1011, 1) == [13600] and words(house(), 0x1013, 2) == [0xFFFF, 0]


def test_faults_are_the_flags_that_clients_know():
    h = house()
    h.faults.put(faults.RCM, 1)
    h.faults.put(faults.MAINS_METER, 1)
    h.faults.put(faults.DIODE, 1)
    assert words(h, 1, 1) == [1 << 4 | 1 << 1] and number(h, 0x1022) == h.faults.mask
    h.evse.why, h.facts.why = NO_CURRENT, "no_current"
    assert words(h, 1, 1) == [1 << 4 | 1 << 1 | 1]


@pytest.mark.parametrize("text, reply", [
    ("04 000c 0001", "84 02"), ("04 000b 0002", "84 02"), ("03 0000 0000", "83 03"), ("03 0000 007e", "83 03"), ("04 0010 0001", "84 02"),
    ("04 1000 007d", ""), ("04 10cf 0001", ""), ("04 10d0 0001", "84 02"), ("04 ffff 0001", "84 02"), ("04 0000", "84 03"),
    ("04 0000 0001 00", "84 03"), ("01 0000 0001", "81 01"), ("2b 0e01 00", "ab 01"), ("", "80 01"), ("84", "84 01"), ("04", "84 03"),
    ("06 0002 0064", "06 0002 0064"), ("06 0002", "86 03"), ("10 0002 0001 02 0064", "10 0002 0001"), ("10 0002 0000 00", "90 03"),
    ("10 0002 0001 04 0064", "90 03"), ("10 0002 0001 02 00", "90 03"), ("10 0002 0002 02 0064", "90 03"), ("10 0002", "90 03")])
def test_what_is_asked_wrong_gets_its_exception(text, reply):
    got = ask(house(), text)
    assert got == bytes.fromhex(reply.replace(" ", "")) if reply else not got[0] & 0x80


def test_without_the_setting_nothing_is_written():
    h = house()
    assert ask(h, "06 0103 0014", 0) == b"\x86\x01" and ask(h, "10 0103 0001 02 0014", 0) == b"\x90\x01"
    assert h.cfg.max_current_a == 16


@pytest.mark.parametrize("at, value, key, kept", [
    (0x0003, 2, "mode", 2), (0x0005, 2, "access", 2), (0x0102, 8, "min_current_a", 8),
    (0x0200, 0, "mode", 0), (0x0205, 9, "start_a", 9), (0x0206, 3, "stop_min", 3), (0x0207, 1, "import_a", 1)])
def test_a_wish_is_kept_as_any_other(at, value, key, kept):
    h = house()
    request = bytes((6, at >> 8, at & 255, 0, value))
    assert answer(h, request, 1, NOW) == request
    assert getattr(h.cfg, key) == kept and "%s set" % key in [text for s, text in h.log.lines()]


def test_an_override_is_one_more_limit_and_is_taken_back_with_zero():
    h = house()
    ask(h, "06 0002 0064")
    assert h.evse.limits.ma[OVERRIDE] == 10000 and number(h, 0x1018) == 10000
    ask(h, "06 0002 0000")
    assert h.evse.limits.ma[OVERRIDE] == NO_LIMIT
    assert ask(h, "06 0002 0014") == b"\x86\x03" and h.control.override_ma == 0


def test_a_mode_gives_nobody_access():
    h = house(access="off")
    ask(h, "06 0003 0000")
    assert h.control.mode() == "off" and h.cfg.mode == 0


def test_the_mode_numbers_are_the_three_that_others_know():
    h = house()
    assert ask(h, "06 0003 0003") == b"\x86\x03" and h.cfg.mode == 1


def test_several_registers_are_written_all_or_none():
    h = house()
    assert ask(h, "10 0205 0003 06 0008 003d 0002") == b"\x90\x03"   # STOP is at most 60
    assert (h.cfg.start_a, h.cfg.stop_min, h.cfg.import_a) == (4, 10, 0)
    assert ask(h, "10 0205 0003 06 0008 003c 0002") == bytes.fromhex("1002050003")
    assert (h.cfg.start_a, h.cfg.stop_min, h.cfg.import_a) == (8, 60, 2)
    assert ask(h, "10 0102 0002 04 0008 0014") == b"\x90\x02" and (h.cfg.min_current_a, h.cfg.max_current_a) == (6, 16)


def test_no_write_touches_a_state_a_fault_an_output_or_how_the_charger_is_installed():
    may = {2, 3, 5, 0x102, 0x200, 0x205, 0x206, 0x207}
    h = house()
    before = list(settings.dump(h.cfg)), h.evse.state, h.faults.mask, h.out.c1, h.out.c2
    for start, end in modbus_map.BLOCKS + ((0x0C, 0x1F), (0x210, 0x216)):
        for at in range(start, end + 1):
            for value in (0, 1, 7) if at not in may else ():
                assert ask(h, "06 %04x %04x" % (at, value)) == b"\x86\x02", hex(at)
    assert (list(settings.dump(h.cfg)), h.evse.state, h.faults.mask, h.out.c1, h.out.c2) == before
    for at in may:
        for value in (0, 1, 2, 5, 7, 16, 40, 65535):
            ask(h, "06 %04x %04x" % (at, value))
    assert (h.evse.state, h.faults.mask, h.out.c1, h.out.c2) == before[1:]
