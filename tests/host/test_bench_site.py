"""The bench's adapter: the firmware behind it charges, shares and is fed as the scenario says, and refuses by name."""
import pytest

from tools import bench_site, bench_words
from tools.plant.car import Car

SCENARIO = {
    "id": "T", "mode": "smart", "site": {"max_mains_A": 25, "max_circuit_A": 32, "max_sum_mains_A": 0},
    "meter": {"type": "eastron3p"}, "evse": [{"max_current_A": 16, "min_current_A": 6}]}


class Plug:
    """One of the plant's cars as the bench's chargers see it."""

    def __init__(self):
        self.car = Car("default")

    @property
    def cp_state(self):
        return self.car.letter


class Amps:
    """A meter that tells what is true at the moment."""

    def __init__(self, now):
        self.now = now

    def read(self, t_s):
        return self.now()


class House:
    """Loads, cars and meters of a scenario, enough for the adapter's side of the bench."""

    def __init__(self, cars=1, load_a=(3.0, 3.0, 3.0)):
        self.evs = [Plug() for _ in range(cars)]
        self.load_a = list(load_a)
        self.silent = False
        self.bat_a = 0.0
        self.meter, self.cmeter = Amps(self.mains), Amps(self.circuit)

    def circuit(self):
        return [sum(ev.car.amps_ma[p] for ev in self.evs) / 1000 for p in range(3)]

    def mains(self):
        return None if self.silent else [self.load_a[p] + amps + self.bat_a / 3 for p, amps in enumerate(self.circuit())]


def live(site, house, seconds, begin_s=0):
    """The bench's loop; the highest mains current of the last ten seconds."""
    top = 0.0
    for step in range(begin_s * 10, (begin_s + seconds) * 10):
        for ev, (wired, duty, c1, c2) in zip(house.evs, site.outputs()):
            ev.car.hear(round(duty * 10000), 1 if wired else 0)
            if not c1:
                ev.car.cut()
            ev.car.pilot_step(100)
            ev.car.power_step(100, c1, c2)
        for j in range(10):
            site.tick10(step * 100 + (j + 1) * 10, house)
        if step >= (begin_s + seconds) * 10 - 100:
            top = max([top, *(house.mains() or [0])])
    return top


@pytest.fixture
def sites():
    """What was started, ended again."""
    kept = []
    yield kept
    for site in kept:
        site.stop()


def started(sites, sc, house, phase_ms=0):
    site = bench_site.Site(phase_ms=phase_ms)
    sites.append(site)
    site.start({**SCENARIO, **sc}, house)
    for ev in house.evs:
        ev.car.plugged = True
    return site


@pytest.mark.parametrize("phase_ms", [0, 800])
def test_a_car_charges_by_the_meter_on_the_wire_and_makes_room_for_the_kettle(sites, phase_ms):
    house = House()
    site = started(sites, {}, house, phase_ms)
    assert 18 < live(site, house, 60) < 20
    house.load_a[0] = 15.0
    assert 24 < live(site, house, 60, 60) <= 25
    assert site.outputs()[0][2:] == (1, 1) and site.state(0) == site.houses[0].evse.state


def test_the_owner_stops_and_a_silent_meter_is_noticed(sites):
    house = House()
    site = started(sites, {}, house)
    live(site, house, 30)
    site.event({"action": "access", "value": 0})
    live(site, house, 20, 30)
    assert not site.outputs()[0][2] and house.evs[0].car.hot_opens == 0
    site.event({"action": "access", "value": 1})
    house.silent = True
    live(site, house, 20, 50)
    assert site.houses[0].faults.names() == "mains_meter"
    with pytest.raises(ValueError, match="set_mode or access"):
        site.event({"action": "dance"})


def test_pushed_readings_regulate_as_those_of_the_wire_do(sites):
    house = House(load_a=(15.0, 3.0, 3.0))
    site = started(sites, {"meter": {"type": "api", "api_period_s": 5.0}}, house)
    assert 20 < live(site, house, 90) <= 25
    assert site.wire.slaves == [] and site.houses[0].meters.mains.ok >= 18


def test_the_batterys_current_is_fed_every_few_seconds(sites):
    house = House(load_a=(-30.0, 0.0, 0.0))
    house.bat_a = 9.0
    site = started(sites, {"mode": "solar", "battery_feed_s": 5.0}, house)
    live(site, house, 12)
    assert site.houses[0].meters.battery_feed.ma == 9000


def test_every_charger_has_a_board_and_a_port_of_its_own_on_one_wire(sites):
    house = House(cars=2)
    site = started(sites, {"mode": "normal", "evse": [dict(SCENARIO["evse"][0]), {"max_current_A": 10, "min_current_A": 6}]}, house)
    live(site, house, 30)
    assert len(site.wire.ports) == 2 and site.houses[0].board.rs485 is not site.houses[1].board.rs485
    assert [round(out[1] * 60) for out in site.outputs()] == [16, 10]


def test_a_master_and_its_node_share_one_fuse_over_that_wire(sites):
    house = House(cars=2, load_a=(4.0, 1.0, 1.0))
    evse = SCENARIO["evse"][0]
    site = started(sites, {"evse": [dict(evse, role="master"), dict(evse, role="node", address=2)]}, house)
    assert 23 < live(site, house, 120) <= 25.2
    assert [out[2] for out in site.outputs()] == [1, 1] and site.wire.collisions == 0
    assert all(ev.car.ma > 9000 for ev in house.evs)


def test_a_scenario_is_said_in_the_words_of_the_settings():
    sc = {**SCENARIO, "circuit_meter": {"type": "eastron3p"}, "site": {"max_mains_A": 35, "max_circuit_A": 20, "max_sum_mains_A": 36,
          "max_sum_mains_time_min": 5}, "meter": {"type": "sensorbox"}, "solar": {"start_A": 18, "import_A": 1, "stop_min": 10},
          "evse": [{"max_current_A": 16, "min_current_A": 6, "c2": "auto", "role": "master"},
                   {"max_current_A": 16, "min_current_A": 6, "role": "node", "address": 2}]}
    said = dict(bench_words.wanted(sc, 0))
    assert (said["mains_meter"], said["loadbl"], said["contact2"]) == ("Sensorbox", "Master", "Auto")
    assert (said["circuit_meter"], said["circuit_addr"], said["circuit_a"]) == ("Eastron3P", 13, 20)
    assert (said["capacity"], said["sum_mains_a"], said["sum_mains_min"]) == ("Fixed", 36, 5)
    assert (said["start_a"], said["import_a"], said["stop_min"]) == (18, 1, 10)
    node = dict(bench_words.wanted(sc, 1))
    assert (node["loadbl"], node["mains_meter"]) == ("Node 1", "Disabled")


@pytest.mark.parametrize("sc, words", [
    ({"meter": {"type": "crystal ball"}}, "meter must be one of api, eastron3p"),
    ({"evse": [{"max_current_A": 16, "min_current_A": 6, "role": "node", "address": 9}]}, "address 2 to 8"),
    ({"evse": [{"max_current_A": 99, "min_current_A": 6}]}, "max_current_a 99: max_current_a must be")])
def test_what_the_firmware_cannot_be_told_is_refused_by_name(sites, sc, words):
    with pytest.raises(ValueError, match=words):
        started(sites, sc, House())
