"""What the files of the energy room take for granted of each other: the same numbers for the same things."""
from energy import answer, balance, capacity, car, deal, room, share, surplus
from energy.crowd import Crowd
from energy.fleet import Charger
from energy.seat import Seat
from evse import limits
from settings import TABLE


def words(key):
    return [row[6] for row in TABLE if row[0] == key][0]


def test_no_limit_is_the_same_number_in_every_file():
    for module in (answer, balance, capacity, car, deal, room, share, surplus):
        assert module.NO_LIMIT == limits.NO_LIMIT == 1 << 28


def test_modes_capacity_and_shares_are_counted_as_the_settings_do():
    assert [words("mode")[i] for i in (deal.NORMAL, deal.SMART, deal.SOLAR)] == ["Normal", "Smart", "Solar"]
    assert words("capacity")[balance.FIXED] == "Fixed"
    assert [words("share")[i] for i in (share.EQUAL, share.PRIORITY, share.ARRIVAL)] == ["Equal", "Priority", "Arrival"]


def test_the_brakes_have_nine_lines_and_seven_names():
    assert share.LINES == 9 == len(share.BY) and len(deal.Deal(balance.Fleet()).limit_ma) == 7
    assert [deal.OWN, deal.MAINS, deal.CIRCUIT, deal.CAPACITY, deal.RELAY, deal.SURPLUS, deal.TURN] == [0, 1, 2, 3, 4, 5, 6]


def test_before_the_first_second_nothing_is_limited_for_this_charger_but_what_is_not_known_is_not_given():
    new = balance.Balance()
    assert (new.stale, new.circuit_stale, new.relay_open, new.master, new.grace_ms, new.peak_ma, new.rest_s()) == (0, 0, 0, 0, 0, 0, 0)
    assert new.limit_ma == [1 << 28, 0, 0, 0, 0, 0, 1 << 28]
    assert len(new.seats) == 1 and new.car is new.seats[0].car


def test_a_car_of_which_nothing_is_known_draws_nothing_and_may_be_on_three_phases():
    new = car.Car()
    assert [new.rate, new.mask, new.move, new.charging, new.offered_ma, new.low_ma, new.high_ma, new.trial_ma, new.react_ms, new.closed_ms, new.metered] == [0] * 11
    assert (new.phases, new.cap_ma, new.phases_seen(), new.way_ma()) == (3, 1 << 28, 0, 0)
    assert new.settled() and new.takes_ma() == 1 << 28


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


def test_a_slot_of_the_fleet_and_a_seat_begin_alike():
    slot, seat = Charger(), Seat()
    assert (slot.min_ma, slot.phases, slot.give_ma, slot.by) == (seat.min_ma, seat.n, seat.give_ma, seat.by)
