"""The pilot's plateaus: arithmetic, bursts over a noisy chain, and no garbage.

The misclassification figures over a million ticks a duty come from
`python tests/fakes/pilot_chain.py TICKS`; here each duty gets a short run.
"""

import gc

import pytest

from hal import cp
from tests.fakes.pilot_chain import Chain, chain_uv, count
from tests.fakes.pilot_chain import on as pilot_on


def ticks(p, chain, n):
    fresh = 0
    for _ in range(n):
        chain.now += 10000 - chain.now % 10000 + chain.random(997)
        fresh += p.sample()
    return fresh


@pytest.mark.parametrize("uv,mv", [(2892000, 9000), (2502000, 6000), (2112000, 3000), (1723000, 0), (164000, -12000)])
def test_the_divider_is_turned_round(uv, mv):
    assert abs(cp.to_pilot_mv(uv) - mv) <= 15


def test_a_saturated_adc_is_twelve_volts():
    assert cp.to_pilot_mv(3133000) == 12000
    assert cp.to_pilot_mv(3300000) == 12000
    assert cp.to_pilot_mv(chain_uv(10500)) < 10600


def test_the_duty_never_offers_more_than_asked():
    assert cp.to_u16(10000) == 65535
    assert cp.to_u16(0) == 0
    for bp in range(0, 10000):
        assert cp.to_u16(bp) * 10000 <= bp * 65536 < (cp.to_u16(bp) + 1) * 10000
        assert cp.to_u16(bp) < 65535


def test_the_pwm_is_touched_on_a_change_only():
    chain = Chain()
    p = pilot_on(chain, 1667)
    for _ in range(5):
        p.drive(1667, 1)
    assert chain.writes == 1 and chain.opened == 0
    p.drive(1667, 0)
    assert chain.writes == 1 and chain.opened == 1


@pytest.mark.parametrize("duty_bp", [600, 1000, 1600, 5000, 8500, 9600])
def test_a_clean_pilot_is_read_at_every_duty(duty_bp):
    chain = Chain(duty_bp, 6000, -12000)
    p = pilot_on(chain, duty_bp)
    ticks(p, chain, 2)
    assert ticks(p, chain, 50) == 50
    assert abs(p.high_mv - 6000) < 300
    assert abs(p.low_mv + 12000) < 300


@pytest.mark.parametrize("duty_bp,u16", [(10000, 65535), (0, 0)])
def test_a_steady_pilot_is_fresh_at_once_and_flat(duty_bp, u16):
    chain = Chain(3, 9000, -12000, 100)
    p = pilot_on(chain, duty_bp)
    assert chain.u16 == u16
    assert ticks(p, chain, 20) == 20
    assert p.high_mv == p.low_mv
    assert abs(p.high_mv - (9000 if duty_bp else -12000)) < 200


@pytest.mark.parametrize("duty_bp", [600, 1000, 1600, 5000, 8500, 9600])
def test_one_disturbed_sample_in_a_hundred_is_never_believed(duty_bp):
    wrong, stale, late = count(duty_bp, 400, 100, 1)
    assert wrong == 0
    assert stale <= 1   # the very first tick
    assert late <= 10


def test_a_car_that_lets_go_is_seen_within_two_ticks_at_six_amperes():
    chain = Chain(5, 6000, -12000)
    p = pilot_on(chain, 1000)
    ticks(p, chain, 5)
    chain.high_mv = 9000
    assert ticks(p, chain, 2) == 2
    assert abs(p.high_mv - 9000) < 300


@pytest.mark.parametrize("duty_bp", [1000, 5000, 10000])
@pytest.mark.parametrize("stuck", [0, 1])
def test_a_pin_that_no_longer_moves_is_stale_after_three_ticks(duty_bp, stuck):
    if duty_bp == 10000 and stuck:
        return  # that is what a steady pilot looks like
    chain = Chain(6, 6000, -12000)
    p = pilot_on(chain, duty_bp)
    ticks(p, chain, 5)
    chain.stuck = stuck
    assert ticks(p, chain, 3) == 3
    assert ticks(p, chain, 10) == 0
    chain.stuck = -1
    assert ticks(p, chain, 4) >= 3


def test_a_new_kind_of_pilot_is_not_judged_by_the_old_plateaus():
    chain = Chain(7, 9000, 9000)
    p = pilot_on(chain, 10000)
    ticks(p, chain, 5)
    chain.low_mv = -12000
    chain.stuck = 1
    p.drive(1000, 1)
    assert ticks(p, chain, 1) == 0


def judged(one, *mv):
    for i in range(len(mv)):
        one.got[i] = chain_uv(mv[i])
    one.n = len(mv)
    fresh = one.settle()
    return fresh, (cp.to_pilot_mv(one.uv) + 50) // 100 * 100


def test_what_one_sample_says_must_be_said_twice():
    one = cp.Plateau()
    assert judged(one, 6000)[0] == 0
    assert judged(one, 6000) == (1, 6000)
    assert judged(one, 9000) == (1, 6000)
    assert judged(one, 3000) == (1, 6000)
    assert judged(one, 9000) == (1, 6000)
    assert judged(one, 9000) == (1, 9000)
    assert judged(one, 9100) == (1, 9100)


def test_what_four_say_counts_at_once_and_a_quarrel_counts_for_nothing():
    one = cp.Plateau()
    assert judged(one, 6000, 0, 6000, 6000, 6000) == (1, 6000)
    assert judged(one, 9000, 9000, 9000, 9000) == (1, 9000)
    assert judged(one, 3000, 6000) == (1, 9000)
    assert judged(one, -9000, -3000, 3000, 0, 6000) == (1, 9000)
    assert judged(one, -9000, -3000, 0, 3000, 3000, 3000, 3000, 6000, 8000) == (1, 9000)
    assert judged(one)[0] == 0


def test_of_two_far_apart_the_one_that_is_like_before_is_taken():
    one = cp.Plateau()
    judged(one, 6000, 6000, 6000, 6000)
    assert judged(one, 6000, 6400) == (1, 6000)
    assert judged(one, 5600, 6000) == (1, 6000)


def test_a_sample_that_came_after_its_pulse_is_not_the_plateau():
    class Slow(Chain):
        def read_uv(self):
            self.now += 100
            return Chain.read_uv(self)

    chain = Slow(9, 6000, -12000)
    p = pilot_on(chain, 600)
    assert ticks(p, chain, 1) == 0
    assert ticks(p, chain, 20) == 0


def test_a_burst_ends_in_time_whatever_the_pilot_does():
    for duty_bp in (0, 600, 5000, 9600, 10000):
        for stuck in (-1, 0, 1):
            chain = Chain(8, 6000, -12000)
            p = pilot_on(chain, duty_bp)
            chain.stuck = stuck
            for _ in range(30):
                chain.now += 10000 - chain.now % 10000 + chain.random(997)
                start = chain.now
                p.sample()
                assert chain.now - start < 3000


def test_a_thousand_judgements_make_no_garbage():
    if not hasattr(gc, "mem_alloc"):
        return  # a PC's Python counts otherwise
    one = cp.Plateau()
    got = one.got

    def judge():
        for k in range(1000):
            for i in range(9):
                got[i] = 2500000 + (i * 7919 + k) % 9000
            one.n = 9
            one.settle()
            cp.to_pilot_mv(one.uv)

    judge()
    gc.collect()
    before = gc.mem_alloc()
    judge()
    assert gc.mem_alloc() == before


class Quiet:
    """Pin, PWM, ADC and clock in one that make no garbage themselves."""

    def __init__(self):
        self.now = 0

    def ticks_us(self):
        return self.now

    def ticks_add(self, a, b):
        return a + b

    def ticks_diff(self, a, b):
        return a - b

    def duty_u16(self, u16):
        pass

    def switch(self, v):
        pass

    def __call__(self):
        self.now += 10
        return 1 if self.now % 1000 < 160 else 0

    def read_uv(self):
        self.now += 45
        return 2502000 if self.now % 1000 < 160 else 164000


def test_a_thousand_bursts_make_no_garbage():
    if not hasattr(gc, "mem_alloc"):
        return
    quiet = Quiet()
    p = pilot_on(quiet, 1600)

    def bursts():
        for _ in range(1000):
            if p.sample() and p.high_mv < 0:
                raise ValueError

    bursts()
    gc.collect()
    before = gc.mem_alloc()
    bursts()
    assert gc.mem_alloc() == before
