"""How the mains meter is wired, concluded from loads that were switched while somebody watched.

A load of known phases changes; what each current transformer (CT) of the mains
meter saw of it leaves only some of the 48 ways in which three CTs can be
mixed up and turned round. What all the remaining ways agree on is known. Three
equal phases at once show the direction but not the order; for that a load on
one phase is needed. Pure: milliamps in, words out; who made the load and how
the mean values were taken is not known here.
"""
from micropython import const

_NOISE_MA = const(700)      # what a house does by itself between two means of some seconds
_SLACK_PERCENT = const(25)  # by so much a CT and the meter beside the car may differ, and a house move
LEAST_MA = const(3000)      # a smaller step says nothing

OK, SMALL, UNCLEAR, CHANGED = range(4)
ORDERS = ((0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0))  # which phase CT 1, 2 and 3 sit on
_SIGNS = const(8)            # bit i: CT i is turned round


def pattern(delta, phases: int) -> list:
    """The step of a car that no meter watches, from what the CTs saw: on L1, or alike on all three.

    phases is what the contactors give it, 1 or 3. A car that uses one phase uses L1.
    """
    sizes = sorted([abs(ma) for ma in delta])
    if phases == 1 or sizes[1] < _NOISE_MA:
        return [sizes[2], 0, 0]
    return [sizes[1]] * 3


class Wiring:
    def __init__(self) -> None:
        self.steps = 0                     # that taught something
        self._may = bytearray(6 * _SIGNS)   # 1: this way is still possible
        self.forget()

    def forget(self) -> None:
        """Nothing is known."""
        self.steps = 0
        for i in range(len(self._may)):
            self._may[i] = 1

    def learn(self, delta, step) -> int:
        """delta: what each CT's current changed by, mA; step: what the load on L1, L2, L3 changed by.

        OK; SMALL: no phase changed by LEAST_MA, nothing learnt; UNCLEAR: something else was switched at the same time,
        or a CT sees nothing, nothing learnt; CHANGED: the wiring is not what it was, the old knowledge is thrown away.
        """
        most = max([abs(ma) for ma in step])
        if most < LEAST_MA:
            return SMALL
        slack = max(_NOISE_MA, most * _SLACK_PERCENT // 100)
        now = [self._fits(way, delta, step, slack) for way in range(len(self._may))]
        if not any(now):
            return UNCLEAR
        both = [a & b for a, b in zip(self._may, now)]
        news = OK
        if not any(both):
            both = now
            self.steps = 0
            news = CHANGED
        for way in range(len(both)):
            self._may[way] = both[way]
        self.steps += 1
        return news

    def _fits(self, way: int, delta, step, slack: int) -> int:
        order: tuple = ORDERS[way // _SIGNS]
        for i in range(3):
            seen = -delta[i] if way >> i & 1 else delta[i]
            if abs(seen - step[order[i]]) > slack:
                return 0
        return 1

    def ct(self, i: int) -> tuple:
        """(phase, direction) of CT i of 0..2: phase 1..3 or 0 for unknown, direction 1 right, -1 turned round, 0 unknown."""
        phase = sign = -2
        for way in range(len(self._may)):
            if self._may[way]:
                is_on = ORDERS[way // _SIGNS][i] + 1
                turned = -1 if way >> i & 1 else 1
                phase = is_on if phase in (-2, is_on) else 0
                sign = turned if sign in (-2, turned) else 0
        return phase, sign

    def text(self, i: int) -> str:
        """What is to be said about CT i of 0..2, in a few words."""
        phase, sign = self.ct(i)
        if phase == i + 1:
            return ("reversed", "is on the right phase", "right")[sign + 1]
        if phase:
            return ("measures L%d, reversed", "measures L%d", "measures L%d")[sign + 1] % phase
        return ("reversed, phase not known yet", "not known yet", "direction right, phase not known yet")[sign + 1]

    def is_right(self) -> bool:
        """Everything is known, and as it should be."""
        return all([self.ct(i) == (i + 1, 1) for i in range(3)])

    def todo(self) -> str:
        """One sentence: what to do now."""
        wrong = [i for i in range(3) if self.ct(i)[1] < 0 or self.ct(i)[0] not in (0, i + 1)]
        if self.is_right():
            return "The mains meter is wired right."
        if wrong:
            return "Correct " + ", ".join(["CT L%d (%s)" % (i + 1, self.text(i)) for i in wrong]) + ", then check again."
        if not self.steps:
            return "Nothing has been checked yet."
        missing = [i + 1 for i in range(3) if not self.ct(i)[0]] or [i + 1 for i in range(3) if not self.ct(i)[1]]
        return "No mistake so far. Switch a load on one phase, for example on L%d." % missing[0]
