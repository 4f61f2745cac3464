"""Whatever the pilot, the people, the meters and the clock do: random lives of a charger, each tick of them judged.

tools/rules.py is the judge. Contacts rest 2 s between opening and closing, so
there are never more than 1800 closings in an hour, by a car that asks and lets
go all the time; when it is we who stop, a pause of 15 s follows and there are
at most 240 (3600 s / 15 s). The tests count both.
"""
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import clock
from app.regulate import Regulate
from charger import Charger
from energy.balance import Balance
from evse.evse import Evse
from evse.limits import MAINS, NO_LIMIT, OVERRIDE, SURPLUS
from evse.session import Session
from faults import Faults
from hal.io import Inputs, Outputs
from meters.reading import Reading
from meters.roles import Roles
from settings import Settings
from tools.plant import vclock
from tools.rules import Rules

LIVES = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
LEVELS = (12000, 9000, 6000, 3000, 0, -12000, 7600, 7300, 4400, 10300, 10200, 1600)
PLUG = st.one_of(st.sampled_from((6000, 9000, 12000)), st.sampled_from(LEVELS), st.integers(-12000, 12000))
CHANGE = st.one_of(
    st.tuples(st.just("pilot"), PLUG), st.tuples(st.just("pilot"), PLUG), st.tuples(st.just("pilot"), st.just(6000)),
    st.tuples(st.just("diode"), st.integers(0, 1)), st.tuples(st.just("fresh"), st.integers(0, 1)), st.tuples(st.just("rcm"), st.integers(0, 1)),
    st.tuples(st.just("temp_c"), st.sampled_from((20, 20, 57, 64, 66, 90, -60, 150))), st.tuples(st.just("switch"), st.integers(0, 1)),
    st.tuples(st.just("access"), st.integers(0, 2)), st.tuples(st.just("mode"), st.integers(0, 2)), st.tuples(st.just("contact2"), st.integers(0, 4)),
    st.tuples(st.just("max_current_a"), st.integers(6, 80)), st.tuples(st.just("phases"), st.sampled_from((1, 3))),
    st.tuples(st.just("mains"), st.one_of(st.just(NO_LIMIT), st.integers(0, 90000))), st.tuples(st.just("surplus"), st.integers(0, 90000)),
    st.tuples(st.just("override"), st.integers(6000, 80000)), st.tuples(st.just("silent"), st.integers(0, 1)),
    st.tuples(st.just("drawn"), st.sampled_from((-1, 0, 6000, 16000, 60000))), st.tuples(st.just("reset"), st.just(0)))
# how long a change stands, and the ticks in it: mostly of 10 ms, some late, rarely by seconds
TIME = st.one_of(st.tuples(st.just(10), st.integers(1, 60)), st.tuples(st.integers(1, 200), st.integers(1, 12)),
                 st.tuples(st.just(10), st.integers(60, 300)), st.tuples(st.integers(1000, 20000), st.just(1)))
LIFE = st.lists(st.tuples(CHANGE, TIME), min_size=5, max_size=40)
HOUSE = st.fixed_dictionaries({
    "rcmon": st.integers(0, 1), "ventilation": st.integers(0, 1), "lock": st.integers(0, 2), "switch": st.integers(0, 7),
    "random_delay_s": st.sampled_from((0, 0, 2)), "max_temp_c": st.integers(40, 75), "phase_pause_s": st.just(15), "config": st.integers(0, 1),
    "max_current_a": st.integers(6, 80), "contact2": st.integers(0, 4), "min_current_a": st.just(6)})
OHM = st.sampled_from((65535, 220, 680, 100, 1500, 400))


class Life:
    """The core with its judge; whatever is told to it, it does."""

    def __init__(self, house, ohm=220):
        self.cfg = Settings()
        for key, value in house.items():
            self.cfg.put(key, value)
        self.evse, self.inp, self.out, self.rules = Evse(self.cfg, Faults(), lambda n: n // 2), Inputs(), Outputs(), Rules()
        self.inp.pp_ohm = ohm
        self.pilot, self.diode, self.drawn, self.silent, self.mains, self.surplus, self.override = 12000, 1, -1, 0, NO_LIMIT, NO_LIMIT, NO_LIMIT
        self.left_ms = self.given_ma = self.ms = 0

    def charge(self):
        """A car comes and, where the house lets it, charges: what can go wrong goes wrong there."""
        self.pilot, self.inp.switch = 6000, 1
        for _ in range(300):
            self.tick(10)
        return self

    def change(self, key, value):
        if key in ("fresh", "rcm", "temp_c", "switch"):
            setattr(self.inp, key, value)
        elif key in ("access", "mode", "contact2", "max_current_a"):
            self.cfg.put(key, value)
        elif key == "phases":
            self.evse.auto_phases = value
        elif key == "reset":
            self.evse.watch.reset(self.evse, self.inp)
        else:
            setattr(self, key, value)
        if key == "override":
            self.evse.limits.put(OVERRIDE, value)

    def tick(self, dt):
        inp, out, evse = self.inp, self.out, self.evse
        pulses = 0 < out.duty_bp < 10000
        inp.cp_high_mv = (self.pilot if out.duty_bp else -12000) if out.connected else 12000
        inp.cp_low_mv = (-12000 if self.diode or self.pilot > 11000 else -abs(self.pilot)) if pulses else inp.cp_high_mv
        self.left_ms -= dt
        evse.tick(dt, inp, out)
        given_ma = self.given_ma if self.left_ms > 0 else 0
        self.rules.look(dt, inp, out, evse, min(given_ma, self.override))
        self.ms += dt
        while self.ms >= 1000:
            self.ms -= 1000
            if not self.silent:
                self.left_ms, self.given_ma = 5000, min(self.mains, self.surplus)
                evse.limits.put(MAINS, self.mains, 5000)
                evse.limits.put(SURPLUS, self.surplus, 5000)
            evse.second(self.drawn if out.c1 else min(self.drawn, 0), evse.offered_ma)

    def outputs(self):
        out, evse = self.out, self.evse
        return (out.duty_bp, out.c1, out.c2, out.connected, out.lock_drive, evse.state, evse.why, evse.by, evse.limit_ma, evse.faults.mask)


@LIVES
@given(HOUSE, OHM, LIFE)
def test_every_tick_of_every_life_keeps_the_rules(house, ohm, life):
    charger = Life(house, ohm).charge()
    for (key, value), (dt, n) in life:
        charger.change(key, value)
        for _ in range(n):
            charger.tick(dt)


@LIVES
@given(st.lists(st.tuples(st.sampled_from((6000, 6000, 9000, 12000)), st.integers(1, 300)), min_size=3, max_size=20), st.sampled_from((9000, 12000, 0)))
def test_a_car_that_leaves_is_open_within_30_ms(bounces, gone):
    charger = Life({})
    for pilot, n in [*bounces, (6000, 600)]:
        charger.pilot = pilot
        for _ in range(n):
            charger.tick(10)
    assert charger.out.c1
    charger.pilot = gone
    for _ in range(3):
        charger.tick(10)
    assert not charger.out.c1


@LIVES
@given(st.lists(st.tuples(st.sampled_from(("pilot", "access", "fresh", "diode", "rcm", "mains")), st.integers(1, 60)), min_size=10, max_size=60))
def test_contacts_close_at_most_1800_times_an_hour_and_240_when_it_is_we_who_stop(turns):
    charger = Life(dict(rcmon=1))
    charger.pilot = 6000
    ms, ours = 0, [key for key, _ in turns if key == "pilot"] == []
    for key, tenths in turns:
        bad = {"pilot": 9000, "access": 0, "fresh": 0, "diode": 0, "rcm": 1, "mains": 5000}[key]
        good = {"pilot": 6000, "access": 1, "fresh": 1, "diode": 1, "rcm": 0, "mains": NO_LIMIT}[key]
        for value in (bad, good):
            charger.change(key, value)
            for _ in range(tenths):
                charger.tick(50)
            ms += tenths * 50
        charger.change("reset", 0)
        assert charger.rules.closings <= 1 + ms // 2000
        assert not ours or charger.rules.closings <= 1 + ms // 15000


@LIVES
@given(HOUSE, LIFE)
def test_only_inputs_and_elapsed_time_count(house, life):
    """The same life again, the ticks in which nothing went on put together to late ones: the same answers at the same time."""
    one, two = Life(house).charge(), Life(house).charge()
    for (key, value), (_, n) in life:
        one.change(key, value), two.change(key, value)
        debt, before = 0, None
        for i in range(n):
            one.tick(10)
            same = one.outputs() == before
            before = one.outputs()
            debt += 10
            if not same or one.ms == 0 or i > n - 4 or i < 4 or debt >= 100:
                if debt:
                    two.tick(debt)
                    debt = 0
        assert one.outputs() == two.outputs()


def regulated(start_ms):
    """An hour of the rim's second by a clock that begins at start_ms: what the core was given."""
    vclock.install()
    try:
        vclock._now[0] = start_ms
        cfg = Settings()
        cfg.put("mode", "Smart")
        evse, out, meters, faults = Evse(cfg, Faults(), None), Outputs(), Roles(), Faults()
        regulate = Regulate(cfg, evse, out, meters, Balance(), Session(), faults)
        told = []
        for s in range(40):
            if s < 20:
                meters.mains.put(clock.ticks_ms(), [9000 + 100 * s, 0, 0], [0, 0, 0])
            regulate.second()
            told.append((evse.limits.ma[MAINS], faults.mask, meters.mains.age_ms(clock.ticks_ms())))
            vclock._now[0] += 1000
        return told
    finally:
        vclock.remove()


@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 1 << 30))
def test_where_the_clock_stands_does_not_matter(start_ms):
    assert regulated((1 << 30) - 1 - start_ms % 40000) == regulated(0)


@given(st.integers(0, (1 << 30) - 1), st.integers(0, 3_599_999))
def test_a_reading_has_its_age_over_the_wrap(at, age):
    reading = Reading()
    reading.put(at, [1, 2, 3], [0, 0, 0])
    assert reading.age_ms((at + age) & (1 << 30) - 1) == age


@settings(max_examples=6, deadline=None, derandomize=True, database=None)
@given(st.sampled_from(("default", "bmw_phev", "zoe")), st.integers(6, 32))
def test_in_the_plant_too_no_zero_current_is_without_a_reason(profile, max_a):
    charger = Charger(max_current_a=max_a)
    rules, tick = Rules(), charger.evse.tick

    def judged(dt, inp, out):
        tick(dt, inp, out)
        rules.look(dt, inp, out, charger.evse, min(charger.evse.limits.ma))
    charger.evse.tick = judged
    charger.run(1000).plug(8000)
    charger.control.set_mode("pause")
    charger.run(8000)
    charger.control.set_mode("normal")
    charger.run(20000).unplug(1000)
    assert rules.closings == 2
