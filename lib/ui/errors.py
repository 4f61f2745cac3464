"""The screens of what is wrong: four large lines, or two sets of them in turn.

A fault is known by its name. One without a row of its own gets its sentence,
broken into lines, in the small letters.
"""
from ui.canvas import CENTRE, small_width
from ui.view import FLIP_S

NAME, LINES, TURN = range(3)

TABLE: tuple = (
    ("rcm", ("RESIDUAL", "FAULT", "CURRENT", "DETECTED"), ("PRESS", "BUTTON", "TO", "RESET")),
    ("temp", ("HIGH TEMP", "ERROR", "CHARGING", "STOPPED"), None),
    ("temp_sensor", ("TEMP SENSOR", "BROKEN", "CHARGING", "STOPPED"), None),
    ("ev_meter", ("CAN'T READ", "EV METER", "CHECK CFG", "OR WIRING"), None),
    ("circuit_meter", ("CAN'T READ", "CIRCUIT METER", "CHECK CFG", "OR WIRING"), None),
    ("mains_meter", ("CAN'T READ", "MAINS METER", "CHECK CFG", "OR WIRING"), None),
    ("no_master", ("NO WORD FROM", "THE MASTER", "CHECK WIRES", "OF PWR SHARE"), None),
    ("diode", ("NO DIODE", "IN THE CAR", "UNPLUG, TRY", "OTHER CABLE"), None),
    ("pilot", ("PILOT WIRE", "SHORTED", "UNPLUG THE", "CABLE"), None),
    ("stale", ("CAN'T READ", "THE PILOT", "CHARGING", "STOPPED"), None),
    ("lock", ("LOCK DOES", "NOT OBEY", "PUSH THE", "PLUG IN"), None),
    ("overcurrent", ("CAR DRAWS", "TOO MUCH", "UNPLUG", "THE CAR"), None),
    ("weld", ("CONTACTOR", "WELDED", "SWITCH OFF", "THE SUPPLY"), ("REPAIR, THEN", "HOLD RIGHT", "BUTTON", "TO RESET")),
    ("ventilation", ("CAR ASKS FOR", "VENTILATION", "THERE IS", "NONE HERE"), None),
)


def draw(canvas, v) -> None:
    """The screen of v.fault on a blank canvas."""
    for r in TABLE:
        if r[NAME] == v.fault:
            lines = r[LINES]
            if r[TURN] and v.beat_s // FLIP_S & 1:
                lines = r[TURN]
            for i in range(4):
                canvas.large(2 * i, lines[i])
            return
    canvas.large(0, "FAULT")
    paragraph(canvas, 3, v.fault_text or v.fault)


def paragraph(canvas, page: int, text: str) -> None:
    """Small text from page on, broken between words, each line centred."""
    line = ""
    for word in text.split():
        longer = line + " " + word if line else word
        if line and small_width(longer) > 128:
            canvas.small(page, 64, line, CENTRE)
            page += 1
            longer = word
        line = longer
    canvas.small(page, 64, line, CENTRE)
