"""Which meter may sit at an address: what to ask, in what order, and whether the answers make sense.

A meter is recognised by what answers and makes sense: volts of a house, and
currents and powers that fit them. Two makers share one register map; then
both are offered and a person picks. Pure: it names questions and judges a
Reading; it knows no wire and never names a question that writes.
"""
from micropython import const

from meters import models
from meters.models import COUNT, FC, PHASES, POWER, POWER_AT, SIGN, START, VOLTS, VOLTS_COUNT, WAY

BOX, BOX_AT = 1, 10      # a Sensorbox has no other address
USUAL = (10, 11, 12, 13, 14, 15)   # what SmartEVSE's owners give their meters
_FRESH = const(1)                # how most meters leave their factory
_LAST = const(247)
_LOWEST = const(10)              # below live chargers, and 9 is how they call each other
# One question of each function that any device of it answers, if only with an exception: volts of the Eastron, Phoenix, Gavazzi
# and Sinotimer; volts of the Chint.
ANYBODY = ((4, 0x0000, 2), (3, 0x2000, 2))

VOLT_LOW_MV, VOLT_HIGH_MV = 90_000, 280_000   # between phase and neutral, anywhere in the world
_DEAD_MV = const(5_000)          # a phase that is not connected
_MA_MOST = const(250_000)        # of a house
_SLACK_W = const(40)             # by so much volts times amps may be less than the power: they were not read at one moment
_WEAK_MA = const(2000)           # above this a power that is too small for the current is none


def addresses(first: int, grouped: int):
    """All addresses in the order in which they are worth a try, each once; first is the one in the settings.

    grouped: 1 when other chargers share the wire. They live below _LOWEST and are left in peace.
    """
    early = [first]
    for address in USUAL + (() if grouped else (_FRESH,)):
        if address not in early:
            early.append(address)
    for address in early:
        yield address
    for address in range(_LOWEST, _LAST + 1):
        if address not in early:
            yield address
    if not grouped:
        for address in range(1, _LOWEST - 1):
            if address not in early:
                yield address


def candidates(address: int):
    """Rows of the models that are worth a try at an address. One that differs from another by its sign only is left out."""
    for r in models.TABLE:
        if r[WAY] == "modbus" and r[SIGN] >= 0 and r[VOLTS] >= 0 or r[WAY] == "box" and address == BOX_AT:
            yield r


def first_question(r: tuple) -> tuple:
    """(function, start, count) that shows soonest that this model is not there: its volts, or all a box has."""
    if r[WAY] == "box":
        return r[FC], r[START], r[COUNT]
    return r[FC], r[VOLTS], r[VOLTS_COUNT]


def questions(thorough: int):
    """What to ask at an address to learn whether anybody is there: two questions, or each model's first one."""
    if not thorough:
        for q in ANYBODY:
            yield q
        return
    asked: list = []
    for r in candidates(BOX_AT):
        q = first_question(r)
        if q not in asked:
            asked.append(q)
            yield q


def is_box(regs) -> bool:
    """Whether these registers are a Sensorbox's: its hardware byte, and flags it may set."""
    return len(regs) >= 20 and (regs[0] & 0xFF == 0x0F or regs[0] & 0xFC == 0x14) and not regs[1] & 0x3C


def score(r: tuple, reading) -> int:
    """How much speaks for this model after its volts, currents and powers were taken; 0 when something speaks against it."""
    live = points = 0
    sum_va = 0
    for i in range(3):
        mv, ma, w = reading.mv[i], abs(reading.ma[i]), abs(reading.w[i])
        if i >= r[PHASES]:
            continue
        if VOLT_LOW_MV <= mv <= VOLT_HIGH_MV:
            live += 1
        elif mv > _DEAD_MV or ma > _WEAK_MA:
            return 0     # volts that no house has, or a current without any
        if ma > _MA_MOST:
            return 0
        va = mv // 1000 * ma // 1000
        sum_va += va
        if r[POWER_AT] >= 0:
            if w > va + va // 8 + _SLACK_W or ma > _WEAK_MA and w < va // 5:
                return 0
            points += 2 if ma else 0
    if not live:
        return 0
    if r[POWER_AT] < 0 and r[POWER] >= 0 and reading.knows_w:
        w = abs(reading.w[0] + reading.w[1] + reading.w[2])
        if w > sum_va + sum_va // 8 + _SLACK_W:
            return 0
        points += 2 if w else 0
    return 10 * live + points
