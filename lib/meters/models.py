"""Every meter we can read: where its numbers lie. One row each, literals only.

ID is the number that owners' settings hold and never changes; the order of
rows does not matter. One telegram brings the currents, and for most meters
the powers too; energies come in telegrams of their own. Register numbers are
those on the wire, from 0. Sources: the makers' protocol sheets, checked
against SmartEVSE's meter table.

WAY is how we learn the numbers: "" not at all, "modbus", "pushed".
START, COUNT: the one read for currents. AMPS_TENS: times 10**this gives mA.
POWER_AT: where in that read the powers begin, -1 none. WATTS_TENS: gives W.
PHASES: how many of the three values mean something; the others are 0.
FLIP: 1 for a meter fed from below, whose powers have the wrong sign.
IMPORT, EXPORT, ENERGY_COUNT: energy registers, -1 none. WH_TENS: gives Wh.
"""
(ID, NAME, WAY, FC, START, COUNT, AMPS_TENS, POWER_AT, WATTS_TENS,
 PHASES, FLIP, IMPORT, EXPORT, ENERGY_COUNT, WH_TENS) = range(15)

TABLE: tuple = (
    (0, "Disabled", "", 0, 0, 0, 0, -1, 0, 0, 0, -1, -1, 0, 0),
    (4, "Eastron3P", "modbus", 4, 0x0006, 12, 3, 6, 0, 3, 0, 0x0048, 0x004A, 2, 3),
    (5, "InvEastrn", "modbus", 4, 0x0006, 12, 3, 6, 0, 3, 1, 0x004A, 0x0048, 2, 3),
    (9, "API", "pushed", 0, 0, 0, 0, -1, 0, 3, 0, -1, -1, 0, 0),
    (10, "Eastron1P", "modbus", 4, 0x0006, 12, 3, 6, 0, 1, 0, 0x0048, 0x004A, 2, 3),
)


def row(meter_id: int) -> tuple:
    """The row of a meter, by the number that settings hold. ValueError names one that is none."""
    for r in TABLE:
        if r[ID] == meter_id:
            return r
    raise ValueError("meter must be a known model, not " + str(meter_id)[:20])
