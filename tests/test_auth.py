from evse.auth import Auth


def test_a_pause_counts_down():
    auth = Auth()
    assert (auth.pause_ms, auth.random_ms) == (0, 0)
    assert auth.step(10) == 1
    auth.wait(3000)
    assert auth.step(1000) == 0
    assert auth.step(1999) == 0 and auth.pause_ms == 1
    assert auth.step(10) == 1 and auth.pause_ms == 0


def test_a_shorter_pause_does_not_shorten_a_longer_one():
    auth = Auth()
    auth.wait(60000)
    auth.wait(3000)
    assert auth.pause_ms == 60000
    auth.wait(60001)
    assert auth.pause_ms == 60001


def test_a_random_delay_is_drawn_when_a_car_arrives():
    asked = []

    def dice(n):
        asked.append(n)
        return 5000
    auth = Auth(dice)
    auth.arrive(600)
    assert asked == [600001] and auth.random_ms == 5000
    assert auth.step(4999) == 0
    assert auth.step(1) == 1 and auth.random_ms == 0
    assert auth.step(10) == 1 and auth.random_ms == 0


def test_without_the_setting_or_without_dice_nothing_is_delayed():
    auth = Auth(lambda n: 5000)
    auth.arrive(0)
    assert auth.step(10) == 1
    auth = Auth()
    auth.arrive(600)
    assert auth.step(10) == 1


def test_somebody_who_stands_there_may_skip_the_dice_but_not_the_pause():
    auth = Auth(lambda n: 5000)
    auth.arrive(600)
    auth.wait(3000)
    auth.skip()
    assert (auth.random_ms, auth.pause_ms) == (0, 3000)


def test_a_car_that_leaves_takes_its_delays_along():
    auth = Auth(lambda n: 5000)
    auth.arrive(600)
    auth.wait(3000)
    auth.leave()
    assert (auth.pause_ms, auth.random_ms) == (0, 0)
    assert auth.step(10) == 1
