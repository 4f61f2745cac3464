"""The soak's judgement: a slope through what was free, and when it is a leak."""
from tools import soak


def test_a_straight_fall_has_its_slope_and_no_error():
    rise, error = soak.slope([(k / 3, 30000 - 240 * k) for k in range(15)])
    assert round(rise) == -720 and error < 1e-6 and soak.is_leak(rise, error)


def test_noise_is_no_leak_and_neither_is_what_rises():
    rise, error = soak.slope([(k / 3, 30000 + (700 if k % 4 else -900)) for k in range(15)])
    assert error > 50 and not soak.is_leak(rise, error)
    assert not soak.is_leak(500.0, 1.0)


def test_a_leak_is_seen_through_noise():
    rise, error = soak.slope([(k / 3, 30000 - 300 * k + (200 if k % 3 else -300)) for k in range(15)])
    assert soak.is_leak(rise, error)
    assert not soak.is_leak(-soak.LEAK, 0.1)
