"""Deals what there is among the chargers: the minimum first, then the rest, and never the same ampere twice.

Each charger draws on some of nine lines: three phases of the mains, three of
the circuit, and three sums (capacity, grid relay, sun). Whoever charges keeps
its minimum; whoever waits is let in when its own fits. The rest rises evenly,
or in order, like water: what a car does not take is left for the others. It
knows no meter and no time; mA per phase.
"""
from micropython import const

NO_LIMIT = const(1 << 28)
LINES = const(9)
SUMS = const(6)       # from here on the lines are sums of phases
BY = (1, 1, 1, 2, 2, 2, 3, 4, 5)  # whose brake a line is, as balance.BY names it
OWN = const(0)

EQUAL, PRIORITY, ARRIVAL = range(3)  # as settings' share

ROOM_MA = const(500)  # room above the minimum that a start needs, so that it does not stop again at once


def weight(line: int, mask: int, phases: int) -> int:
    """How many times a charger's current counts on a line."""
    if line >= SUMS:
        return phases
    return 1 if mask >> line % 3 & 1 else 0


def fits(left, mask: int, phases: int, ma: int, spare_ma: int) -> int:
    """-1 when a charger with ma more per phase fits everywhere, else the first line where it does not.

    spare_ma is asked of fuses and capacity on top, not of the relay and the sun, which are exact.
    """
    for j in range(LINES):
        n = weight(j, mask, phases)
        if n and left[j] < NO_LIMIT and left[j] < (ma + (spare_ma if j <= SUMS else 0)) * n:
            return j
    return -1


def take(left, mask: int, phases: int, ma: int) -> None:
    """Takes ma per phase off every line the charger draws on. Negative gives it back."""
    for j in range(LINES):
        if left[j] < NO_LIMIT:
            left[j] -= ma * weight(j, mask, phases)


def most(left, mask: int, phases: int) -> int:
    """What one charger could have on top, mA per phase, and not less than 0."""
    best = NO_LIMIT
    for j in range(LINES):
        n = weight(j, mask, phases)
        if n and left[j] < NO_LIMIT:
            best = min(best, left[j] // n)
    return max(0, best)


def tightest(left, mask: int, phases: int) -> int:
    """The line that leaves a charger least."""
    best, line = NO_LIMIT, 0
    for j in range(LINES):
        n = weight(j, mask, phases)
        if n and left[j] < NO_LIMIT and left[j] // n < best:
            best, line = left[j] // n, j
    return line


def rise(seats, left, full: int) -> None:
    """Raises all seats that are in evenly, each to what it takes, or with full 1 to what it may have.

    A seat: .give_ma, .mask, .n, .want_ma, .may_ma, .by, .open (1 while it still rises).
    """
    rising = 0
    for s in seats:
        s.open = 1 if s.give_ma and s.give_ma < (s.may_ma if full else s.want_ma) else 0
        rising += s.open
    while rising:
        step = NO_LIMIT
        for j in range(LINES):
            if left[j] >= NO_LIMIT:
                continue
            n = 0
            for s in seats:
                if s.open:
                    n += weight(j, s.mask, s.n)
            if n:
                step = min(step, max(0, left[j]) // n)
        for s in seats:
            if s.open:
                step = min(step, (s.may_ma if full else s.want_ma) - s.give_ma)
        for s in seats:
            if s.open:
                s.give_ma += step
                take(left, s.mask, s.n, step)
        rising = 0
        for s in seats:
            if not s.open:
                continue
            if s.give_ma >= (s.may_ma if full else s.want_ma):
                s.open = 0
                s.by = OWN
            else:
                line = tightest(left, s.mask, s.n)
                if left[line] < len(seats) * 3:  # less than a milliampere for each: used up
                    s.open = 0
                    s.by = BY[line]
            rising += s.open


def rise_in_order(seats, left, full: int) -> None:
    """The same, one after the other: the first has all it takes before the next has more than its minimum."""
    for s in seats:
        goal = s.may_ma if full else s.want_ma
        if not s.give_ma or s.give_ma >= goal:
            continue
        line = tightest(left, s.mask, s.n)
        add = min(goal - s.give_ma, most(left, s.mask, s.n))
        s.give_ma += add
        take(left, s.mask, s.n, add)
        s.by = OWN if s.give_ma >= goal else BY[line]
