"""The grace of the capacity, to the millisecond, and the rotation: who gives its place to one that waits."""
from test_deal import Table

from energy.deal import CAPACITY, MAINS, TURN


def test_the_grace_of_the_capacity_is_whole_and_ends_to_the_millisecond():
    table = Table(2, sum_mains_min=1).charge(6000, 0, 1).sum(35999)
    assert table.go() == [6000, 6000] and table.deal.grace_ms == 60000
    assert table.go(1, 59999) == [6000, 6000] and table.deal.grace_ms == 1
    assert table.go(1, 1) == [6000, 0] and table.deal.grace_ms == 0 and table.brakes()[1] == CAPACITY


def test_a_grace_that_ran_out_long_ago_stops_one_and_the_others_have_their_own():
    table = Table(2, sum_mains_min=1).charge(6000, 0, 1).sum(17000)
    table.go()
    assert table.go(1, 90000) == [6000, 0] and table.deal.grace_ms == 0
    assert table.go() == [6000, 0] and table.deal.grace_ms == 60000


def test_what_just_fits_into_the_capacity_needs_no_grace_and_what_lacks_a_milliampere_does():
    table = Table(1, sum_mains_min=1).charge(6000, 0)
    for sum_ma, grace_ms in ((18001, 0), (18000, 0), (17999, 60000)):
        table.sum(sum_ma).go()
        assert table.deal.grace_ms == grace_ms


def test_a_grace_runs_on_while_the_capacity_is_passed_in_fact_and_is_whole_again_when_it_is_not():
    table = Table(1, sum_mains_min=1).charge(6000, 0).sum(17000)
    table.go(2)
    table.sum(19000, 1).go()
    assert table.deal.grace_ms == 58000
    table.sum(19000, 0).go()
    assert table.deal.grace_ms == 0
    table.sum(19000, 1).go()
    assert table.deal.grace_ms == 0   # passed in fact, but the minimum fits: the offers fall by themselves


def test_a_grace_that_is_taken_away_by_the_settings_is_gone():
    table = Table(1, sum_mains_min=1).charge(6000, 0).sum(17999)
    table.go()
    table.cfg.put("sum_mains_min", 0)
    assert table.go() == [6000] and table.deal.grace_ms == 0


def test_the_capacity_stops_nobody_for_the_circuit():
    table = Table(2).charge(6000, 0, 1, phases=4).fuse(40000, 40000, 11000, room="circuit").sum(2000)
    table.deal.circuit.over_ma = 0
    assert table.go(4) == [6000, 0] and table.seats[1].rest_by == CAPACITY
    table = Table(2, sum_mains_min=1).charge(6000, 0, 1, phases=4).fuse(40000, 40000, 11000, room="circuit").sum(11999)
    table.deal.circuit.over_ma = 0
    assert table.go(61) == [6000, 0] and table.seats[1].rest_by == CAPACITY


def rotating(on_ms, waits=2):
    """Two that have charged so long, and one that waits, on a fuse for two."""
    table = Table(3, rotate_min=10).charge(6000, 0, 1, phases=1).fuse(12000)
    for k in range(2):
        table.seat(k, on_ms=on_ms[k])
    table.seat(waits, mask=1, n=1)
    return table


def test_a_place_is_given_away_after_rotate_minutes_and_not_a_millisecond_before():
    assert rotating((599999, 0)).go() == [6000, 6000, 0]
    table = rotating((600000, 0)).fuse(12500)
    table.deal._turn = 3   # so many have come
    assert table.go() == [0, 6000, 0] and table.brakes()[0] == TURN   # it has to let go first
    table.seat(0, on_ms=0)
    table.seats[0].car.charging = table.seats[0].car.high_ma = 0
    assert table.go() == [0, 6000, 6250] and table.brakes()[0] == MAINS   # a quarter more is not worth a new offer


def test_who_has_charged_longest_gives_its_place_and_of_two_alike_the_one_served_first():
    assert rotating((700000, 700001)).go() == [6000, 0, 0]
    assert rotating((700001, 700000)).go() == [0, 6000, 0]
    assert rotating((700000, 700000)).go() == [0, 6000, 0]


def test_who_gave_its_place_waits_behind_all_others():
    table = rotating((700000, 700001))
    table.deal._turn = 3
    assert table.go() == [6000, 0, 0] and [s.turn for s in table.seats] == [1, 4, 3]


def test_nobody_gives_its_place_for_one_that_rests_or_when_rotating_is_off():
    table = rotating((700000, 0))
    table.seat(2, rest_ms=1000)
    assert table.go() == [6000, 6000, 0]
    table = rotating((700000, 0))
    table.cfg.put("rotate_min", 0)
    assert table.go() == [6000, 6000, 0]
