"""What the files of the energy room take for granted of each other: the same numbers for the same things."""
from energy import answer, balance, capacity, car, deal, room, share, surplus
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
    assert (words("mode")[surplus.MIN_PV], words("contact2")[surplus.AUTO]) == ("Min+PV", "Auto")
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


def test_a_slot_of_the_fleet_and_a_seat_begin_alike():
    slot, seat = Charger(), Seat()
    assert (slot.min_ma, slot.phases, slot.give_ma, slot.by) == (seat.min_ma, seat.n, seat.give_ma, seat.by)
