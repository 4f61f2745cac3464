"""Whatever the sky does: STOP is kept, nothing latches, phases change at most five times an hour."""
from hypothesis import given, settings
from hypothesis import strategies as st
from sky import Sky

LIVES = settings(max_examples=60, deadline=None, derandomize=True, database=None)
# seconds, sun in mA, and whether a car draws (a car stops, or is stopped by somebody else, whenever it likes)
SKY = st.lists(st.tuples(st.integers(1, 900), st.integers(-30000, 70000), st.booleans()), max_size=12)
RULES = st.fixed_dictionaries({"start_a": st.integers(0, 48), "import_a": st.integers(0, 20), "stop_min": st.integers(1, 15),
                               "min_off_min": st.integers(1, 10), "min_on_min": st.integers(0, 20),
                               "contact2": st.sampled_from(("Always On", "Auto"))})


class Life(Sky):
    """A sky whose contactors follow the wish for other phases after a pause without current."""

    def __init__(self, rules):
        Sky.__init__(self, **rules)
        self.pause_s = 0
        self.turns = []
        self.now_s = 0

    def step(self, sun_ma, draws):
        self.now_s += 1
        crowd = self.crowd
        if self.sun.phases != crowd.contacts and self.cfg.contact2 == 4:
            crowd.contacts = crowd.phases = self.sun.phases
            self.turns.append(self.now_s)
            self.pause_s = 70
        self.pause_s = max(0, self.pause_s - 1)
        if draws and self.sun.limit_ma >= 6000 * crowd.phases and not self.pause_s:
            return self.charge(1, sun_ma)
        return self.wait(1, sun_ma)

    def live(self, sky):
        for seconds, sun_ma, draws in sky:
            for _ in range(seconds):
                self.step(sun_ma, draws)
        return self


@LIVES
@given(RULES, SKY, st.integers(1, 20000))
def test_stop_expires_within_two_seconds_of_its_time(rules, sky, lack_ma):
    life = Life(rules).live(sky)
    cfg, crowd = life.cfg, life.crowd
    need_ma = 6000 * crowd.phases
    start_ma = cfg.start_a * 1000
    helps_ma = max(cfg.import_a * 1000, 6000 - start_ma, 0) + need_ma // 10
    if cfg.contact2 != 4:
        helps_ma = max(helps_ma, min(need_ma - start_ma, need_ma // 3))
    sun_ma = min(need_ma - helps_ma, 6000 - helps_ma) - lack_ma  # neither these phases nor one are carried
    life.charge(1, 60000)
    life.charge(1, 60000)
    on_s = life.sun._on_s
    for s in range(max(cfg.stop_min * 60, cfg.min_on_min * 60 - on_s) + 2):
        if not life.charge(1, sun_ma):
            assert life.sun.dark_s == cfg.min_off_min * 60
            return
    raise AssertionError("it goes on after STOP")


@LIVES
@given(RULES, SKY)
def test_nothing_latches(rules, sky):
    """After any day at all, steady sun has a car charging within the rest, the proof and a change of phases."""
    life = Life(rules).live(sky)
    charged = 0
    for _ in range(life.cfg.min_off_min * 60 + 90 + 2 * 70):
        life.step(60000, True)
        charged += life.crowd.charging
    assert charged and life.sun.limit_ma >= 6000 * life.crowd.phases
    assert life.crowd.charging or life.pause_s  # the last look may fall into a change to more phases, for more of that sun


@LIVES
@given(RULES, SKY)
def test_and_darkness_has_it_stopped(rules, sky):
    life = Life(rules).live(sky)
    for _ in range((life.cfg.stop_min + life.cfg.min_on_min) * 60 + 200):
        life.step(-25000, True)
    assert life.sun.limit_ma == 0


@settings(LIVES, max_examples=4)
@given(RULES, st.integers(15, 60), st.lists(st.tuples(st.integers(1, 2000), st.sampled_from((-9000, 7000, 9000, 16500, 25000, None))), max_size=6))
def test_phases_change_at_most_five_times_in_any_hour(rules, pause_s, sky):
    """None is the worst of all suns: always the one for the other number of phases."""
    rules = dict(rules, contact2="Auto", phase_pause_s=pause_s, start_a=6, import_a=0, stop_min=10)
    life = Life(rules)
    for seconds, sun_ma in [(7500, None), *sky]:
        for _ in range(seconds):
            life.step((60000 if life.crowd.contacts == 1 else 9000) if sun_ma is None else sun_ma, True)
    assert len(life.turns) > 2
    for i in range(len(life.turns) - 5):
        assert life.turns[i + 5] - life.turns[i] > 3600


@LIVES
@given(RULES, SKY)
def test_while_it_charges_the_minimum_is_offered_or_nothing(rules, sky):
    life = Life(rules)
    for seconds, sun_ma, draws in sky:
        for _ in range(seconds):
            limit_ma = life.step(sun_ma, draws)
            assert limit_ma == 0 or limit_ma >= min(6000, 6000 * life.crowd.phases)
            if life.crowd.charging and limit_ma:
                assert limit_ma >= life.crowd.need_ma
