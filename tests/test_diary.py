"""The diary of a day: nothing of weight is lost, and it never grows."""
import gc

from diary import DAY_S, MOST, STEADY_S, Diary

CHARGING, WAIT, NO_CAR = 3, 9, 0
MAX, MAINS = 1, 3


def live(diary, now_s, seconds, why, by=MAX, ma=0):
    for s in range(now_s, now_s + seconds):
        diary.second(s, why, by, ma)
    return now_s + seconds


def test_a_charge_is_one_record_with_its_mean_current():
    d = Diary()
    now = live(d, 0, 60, NO_CAR)
    now = live(d, now, 100, CHARGING, MAX, 16000)
    now = live(d, now, 100, CHARGING, MAX, 8000)
    now = live(d, now, 10, WAIT)
    assert list(d.day()) == [(269, 60, NO_CAR, MAX, 0), (209, 200, CHARGING, MAX, 12000), (9, 10, WAIT, MAX, 0)]


def test_whose_brake_it_is_counts_when_it_stays():
    d = Diary()
    now = live(d, 0, 100, CHARGING, MAX, 16000)
    now = live(d, now, STEADY_S - 1, CHARGING, MAINS, 10000)
    now = live(d, now, 100, CHARGING, MAX, 16000)
    assert d.count == 1
    live(d, now, 60, CHARGING, MAINS, 10000)
    assert [(why, by) for _, _, why, by, _ in d.day()] == [(CHARGING, MAX), (CHARGING, MAINS)]


def test_a_restless_day_keeps_its_morning():
    d = Diary()
    now = live(d, 0, 3600, CHARGING, MAX, 16000)  # the morning
    while now < 20 * 3600:
        now = live(d, now, 20, WAIT)
        now = live(d, now, 40, CHARGING, MAINS, 8000)
    rows = list(d.day())
    assert d.count <= MOST
    assert rows[0][1] >= 3600 and rows[0][2:4] == (CHARGING, MAX)
    assert sum(r[1] for r in rows) == now  # no second is missing
    assert all([a[0] - a[1] == b[0] for a, b in zip(rows, rows[1:])])


def test_after_a_day_the_oldest_goes():
    d = Diary()
    now = 0
    for _ in range(MOST + 20):
        now = live(d, now, 900, WAIT if now // 900 % 2 else CHARGING, MAX, 0)
    rows = list(d.day())
    assert d.count == MOST
    assert rows[0][0] > DAY_S and all([r[1] == 900 for r in rows])


def test_it_makes_no_garbage():
    if not hasattr(gc, "mem_alloc"):
        return
    d = Diary()
    live(d, 0, 400, CHARGING, MAX, 16000)
    gc.collect()
    gc.disable()
    before = gc.mem_alloc()
    for s in range(1000, 1200):
        d.second(s, CHARGING, MAX, 16000)
    made = gc.mem_alloc() - before
    gc.enable()
    assert made == 0, made
