from evse.wake import Wake


def test_a_sleeping_car_is_woken_once_after_90_s_for_4_s():
    wake = Wake()
    shown = [wake.step(1000, 1, 0) for _ in range(200)]
    assert shown == [0] * 89 + [1] * 4 + [0] * 107


def test_a_car_that_charged_may_be_woken_again():
    wake = Wake()
    for _ in range(200):
        wake.step(1000, 1, 0)
    wake.step(1000, 0, 1)
    assert 1 in [wake.step(1000, 1, 0) for _ in range(100)]


def test_a_pause_starts_the_wait_anew_but_does_not_wake_twice():
    wake = Wake()
    wake.step(89000, 1, 0)
    wake.step(10, 0, 0)
    assert wake.step(89000, 1, 0) == 0
    assert wake.step(1000, 1, 0) == 1
    wake.step(4000, 1, 0)
    wake.step(10, 0, 0)
    assert 1 not in [wake.step(1000, 1, 0) for _ in range(200)]
