from evse.offer import SHY_MS, Offer


def running(ma):
    offer = Offer()
    offer.step(10, ma, 0)
    return offer


def test_the_first_offer_is_free():
    assert running(16000).ma == 16000


def test_down_at_once():
    offer = running(16000)
    assert offer.step(10, 10000, 1) == 10000
    assert offer.step(10, 9000, 1) == 9000


def test_up_only_five_seconds_after_the_last_move():
    offer = running(16000)
    offer.step(10, 10000, 1)
    assert offer.step(4989, 12000, 1) == 10000
    assert offer.step(10, 12000, 1) == 10000
    assert offer.step(1, 12000, 1) == 12000
    assert offer.step(4999, 13000, 1) == 12000
    assert offer.step(1, 13000, 1) == 13000


def test_a_small_step_down_delays_the_next_step_up():
    offer = running(16000)
    offer.step(6000, 16000, 1)
    offer.step(10, 15900, 1)
    assert offer.step(4000, 16000, 1) == 15900
    assert offer.step(1000, 16000, 1) == 16000


def test_after_a_break_the_offer_is_free_again():
    offer = running(16000)
    offer.step(10, 6000, 1)
    offer.step(10, 6000, 0)
    offer.step(10, 16000, 0)
    assert offer.step(10, 16000, 1) == 16000


def test_the_first_offer_is_a_move_too():
    offer = running(6000)
    assert offer.step(4999, 16000, 1) == 6000
    assert offer.step(1, 16000, 1) == 16000


def test_an_offer_that_does_not_move_counts_as_none():
    offer = running(16000)
    offer.step(10, 10000, 1)
    assert offer.step(5000, 10000, 1) == 10000
    assert offer.step(10, 10000, 1) == 10000
    assert offer.step(10, 12000, 1) == 12000


def test_as_made_nothing_is_offered_and_the_first_raise_waits_like_any_other():
    offer = Offer()
    assert offer.ma == 0
    assert offer.step(4999, 16000, 1) == 0
    assert offer.step(1, 16000, 1) == 16000


def test_a_shy_car_is_raised_after_ten_minutes_and_lowered_at_once():
    offer = running(16000)
    offer.step(10, 10000, 1)
    offer.raise_ms = SHY_MS
    assert offer.step(599999, 12000, 1) == 10000
    assert offer.step(1, 12000, 1) == 12000
    assert offer.step(10, 11000, 1) == 11000
