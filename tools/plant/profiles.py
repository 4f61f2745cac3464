"""Kinds of cars, one row of literals each.

A row holds what differs between cars and nothing that happens to them. The
currents are per phase. `take(name)` finds a row; the car copies its fields
by the names in FIELDS. What is odd about a kind is the last column: names of
QUIRKS and values by turns. So a new property is a new column or a new quirk
here, and a use of it in car.py or quirks.py.

The numbers are what owners and makers of chargers have reported, rounded;
they are there to be awkward in the right place, not to be a car's data sheet.
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
    "odd",             # names of QUIRKS and values, by turns
)

# What only some cars have: 0 is a car that has it not.
QUIRKS = (
    "glitch_at_ms",  # so long after a changed offer, while it draws, it shows B ...
    "glitch_ms",     # ... for so long, drawing all the time
    "bounce_ms",     # it greets the first offer of a plug or replug with a C of this length
    "asleep",        # it arrives asleep: it does not answer offers
    "sleep_ms",      # without an offer for so long it falls asleep
    "sulk_ms",       # mains cut under load: asleep for so long
    "fussy",         # other phases than before in one plug: asleep
    "open_ms",       # a pilot wire open for so long is a replug to it, and wakes it
    "minus_ms",      # -12 V for so long wakes it
    "fragile",       # L2 and L3 joining L1 without a replug harm it for good
    "clings",        # stays in C when full, drawing nothing
    "late_ms",       # its second module joins so long after the offer is above late_ma
    "late_ma",       # what its first module takes alone
    "join_ms",       # its other phases join L1 so late
)

# A stop_detect_ms of 1000000000 is a car that does not mind a vanished offer.
TABLE: tuple = (
    ("default", 3, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 60000, 300, 970, 920, 220, ()),
    ("slow", 3, 16000, 6000, 2000, 3000, 2000, 1000, 2000, 16000, 500, 60000, 300, 970, 920, 220, ()),
    ("one_phase", 1, 32000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 40000, 300, 970, 920, 220, ()),
    # BMW plug-in hybrids show 2.7 kOhm for a moment, about half a second after a new duty
    ("bmw_phev", 1, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 12000, 300, 970, 920, 220,
     ("glitch_at_ms", 500, "glitch_ms", 150)),
    # BMW iX3 (and Cupra Tavascan): 880 Ohm for a moment first; after other phases only 45 s of open wire are a replug
    ("bmw_ix3", 3, 16000, 6000, 3000, 1500, 2000, 2000, 6000, 16000, 500, 74000, 300, 970, 920, 220,
     ("bounce_ms", 250, "fussy", 1, "open_ms", 45000)),
    # Renault Zoe of the first generation: nothing below 8 A; 1 to 3 phases in a charge may destroy its charger
    ("zoe_1", 3, 32000, 7900, 4000, 2000, 3000, 2000, 4000, 16000, 500, 22000, 300, 970, 850, 220, ("fragile", 1)),
    # Hyundai Kona of the first generation: goes on drawing when the pulses stop
    ("kona", 1, 32000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 1000000000, 64000, 300, 970, 920, 220, ()),
    # Hyundai Ioniq 5: sits in B until its pilot wire was open
    ("ioniq_5", 3, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 72000, 300, 970, 920, 220,
     ("asleep", 1, "open_ms", 3000)),
    # an old Nissan Leaf: takes its time to come down to a lower offer
    ("leaf", 1, 16000, 6000, 2000, 2000, 2000, 1000, 1200, 16000, 1000, 24000, 300, 970, 900, 220, ()),
    # some VW: wake by themselves, but later than others
    ("vw_late", 3, 16000, 6000, 45000, 1500, 2000, 2000, 6000, 16000, 500, 58000, 300, 970, 920, 220, ()),
    # Volvo XC60 and other plug-in hybrids with two phases
    ("volvo_phev", 2, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 18000, 300, 970, 920, 220, ()),
    # full is no reason to let go of C
    ("clinger", 3, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 50000, 300, 970, 920, 220, ("clings", 1)),
    # VW e-Golf with a second module of 16 A, which joins after minutes
    ("e_golf", 1, 32000, 6000, 2000, 1500, 2000, 4000, 6000, 16000, 500, 35800, 300, 970, 920, 220,
     ("late_ms", 180000, "late_ma", 16000)),
    # Polestar: no answer to the end of the pulses, and a hang-up when it is cut off
    ("polestar", 3, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 1000000000, 78000, 300, 970, 920, 220,
     ("sulk_ms", 60000)),
    # Dacia Spring: asleep after a long pause, needs 30 s of open wire
    ("spring", 1, 32000, 6000, 3000, 1500, 3000, 2000, 6000, 16000, 500, 27000, 300, 970, 900, 220,
     ("sleep_ms", 1200000, "open_ms", 30000)),
    # Tesla: L2 and L3 join late
    ("tesla", 3, 16000, 6000, 1000, 1000, 2000, 3000, 8000, 16000, 500, 75000, 300, 970, 920, 220, ("join_ms", 7000)),
    # some wake by -12 V only
    ("deep_sleeper", 1, 16000, 6000, 2000, 1500, 2000, 2000, 6000, 16000, 500, 40000, 300, 970, 920, 220,
     ("asleep", 1, "minus_ms", 3500)),
)


def take(name: str) -> tuple:
    """The row of that name. ValueError names those there are."""
    for row in TABLE:
        if row[0] == name:
            return row
    raise ValueError("car profile: %s is none of %s" % (name, ", ".join(row[0] for row in TABLE)))
