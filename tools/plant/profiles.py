"""Kinds of cars, one row of literals each.

A row holds what differs between cars and nothing that happens to them. The
currents are per phase. `take(name)` finds a row; the car copies its fields
by the names in FIELDS, so a new property is a new column here and a use of
it in car.py.
"""

FIELDS = (
    "name",
    "phases",          # how many phases its on-board charger uses
    "max_ma",          # most it takes per phase
    "min_ma",          # offers below this it does not use
    "wake_ms",         # from a valid offer to S2
    "react_ms",        # from a changed offer to a changed current
    "start_ms",        # from mains on its plug to the first current
    "up_ma_s",         # how fast the current rises
    "down_ma_s",       # how fast it falls to a lower offer
    "stop_ma_s",       # how fast it falls once the offer is gone
    "stop_detect_ms",  # how long it takes to believe the offer is gone
    "battery_wh",
    "soc_pm",          # charge it arrives with, permille
    "taper_pm",        # from here on it takes less and less
    "efficiency_pm",
    "cable_ohm",       # coding resistor of the cable it brings
)

TABLE = (
    ("default", 3, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 60000, 300, 970, 920, 220),
    ("slow", 3, 16000, 6000, 2000, 3000, 2000, 1000, 2000, 16000, 500, 60000, 300, 970, 920, 220),
    ("one_phase", 1, 32000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 40000, 300, 970, 920, 220),
)


def take(name: str) -> tuple:
    """The row of that name. ValueError names those there are."""
    for row in TABLE:
        if row[0] == name:
            return row
    raise ValueError("car profile: %s is none of %s" % (name, ", ".join(row[0] for row in TABLE)))
