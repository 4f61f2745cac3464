"""Doubt after a charge that ran out of sun: how much sun has to be seen before the next try, and when that is forgotten."""
import pytest
from sky import Sky


def failed(tries, **settings):
    """So many charges that ran out of sun."""
    sky = Sky(stop_min=1, **settings)
    for _ in range(tries):
        sky.charge(61, 0)
    return sky


def until(sky, *suns):
    """Seconds until it starts again under suns of (seconds, mA) in turn, after the rest."""
    sky.wait(60, 0)
    for s in range(3500):
        at = s % sum([n for n, _ in suns])
        for n, ma in suns:
            if at < n:
                break
            at -= n
        if sky.wait(1, ma):
            return s + 1
    return 0


def test_a_failed_try_asks_for_steady_sun():
    assert until(failed(1), (7200, 19000)) == 90
    assert until(failed(0), (7200, 19000)) == 5


@pytest.mark.parametrize("tries, seconds", ((1, 30), (2, 60), (3, 90), (9, 90)))
def test_or_for_plenty_and_more_after_each(tries, seconds):
    assert until(failed(tries), (7200, 54000)) == seconds


def test_flicker_that_is_enough_on_average_starts_and_less_does_not():
    assert until(failed(3), (30, 30000), (30, 8000))
    assert until(failed(1), (31, 22000), (53, 4000)) == 0


def test_doubt_is_halved_every_hour_and_gone_with_another_mode():
    sky = failed(2)
    sky.wait(3600, 0)
    assert until(sky, (7200, 54000)) == 30
    sky = failed(1)
    sky.wait(3600, 0)
    assert until(sky, (7200, 54000)) == 15
    sky = failed(1)
    sky.wait(7200, 0)
    assert until(sky, (7200, 54000)) == 5
    sky = failed(4)
    sky.sun.off()
    sky.sun.limit_ma = 0
    assert until(sky, (7200, 54000)) == 5


# proof: 18 A more than the 18 that are needed count second for second, on three phases of 6 A

@pytest.mark.parametrize("tries, seconds", ((1, 60), (2, 121), (3, 182), (9, 182)))
def test_a_minute_is_asked_for_then_two_then_three_and_never_more(tries, seconds):
    """Each minute of sun is followed by a second that is just what is needed: it proves nothing, and no gap-free sun is seen."""
    assert until(failed(tries), (60, 36000), (1, 18000)) == seconds


@pytest.mark.parametrize("sun_ma, seconds", ((18001, 243), (27000, 121), (35983, 62), (36000, 60), (54000, 30)))
def test_just_enough_sun_counts_a_quarter_and_plenty_what_it_is_above(sun_ma, seconds):
    assert until(failed(1), (60, sun_ma), (1, 18000)) == seconds


@pytest.mark.parametrize("plenty_ma, shines_s, dark_s, seconds", ((54000, 59, 60, 62), (53982, 60, 80, 81), (54000, 30, 120, 90)))
def test_a_dark_second_takes_back_what_a_bright_one_gives(plenty_ma, shines_s, dark_s, seconds):
    """Two minutes are asked for: what is left of the proof after the dark, and a second for each of 36 A. After 90 s without a gap it is enough."""
    sky = failed(2)
    sky.wait(60, 0)
    sky.wait(shines_s, plenty_ma)
    sky.wait(dark_s, 0)
    assert sky.wait(seconds - 1, 36000) == 0
    assert sky.wait(1, 36000) == 18000


# forgetting

def hours_later(tries, rest_s, shines_s):
    """A sky after so many failures, rest_s of darkness and shines_s of sun that proves second for second."""
    sky = failed(tries)
    sky.wait(rest_s, 0)
    return sky, sky.wait(shines_s, 36000)


@pytest.mark.parametrize("tries, rest_s, shines_s", ((2, 3530, 69), (3, 7140, 59)))
def test_doubt_is_halved_to_the_second_an_hour_after_the_last_failure_and_after_each_hour(tries, rest_s, shines_s):
    """Two minutes become one after an hour; three become 45 s after two hours."""
    sky, limit_ma = hours_later(tries, rest_s, shines_s)
    assert limit_ma == 0
    assert sky.wait(1, 36000) == 18000


def test_the_hour_begins_with_the_failure_and_not_before():
    sky = Sky(stop_min=1)
    sky.wait(3000, 0)
    sky.charge(61, 0)
    sky.charge(61, 0)
    sky.wait(3530, 0)
    assert sky.wait(69, 36000) == 0
    assert sky.wait(1, 36000) == 18000


def test_less_than_a_minute_of_doubt_is_none_an_hour_later():
    sky = failed(1)
    sky.wait(7200, 0)
    sky.wait(4, 18001)
    sky.wait(1, 0)
    assert sky.wait(2, 18001) == 18000, "as on a new day: five seconds, less what the gap took"
