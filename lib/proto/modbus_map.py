"""The charger as Modbus registers: those of SmartEVSE, the older map of its predecessor, and a block of our own.

answer() takes one request without its frame (function code and what follows)
and gives the reply, so that a TCP server and a node on the wire can share it.
It reads everything and writes little: a wish, never a state and never a fault
word. What is written goes through house.control like an order over REST,
several registers all or none. docs/MODBUS.md has the table for people.

Ranges must lie in one block. Exception 1: no such function, or writing is not
allowed; 2: no such register, or not one to write; 3: a value or a length that
is out of range. No sockets, no clock: now_ms are the ticks of the caller.
"""
from micropython import const

from proto import nodes
from proto.nodes import CONFIG, ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, ILLEGAL_VALUE, Refused
from proto.smartevse_api import STATE_ID, look, no_power, tenths
from proto.smartevse_post import do

READ_MAX, WRITE_MAX = 125, 123   # registers in one request, of the standard
UNLIMITED = const(1 << 28)  # limits of this size are none: told as -1
SETTINGS_END = const(0x020D)
LAYOUT = const(1)  # of our own block; it may grow, but no register of it moves

BLOCKS = ((0x0000, 0x000B), (0x0020, 0x002A), (0x00A0, 0x00F2), (0x0100, 0x0109), (0x0200, 0x020C), (0x1000, 0x10CF))

# The settings from CONFIG on stand in nodes.py, because a master reads them, too.
# REG, WORDS, KIND, SOURCE. int: what is found at a path, 0 where nothing is; ma: that in 0.1 A; own: a word of _own().
TABLE: tuple = (
    (0x0000, 1, "own", "state_id"), (0x0001, 1, "own", "errors"), (0x0002, 1, "ma", "evse.offered_ma"),
    (0x0003, 1, "own", "mode"), (0x0004, 1, "int", "regulate.stop_timer_s"), (0x0005, 1, "int", "cfg.access"),
    (0x0007, 1, "own", "most_a"), (0x0008, 1, "int", "evse.temp_c"), (0x0009, 1, "int", "serial"),  # 8, 9: where
    (0x000A, 1, "int", "evse.temp_c"), (0x000B, 1, "int", "serial"),  # node-smartevse looks for what is in A and B
    (0x0028, 1, "ma", "meters.mains.ma.0"), (0x0029, 1, "ma", "meters.mains.ma.1"), (0x002A, 1, "ma", "meters.mains.ma.2"),
    (0x00A0, 1, "own", "letter"),
    (0x020B, 1, "int", "cfg.circuit_meter"), (0x020C, 1, "int", "cfg.circuit_addr"),
    (0x1000, 1, "own", "layout"), (0x1001, 1, "int", "evse.state"), (0x1002, 1, "int", "evse.why"),
    (0x1003, 1, "int", "evse.by"), (0x1004, 1, "int", "cfg.mode"), (0x1005, 1, "int", "cfg.access"),
    (0x1006, 1, "int", "evse.phases.now"), (0x1007, 1, "own", "contactors"), (0x1008, 1, "int", "evse.temp_c"),
    (0x1010, 2, "int", "evse.offered_ma"), (0x1012, 2, "int", "facts.drawn_ma"), (0x1014, 2, "int", "facts.limit_ma"),
    (0x1016, 2, "int", "facts.max_ma"), (0x1018, 2, "int", "control.override_ma"), (0x101A, 2, "int", "session.wh"),
    (0x101C, 2, "int", "session.s"), (0x101E, 2, "int", "session.charging_s"), (0x1020, 2, "int", "session.number"),
    (0x1022, 2, "int", "faults.mask"), (0x1024, 2, "int", "facts.why_s"), (0x1026, 2, "int", "facts.countdown_s"),
    (0x1028, 2, "int", "serial"), (0x102A, 2, "int", "facts.uptime_s"),
)
ALLOTTED, CHARGERS = 0x0020, 8
LIMITS, SLOTS = 0x1040, 16      # two words each, in the order of evse/limits.py
METERS, METER = 0x1080, 0x10    # eight numbers of two words for each role
ROLES = ("mains", "ev", "circuit", "pv", "battery")

# The older map: its register, where that is now. 160 is in the table: it holds a letter.
LEGACY = (
    (161, 0x0001), (162, 0x0007), (163, 0x0102), (166, 0x0002), (167, 0x0005), (168, 0x0003), (192, 0x0100),
    (193, 0x0104), (194, 0x0102), (195, 0x0103), (196, 0x0101), (197, 0x0205), (198, 0x0206), (199, 0x0105),
    (200, 0x0106), (201, 0x0207), (202, 0x0107), (203, 0x0108), (224, 0x0201), (225, 0x0200), (226, 0x0204),
    (227, 0x0203), (228, 0x0208), (229, 0x0209), (231, 0x020B), (232, 0x020C), (242, 0x0202))

# The settings that may be written. Only what SmartEVSE's REST lets anybody set as well: nothing of how the charger was
# installed, so no fuse and no MAX, no monitor can be switched off, and no write gives access but the one that says so.
WRITES = ("mode", "access", "min_current_a", "start_a", "stop_min", "import_a")
OVERRIDE, MODE, ACCESS = 0x0002, 0x0003, 0x0005


def answer(house, pdu, may_write, now_ms) -> bytes:
    """The reply to a request, function code first, whatever the request holds."""
    function = pdu[0] if len(pdu) else 0
    try:
        if function in (3, 4):
            start, count = _head(pdu, 5, READ_MAX)
            return bytes((function, 2 * count)) + read(house, start, count, now_ms)
        if function in (6, 16) and may_write:
            if function == 6:
                start, value = _head(pdu, 5, 0xFFFF)
                write(house, start, [value])
            else:
                start, count = _head(pdu, 0, WRITE_MAX)
                if len(pdu) != 6 + 2 * count or pdu[5] != 2 * count or not count:
                    raise Refused(ILLEGAL_VALUE)
                write(house, start, [pdu[i] << 8 | pdu[i + 1] for i in range(6, len(pdu), 2)])
            return bytes(pdu[:5])
        raise Refused(ILLEGAL_FUNCTION)
    except Refused as e:
        return bytes((function & 0x7F | 0x80, e.args[0]))


def _head(pdu, size: int, most: int) -> tuple:
    """The first two numbers of a request; size is its length, 0 for any from 6 on. A number of registers is not 0."""
    if len(pdu) != size and (size or len(pdu) < 6):
        raise Refused(ILLEGAL_VALUE)
    second = pdu[3] << 8 | pdu[4]
    if second > most or not second and most == READ_MAX:
        raise Refused(ILLEGAL_VALUE)
    return pdu[1] << 8 | pdu[2], second


def read(house, start: int, count: int, now_ms) -> bytes:
    """count registers from start, high byte first. Refused when they do not lie in one block."""
    end = start + count
    if not any([low <= start and end <= high + 1 for low, high in BLOCKS]):
        raise Refused(ILLEGAL_ADDRESS)
    out = bytearray(2 * count)
    for r in TABLE:
        if start - 2 < r[0] < end:
            _put(out, r[0] - start, r[1], _value(house, r[2], r[3]))
    if CONFIG <= start < SETTINGS_END:
        for at in range(start, end):
            if nodes.setting(at):
                _put(out, at - start, 1, nodes.shown(house.cfg, at))
    if start < ALLOTTED + CHARGERS and end > ALLOTTED:
        cars = look(house, "regulate.fleet.cars") or ()
        for i in range(min(len(cars), CHARGERS)):
            _put(out, ALLOTTED + i - start, 1, tenths(cars[i].give_ma))
    if LEGACY[0][0] - 1 <= start <= LEGACY[-1][0]:
        for old, new in LEGACY:
            if start <= old < end:
                out[2 * (old - start):2 * (old - start) + 2] = read(house, new, 1, now_ms)
    if start < LIMITS + 2 * SLOTS and end > LIMITS:
        limits = house.evse.limits.ma
        for i in range(SLOTS):
            ma = limits[i] if i < len(limits) else UNLIMITED
            _put(out, LIMITS + 2 * i - start, 2, ma if ma < UNLIMITED else -1)
    if end > METERS:
        for i in range(len(ROLES)):
            _meter(out, METERS + METER * i - start, getattr(house.meters, ROLES[i], None), now_ms)
    return bytes(out)


def _put(out: bytearray, at: int, words: int, value: int) -> None:
    """A number into the registers at; what lies outside of out is left out. A negative one is its two's complement."""
    for i in range(words):
        k = 2 * (at + i)
        if 0 <= k < len(out):
            part = value >> 16 * (words - 1 - i)
            out[k] = part >> 8 & 0xFF
            out[k + 1] = part & 0xFF


def _meter(out: bytearray, at: int, reading, now_ms) -> None:
    if -METER < at < len(out) // 2 and reading is not None:
        age = reading.age_ms(now_ms)
        for value in (reading.ma[0], reading.ma[1], reading.ma[2], reading.power_w(), reading.import_wh,
                      reading.export_wh, age if reading.known else -1, reading.errors):
            _put(out, at, 2, value)
            at += 2


def _value(house, kind: str, source: str) -> int:
    if kind == "own":
        return _own(house, source)
    found = int(look(house, source) or 0)
    return tenths(found) if kind == "ma" else found


def _own(house, word: str) -> int:
    evse = house.evse
    if word == "state_id":
        return STATE_ID[evse.state]
    if word == "letter":  # what clients of the older map understand: A, B, C or D as a character
        return ord(str(look(house, "facts.state") or "A")[0])
    if word == "errors":  # SmartEVSE's flags: bit n is its error number n + 1
        return nodes.errors(house.faults.mask) | no_power(house)
    if word == "mode":
        return nodes.mode(house.cfg.mode)
    if word == "most_a":  # limits.ma[0] is the cable
        return min(evse.limits.ma[0] // 1000, house.cfg.max_current_a)
    if word == "contactors":
        return house.out.c1 | house.out.c2 << 1
    return LAYOUT


def write(house, start: int, values: list) -> None:
    """Registers from start on get these values, all or none. Refused when one of them may not, or not so."""
    deeds: list = []
    for i in range(len(values)):
        at, value = start + i, values[i]
        if at == OVERRIDE:
            deeds.append(("override", value * 100))
            continue
        key = "mode" if at == MODE else "access" if at == ACCESS else nodes.setting(at)
        if key not in WRITES:
            raise Refused(ILLEGAL_ADDRESS)
        if key == "mode" and value > 2:
            raise Refused(ILLEGAL_VALUE)
        deeds.append(("put", key, value))
    if do(house, deeds):
        raise Refused(ILLEGAL_VALUE)
