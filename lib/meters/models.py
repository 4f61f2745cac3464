"""Every meter we can read: where its numbers lie. One row each, literals only.

ID is the number that owners' settings hold and never changes; the order of
rows does not matter. One telegram brings the currents, and for most meters
the powers too; the rest comes in telegrams of its own. Register numbers are
those on the wire, from 0. Sources: the makers' protocol sheets, checked
against SmartEVSE's meter table.

WAY is how we learn the numbers: "" not at all, "modbus" by this table, "box" a
Sensorbox and "custom" the owner's own row (both by registers as well), "http"
or "pushed".
ORDER, TYPE: of its numbers, as proto.words has them.
PHASES: how many of the three values mean something; the others are 0.
SIGN: 0 the currents have a sign; 1 they get that of their phase's power; -1
the same for a meter fed from below, whose powers have the wrong sign.
SCALED: 1 when the last register of an answer is the power of ten of the others.
START, COUNT: the one read for currents. AMPS_TENS: times 10**this gives mA.
POWER_AT: where in that read the powers of the phases begin, -1 nowhere.
POWER, POWER_COUNT: else the read of its own, one sum or a value for each phase,
-1 none. WATTS_TENS: gives W.
IMPORT, EXPORT, ENERGY_COUNT: energy registers, -1 none; 4 of them are one int64.
WH_TENS: gives Wh.
VOLTS, VOLTS_COUNT, VOLTS_TENS: phase to neutral, gives mV. Some ask for more
than three values, so that a late answer never has the length of the currents.
"""
(ID, NAME, WAY, FC, ORDER, TYPE, PHASES, SIGN, SCALED, START, COUNT, AMPS_TENS, POWER_AT, POWER, POWER_COUNT, WATTS_TENS,
 IMPORT, EXPORT, ENERGY_COUNT, WH_TENS, VOLTS, VOLTS_COUNT, VOLTS_TENS) = range(23)

REGISTERS = ("modbus", "box", "custom")  # the ways that meters.build makes an object for

TABLE: tuple = (
    (0, "Disabled", "", 0, 3, 1, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0),
    (1, "Sensorbox", "box", 4, 3, 1, 3, 0, 0, 0x0000, 20, 3, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0),
    (2, "Phoenix C", "modbus", 4, 2, 0, 3, 0, 0, 0x000C, 6, 0, -1, 0x0028, 2, -1, 0x003E, -1, 2, 2, 0x0000, 8, 2),
    (3, "Finder 7E", "modbus", 4, 3, 1, 3, 0, 0, 0x100E, 6, 3, -1, 0x1026, 2, 0, 0x1106, 0x110E, 2, 0, 0x1000, 8, 3),
    (4, "Eastron3P", "modbus", 4, 3, 1, 3, 1, 0, 0x0006, 12, 3, 6, -1, 0, 0, 0x0048, 0x004A, 2, 3, 0x0000, 6, 3),
    (5, "InvEastrn", "modbus", 4, 3, 1, 3, -1, 0, 0x0006, 12, 3, 6, -1, 0, 0, 0x004A, 0x0048, 2, 3, 0x0000, 6, 3),
    (6, "ABB", "modbus", 3, 3, 0, 3, 1, 0, 0x5B0C, 16, 1, 10, -1, 0, -2, 0x5000, 0x5004, 4, 1, 0x5B00, 6, 2),
    # SunSpec's meter model: phases A, B, C, then their power of ten, which the voltages have further on.
    (7, "SolarEdge", "modbus", 3, 3, 2, 3, 0, 1, 40191, 4, 3, -1, 40207, 4, 0, 40234, 40226, 2, 0, 40196, 8, 3),
    (8, "WAGO", "modbus", 3, 3, 1, 3, 0, 0, 0x500C, 6, 3, -1, 0x5012, 2, 3, 0x600C, 0x6018, 2, 3, 0x5002, 8, 3),
    (9, "API", "pushed", 0, 3, 1, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0),
    (10, "Eastron1P", "modbus", 4, 3, 1, 1, 1, 0, 0x0006, 12, 3, 6, -1, 0, 0, 0x0048, 0x004A, 2, 3, 0x0000, 2, 3),
    (11, "Finder 7M", "modbus", 4, 3, 1, 3, 1, 0, 2516, 20, 3, 14, -1, 0, 0, 2638, -1, 2, 0, 2500, 6, 3),
    (12, "Sinotimer", "modbus", 4, 3, 2, 3, 0, 0, 0x0003, 3, 1, -1, 0x0008, 3, 0, 0x0027, 0x0031, 2, 1, 0x0000, 4, 2),
    (13, "Homewizrd", "http", 0, 3, 1, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0),
    (14, "Schneider", "modbus", 3, 3, 1, 3, 1, 0, 0x0BB7, 60, 3, 54, -1, 0, 3, 0xB02B, 0xB02D, 2, 3, 0x0BD3, 6, 3),
    # Its first three voltages lie between the phases; those to neutral come after them.
    (15, "Chint 3P", "modbus", 3, 3, 1, 3, 1, 0, 0x200C, 14, 0, 8, -1, 0, -1, 0x101E, 0x1028, 2, 3, 0x2006, 6, 2),
    (16, "C.Gavazzi", "modbus", 4, 2, 0, 3, 0, 0, 0x000C, 6, 0, -1, 0x0028, 2, -1, 0x0034, 0x004E, 2, 2, 0x0000, 8, 2),
    (17, "Chint 1P", "modbus", 3, 3, 1, 1, 1, 0, 0x2002, 4, 3, 2, -1, 0, 3, 0x4000, 0x400A, 2, 3, 0x2000, 2, 3),
    (19, "Custom", "custom", 0, 3, 1, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, -1, -1, 0, 0, -1, 0, 0),
)


def row(meter_id: int) -> tuple:
    """The row of a meter, by the number that settings hold. ValueError names one that is none."""
    for r in TABLE:
        if r[ID] == meter_id:
            return r
    raise ValueError("meter must be a known model, not " + str(meter_id)[:20])


def by_registers(meter_id: int) -> bool:
    """Whether meters.build makes an object for this model. ValueError when there is no such model."""
    return row(meter_id)[WAY] in REGISTERS
