from evse.wake import MINUS, NOTHING, OPEN, Wake


class Sleeper:
    """A ladder and the car at its foot."""

    def __init__(self):
        self.wake = Wake()

    def go(self, seconds, waiting=1, paused=0, gone=0, power=0):
        """What was shown, second by second."""
        return [self.wake.step(1000, waiting, paused, gone, power) for _ in range(seconds)]


WHOLE = [NOTHING] * 90 + [OPEN] * 4 + [NOTHING] * 30 + [OPEN] * 30 + [NOTHING] * 30 + [MINUS] * 4


def test_the_ladder_is_climbed_once():
    car = Sleeper()
    assert car.go(188) == WHOLE
    assert car.go(1000) == [NOTHING] * 1000


def test_a_car_that_wakes_ends_it_and_starts_the_wait_of_the_rung_anew():
    car = Sleeper()
    car.go(92)
    car.go(5, waiting=0)
    assert car.go(4) == [OPEN] * 4


def test_a_pause_of_ours_lets_it_be_climbed_again():
    car = Sleeper()
    car.go(300)
    car.go(1, waiting=0, paused=1)
    assert car.go(188) == WHOLE


def test_another_car_too():
    car = Sleeper()
    car.go(300)
    car.go(1, waiting=0, gone=1)
    assert car.go(188) == WHOLE


def test_a_car_that_charged_and_let_go_by_itself_is_full_and_left_alone_even_after_a_pause():
    car = Sleeper()
    car.go(5)
    car.go(60, waiting=0, power=1)
    assert car.go(300) == [NOTHING] * 300 and car.wake.full == 1
    car.go(10, waiting=0, paused=1)
    assert car.go(300) == [NOTHING] * 300


def test_a_car_that_we_stopped_is_not_full():
    car = Sleeper()
    car.go(60, waiting=0, power=1)
    car.go(10, waiting=0, paused=1)
    assert car.go(188) == WHOLE and not car.wake.full


def test_a_full_car_that_asks_again_or_leaves_is_not_full_any_more():
    for what in ({"power": 1}, {"gone": 1}):
        car = Sleeper()
        car.go(60, waiting=0, power=1)
        car.go(10)
        assert car.wake.full
        car.go(1, waiting=0, **what)
        assert not car.wake.full


def test_how_long_the_rung_lasts():
    car = Sleeper()
    assert car.wake.left_ms() == 0
    car.go(91)
    assert car.wake.left_ms() == 3000


def test_the_ladder_is_climbed_to_the_millisecond():
    wake = Wake()
    for what, ms in ((NOTHING, 90000), (OPEN, 4000), (NOTHING, 30000), (OPEN, 30000), (NOTHING, 30000), (MINUS, 4000)):
        assert wake.step(ms - 1, 1, 0, 0, 0) == what and wake.left_ms() == 1
        assert wake.step(1, 1, 0, 0, 0) == what and wake.left_ms() == 0
    assert wake.step(10, 1, 0, 0, 0) == NOTHING and wake.left_ms() == 0


def test_a_car_that_does_not_wait_stands_on_no_rung():
    car = Sleeper()
    car.go(5)
    assert car.wake.left_ms() == 85000
    for how in ({}, {"paused": 1}, {"gone": 1}, {"power": 1}):
        assert car.go(1, waiting=0, **how) == [NOTHING]
        assert car.wake.left_ms() == 0
    assert car.go(3) == [NOTHING] * 3 and car.wake.left_ms() == 0 and car.wake.full == 1
