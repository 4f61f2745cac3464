"""Every meter the plant can show, by the name that the firmware's settings use.

A meter is anything with `unit`, `silent`, `spoil`, `asked`, `ma`, `import_uws`,
`export_uws`, `measure(ma, dt_ms)` and `answer(frame)`. It knows no wire and no
role.
"""
from tools.plant import meter_maps, meter_table
from tools.plant.meter_sdm630 import Sdm630
from tools.plant.meter_sensorbox import SensorboxSlave


class Upside(Sdm630):
    """An Eastron fed from below: what comes in, it takes for going out."""

    def measure(self, ma: list, dt_ms: int) -> None:
        Sdm630.measure(self, [-x for x in ma], dt_ms)


MAKERS = (("Eastron3P", Sdm630), ("InvEastrn", Upside), ("Sensorbox", SensorboxSlave))


def names() -> list:
    """All models: those of their own file, then those of the table of registers."""
    own = [name for name, _ in MAKERS]
    return own + [row[meter_maps.NAME] for row in meter_maps.MAPS if row[meter_maps.NAME] not in own]


def make(model: str, unit: int):
    """A meter of that model at address unit. ValueError names the models there are."""
    for name, maker in MAKERS:
        if name == model:
            return maker(unit)
    if model in names():
        return meter_table.make(model, unit)
    raise ValueError("model must be one of " + ", ".join(names()))
