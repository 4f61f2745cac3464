"""Several chargers on one house, and the meters that see them: who is measured where, and how it was wired."""
import pytest

from tools.plant import meters
from tools.plant.site import Site


def with_cars(count, **house):
    """A site whose cars all draw: the boards are driven by hand."""
    site = Site(chargers=count)
    for spot in site.spots:
        spot.car.plugged = True
        spot.drive(2667, 1, 0, 0, 0)
    step(site, 4000)
    for spot in site.spots:
        spot.drive(2667, 1, 1, 1, 0)
    step(site, 20000)
    return site


def step(site, ms):
    for _ in range(ms // 10):
        site.step(10)


def test_three_cars_add_up_on_the_mains_and_on_the_circuit():
    site = with_cars(3)
    site.house.set_ma(5000, 0, 0)
    site.beside_ma[1] = 2000
    step(site, 1000)
    each = site.car.ma
    assert each > 15000 and site.mains_ma == [3 * each + 5000, 3 * each, 3 * each]
    assert site.circuit_ma == [3 * each, 3 * each + 2000, 3 * each]
    assert [spot.now_ms for spot in site.spots] == [25000] * 3


def test_each_place_has_its_own_terminals_events_and_meter():
    site = with_cars(2)
    site.spots[1].drive(1667, 1, 0, 0, 0)
    step(site, 1000)
    assert site.car.ma > 15000 and site.spots[1].car.ma == 0
    assert site.events[-1]["what"] == "C2" and site.spots[1].events[-1]["value"] in (0, "B")
    assert site.metering.of("ev").ma[0] == site.car.ma and site.metering.of("ev", 1).ma[0] == 0
    assert (site.metering.of("ev").unit, site.metering.of("ev", 1).unit) == (12, 21)


def test_a_step_by_a_further_board_moves_nothing():
    site = Site(chargers=2)
    site.spots[1].step(1000)
    assert site.now_ms == site.spots[1].now_ms == 0


@pytest.mark.parametrize("count", [0, 9])
def test_no_house_has_more_than_eight_chargers(count):
    with pytest.raises(ValueError, match="1 to 8"):
        Site(chargers=count)


def test_a_circuit_meter_a_roof_and_a_battery_are_measured_once_they_have_a_meter():
    site = Site()
    for role in ("circuit", "pv", "battery"):
        assert site.metering.of(role) is None
        site.metering.choose(role, "Eastron3P")
    site.sun.set_ma(4000, 5000, 6000)
    site.battery.want_ma = 3000
    site.beside_ma[0] = 1000
    step(site, 1000)
    seen = [site.metering.of(role).ma for role in ("circuit", "pv", "battery")]
    assert seen == [[1000, 0, 0], [-4000, -5000, -6000], [1000, 1000, 1000]]
    assert [m.unit for m in site.line.slaves] == [10, 12, 13, 14, 15]


def test_another_model_takes_the_counters_over_and_an_empty_one_leaves_the_wire():
    site = Site()
    site.house.set_ma(10000, 0, 0)
    step(site, 10000)
    was = site.meter.import_uws
    site.metering.choose("mains", "InvEastrn", 40)
    assert (site.meter.unit, site.meter.import_uws, site.metering.model("mains")) == (40, was, "InvEastrn")
    step(site, 1000)
    assert site.meter.ma == [-10000, 0, 0]
    site.metering.choose("mains", "")
    assert site.meter is None and [m.unit for m in site.line.slaves] == [12]


def test_transformers_on_the_wrong_phase_and_the_wrong_way_round():
    site = Site()
    site.house.set_ma(1000, 2000, 3000)
    site.metering.phases = [2, 0, 1]
    site.metering.turned = [0, 1, 0]
    step(site, 1000)
    assert site.meter.ma == [3000, -1000, 2000] and site.mains_ma == [1000, 2000, 3000]


@pytest.mark.parametrize("asked, words", [
    (("moon", "Eastron3P"), "role must be one of mains"), (("mains", "Sundial"), "model must be one of Eastron3P"),
    (("mains", "Eastron3P", 248), "address must be 1 to 247"), (("mains", "Eastron3P", 0, 1), "charger must be 0 to 0"),
    (("ev", "Eastron3P", 0, 1), "charger must be 0 to 0")])
def test_a_meter_that_cannot_be_is_refused_and_the_old_one_stays(asked, words):
    site = Site()
    old = list(site.line.slaves)
    with pytest.raises(ValueError, match=words):
        site.metering.choose(*asked)
    assert site.line.slaves == old


def test_every_model_that_can_be_named_answers_somebody():
    for name in meters.names():
        meter = meters.make(name, 33)
        meter.measure([1000, 0, 0], 100)
        assert meter.unit == 33 and meter.answer(b"\x21\x00") is None


def test_a_battery_that_looks_after_itself_takes_the_export_with_a_lag_and_gives_the_import():
    site = Site()
    site.battery.auto = 1
    site.sun.set_ma(4000, 4000, 4000)
    step(site, 1000)
    assert 1000 < site.battery.ma < 6000
    step(site, 30000)
    assert 11900 < site.battery.ma <= 12000 and abs(sum(site.mains_ma)) < 200
    site.house.set_ma(30000, 10000, 10000)
    step(site, 60000)
    assert site.battery.ma == -20000 and sum(site.mains_ma) in range(17990, 18011)
