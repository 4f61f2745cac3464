"""What one car draws now, as far as it can be known: two bounds, low_ma and high_ma.

With an EV meter that is what it says. Without one the answer to every change
of the offer is watched on the mains meter: a car on three phases moves all
three alike, a kettle does not. While a change is under way the bounds follow
what is seen; when it has arrived, or can no longer be expected, they meet.
On the way its reaction time, ramps, phases and greatest appetite are learned.
It knows no fuse, no sun and no other car. Milliamps per phase.
"""
from micropython import const

from energy.answer import FALL, NEAR_MA, NO_LIMIT, NONE_MA, PHASE_MA, QUIET_MS, RISE, START, STILL, Answer

REACT_MS = const(3000)   # until a car is known: the first answer may take so long; IEC 61851-1 allows 5 s for all of it
MOST_MS = const(5000)    # ... all of it, before a car is thought to want no more
REACT_MIN_MS = const(500)
REACT_MAX_MS = const(8000)
RATE = const(2)          # A/s, the slowest ramp down that is believed before one was seen
RATE_MAX = const(50)
LATE_MS = const(1500)    # so much later than expected an answer may still come: meter, bus and wire
CLEAR_MA = const(2000)   # a change this large teaches something
FIRST_MA = const(800)    # so much of an answer is one
WAKE_MS = const(2000)    # between the closing and the first ampere
LONG_MS = const(30000)   # no start takes so long
HIDDEN_MS = const(15000)  # a start that cannot be seen is over by then
LEAST_MA = const(6000)   # what every car can draw, by IEC 61851-1; what seems less was not seen well
DOUBT_MS = const(60000)  # after an answer that was missed, a small trial
DOUBT_MAX_MS = const(900000)
TRIAL_MA = const(2000)
SURE_MA = const(1500)    # a rise this large that is not seen was not taken; the pilot's steps make a trial a little smaller


class Car(Answer):
    def __init__(self) -> None:
        Answer.__init__(self)
        self.charging = 0      # 1: the contactor is closed and current is offered
        self.offered_ma = 0    # what it is told now
        self.low_ma = 0        # the least it may be drawing
        self.high_ma = 0       # the most
        self.cap_ma = NO_LIMIT  # the most it wanted when it was offered more
        self.trial_ma = 0      # so much beyond what it seems to want may be offered, to see whether it is so
        self.react_ms = 0      # learned: from a new offer to the first visible answer, the meter's delay included; 0 unknown
        self.closed_ms = 0     # since the contactor closed, up to a day
        self.metered = 0       # 1: an EV meter speaks
        self._since_ms = 0     # since the change that is watched
        self._first_ms = 0     # when the answer began; 0 not yet
        self._step_ma = 0      # how far it should
        self._asked = 0        # the phases it was thought to be on, while that is in question; seen again: for this plug
        self._hidden = 0       # 1: another car went the other way meanwhile
        self._same_ma = 0      # how far the others that go its way were to move, the most that it was
        self._others_ma = 0    # what the others drew when it began
        self._teach = 0        # 1: the answer is clean enough to learn from
        self._doubt_ms = 0
        self._wait_ms = DOUBT_MS
        self._metered_ma = 0

    def forget(self) -> None:
        """The car has left: what was learned about it is worth nothing for the next."""
        self.react_ms = self.rate = self.mask = self._asked = self.trial_ma = self._doubt_ms = 0
        self.cap_ma = NO_LIMIT
        self._wait_ms = DOUBT_MS

    def everywhere(self) -> None:
        """There is an overload where no car was thought to be: it counts on all phases, and is lowered to see where it is."""
        if self.mask and self.mask != 7 and not self._asked and self.phases != 1 and not self.metered:
            self._asked = self.mask
            self.mask = 7

    def settled(self) -> bool:
        """Its start is over: it draws what it was offered, or what it wants."""
        return self.move != START or self.closed_ms >= LONG_MS

    def takes_ma(self) -> int:
        """What is worth giving it: NO_LIMIT, or a little more than it wanted."""
        return NO_LIMIT if self.cap_ma >= NO_LIMIT else max(self.cap_ma, LEAST_MA) + TRIAL_MA + self.trial_ma

    def told(self, dt_ms: int, charging: int, offered_ma: int, phases: int, mains_ma) -> None:
        """What it is offered now, dt_ms after the last call. mains_ma is the last reading, the one before its answer."""
        self._since_ms += dt_ms
        self._quiet_ms += dt_ms
        if phases != self.phases:
            self.mask = 0
        if not charging:
            offered_ma = 0
        if charging and not self.charging:
            self.closed_ms = 0
            self.cap_ma = NO_LIMIT
            self.trial_ma = self._doubt_ms = self._asked = 0
            self.low_ma = self.high_ma = 0
            self._watch(START, mains_ma, offered_ma)
            self._most_ma = offered_ma
        elif self.charging and not charging:
            self._watch(FALL, mains_ma, self.high_ma)
            self._most_ma = self.high_ma
        elif charging:
            self.closed_ms = min(self.closed_ms + dt_ms, 86400000)
            self._changed(offered_ma, mains_ma)
            if self._doubt_ms:
                self._doubt_ms = max(0, self._doubt_ms - dt_ms)
                if not self._doubt_ms:
                    self.trial_ma = TRIAL_MA
        self.charging = charging
        self.offered_ma = offered_ma
        self.phases = phases

    def _changed(self, offered_ma: int, mains_ma) -> None:
        """The offer of a charging car may have moved."""
        was_ma = self.offered_ma
        if self.move == START:  # all of it belongs to the start, whatever is offered meanwhile
            self._most_ma = max(self._most_ma, offered_ma)
        elif offered_ma < was_ma:
            if self.move == FALL:  # the same answer, only further
                self._step_ma = self._high_ma - offered_ma
                if was_ma - offered_ma > NEAR_MA:
                    self._since_ms = self._quiet_ms = self._teach = 0
            elif self.high_ma > offered_ma:
                self._most_ma = was_ma if self.move == RISE else self.high_ma  # a car on its way up goes on so far before it turns
                self._watch(FALL, mains_ma, self.high_ma - offered_ma)
            elif self.move == RISE:
                self._step_ma = max(0, self._step_ma - was_ma + offered_ma)
        elif offered_ma > was_ma and self.move == RISE:  # the same answer, only further
            self._step_ma += offered_ma - was_ma
            self._since_ms = self._teach = 0
        elif offered_ma > was_ma and (offered_ma > self.low_ma or self.move == FALL):
            self._floor_ma = min(was_ma, self.low_ma)  # a car that is still on its way down goes on so far before it turns
            self._watch(RISE, mains_ma, max(0, offered_ma - max(was_ma, self.low_ma)))

    def _watch(self, move: int, mains_ma, step_ma: int) -> None:
        self._teach = self.move == STILL and move != START and step_ma >= CLEAR_MA
        self.move = move
        self._step_ma = step_ma
        self._since_ms = self._quiet_ms = self._first_ms = self._seen_ma = self._hidden = self._same_ma = 0
        self._low_ma, self._high_ma = self.low_ma, self.high_ma
        ref = self._ref
        ref[0], ref[1], ref[2] = mains_ma[0], mains_ma[1], mains_ma[2]

    def measured(self, drawn_ma: int, l1_ma: int, l2_ma: int, l3_ma: int) -> None:
        """The EV meter has spoken, or has not: drawn_ma -1. What it says stands above all that was inferred."""
        if drawn_ma < 0:
            self.metered = 0
            return
        was_ma = self._metered_ma if self.metered else drawn_ma
        self._metered_ma = drawn_ma
        self.metered = 1
        self.low_ma, self.high_ma = min(was_ma, drawn_ma), max(was_ma, drawn_ma)
        if drawn_ma >= PHASE_MA:
            self.mask = (1 if l1_ma > NONE_MA else 0) | (2 if l2_ma > NONE_MA else 0) | (4 if l3_ma > NONE_MA else 0)
        if self.charging and self.closed_ms > 2 * REACT_MAX_MS and self._since_ms > REACT_MAX_MS:
            self.cap_ma = drawn_ma if drawn_ma < self.offered_ma - TRIAL_MA else NO_LIMIT

    def way_ma(self) -> int:
        """How far it is expected to move; negative is down. A car that has only just been closed does not move yet."""
        if self.move == STILL or self.move == START and self._since_ms < WAKE_MS:
            return 0
        return -self._step_ma if self.move == FALL else self._step_ma

    def seen(self, mains_ma, last_ma, gap_ms: int, up_ma: int, down_ma: int, others_ma: int) -> None:
        """A new mains reading, gap_ms after the last: what of it was this car's answer?

        up_ma and down_ma: how far all cars are expected to move, this one included. Those that go the same way share
        what is seen; while others go the other way nothing can be seen, and time alone decides. others_ma: what the
        others draw by the last reading; a start is seen beside it.
        """
        move = self.move
        if move == STILL:
            return
        same, other = (down_ma, up_ma) if move == FALL else (up_ma, down_ma)
        if self._since_ms < gap_ms or move != START:
            self._others_ma = others_ma
        if other * 4 > self._step_ma:
            self._hidden = 1
        self._same_ma = max(self._same_ma, same - abs(self.way_ma()))
        self.crowd = 1 if self._same_ma > NEAR_MA else 0
        same = self._same_ma + self._step_ma
        self._house_steps(mains_ma, last_ma, gap_ms, same)
        moved_ma = self._answer(mains_ma)
        if move == START:
            moved_ma -= others_ma - self._others_ma
            self._top_ma -= others_ma - self._others_ma
        elif same > self._step_ma:
            moved_ma = moved_ma * self._step_ma // same
            self._teach = 0
        if self._hidden and not self.metered:
            self._teach = 0
            if self._since_ms > (HIDDEN_MS if move == START else LATE_MS + REACT_MS + self._step_ma // RATE):
                self.low_ma = self.high_ma = self.offered_ma
                self.move = STILL
            return
        if self.metered:
            self._learn(-moved_ma if move == FALL else moved_ma)
            if self._since_ms > REACT_MAX_MS:
                self.move = STILL
        elif move == FALL:
            self._falls(moved_ma)
        elif move == RISE:
            self._rises(moved_ma)
        else:
            self._starts(mains_ma, moved_ma)

    def _learn(self, way_ma: int) -> None:
        """Reaction and ramp, out of an answer that is clear."""
        if not self._teach:
            return
        if not self._first_ms:
            if way_ma >= FIRST_MA:
                self._first_ms = max(self._since_ms, REACT_MIN_MS)
                new = min(self._first_ms, REACT_MAX_MS)
                self.react_ms = (3 * self.react_ms + new) // 4 if self.react_ms else new
        elif way_ma * 8 > self._step_ma * 7 and self.move == FALL and self._since_ms > self._first_ms:
            rate = max(1, min(RATE_MAX, (self._step_ma * 7 // 8 - FIRST_MA) // (self._since_ms - self._first_ms)))
            self.rate = (self.rate + rate + 1) // 2 if self.rate else rate
            self._teach = 0

    def _over(self) -> bool:
        """No further answer can be expected."""
        late = (self.react_ms + self.react_ms // 2 if self.react_ms else MOST_MS if self.move == RISE else REACT_MS) + LATE_MS
        if self._seen_ma * 4 >= self._step_ma:
            late += self._step_ma // (self.rate if self.rate and self.move == FALL else RATE)
        return self._since_ms > late and self._quiet_ms > LATE_MS

    def _falls(self, moved_ma: int) -> None:
        offered_ma = self.offered_ma
        self._learn(-moved_ma)
        self._grown(-moved_ma)
        self.high_ma = min(max(self._high_ma + moved_ma, offered_ma), max(self._most_ma, self._high_ma))
        self.low_ma = min(max(self._low_ma + moved_ma, min(offered_ma, self._low_ma)), self.high_ma)
        if self._since_ms > (self.react_ms + self._step_ma // self.rate if self.rate else REACT_MS + LATE_MS):
            self.low_ma = min(self.low_ma, offered_ma)  # it may well have arrived, whatever the house shows
        if self.high_ma > offered_ma + NEAR_MA:
            if not self._over() and (self._seen_ma * 2 < self._step_ma or self._quiet_ms < LATE_MS):
                return
            if offered_ma and self._seen_ma * 4 < self._step_ma:
                if self._asked:
                    self.mask = self._asked  # it was right
                else:
                    self.cap_ma = offered_ma  # it has not moved: it was below already
        self.high_ma = self.low_ma = offered_ma
        self.move = STILL

    def _rises(self, moved_ma: int) -> None:
        offered_ma = self.offered_ma
        if moved_ma < -NEAR_MA and not self._seen_ma and self._low_ma > self._floor_ma:
            self._turned(max(moved_ma, self._floor_ma - self._low_ma))
            self.low_ma, self.high_ma = self._low_ma, max(self._low_ma, self._high_ma)
            self._teach = 0
            return
        self._learn(moved_ma)
        self._grown(moved_ma)
        self.low_ma = max(self._floor_ma, min(self._low_ma + moved_ma, max(offered_ma, self._low_ma)))
        self.high_ma = max(self.low_ma, min(self._high_ma + moved_ma, max(offered_ma, self._high_ma)))
        left_ma = offered_ma - self.low_ma
        if moved_ma >= self._step_ma * 3 // 4 and (left_ma <= NEAR_MA or left_ma <= self._step_ma // 4 and self._quiet_ms > QUIET_MS):
            self.low_ma = self.high_ma = offered_ma
            self.trial_ma = self._doubt_ms = 0
            self._wait_ms = DOUBT_MS
            self.cap_ma = NO_LIMIT
            self.move = STILL
        elif self._step_ma < SURE_MA and self.cap_ma >= NO_LIMIT:
            if self._over():  # too small to be told from the house, but many small ones are a large one
                self.high_ma = offered_ma
                if left_ma >= SURE_MA:
                    self._capped()
                self.move = STILL
        elif self._quiet_ms > QUIET_MS and self._over():
            if self._step_ma >= SURE_MA:
                self._capped()
            self.move = STILL

    def _starts(self, mains_ma, moved_ma: int) -> None:
        """From nothing to what it wants: the bounds are known well, but not when it begins."""
        offered_ma, most_ma = self.offered_ma, self._most_ma
        self._grown(max(moved_ma, self._wide_ma))
        self.low_ma = low_ma = min(max(moved_ma, 0), most_ma)
        self.high_ma = min(max(self._top_ma, low_ma), most_ma)
        if self.closed_ms > LONG_MS:
            self.high_ma = most_ma  # it was missed, or it still sleeps: who knows
        there = -NEAR_MA <= low_ma - offered_ma <= NEAR_MA
        if self._seen_ma < CLEAR_MA or not (there or self._quiet_ms > QUIET_MS):
            return
        if low_ma >= PHASE_MA:
            self._place(mains_ma, low_ma)
        if low_ma >= offered_ma - NEAR_MA:
            self.low_ma = self.high_ma = offered_ma
        else:
            self._capped()
        self.move = STILL

    def _capped(self) -> None:
        """It was offered more and did not take it: that is what it wants, until a small trial shows otherwise."""
        if self.crowd:  # nobody knows whose the missing part is: what was known of it stays
            self.low_ma = self.high_ma = min(self.cap_ma, self.offered_ma)
            return
        self.high_ma = self.low_ma
        self.cap_ma = self.low_ma
        self.trial_ma = 0
        self._doubt_ms = self._wait_ms
        if self.low_ma < LEAST_MA - NEAR_MA and self._wait_ms == DOUBT_MS:
            self._doubt_ms = DOUBT_MS // 4
            self.high_ma = max(self.low_ma, self.offered_ma)
        self._wait_ms = min(2 * self._wait_ms, DOUBT_MAX_MS)
