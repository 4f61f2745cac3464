"""A home battery in the reckoning of the sun: what it takes is there for the cars, and its word is good for one look."""
from sky import Sky


def test_what_a_home_battery_takes_is_sun_and_what_it_gives_is_not():
    sky = Sky()
    sky.sun.home(20000, 1)
    assert sky.wait(1, 0) == 0 and sky.sun.sun_ma == 20000
    sky.sun.home(-3000, 2)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 17000
    sky.sun.home(9999, -1)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 20000


def test_a_word_of_the_battery_is_good_for_one_look():
    sky = Sky()
    sky.sun.home(6000, 1)
    assert sky.charge(1, 20000, 20000) == 26000
    sky.sun.home(6000, 1)
    assert sky.charge(1, 26000, 20000) == 26000   # the mains seem to have more: the battery has moved, nothing else
    sky.sun.home(6000, 1)
    assert sky.charge(1, 15000, 24000) == 21000
    sky.sun.home(6000, 1)
    assert sky.charge(1, 20000, 24000) == 21000
    sky.sun.home(0, 2)
    assert sky.charge(1, 26000, 24000) == 26000


def test_a_word_at_the_first_millisecond_is_one_too():
    sky = Sky()
    sky.sun.home(6000, 0)
    assert sky.charge(1, 20000, 20000) == 26000
    sky.sun.home(6000, 0)
    assert sky.charge(1, 26000, 20000) == 26000
    sky.sun.home(-1, -1)
    assert sky.charge(1, 30000, 20000) == 30000, "nobody speaks any more, and the mains alone count"


def test_a_word_that_was_said_before_the_sun_was_asked_is_no_news():
    sky = Sky()
    sky.sun.home(20000, 7)
    sky.sun.home(20000, 7)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 0
    sky.sun.home(20000, 8)
    sky.wait(1, 20000)
    assert sky.sun.sun_ma == 40000
