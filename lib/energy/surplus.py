"""What the sun leaves for the cars: Solar's start and stop, and Min+PV.

The sum of the phases decides; what the cars draw is given back to the sun in
the reckoning, and so is what a home battery takes. Both waits are clocks that
leak: a cloud takes back a part of the wait for a start, not all of it, and a
sunny spell gives time back to a charge that runs out of sun, unless the grid
has fed most of it of late. A try that failed makes the next one ask for more
proof, so that flicker costs few closings. It knows no fuse: the mains have
their own word. Milliamps, sum of the phases unless told otherwise, import
positive.
"""
from micropython import const

from energy.phase_choice import MARGIN_MA, MEAN_S, PhaseChoice, worth_ma

NO_LIMIT = const(1 << 28)  # as in evse.limits
MIN_PV = const(3)          # as settings' mode
AUTO = const(4)            # as settings' contact2

SUN_S = const(5)       # the sun must carry START this long before a try
KEEP_S = const(30)     # an offer that no car has taken yet outlives the sun by up to this
AWAY_S = const(60)     # ... and by the pause and this, when it is a change of phases that lets nothing flow
BACK = const(3)        # a second of sun gives so many of the STOP time back
NEARLY = const(10)     # what lacks no more than this part of the minimum is enough
GRID = const(3)        # this part of one car's minimum START may leave to the grid
PROOF_S = const(60)    # sun to be seen before a second try, doubled by every one that fails ...
PROOF_MAX_S = const(180)
SLOW = const(4)        # ... a quarter of a second for each in which it is just enough, more when it is plenty
STEADY_S = const(90)   # so much sun without a gap is proof enough
FORGET_S = const(3600)  # the proof that is asked for is halved in so long


class Surplus:
    def __init__(self) -> None:
        self.limit_ma = 0      # what all offers together may be: NO_LIMIT unless Solar or Min+PV
        self.sun_ma = 0        # what the sun leaves for the cars, what they draw included
        self.needs_ma = 0      # export that starts a charge now; 0 while one runs
        self.stop_s = 0        # countdown: Solar stops when it reaches 0 (0 is not running)
        self.dark_s = 0        # countdown: the sun was gone, no new try before
        self.choice = PhaseChoice()
        self._sun_s = 0        # how long there has been enough, up to KEEP_S
        self._steady_s = 0     # ... without a gap, up to STEADY_S
        self._on_s = 0         # how long it has been charging on this try
        self._proof_ms = self._asked_s = self._forget_s = 0  # proof of sun, how much of it is asked for, until when
        self._more_ma = self._less_ma = 0  # what the sun leaves, reckoned for a raise and for a fall
        self._worth_ma = 0     # sun that was taken less what was imported, of late
        self._home_ma = 0      # what a home battery takes
        self._home_at = -1     # when it last spoke, ticks ms; -1: nobody says
        self._home_new = 0

    @property
    def phases(self) -> int:
        """What CONTACT 2 Auto should switch to."""
        return self.choice.want

    def ends_s(self, cfg) -> int:
        """Until the charge stops for lack of sun, s: the rest of STOP and of the least time on; 0 while nothing runs out."""
        return max(self.stop_s, cfg.min_on_min * 60 - self._on_s) if self.stop_s else 0

    def off(self) -> None:
        """The sun is not asked: nothing is limited, and what ran is forgotten but for the pause."""
        self.limit_ma = NO_LIMIT
        self.stop_s = self.needs_ma = self._sun_s = self._on_s = self._proof_ms = self._asked_s = 0
        self.choice.off()

    def rest(self) -> None:
        """One second more, whatever the mode."""
        if self.dark_s:
            self.dark_s -= 1
        self._forget_s += 1
        if self._forget_s >= FORGET_S:
            self._forget_s = 0
            self._asked_s = self._asked_s // 2 if self._asked_s >= PROOF_S else 0

    def home(self, ma: int, at: int) -> None:
        """What a home battery takes, negative while it gives; at: ticks ms of that word, -1 when there is none.

        Its own controller follows the mains within seconds, so a word is good for one look only: until the next one
        the cars may get less by what the mains show, but not more.
        """
        self._home_ma = ma if at >= 0 else 0
        self._home_new = at != self._home_at
        self._home_at = at

    def second(self, cfg, total_ma: int, crowd) -> None:
        """One second more of Solar or Min+PV. total_ma: sum of the mains phases; crowd: energy.crowd.Crowd."""
        least_ma = cfg.min_current_a * 1000
        auto = cfg.contact2 == AUTO and crowd.alone
        self._reckon(total_ma, crowd)
        if auto:
            self.choice.second(self.sun_ma + cfg.import_a * 1000, least_ma, cfg.phase_pause_s, crowd)
        if crowd.charging:
            self._follow(cfg, least_ma, auto, crowd)
        elif cfg.mode == MIN_PV:
            self._offer(cfg, least_ma, auto, crowd)
        else:
            self._wait(cfg, least_ma, auto, crowd)

    def _reckon(self, total_ma: int, crowd) -> None:
        """What the sun leaves, for a raise and for a fall."""
        total_ma -= self._home_ma
        more_ma = crowd.low_ma - total_ma
        less_ma = crowd.high_ma - total_ma
        if self._home_at >= 0 and not self._home_new:
            more_ma = min(more_ma, self._more_ma)
            less_ma = min(less_ma, self._less_ma)
        self._more_ma = more_ma
        self._less_ma = less_ma
        self.sun_ma = more_ma if crowd.charging else less_ma

    def _helps_ma(self, cfg, need_ma: int, auto: int, phases: int) -> int:
        """What the grid may add for the minimum: IMPORT, or what START leaves of MIN, and a trifle; three phases' START leaves more.

        What an owner sets is what he wants to start at, so the grid adds what START leaves of one car's minimum, but a third at
        most: with import at 0.30 and export at 0.08, and a car that needs its energy anyway, half would still be worth it. In
        Auto one phase is the answer to so little sun.
        """
        start_ma = cfg.start_a * 1000
        help_ma = max(cfg.import_a * 1000, cfg.min_current_a * 1000 - start_ma) + need_ma // NEARLY
        if auto:
            return help_ma
        one_ma = cfg.min_current_a * 1000 * phases
        return max(help_ma, min(one_ma - start_ma, one_ma // GRID))

    def _begin(self, cfg, least_ma: int, auto: int, crowd) -> None:
        """The first offer, for as many phases as the sun carries."""
        if auto:
            self.choice.begin(self.sun_ma + cfg.import_a * 1000, least_ma, crowd)
        self.limit_ma = least_ma * self._lines(auto, crowd)
        self._keep(cfg, auto, crowd)

    def _keep(self, cfg, auto: int, crowd) -> None:
        """How long an offer outlives the sun while no current flows."""
        self._sun_s = cfg.phase_pause_s + AWAY_S if auto and self.choice.want != crowd.contacts else KEEP_S

    def _offer(self, cfg, least_ma: int, auto: int, crowd) -> None:
        """Min+PV, and no current flows: the minimum, and from the start the phases that the sun carries."""
        self.stop_s = self.needs_ma = self._on_s = self._proof_ms = 0
        if not crowd.asks or not 0 < self.limit_ma < NO_LIMIT:
            self._begin(cfg, least_ma, auto, crowd)
        self.limit_ma = least_ma * self._lines(auto, crowd)

    def _wait(self, cfg, least_ma: int, auto: int, crowd) -> None:
        """No current flows: is there sun enough to begin, or to keep an offer standing?"""
        self.stop_s = self._on_s = 0
        phases = self._lines(auto, crowd)
        if auto and not self.limit_ma and self.choice.may():
            phases = 1
        need_ma = least_ma * phases
        self.needs_ma = max(cfg.start_a * 1000, need_ma - self._helps_ma(cfg, need_ma, auto, phases))
        over_ma = self.sun_ma - self.needs_ma
        if over_ma > 0:
            self._steady_s = min(self._steady_s + 1, STEADY_S)
            self._sun_s = max(self._sun_s, min(self._sun_s + 1, KEEP_S if self.limit_ma else SUN_S))
            self._prove(max(1000 // SLOW, over_ma * 1000 // need_ma))
            if self._steady_s == STEADY_S:
                self._proof_ms = self._asked_s * 1000
        else:
            self._steady_s = 0
            self._sun_s = max(self._sun_s - 1, 0)
            self._prove(over_ma * 1000 // need_ma)
        if self.limit_ma:
            if not self._sun_s:
                self.limit_ma = 0
            elif not crowd.asks:
                self._begin(cfg, least_ma, auto, crowd)  # nobody is there: the phases may still be chosen
        elif self._sun_s >= SUN_S and self._proof_ms == self._asked_s * 1000 and not self.dark_s:
            self._begin(cfg, least_ma, auto, crowd)

    def _lines(self, auto: int, crowd) -> int:
        """How many phases the next current flows on."""
        return self.choice.want if auto and self.choice.want != crowd.contacts else crowd.phases

    def _prove(self, ms: int) -> None:
        self._proof_ms = max(0, min(self._proof_ms + ms, self._asked_s * 1000))

    def _follow(self, cfg, least_ma: int, auto: int, crowd) -> None:
        """Current flows: as much as the sun gives, and the minimum where it does not."""
        grid_ma = cfg.import_a * 1000
        self.needs_ma = self._proof_ms = self._steady_s = 0
        self._on_s += 1
        self._weigh(crowd)
        may_ma = self._less_ma + grid_ma
        if may_ma >= crowd.offered_ma:
            may_ma = crowd.offered_ma
            if crowd.settled:
                may_ma = max(may_ma, self._more_ma + grid_ma)
        self.limit_ma = max(may_ma, crowd.need_ma)
        self._keep(cfg, auto, crowd)
        short = crowd.need_ma - self._less_ma > self._helps_ma(cfg, crowd.need_ma, auto, crowd.phases)
        if cfg.mode == MIN_PV or not cfg.stop_min:
            self.stop_s = 0
        elif not short or auto and self._may_split(least_ma + MARGIN_MA, crowd):
            back = BACK if self._worth_ma >= 0 else 0
            self.stop_s = self.stop_s + back if 0 < self.stop_s < cfg.stop_min * 60 - back else 0
        else:
            self._run_out(cfg, least_ma, auto, crowd)

    def _weigh(self, crowd) -> None:
        """Sun that was taken less what was imported, a mean of ten minutes.

        Import costs 0.30, export brings 0.08: a car's energy is worth what lies between, 0.19 halfway, and there an ampere of sun
        gains what an ampere of import loses.
        """
        if self._on_s == 1:
            self._worth_ma = crowd.need_ma
        now_ma = worth_ma(self._less_ma, crowd.need_ma, max(crowd.offered_ma, crowd.need_ma), 1)
        self._worth_ma = (self._worth_ma * (MEAN_S - 1) + now_ma) // MEAN_S

    def _may_split(self, least_ma: int, crowd) -> bool:
        """The sun does not carry three phases, but one, and the change is still to come."""
        return crowd.phases == 3 and self.choice.want == 3 and self.choice.may() and self.sun_ma >= least_ma

    def _run_out(self, cfg, least_ma: int, auto: int, crowd) -> None:
        """Too little sun for another second: at the end of STOP, and of the minimum time, somebody stops."""
        self.stop_s = (self.stop_s or cfg.stop_min * 60 + 1) - 1
        if self.stop_s:
            return
        one_ma = least_ma * crowd.phases
        if auto and self._may_split(least_ma, crowd):
            self.choice.turn(1)
        elif self._on_s < cfg.min_on_min * 60:
            self.stop_s = 1
        elif crowd.charging > 1 and self._less_ma + self._helps_ma(cfg, one_ma, auto, crowd.phases) >= one_ma:
            self.limit_ma = self._less_ma + self._helps_ma(cfg, crowd.need_ma, auto, crowd.phases)  # the last of them stop
        else:
            self.limit_ma = self._sun_s = 0
            self.dark_s = cfg.min_off_min * 60
            self._asked_s = min(PROOF_MAX_S, max(PROOF_S, 2 * self._asked_s))
            self._forget_s = 0
