"""A car beside other cars: what they draw and move is not its, and what hides it is waited out."""
import pytest

from energy.answer import FALL, START, STILL
from energy.car import NO_LIMIT
from watched import Watched


def test_while_another_car_goes_the_other_way_time_alone_decides():
    w = Watched().start(16000)
    w.offered = 8000
    w.car.told(500, 1, 8000, 3, w.last)
    for _ in range(10):
        w.car.told(500, 1, 8000, 3, w.last)
        w.car.seen(w.last, w.last, 500, 8000, 8000, 8000)
        assert w.car.high_ma == 16000
    for _ in range(10):
        w.car.told(500, 1, 8000, 3, w.last)
        w.car.seen(w.last, w.last, 500, 8000, 8000, 8000)
    assert w.bounds() == (8000, 8000) and w.car.react_ms == 0


def test_two_cars_that_fall_together_share_what_is_seen():
    w = Watched().start(16000)
    w.offered = 8000
    w.read(16000, 1)
    now = [ma - 8000 for ma in w.last]
    w.car.seen(now, w.last, 500, 0, 16000, 16000)
    assert w.bounds() == (12000, 12000)


def beside(w, ms, moved, up=0, down=0, others=0, on_l2=0, gap_ms=None):
    """A reading in which all three phases moved, L2 perhaps further, and what all cars are expected to move and the others draw.

    gap_ms: since the last reading, when the car was told something new in between."""
    now = [ma + moved for ma in w.last]
    now[1] += on_l2
    w.car.told(ms, w.charging, w.offered, 3, w.last)
    w.car.seen(now, w.last, ms if gap_ms is None else gap_ms, up, down, others)
    w.last = now
    return w


def test_a_start_is_seen_beside_what_the_others_draw_more_or_less_meanwhile():
    w = beside(Watched().offer(16000), 500, 0, others=5000, gap_ms=1000)
    beside(w, 1000, 4000, up=16000, others=7000)
    assert w.bounds() == (2000, 2000), "4 A more on the mains, 2 of them are the other car's"
    beside(w, 1000, 1000, up=16000, others=4000)
    assert w.bounds() == (6000, 6000), "5 A more, and the other car draws 1 A less"


def test_what_another_car_rose_in_the_very_second_of_the_start_is_not_its():
    w = beside(Watched().offer(16000), 0, 3000, others=5000, gap_ms=1000)
    assert w.bounds() == (3000, 3000), "it may be"
    beside(w, 1000, 0, up=16000, others=8000)
    assert w.bounds() == (0, 0), "the other car has been seen to draw 3 A more than before"


def test_what_may_be_its_on_one_phase_is_not_what_the_others_draw_more_there():
    w = beside(Watched().offer(16000), 500, 0, others=5000, gap_ms=1000)
    beside(w, 1000, 2000, up=16000, others=7000, on_l2=4000)
    assert w.bounds() == (0, 4000)


def test_what_the_others_drew_when_it_began_is_known_from_the_change_before():
    w = beside(Watched().start(16000).offer(0, charging=0), 500, 0, down=16000, others=5000)
    w.offer(16000)
    w.car.told(12000, 1, 16000, 3, w.last)
    now = [ma + 4000 for ma in w.last]
    w.car.seen(now, w.last, 11000, 16000, 0, 7000)
    assert w.bounds() == (2000, 2000)


@pytest.mark.parametrize("other_ma, falls_to", [(2000, 10000), (2001, 16000)])
def test_another_car_hides_a_fall_when_it_goes_the_other_way_by_more_than_a_quarter_of_it(other_ma, falls_to):
    w = beside(Watched().start(16000).offer(8000), 1000, -6000, up=other_ma, down=8000)
    assert w.bounds() == (falls_to, falls_to)


def test_a_hidden_fall_is_over_after_the_longest_that_any_car_takes():
    w = beside(Watched().start(16000).offer(8000), 1000, -6000, up=8000, down=8000)
    beside(w, 7500, 0, down=8000)
    assert w.bounds() == (16000, 16000) and w.car.move == FALL
    beside(w, 1, 0, down=8000)
    assert w.bounds() == (8000, 8000) and w.car.move == STILL


def test_a_hidden_start_is_over_after_fifteen_seconds():
    w = beside(Watched().offer(16000), 1000, 0, up=0, down=8000)
    beside(w, 14000, 0)
    assert w.bounds() == (0, 0) and w.car.move == START
    beside(w, 1, 0)
    assert w.bounds() == (16000, 16000) and w.car.move == STILL


def test_cars_that_fall_together_teach_nothing_of_each_other():
    w = beside(Watched().start(16000).offer(8000), 1500, -4000, down=16000)
    assert w.bounds() == (14000, 14000) and w.car.react_ms == 0
    assert beside(w, 500, -2000, down=8000).car.react_ms == 0, "nor when the other one has arrived"


def test_when_cars_fall_together_the_phase_that_fell_most_counts():
    """Two of them are on L1 alone, and the third on all three: nobody knows which."""
    w = Watched().start(16000)
    w.offered = 8000
    w.read(16000)
    w.car.seen([w.last[0] - 16000, w.last[1] - 8000, w.last[2] - 8000], w.last, 4000, 0, 16000, 16000)
    assert w.bounds() == (8000, 8000)


def test_what_all_were_to_move_is_shared_to_the_end_though_others_arrive_sooner():
    w = beside(Watched().start(16000).offer(8000), 1000, -8000, down=16000)
    assert w.bounds() == (12000, 12000)
    beside(w, 200, 0, down=8000)
    assert w.bounds() == (12000, 12000)


def test_a_rise_beside_others_that_is_not_seen_whole_teaches_no_appetite():
    w = Watched().start(8000).offer(16000)
    for _ in range(4):
        beside(w, 1000, 1000, up=16000)
    beside(w, 9000, 0, up=16000)
    assert w.car.move == STILL and w.bounds() == (16000, 16000) and w.car.cap_ma == NO_LIMIT, "the missing part may be another's"
    w = Watched().start(12000, takes=8000).offer(16000)
    assert w.car.cap_ma == 8000
    for _ in range(4):
        beside(w, 1000, 1000, up=16000)
    beside(w, 9000, 0, up=16000)
    assert w.car.move == STILL and w.bounds() == (8000, 8000) and w.car.cap_ma == 8000, "what was known of it stays"


def test_half_an_ampere_of_others_is_nobody():
    w = beside(Watched().start(8000).offer(16000), 1000, 4000, up=8500)
    beside(w, 9600, 0, up=8500)
    assert w.car.cap_ma == w.car.high_ma == 11764
    w = beside(Watched().start(8000).offer(16000), 1000, 4000, up=8501)
    beside(w, 9600, 0, up=8501)
    assert w.car.cap_ma == NO_LIMIT
