"""Pilot arithmetic: milliamps to duty and back, millivolts to a letter.

Duty is in 1/10000, which is 6 mA on the first slope. What is offered is
rounded down, so that the car never reads more than the limit. Nothing here
has a memory; the letter's hysteresis is given the letter it had.
"""
from micropython import const

STEADY_BP = const(10000)   # +12 V without pulses: no current now
MINUS_BP = const(0)        # -12 V: not available (state F)

LOWEST_MA = const(6000)    # IEC 61851-1 table A.7: no offer below 6 A ...
HIGHEST_MA = const(80000)  # ... none above 80 A
_KNEE_BP = const(8500)     # both slopes meet at 85 %: the first ends there at 51 A, the second begins at 52.5 A

# The car's letters, in the order of falling voltage.
A, B, C, D, E, F = range(6)
LETTER = "ABCDEF"

# Between two letters, mV at the connector. A to B lies lower than the middle (10.5 V), because the board's
# converter is at its end from 10.86 V on; the others are the middles of the windows of IEC 61851-1 table A.8.
EDGE_MV = (10250, 7500, 4500, 1500, -1500)
SLACK_MV = const(250)      # hysteresis on either side of an edge (A.4.11)


def duty_bp(ma: int) -> int:
    """Duty in 1/10000 for an offer in mA. Below 6 A there is no offer: steady, never 6 A instead."""
    if ma < LOWEST_MA:
        return STEADY_BP
    bp = ma // 6
    if bp < _KNEE_BP:
        return bp
    return max(_KNEE_BP, min(ma, HIGHEST_MA) // 25 + 6400)


def offered_ma(bp: int) -> int:
    """What a car reads from a duty, mA; 0 where it reads no offer (IEC 61851-1 table A.8)."""
    if bp < 800 or bp > 9700:
        return 0
    if bp <= _KNEE_BP:
        return max(LOWEST_MA, bp * 6)
    return min(HIGHEST_MA, (bp - 6400) * 25)


def letter(mv: int, was: int) -> int:
    """The letter of a pilot whose upper plateau is at mv, keeping `was` within SLACK_MV of its edges."""
    now = 0
    for edge in EDGE_MV:
        if mv > edge:
            break
        now += 1
    if now > was and mv > EDGE_MV[was] - SLACK_MV:
        return was
    if now < was and mv <= EDGE_MV[was - 1] + SLACK_MV:
        return was
    return now
