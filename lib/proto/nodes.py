"""What chargers on one wire say to each other: Modbus RTU with the addresses, registers and states of SmartEVSE.

Node k answers at address k + 1, all of them listen to BROADCAST, the master
only asks. Bytes and meaning, nothing else: it knows no port, no clock, and
not what a charger does with what it is told; app/node.py and app/master.py
do. Source of every number: SmartEVSE's modbus.cpp and main.cpp of 2026-06.

Frames of one wire come in a row, and a busy reader finds several at once. So
a frame is known by its function's length and its checksum; the silence
between frames only tells when to give up on one.
"""
from micropython import const

import faults

BROADCAST = const(9)   # never answered; the standard would say 0
FRAME_MAX = const(256)
READ_HOLDING, READ_INPUT, WRITE_ONE, WRITE = 3, 4, 6, 16
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE = 1, 2, 3

# Register 0: what a charger does. COMM_B and COMM_C are a node's questions, each OK is the master's answer to it.
A, B, C, D, COMM_B, COMM_B_OK, COMM_C, COMM_C_OK, ACTIVATE, B1, C1 = range(11)
STATE_MAX = const(14)

# Register 1: what is wrong, as bits.
LESS_6A, NO_COMM = 1, 2

STATE, ERROR, CURRENT, MODE, TIMER, ACCESS, CHANGED, MOST = range(8)  # the registers of a status, 8 in one read
PHASES = const(8)            # our own use of one that the reference always reads as 0: 1 is one phase, 0 is not told, three
TEMPERATURE, SERIAL = 10, 11
STATUS_END = const(12)
CURRENTS = const(0x20)       # broadcast: eight allotments, then L1..L3 of the mains, 0.1 A
CURRENTS_COUNT = const(11)
CONFIG = const(0x100)
EV_METER = const(0x108)      # type and address, 2 registers
SYSTEM = const(0x200)
AMPS_MAX = const(800)        # 0.1 A: no charger has more

# Registers from CONFIG: setting, may the wire change it. What decides about safety or who is master is read only.
CONFIG_KEYS = (("config", 0), ("lock", 0), ("min_current_a", 1), ("max_current_a", 1), ("loadbl", 0), ("switch", 0),
               ("rcmon", 0), ("", 0), ("ev_meter", 1), ("ev_addr", 1))  # "": the card reader, always 0
# Registers from SYSTEM that mean the same in every version. What follows them has moved between versions.
SYSTEM_KEYS = ("mode", "circuit_a", "grid", "sb2_wifi", "mains_a", "start_a", "stop_min", "import_a", "mains_meter", "mains_addr")
SYSTEM_COUNT = const(10)
LAYOUTS = (SYSTEM_COUNT, 22, 26)  # ours; of SmartEVSE 3; of the older one, whose fourth is a calibration
OLD_LAYOUT = const(26)
OLD_CALIBRATION = const(3)

_CRC = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
        0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # of half a byte


def mode(setting: int) -> int:
    """Register 3 for a mode of ours: 0 Normal, 1 Smart, 2 Solar, and Min+PV (3) is Solar to the others."""
    return 2 if setting == 3 else setting


class Refused(Exception):
    """What was asked of registers cannot be done; args[0] is ILLEGAL_FUNCTION, _ADDRESS or _VALUE."""


def errors(mask: int) -> int:
    """Register 1 for the faults of a mask: bit n is SmartEVSE's error number n + 1."""
    bits = 0
    for r in faults.TABLE:
        if mask & 1 and r[faults.ERROR_ID]:
            bits |= 1 << r[faults.ERROR_ID] - 1
        mask >>= 1
    return bits


def setting(at: int) -> str:
    """The setting behind a register from CONFIG or SYSTEM on; "" where there is none."""
    if CONFIG <= at < CONFIG + len(CONFIG_KEYS):
        return CONFIG_KEYS[at - CONFIG][0]
    return SYSTEM_KEYS[at - SYSTEM] if SYSTEM <= at < SYSTEM + SYSTEM_COUNT else ""


def shown(cfg, at: int) -> int:
    """What such a register holds; 0 where there is none."""
    key = setting(at)
    return mode(cfg.mode) if key == "mode" else getattr(cfg, key) if key else 0


def crc(buf, at: int, end: int) -> int:
    """The checksum of buf[at:end]; it goes on the wire low byte first."""
    value = 0xFFFF
    for i in range(at, end):
        byte = buf[i]
        value = _CRC[(value ^ byte) & 15] ^ value >> 4
        value = _CRC[(value ^ byte >> 4) & 15] ^ value >> 4
    return value


def signed(body) -> bytes:
    """A frame: body, then its checksum."""
    value = crc(body, 0, len(body))
    return bytes(body) + bytes((value & 0xFF, value >> 8))


def words(values) -> bytes:
    """16-bit registers as bytes, high byte first; negative ones as two's complement."""
    out = bytearray(2 * len(values))
    at = 0
    for value in values:
        out[at] = value >> 8 & 0xFF
        out[at + 1] = value & 0xFF
        at += 2
    return bytes(out)


def read(address: int, start: int, count: int) -> bytes:
    """Asks for count registers from start."""
    return signed(bytes((address, READ_INPUT)) + words((start, count)))


def write(address: int, start: int, values) -> bytes:
    """Writes registers from start on."""
    data = words(values)
    return signed(bytes((address, WRITE)) + words((start, len(values))) + bytes((len(data),)) + data)


def write_one(address: int, register: int, value: int) -> bytes:
    """Writes one register."""
    return signed(bytes((address, WRITE_ONE)) + words((register, value)))


def answer(address: int, function: int, values) -> bytes:
    """Answers a read."""
    data = words(values)
    return signed(bytes((address, function, len(data))) + data)


def done(address: int, start: int, count: int) -> bytes:
    """Answers a write of several: how many were taken."""
    return signed(bytes((address, WRITE)) + words((start, count)))


def refusal(address: int, function: int, code: int) -> bytes:
    """Answers what is refused, with ILLEGAL_FUNCTION, _ADDRESS or _VALUE."""
    return signed(bytes((address, function | 0x80, code)))


def allotments(amps_ma, mains_ma) -> bytes:
    """The broadcast of currents: up to eight chargers' in mA, the master's first, and the mains' phases in mA."""
    values = [0] * CURRENTS_COUNT
    for i in range(len(amps_ma)):
        values[i] = min(max(amps_ma[i], 0) // 100, AMPS_MAX)
    for i in range(3):
        values[8 + i] = min(max((mains_ma[i] + 50) // 100, -32768), 32767)
    return write(BROADCAST, CURRENTS, values)


def register(buf, at: int) -> int:
    """The 16 bits at buf[at]."""
    return buf[at] << 8 | buf[at + 1]


def signed_register(buf, at: int) -> int:
    """The 16 bits at buf[at] as a number -32768..32767."""
    value = register(buf, at)
    return value - 65536 if value & 0x8000 else value


def length(buf, at: int, end: int) -> int:
    """How long the whole frame is that begins at buf[at], a question or an answer; 0 when there is none up to end."""
    room = end - at
    if room < 5:
        return 0
    function = buf[at + 1]
    if function & 0x80:
        return 5 if _right(buf, at, 5) else 0
    if function != READ_HOLDING and function != READ_INPUT and function != WRITE_ONE and function != WRITE:
        return 0
    if room >= 8 and _right(buf, at, 8):
        return 8
    size = 0
    if function == WRITE and room > 8 and buf[at + 6] == 2 * register(buf, at + 4):
        size = 9 + buf[at + 6]
    elif function < WRITE_ONE and not buf[at + 2] & 1:
        size = 5 + buf[at + 2]
    return size if 5 < size <= room and _right(buf, at, size) else 0


def find(buf, at: int, end: int) -> int:
    """Where the next whole frame begins, from at on; end when there is none."""
    while at < end and not length(buf, at, end):
        at += 1
    return at


def _right(buf, at: int, size: int) -> int:
    end = at + size - 2
    return 1 if crc(buf, at, end) == buf[end] | buf[end + 1] << 8 else 0


def asks(buf, at: int, size: int) -> int:
    """1: the frame of that size is a question or an order; 0: an answer. The echo of WRITE_ONE looks like its order."""
    function = buf[at + 1]
    if function == WRITE:
        return 1 if size > 8 else 0
    return 1 if size == 8 else 0
