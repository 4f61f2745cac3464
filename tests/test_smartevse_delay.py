"""starttime, stoptime and repeat, as SmartEVSE's clients send them."""
import pytest
from proto import smartevse_post as post
from test_plan import FRIDAY, House

START, STOP = ("starttime", "2026-11-20T22:00"), ("stoptime", "2026-11-21T06:00")
AT_22 = FRIDAY + 22 * 3600


def order(house, *pairs):
    deeds, echo, errors = post.plan(house, list(pairs))
    if not errors:
        errors = [why for deed, why in post.do(house, deeds)]
    return dict(echo), errors


def kept(house):
    return house.cfg.start_at, house.cfg.stop_at, house.cfg.start_daily, house.cfg.mode


def test_a_start_tonight_beside_a_mode():
    h = House()
    assert order(h, ("mode", "3"), START, STOP, ("repeat", "1")) == (
        {"mode": '"3"', "starttime": str(AT_22), "stoptime": str(AT_22 + 8 * 3600), "repeat": "1"}, [])
    assert h.control.mode() == "smart" and h.plan.start_utc() == AT_22 and h.plan.stop_utc() == AT_22 + 8 * 3600 and h.cfg.start_daily == 1
    assert h.second()  # held back


def test_a_value_in_quotes_is_read_too():
    h = House()
    assert order(h, ("mode", "1"), ("starttime", '"2026-11-20T22:00"'))[1] == []
    assert h.plan.start_utc() == AT_22


def test_a_mode_alone_drops_the_start_and_keeps_the_stop():
    h = House()
    order(h, ("mode", "3"), START, STOP, ("repeat", "1"))
    assert order(h, ("mode", "3")) == ({"mode": '"3"'}, [])
    assert h.plan.start_utc() == 0 and h.plan.stop_utc() == AT_22 + 8 * 3600 and not h.cfg.start_daily
    assert not h.second()


@pytest.mark.parametrize("pairs, field", [((("starttime", "2026-11-20T22:00"),), "starttime"), ((("mode", "3"), ("starttime", "tonight")), "starttime"),
                                          ((("mode", "3"), ("starttime", "2026-11-19T22:00")), "starttime"), ((("mode", "3"), ("starttime", "2026-02-30T22:00")), "starttime"),
                                          ((("mode", "3"), START, ("stoptime", "2026-11-20T21:00")), "stoptime"), ((("mode", "3"), START, ("repeat", "1")), "repeat"),
                                          ((("mode", "3"), START, STOP, ("repeat", "2")), "repeat"), ((("mode", "9"), START), "mode"),
                                          ((("mode", "3"), ("starttime", "2026-11-20T24:00")), "starttime"), ((("mode", "3"), START, START), "starttime")])
def test_a_time_that_cannot_be_is_named_and_nothing_changes(pairs, field):
    h = House()
    order(h, ("mode", "1"), START)
    before = kept(h)
    echo, errors = order(h, *pairs)
    assert errors and field in errors[0]
    assert kept(h) == before


def test_boost_and_soc_come_by_the_same_door():
    h = House(goal_soc=80)
    assert order(h, ("boost", "30"), ("soc", "55")) == ({"boost": "30", "soc": "55"}, [])
    assert h.plan.boost_s == 1800 and h.plan.soc == 55
    assert "boost must be" in order(h, ("boost", "9999"))[1][0]
    assert "soc must be" in order(h, ("soc", "101"))[1][0]
    assert order(h, ("boost", "0")) == ({"boost": "0"}, []) and h.plan.boost_s == 0
