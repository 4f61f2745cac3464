"""`make run CHARGERS=3` as real processes: three pages, three cars within one fuse, and a charger that dies and comes back."""
import os
import signal
import time

import pytest

from tools.rig import Rig

pytestmark = pytest.mark.live(11)
SPEED = 4
MAINS_A = 25


def charging(points):
    return points["evse.state"] == "C2" and points["evse.c1"]


def all_draw(rig):
    return all(row["a"] > 5.5 for row in rig.sim()["chargers"])


def until(is_so, most_s, rig):
    end = time.monotonic() + most_s
    while not is_so():
        assert time.monotonic() < end, (rig.sim(), rig.output())
        time.sleep(0.1)


def test_three_chargers_share_one_fuse_and_one_of_them_dies():
    with Rig(chargers=3, speed=SPEED) as rig:
        assert [rig.points(k)["serial"] for k in range(3)] == [1234, 1235, 1236]
        rig.sim(house_a=[4, 1, 1])
        rig.post("/settings?mode=3")
        for k in range(3):
            rig.sim(charger=k, car={"plugged": True})
        for k in range(3):
            rig.until(charging, 40, charger=k)
        until(lambda: all_draw(rig) and max(rig.sim()["mains_a"]) <= MAINS_A + 0.2, 20, rig)
        time.sleep(8 / SPEED)   # the last one's start is over, its neighbours have made room
        top = 0.0
        for _ in range(20):
            top = max([top, *rig.sim()["mains_a"]])
            time.sleep(0.1)
        assert 20 < top <= MAINS_A + 0.2, rig.sim()["chargers"]

        was = rig.sim(charger=2)["firmware"]
        os.kill(was["pid"], signal.SIGKILL)
        until(lambda: not rig.sim()["chargers"][2]["c1"], 10, rig)
        assert [row["c1"] for row in rig.sim()["chargers"]] == [1, 1, 0]
        until(lambda: rig.sim()["chargers"][2]["firmware"]["state"] == "running", 20, rig)
        again = rig.sim(charger=2)["firmware"]
        assert again["pid"] not in (0, was["pid"]) and again["restarts"] == 1
        assert [row["firmware"]["restarts"] for row in rig.sim()["chargers"]] == [0, 0, 1]
        until(lambda: all_draw(rig), 60, rig)
        assert [row["closings"] for row in [rig.sim(charger=k) for k in range(3)]][:2] == [1, 1], "the others went on"
        assert "charger 3 ended" in rig.output()
