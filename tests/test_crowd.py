"""All cars as one: what they are offered together, and between what and what they may be drawing."""
from energy import answer
from energy.crowd import Crowd
from energy.seat import Seat


def seats(*cars):
    """One seat for each (asks, charging, offered, low, high, phases)."""
    made = []
    for asks, charging, offered, low, high, n in cars:
        s = Seat()
        s.asks, s.n, s.may_ma = asks, n, 16000
        s.car.charging, s.car.offered_ma, s.car.low_ma, s.car.high_ma, s.car.phases = charging, offered, low, high, n
        made.append(s)
    return made


def test_a_new_crowd_is_nobody():
    crowd = Crowd()
    assert [crowd.charging, crowd.asks, crowd.offered_ma, crowd.low_ma, crowd.high_ma, crowd.need_ma, crowd.most_ma] == [0] * 7
    assert (crowd.phases, crowd.contacts, crowd.alone, crowd.settled) == (3, 3, 1, 1)


def test_a_crowd_is_the_sum_of_its_cars_over_their_phases():
    crowd = Crowd()
    crowd.fill(seats((1, 1, 8000, 0, 0, 3), (1, 1, 10000, 0, 0, 1), (1, 0, 0, 0, 0, 3)))
    assert (crowd.asks, crowd.charging, crowd.offered_ma, crowd.need_ma, crowd.phases, crowd.contacts, crowd.alone) == (3, 2, 34000, 24000, 3, 3, 0)
    crowd.fill(seats((0, 0, 0, 0, 0, 1)))
    assert (crowd.asks, crowd.charging, crowd.offered_ma, crowd.need_ma, crowd.phases, crowd.contacts, crowd.alone) == (0, 0, 0, 0, 1, 1, 1)
    assert crowd.settled == 1 and crowd.most_ma == 16000


def test_who_waits_counts_by_its_phases_when_this_charger_asks_nothing():
    crowd = Crowd()
    crowd.fill(seats((0, 0, 0, 0, 0, 1), (1, 0, 0, 0, 0, 3)))
    assert crowd.phases == 3
    crowd.fill(seats((1, 0, 0, 0, 0, 1), (1, 0, 0, 0, 0, 3)))
    assert crowd.phases == 1


def test_with_meters_a_crowd_draws_what_they_say():
    crowd = Crowd()
    both = seats((1, 1, 8000, 7000, 7500, 3), (1, 1, 10000, 9000, 9500, 1))
    for s in both:
        s.car.metered = 1
    both[0].car.cap_ma = 9000
    crowd.fill(both)
    assert (crowd.low_ma, crowd.high_ma, crowd.most_ma) == (30000, 32000, 9000)
    both[1].car.metered = 0
    crowd.fill(both)
    assert (crowd.low_ma, crowd.high_ma) == (0, 34000)   # what was offered the seconds before; nothing until the second one


def offered(first, then, seconds, react_ms=0):
    """(low, high) of a car without a meter, on one phase, so many seconds after its offer has changed."""
    crowd = Crowd()
    one = seats((1, 1, first, 0, 0, 1))
    one[0].car.react_ms = react_ms
    for _ in range(20):
        crowd.fill(one)
    one[0].car.offered_ma = then
    for _ in range(seconds):
        crowd.fill(one)
    return crowd.low_ma, crowd.high_ma


def test_a_lower_offer_is_followed_after_four_seconds_and_a_higher_one_after_six():
    assert offered(16000, 8000, 3) == (8000, 16000) and offered(16000, 8000, 4) == (8000, 8000)
    assert offered(8000, 16000, 5) == (8000, 16000) and offered(8000, 16000, 6) == (16000, 16000)


def test_a_slow_car_is_given_its_time_up_to_twelve_seconds():
    assert offered(16000, 8000, 5, 3001) == (8000, 16000) and offered(16000, 8000, 6, 3001) == (8000, 8000)
    assert offered(8000, 16000, 6, 3001) == (8000, 16000) and offered(8000, 16000, 7, 3001) == (16000, 16000)
    assert offered(8000, 16000, 6, 3000) == (16000, 16000)
    assert offered(8000, 16000, 11, 20000) == (8000, 16000) and offered(8000, 16000, 12, 20000) == (16000, 16000)
    assert offered(16000, 8000, 11, 20000) == (8000, 16000) and offered(16000, 8000, 12, 20000) == (8000, 8000)


def test_a_car_has_settled_twelve_seconds_after_its_contactor_closed():
    crowd = Crowd()
    one = seats((1, 1, 8000, 0, 0, 1))
    one[0].car.closed_ms = 11999
    crowd.fill(one)
    assert not crowd.settled
    one[0].car.closed_ms = 12000
    crowd.fill(one)
    assert crowd.settled
    one[0].car.metered, one[0].car.move = 1, answer.START
    crowd.fill(one)
    assert not crowd.settled
    one[0].car.closed_ms = 30000
    crowd.fill(one)
    assert crowd.settled


def test_one_that_is_just_starting_unsettles_all():
    crowd = Crowd()
    both = seats((1, 1, 8000, 0, 0, 3), (1, 1, 8000, 0, 0, 3))
    both[0].car.closed_ms, both[1].car.closed_ms = 60000, 5000
    crowd.fill(both)
    assert not crowd.settled
    both[1].car.charging = 0
    crowd.fill(both)
    assert crowd.settled, "who does not charge has nothing to settle"


def test_of_a_dip_in_the_offers_only_the_least_that_may_still_be_drawn_is_counted_upon():
    crowd = Crowd()
    one = seats((1, 1, 16000, 0, 0, 1))
    wants = [(16000, 16000)] + [(6000, 16000)] * 3 + [(6000, 10000)] * 3 + [(10000, 10000)]
    for second, want in enumerate(wants):
        one[0].car.offered_ma = (16000, 6000)[second] if second < 2 else 10000
        for _ in range(1 if second else 12):
            crowd.fill(one)
        assert (crowd.low_ma, crowd.high_ma) == want, second
