"""Everything that can be wrong, one row each, and the set of what is wrong now.

A row says what to call it (the MREC name that back offices know, where there
is one), which error number SmartEVSE clients expect, how bad it is, how it
goes away, what to tell the owner and what the owner can do. Each fault is
raised and cleared in one place only.

While STOP or EASE stands nothing is offered, and a car that charges is asked to
stop; what cannot wait for that (rcm, diode, pilot, stale, temp) the gate in
evse/safety.py sees by itself and opens in the same tick. STOP is the worse of
the two to people. WARN does not touch the charge. LATCH stays until a person
resets it, SELF goes away with its cause.
"""
NAME, MREC, ERROR_ID, BAD, CLEARS, TEXT, REMEDY = range(7)

WARN, EASE, STOP = 0, 1, 2
SELF, LATCH = 0, 1

# SmartEVSE's error ids: 2 communication, 3 temperature, 4 EV meter, 5 residual current, 7 circuit meter; 0 where it has none.
TABLE: tuple = (
    ("rcm", "MREC2GroundFailure", 5, 2, 1,
     "Residual current detected", "Unplug the car, then press a button to reset"),
    ("diode", "DiodeFault", 0, 2, 0,
     "The car shows no diode on the pilot", "Unplug and plug in again; try another cable"),
    ("pilot", "MREC14PilotFault", 0, 2, 0,
     "The pilot wire is shorted or out of range", "Unplug the cable and look for damage"),
    ("stale", "", 0, 2, 0,
     "The pilot cannot be measured", "Switch the charger off and on; if it stays, have it repaired"),
    ("temp", "MREC3HighTemperature", 3, 2, 0,
     "Too hot inside", "Wait; charging resumes 10 degrees below the limit"),
    ("temp_sensor", "", 3, 2, 0,
     "The temperature sensor is broken", "Have the charger repaired"),
    ("mains_meter", "CommunicationFault", 2, 1, 0,
     "The mains meter does not answer", "Check its wiring, address and type"),
    ("ev_meter", "CommunicationFault", 4, 1, 0,
     "The EV meter does not answer", "Check its wiring, address and type; without one, set EV METER to Disabled"),
    ("circuit_meter", "CommunicationFault", 7, 1, 0,
     "The circuit meter does not answer", "Check its wiring, address and type"),
    ("ventilation", "VentilationNotAvailable", 0, 1, 0,
     "The car asks for ventilation", "This charger has none; the car cannot charge here"),
    ("lock", "MREC1ConnectorLockFailure", 0, 1, 0,
     "The lock does not obey", "Push the plug in fully; if it stays, unlock by hand"),
    ("overcurrent", "MREC4OverCurrentFailure", 0, 1, 0,
     "The car draws more than it is offered", "Unplug the car; if it happens again, have the car looked at"),
    ("weld", "MREC17EVSEContactorFault", 0, 2, 1,
     "Current flows through an open contactor", "Switch off the supply; have the charger repaired before the next use"),
    ("no_load", "", 0, 0, 0,
     "The car asks for power and draws none", "The car may be full; if not, have the contactor looked at"),
    ("rcm_idle", "", 0, 0, 0,
     "The residual-current monitor trips with nothing closed", "If no monitor is fitted, switch RCMON off"),
    ("no_master", "CommunicationFault", 2, 1, 0,
     "The master does not talk to this charger", "Check the wires between the chargers and PWR SHARE of each"),
    ("twins", "", 0, 0, 0,
     "Two chargers have the same place on the wire", "Give each charger a PWR SHARE of its own, and one of them Master"),
    ("store", "", 8, 0, 0,
     "Settings could not be saved", "Switch the charger off and on"),
    ("meter_twins", "", 0, 0, 0,
     "Two meters have the same address on the wire", "Give each charger's EV meter an address of its own; the log says whose"),
)

(RCM, DIODE, PILOT, STALE, TEMP, TEMP_SENSOR, MAINS_METER, EV_METER, CIRCUIT_METER, VENTILATION, LOCK, OVERCURRENT, WELD, NO_LOAD,
 RCM_IDLE, NO_MASTER, TWINS, STORE, METER_TWINS) = range(len(TABLE))


def names(mask: int) -> str:
    """The faults of a mask, by name, with commas; "" for none."""
    return ",".join([TABLE[i][NAME] for i in range(len(TABLE)) if mask & 1 << i])


class Faults:
    """What is wrong now. Several may stand at once; each acts on its own."""

    def __init__(self) -> None:
        self.mask = 0    # bit i: TABLE[i] stands
        self.stop = 0    # the bits among them that are STOP
        self.ease = 0    # the bits among them that are EASE
        self.serial = 0  # counts changes
        self.raised = 0  # the bits that were raised since somebody has set this to 0
        self._stops = sum([1 << i for i in range(len(TABLE)) if TABLE[i][BAD] == STOP])
        self._eases = sum([1 << i for i in range(len(TABLE)) if TABLE[i][BAD] == EASE])

    def put(self, which: int, on) -> None:
        """Raises or clears one fault. A latched one stays until reset()."""
        bit = 1 << which
        if on:
            if self.mask & bit:
                return
            self.mask |= bit
            self.raised |= bit
        else:
            if not self.mask & bit or TABLE[which][CLEARS] == LATCH:
                return
            self.mask &= ~bit
        self._count()

    def reset(self, which: int) -> None:
        """Takes a latched fault back; the caller has made sure that its cause is gone."""
        if self.mask & 1 << which:
            self.mask &= ~(1 << which)
            self._count()

    def _count(self) -> None:
        # At one stroke: the tick may come in between and must not find half a set.
        self.stop = self.mask & self._stops
        self.ease = self.mask & self._eases
        self.serial += 1

    def worst(self) -> int:
        """Index of the worst fault that stands, the first of a kind; -1 for none."""
        best, bad = -1, -1
        for i in range(len(TABLE)):
            if self.mask & 1 << i and TABLE[i][BAD] > bad:
                best, bad = i, TABLE[i][BAD]
        return best

    def names(self) -> str:
        """The faults that stand, by name, with commas; "" for none."""
        return names(self.mask)
