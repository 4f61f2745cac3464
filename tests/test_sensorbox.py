"""A Sensorbox: clamps or a smart meter, old box or new, nothing new, and what it is told."""
import pytest
import settings
from meters.build import build
from meters.modbus_meter import CURRENTS, ENERGY_MS
from meters.reading import NEVER, Reading
from tools.plant.meter_sdm630 import crc16
from tools.plant.meter_sensorbox import SensorboxSlave

A5_25, A_6_6, A0_1 = (0x40A8, 0x0000), (0xC0D3, 0x3333), (0x3DCC, 0xCCCD)  # 5.25, -6.6 and 0.1 as float32
V230, V231_5 = (0x4366, 0x0000), (0x4367, 0x8000)
NONE = (0, 0)
NAN = (0x7FC0, 0)
AMPS = A5_25 + A_6_6 + A0_1
# Registers as the box's list has them: version and wiring, DSMR version and flags, P1 volts, P1 amps, clamp amps.
OLD_BOX = (0x000F, 0x0003) + NONE * 6 + AMPS
CLAMPS = (0x0114, 0x0003) + NONE * 6 + AMPS
P1 = (0x0114, 0x3283) + V230 + V231_5 + V230 + AMPS + NONE * 3
WIFI = (0x0301, 0x0C1E, 0x150A, 0x7E06, 0xC0A8, 0x014D, 0x1234, 0x5678, 0, 0, 0, 0)  # on and joined, 192.168.1.77


def box(**values):
    cfg = settings.Settings()
    for key in values:
        cfg.put(key, values[key])
    return build(1, 99, Reading(), cfg)


def test_an_old_box_is_asked_for_exactly_what_it_answers_to():
    b = box()
    assert (b.model, b.address) == (1, 10) and b.telegram(CURRENTS) == (4, 0, 20)
    assert b.take(CURRENTS, OLD_BOX, 700)
    assert b.reading.ma == [5250, -6600, 100] and b.reading.at == 700 and b.telegram(CURRENTS) == (4, 0, 20)
    assert b.to_write() is None and b.ip_text() == ""


def test_clamps_tell_no_power_and_none_is_claimed():
    b = box()
    b.take(CURRENTS, P1, 0)
    assert b.take(CURRENTS, CLAMPS + WIFI, 0)
    assert b.reading.ma == [5250, -6600, 100] and b.reading.power_w() == 0 and not b.reading.knows_w and not b.p1


def test_a_smart_meter_tells_volts_amps_and_so_their_product():
    b = box()
    assert b.take(CURRENTS, P1, 700)
    assert b.reading.ma == [5250, -6600, 100] and b.reading.mv == [230000, 231500, 230000]
    assert b.reading.w == [1208, -1528, 23] and b.reading.knows_w and b.p1 == 1


def test_a_smart_meter_without_volts_tells_no_power():
    b = box()
    assert b.take(CURRENTS, P1[:2] + NONE * 3 + P1[8:], 0)
    assert b.reading.ma == [5250, -6600, 100] and not b.reading.knows_w and b.reading.power_w() == 0


def test_a_new_box_is_asked_for_all_it_has_and_an_old_one_in_its_place_for_less_again():
    b = box()
    b.take(CURRENTS, CLAMPS, 0)
    assert b.telegram(CURRENTS) == (4, 0, 32)
    assert not b.take(CURRENTS, CLAMPS, 0) and b.reading.last_error == "range"  # 20 are not what was asked
    for _ in range(2):
        b.fail("silent")
    assert b.telegram(CURRENTS) == (4, 0, 20) and b.missed == 3
    assert b.take(CURRENTS, OLD_BOX, 0) and b.missed == 0
    b.take(CURRENTS, CLAMPS, 0)
    assert b.take(CURRENTS, (0x000F,) + CLAMPS[1:] + WIFI, 0) and b.telegram(CURRENTS) == (4, 0, 20)


@pytest.mark.parametrize("flags", (0x00, 0x40))
def test_nothing_new_is_no_error_and_makes_nothing_younger(flags):
    b = box()
    b.take(CURRENTS, P1, 1000)
    b.fail("crc")
    assert not b.take(CURRENTS, (0x0114, flags) + P1[2:] + WIFI, 5000)
    assert b.reading.age_ms(5000) == 4000 and b.reading.ma == [5250, -6600, 100] and b.reading.knows_w
    assert b.reading.errors == 1 and b.missed == 0


def test_the_first_word_of_a_box_may_be_that_there_is_nothing():
    b = box()
    assert not b.take(CURRENTS, (0x000F, 0) + OLD_BOX[2:], 5)
    assert b.reading.age_ms(5) == NEVER and b.reading.errors == 0


def test_clamps_help_out_while_the_smart_meter_is_silent():
    b = box()
    assert b.take(CURRENTS, (0x0114, 0x0043) + P1[2:14] + A0_1 * 3, 0)
    assert b.reading.ma == [100, 100, 100]


@pytest.mark.parametrize("mains_a, factor", ((25, 1), (100, 1), (101, 2), (200, 2)))
def test_big_clamps_see_half_and_a_smart_meter_sees_all(mains_a, factor):
    b = box(mains_a=mains_a)
    b.take(CURRENTS, CLAMPS, 0)
    assert b.reading.ma == [5250 * factor, -6600 * factor, 100 * factor]
    b.take(CURRENTS, P1 + WIFI, 0)
    assert b.reading.ma == [5250, -6600, 100]


@pytest.mark.parametrize("regs", (
    CLAMPS[:14] + NAN + CLAMPS[16:], P1[:2] + NAN + P1[4:], P1[:2] + (0x4416, 0) + P1[4:],  # 600 V
    P1[:2] + (0xC366, 0) + P1[4:], CLAMPS[:14] + (0x43FA, 0x2000) + CLAMPS[16:],             # -230 V, 500.25 A
    CLAMPS[:19], CLAMPS + (0,), (), (0x0114, 0x0003) + NONE * 6 + (70000, 0) + A0_1 * 2,
))
def test_nonsense_is_counted_and_changes_nothing(regs):
    b = box()
    b.take(CURRENTS, OLD_BOX, 5)
    assert not b.take(CURRENTS, regs, 99)
    assert b.reading.ma == [5250, -6600, 100] and b.reading.at == 5
    assert b.reading.errors == 1 and b.reading.last_error == "range" and b.missed == 1


def test_one_jump_above_twice_the_fuse_has_to_be_said_again():
    b = box()
    b.reading.trust_ma = 6000
    assert not b.take(CURRENTS, OLD_BOX, 1) and b.reading.last_error == "doubt" and b.missed == 0
    assert b.reading.age_ms(1) == NEVER
    assert b.take(CURRENTS, OLD_BOX, 2) and b.reading.ma == [5250, -6600, 100]


@pytest.mark.parametrize("identity, grid, rotation, wanted", (
    (0x14, "4Wire", "Right", None), (0x14, "3Wire", "Right", 2), (0x16, "4Wire", "Right", 0), (0x16, "3Wire", "Right", None),
    (0x15, "4Wire", "Right", 0), (0x14, "4Wire", "Left", 1), (0x16, "3Wire", "Left", 3), (0x17, "3Wire", "Left", None),
))
def test_the_box_is_told_its_grid_where_it_uses_clamps(identity, grid, rotation, wanted):
    b = box(grid=grid, sb2_rotation=rotation)
    assert b.to_write() is None  # nothing is known of it yet
    b.take(CURRENTS, (0x0100 | identity,) + CLAMPS[1:], 0)
    assert b.to_write() == (None if wanted is None else (0x0800, wanted))


def test_a_box_with_a_smart_meter_or_an_old_one_is_told_no_grid():
    for regs in (P1, OLD_BOX):
        b = box(grid="3Wire")
        b.take(CURRENTS, regs, 0)
        assert b.to_write() is None


def test_a_box_that_does_not_listen_is_not_pestered():
    b = box(grid="3Wire")
    b.take(CURRENTS, CLAMPS, 0)
    told = []
    for _ in range(60):
        told.append(b.to_write())
        b.take(CURRENTS, CLAMPS + WIFI, 0)
    assert [i for i in range(60) if told[i]] == [0, 20, 40]
    b.fail("silent")
    assert b.to_write() is None


def test_the_network_of_the_box_stays_as_it_is_found_until_the_owner_says_otherwise():
    b = box()
    b.take(CURRENTS, P1, 0)
    b.take(CURRENTS, P1 + WIFI, 0)
    assert (b.wifi, b.connected, b.ip_text()) == (1, 1, "192.168.1.77") and b.to_write() is None
    b.cfg.put("sb2_wifi", "SetupWifi")
    assert b.to_write() == (0x0801, 2)
    b.take(CURRENTS, P1 + (0x0402,) + WIFI[1:], 0)   # the portal is open
    b.take(CURRENTS, P1 + WIFI, 0)                   # it was used, and is closed again by the box
    for _ in range(30):
        b.take(CURRENTS, P1 + WIFI, 0)
    assert b.wifi == 1 and b.to_write() is None      # it is not opened again
    b.cfg.put("sb2_wifi", "Disabled")
    assert b.to_write() == (0x0801, 0)


def test_the_network_is_asked_for_again_as_long_as_the_box_does_something_else():
    b = box()
    b.take(CURRENTS, P1, 0)
    off = P1 + (0x0000,) + (0,) * 11
    b.take(CURRENTS, off, 0)
    assert b.to_write() is None and (b.wifi, b.connected, b.ip_text()) == (0, 0, "")
    b.cfg.put("sb2_wifi", "Enabled")
    assert b.to_write() == (0x0801, 1)
    told = []
    for _ in range(40):
        b.take(CURRENTS, off, 0)
        told.append(b.to_write())
    assert [i for i in range(40) if told[i]] == [19, 39] and told[19] == (0x0801, 1)
    b.take(CURRENTS, P1 + (0x0101,) + (0, 0, 0, 0x0A00, 0) + (0,) * 6, 0)
    assert (b.wifi, b.connected, b.ip_text()) == (1, 0, "10.0.0.0")
    for _ in range(40):
        b.take(CURRENTS, P1 + WIFI, 0)
    assert b.to_write() is None


def test_a_box_that_tells_nothing_of_its_network_is_told_nothing():
    b = box()
    assert (b.wifi, b.connected, b.p1, b.version, b.wiring, b.missed) == (-1, 0, 0, 0, 0, 0)
    b.cfg.put("sb2_wifi", "Enabled")
    b.take(CURRENTS, P1, 0)
    assert b.to_write() is None
    b.take(CURRENTS, P1 + WIFI, 0)
    b.cfg.put("sb2_wifi", "SetupWifi")
    b.take(CURRENTS, (0x000F,) + P1[1:] + WIFI, 0)
    assert b.to_write() == (0x0801, 2)
    for _ in range(20):
        b.take(CURRENTS, OLD_BOX, 0)  # an old box has taken its place
    assert b.wifi == -1 and b.to_write() is None


@pytest.mark.parametrize("identity, wired", ((0x0F, False), (0x10, True), (0x13, True)))
def test_only_a_box_that_knows_its_wiring_is_told_of_it(identity, wired):
    b = box(grid="3Wire", sb2_rotation="Left" if identity == 0x10 else "Right")
    b.take(CURRENTS, (0x0100 | identity,) + CLAMPS[1:], 0)
    assert b.wiring == (identity & 3 if wired else 0)
    assert b.to_write() == ((0x0800, 3 if identity == 0x10 else 2) if wired else None)


@pytest.mark.parametrize("flags, ma, told", ((0x83, [5250, -6600, 100], None), (0x01, [100, 100, 100], (0x0800, 2)),
                                             (0x02, [100, 100, 100], (0x0800, 2))))
def test_a_smart_meter_goes_before_clamps(flags, ma, told):
    b = box(grid="3Wire")
    assert b.take(CURRENTS, (0x0114, flags) + V230 * 3 + AMPS + A0_1 * 3, 0)
    assert b.reading.ma == ma and b.to_write() == told


def test_a_box_may_be_silent_twice_and_is_still_the_same():
    b = box()
    b.take(CURRENTS, CLAMPS, 0)
    b.fail("silent")
    b.fail("silent")
    assert b.telegram(CURRENTS) == (4, 0, 32)
    b.fail("silent")
    assert b.telegram(CURRENTS) == (4, 0, 20)


def test_it_has_no_counters_to_ask_for():
    b = box()
    b.take(CURRENTS, P1, 0)
    assert b.energy_due(10 * ENERGY_MS) == 0


def ask(b, slave, now):
    function, start, count = b.telegram(CURRENTS)
    body = bytes((10, function, start >> 8, start & 255, count >> 8, count & 255))
    crc = crc16(body)
    answer = slave.answer(body + bytes((crc & 0xFF, crc >> 8)))
    assert answer[1] == 4 and answer[2] == 2 * count
    return b.take(CURRENTS, tuple([answer[i] << 8 | answer[i + 1] for i in range(3, 3 + 2 * count, 2)]), now)


@pytest.mark.parametrize("version, source, halves", ((0, "ct", 0), (1, "ct", 0), (1, "ct", 1), (2, "p1", 0), (2, "old", 0)))
def test_a_box_of_the_plant_is_read(version, source, halves):
    slave = SensorboxSlave(version=version, source=source)
    slave.halves = halves
    b = box(mains_a=150 if halves else 25)
    got = 0
    for i in range(20):
        slave.measure([5000, -6500, 100], 100)
        got += ask(b, slave, i)
        assert b.version == version
    assert got == 10 and b.reading.ma == [5000, -6500, 100] and b.reading.errors == 0
    assert b.reading.w == ([1150, -1495, 23] if source == "p1" else [0, 0, 0])
    assert b.telegram(CURRENTS)[2] == (32 if version else 20) and b.p1 == (source == "p1")
