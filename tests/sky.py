"""A sun over one charger, by hand and second by second: the benches of the tests of energy/surplus.py and phase_choice.py."""
from energy.crowd import Crowd
from energy.phase_choice import PhaseChoice
from energy.surplus import Surplus
from settings import Settings


class Sky:
    """A sun over one charger, and a car that draws what it is offered at once. Milliamps, sum of the phases."""

    def __init__(self, phases=3, mode="Solar", **settings):
        self.cfg = Settings()
        self.cfg.put("mode", mode)
        for key, value in dict({"start_a": 18 if phases == 3 else 6}, **settings).items():
            self.cfg.put(key, value)
        self.sun = Surplus()
        self.crowd = crowd = Crowd()
        crowd.phases = phases
        crowd.contacts = phases
        crowd.most_ma = 16000
        crowd.asks = 1
        self.cars = 0

    def wait(self, seconds, sun_ma):
        """Seconds without current under this sun; what may be offered after them."""
        return self._go(seconds, sun_ma, 0, None)

    def charge(self, seconds, sun_ma, offered_ma=None, settled=1):
        """Seconds in which a car draws what it is offered, or this."""
        return self._go(seconds, sun_ma, self.cars or 1, offered_ma, settled)

    def _go(self, seconds, sun_ma, charging, offered_ma, settled=1):
        crowd, sun = self.crowd, self.sun
        for _ in range(seconds):
            crowd.charging = charging
            crowd.settled = settled
            crowd.need_ma = 6000 * crowd.phases * charging
            ma = 0
            if charging:
                ma = max(crowd.need_ma, min(sun.limit_ma, 16000 * crowd.phases)) if offered_ma is None else offered_ma
            crowd.offered_ma = crowd.low_ma = crowd.high_ma = ma
            sun.rest()
            sun.second(self.cfg, ma - sun_ma, crowd)
        return sun.limit_ma


class Day:
    """Seconds of sun over a car that charges on the phases that are wanted. MIN 6 A, MAX 16 A, pause 60 s."""

    def __init__(self, phases):
        self.choice = PhaseChoice()
        self.crowd = crowd = Crowd()
        crowd.asks = crowd.charging = 1
        crowd.phases = crowd.contacts = self.choice.want = phases
        crowd.most_ma = 16000
        self.pause_s = 60

    def go(self, seconds, sun_ma):
        """The second of the first change, 0 for none."""
        crowd, choice = self.crowd, self.choice
        for s in range(seconds):
            choice.second(sun_ma, 6000, self.pause_s, crowd)
            if choice.want != crowd.contacts:
                crowd.phases = crowd.contacts = choice.want
                return s + 1
        return 0
