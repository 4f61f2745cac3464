"""Makes the object that reads a meter by registers, whatever its model.

All of them are asked and told alike: telegram, take, fail, energy_due,
to_write. What is seldom fitted is loaded only when it is.
"""
from meters import models
from meters.modbus_meter import ModbusMeter


def build(model: int, address: int, reading, cfg):
    """A meter for this model at this address (1..247) that fills this reading; cfg as settings.Settings.

    ValueError, in words for the owner: a model that is not read by registers,
    an address out of range, or a custom meter that is not described well.
    """
    way = models.row(model)[models.WAY]
    if way == "box":
        from meters.sensorbox import Sensorbox
        return Sensorbox(reading, cfg)
    if way == "custom":
        from meters import custom
        return ModbusMeter(model, address, reading, custom.row(cfg))
    return ModbusMeter(model, address, reading)
