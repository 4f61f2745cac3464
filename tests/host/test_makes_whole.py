"""A house with a mains meter of each make: the whole firmware reads it over the wire and keeps the main fuse."""
import pytest

from meters import models
from tools.whole import Whole

MAKES = [r[models.NAME] for r in models.TABLE if r[models.WAY] in ("modbus", "box")]
ONE_PHASE = ("Eastron1P", "Chint 1P")


async def evening(w):
    """A car charges; then somebody cooks."""
    w.site.metering.choose("mains", w.house.facts.mains_meter())
    w.site.house.set_ma(5000, 4000, 3000)
    w.site.car.plugged = True
    await w.wait(40)
    reading = w.house.meters.mains
    far = max([abs(a - b) for a, b in zip(reading.ma, w.site.mains_ma)])
    full = w.site.car.ma
    w.site.house.set_ma(14000, 4000, 3000)
    await w.wait(15)
    return full, far, max(w.site.mains_ma), w.house.faults.names(), reading.counted()


@pytest.mark.parametrize("make", MAKES)
def test_every_make_keeps_the_fuse(make):
    full, far, mains, wrong, errors = Whole(mode="Smart", max_current_a=16, mains_meter=make).go(evening)
    assert full == 15996 and mains <= 25200 and wrong == "" and errors == ""
    assert far <= 10 or make in ONE_PHASE


@pytest.mark.parametrize("make", [m for m in MAKES if m not in ONE_PHASE])
def test_every_make_shows_the_sun_as_export(make):
    async def story(w):
        w.site.metering.choose("mains", make)
        w.site.house.set_ma(-8000, -2000, 1000)
        await w.wait(8)
        return list(w.house.meters.mains.ma), w.house.meters.mains.power_w(), w.house.meters.mains.knows_w
    ma, power_w, knows_w = Whole(mode="Solar", mains_meter=make).go(story)
    assert [round(x, -1) for x in ma] == [-8000, -2000, 1000]
    assert power_w == -2070 if knows_w else make == "Sensorbox" and power_w == 0
