"""A charger's place in the sharing."""
from energy.fleet import Charger
from energy.seat import Seat
from settings import TABLE


def slot(**fields):
    s = Charger()
    s.online, s.asks, s.max_ma = 1, 1, 16000
    for key, value in fields.items():
        setattr(s, key, value)
    return s


QUIET = [0, 0, 0]


def filled(seat, s, seconds=1):
    for _ in range(seconds):
        seat.fill(1000, s, QUIET)
    return seat


def test_it_takes_over_what_the_slot_says():
    seat = filled(Seat(), slot(min_ma=8000, give_ma=9000, priority=2))
    assert (seat.asks, seat.min_ma, seat.may_ma, seat.was_ma, seat.priority, seat.mask, seat.n) == (1, 8000, 16000, 9000, 2, 7, 3)
    assert seat.want_ma == 16000
    assert filled(seat, slot(phases=1)).n == 1


def test_one_that_is_not_heard_counts_with_its_offer_until_it_has_stopped_by_itself():
    seat = filled(Seat(), slot(charging=1, offered_ma=9000))
    lost = slot(online=0, charging=1, offered_ma=9000)
    filled(seat, lost, 19)
    assert seat.lost_ms == 19000 and seat.offered_ma == 9000 and not seat.asks
    filled(seat, lost)
    assert seat.offered_ma == 0 and not seat.car.charging
    assert filled(seat, slot()).lost_ms == 0


def test_an_offer_that_no_car_takes_for_a_minute_is_worth_the_minimum_only():
    seat = filled(Seat(), slot(offered_ma=16000), 60)
    assert not seat.idle() and seat.want_ma == 16000
    filled(seat, slot(offered_ma=16000))
    assert seat.idle() and seat.want_ma == 6000
    filled(seat, slot(offered_ma=16000, charging=1))
    assert not seat.idle() and seat.on_ms == 1000


def test_what_a_car_takes_is_known_by_its_meter_and_a_little_more_is_left_to_it():
    seat = Seat()
    s = slot(charging=1, offered_ma=16000, drawn_ma=9000, l1_ma=9000)
    filled(seat, s, 30)
    assert seat.want_ma == 11000 and (seat.mask, seat.n) == (1, 1)


def test_a_pause_after_a_stop_runs_out():
    seat = Seat()
    seat.rest_ms = 1500
    assert filled(seat, slot()).rest_ms == 500
    assert filled(seat, slot()).rest_ms == 0


def test_when_the_car_leaves_its_turn_and_what_was_learned_of_it_go_with_it():
    seat = filled(Seat(), slot(charging=1, offered_ma=16000, drawn_ma=9000, l1_ma=9000))
    seat.turn = 3
    filled(seat, slot(asks=0))
    assert seat.turn == 0 and seat.car.mask == 0


def test_an_empty_place_asks_nothing_and_counts_on_all_phases():
    seat = Seat()
    assert (seat.mask, seat.n, seat.min_ma) == (7, 3, 6000)
    assert [seat.give_ma, seat.by, seat.open, seat.want_ma, seat.may_ma, seat.asks, seat.offered_ma, seat.was_ma] == [0] * 8
    assert [seat.rest_ms, seat.rest_by, seat.on_ms, seat.lost_ms, seat.turn, seat.priority] == [0] * 6


def test_lost_and_idle_to_the_millisecond():
    seat = filled(Seat(), slot(charging=1, offered_ma=9000))
    lost = slot(online=0, charging=1, offered_ma=9000)
    seat.fill(19999, lost, QUIET)
    assert seat.offered_ma == 9000 and not seat.car.metered
    seat.fill(1, lost, QUIET)
    assert seat.offered_ma == 0
    for seat in (Seat(), filled(Seat(), slot(charging=1, offered_ma=9000))):
        seat.fill(60000, slot(offered_ma=9000), QUIET)
        assert not seat.idle() and seat.want_ma > 6000
        seat.fill(1, slot(offered_ma=9000), QUIET)
        assert seat.idle() and seat.want_ma == 6000


def test_how_long_it_charges_is_known_up_to_the_longest_turn():
    longest_ms = [row[4] for row in TABLE if row[0] == "rotate_min"][0] * 60000
    seat = filled(Seat(), slot(charging=1, offered_ma=9000), 3)
    assert seat.on_ms == 3000
    seat.fill(longest_ms, slot(charging=1, offered_ma=9000), QUIET)
    assert seat.on_ms == 86400000 >= longest_ms


def test_who_waits_with_its_car_keeps_its_turn_and_what_is_known_of_the_car():
    seat = filled(Seat(), slot(charging=1, offered_ma=16000, drawn_ma=9000, l1_ma=9000))
    seat.turn = 3
    filled(seat, slot(asks=1))
    assert seat.turn == 3 and seat.car.mask == 1
    filled(seat, slot(asks=0, charging=1, offered_ma=9000))
    assert seat.turn == 3 and seat.car.mask == 1


def test_a_second_charge_that_a_shortage_ended_within_five_minutes_makes_the_rest_twice_as_long():
    seat = filled(Seat(), slot(charging=1), 299)
    assert [seat.longer(60000) for _ in range(5)] == [60000, 120000, 120000, 120000, 120000]
    seat.on_ms = 299999
    assert seat.longer(60000) == 120000
    filled(seat, slot(charging=1))
    seat.on_ms = 300000
    assert seat.longer(60000) == 60000 and seat.longer(60000) == 60000, "five minutes were worth a closing"
    filled(seat, slot(asks=0))
    filled(seat, slot(charging=1))
    assert seat.longer(60000) == 60000, "another car"
