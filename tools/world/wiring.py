"""What may be asked of the plant's wiring: meters, their transformers, and faults on the RS485 pair.

Three orders of POST /sim, each an object: `meter`, `ct` and `wire`. Each is
checked whole before any of it is done. It knows the plant and no HTTP.
"""
from tools.plant import meters
from tools.plant.meter_sensorbox import SOURCES
from tools.plant.metering import ROLES
from tools.plant.wire import sound
from tools.plant.wire_faults import KINDS

METER_KEYS = ("role", "charger", "model", "address", "silent", "source")


def _known(name: str, raw: object, keys: tuple) -> dict:
    if not isinstance(raw, dict):
        raise ValueError("%s: an object of %s" % (name, ", ".join(keys)))
    unknown = sorted(key for key in raw if key not in keys)
    if unknown:
        raise ValueError("unknown: " + ", ".join("%s.%s" % (name, key) for key in unknown))
    return raw


def _whole(name: str, raw: object, low: int, high: int) -> int:
    if type(raw) is not int or not low <= raw <= high:
        raise ValueError("%s: a whole number, %d to %d" % (name, low, high))
    return raw


def _flag(name: str, raw: object) -> int:
    if raw is True or raw is False or type(raw) is int and raw in (0, 1):
        return int(raw)
    raise ValueError("%s: true or false" % name)


def check_meter(raw: object, chargers: int) -> dict:
    """{"role": "mains", "model": "ABB", "address": 10, "silent": false, "charger": 0}; an empty model takes it away.

    A Sensorbox may be told its "source" with its model: ct, p1, or old for a smart meter that has fallen silent.
    """
    asked = _known("meter", raw, METER_KEYS)
    if asked.get("role") not in ROLES:
        raise ValueError("meter.role: one of " + ", ".join(ROLES))
    good = {"role": asked["role"], "charger": _whole("meter.charger", asked.get("charger", 0), 0, chargers - 1 if asked["role"] == "ev" else 0)}
    if "model" in asked:
        if asked["model"] != "" and asked["model"] not in meters.names():
            raise ValueError("meter.model: empty for none, or one of " + ", ".join(meters.names()))
        good["model"] = asked["model"]
    if "source" in asked:
        if asked["source"] not in SOURCES or asked.get("model") != "Sensorbox":
            raise ValueError("meter.source: with model Sensorbox, one of " + ", ".join(SOURCES))
        good["source"] = asked["source"]
    if "address" in asked:
        good["address"] = _whole("meter.address", asked["address"], 1, 247)
    if "silent" in asked:
        good["silent"] = _flag("meter.silent", asked["silent"])
    return good


def check_ct(raw: object, chargers: int) -> dict:
    """{"phases": [2, 1, 3], "turned": [false, true, false]}: which conductor each transformer is on, and which way."""
    asked = _known("ct", raw, ("phases", "turned"))
    good = {}
    if "phases" in asked:
        if not isinstance(asked["phases"], list) or sorted(map(str, asked["phases"])) != ["1", "2", "3"]:
            raise ValueError("ct.phases: 1, 2 and 3 in some order")
        good["phases"] = [_whole("ct.phases", p, 1, 3) - 1 for p in asked["phases"]]
    if "turned" in asked:
        if not isinstance(asked["turned"], list) or len(asked["turned"]) != 3:
            raise ValueError("ct.turned: three times true or false")
        good["turned"] = [_flag("ct.turned", t) for t in asked["turned"]]
    return good


def check_wire(raw: object, chargers: int) -> dict:
    """{"loss": 10, "crc": 2.5}: percent of the frames; what is not named stays."""
    asked = _known("wire", raw, KINDS)
    for kind, percent in asked.items():
        if type(percent) not in (int, float) or not 0 <= percent <= 100:
            raise ValueError("wire.%s: a number, 0 to 100 %%" % kind)
    if sum(asked.values()) > 100:
        raise ValueError("wire: at most 100 % together")
    return {kind: round(percent * 10) for kind, percent in asked.items()}


def meter(site, asked: dict) -> None:
    """Puts a meter in place, moves it, silences it."""
    metering, role, charger = site.metering, asked["role"], asked["charger"]
    there = metering.of(role, charger)
    if "model" in asked or "address" in asked:
        model = asked.get("model", metering.model(role, charger))
        metering.choose(role, model, asked.get("address", there.unit if there is not None else 0), charger)
        if there is not None and metering.of(role, charger) is not None:
            metering.of(role, charger).silent = there.silent
    if "source" in asked:
        metering.of(role, charger).source = asked["source"]
    if "silent" in asked and metering.of(role, charger) is not None:
        metering.of(role, charger).silent = bool(asked["silent"])


def ct(site, asked: dict) -> None:
    """Lays the transformers of the mains meter as asked."""
    for name, value in asked.items():
        setattr(site.metering, name, value)


def wire(site, asked: dict) -> None:
    """Sets the rates; the others make room when all together would be more than every frame."""
    rates = {**site.faults.rates, **asked}
    for kind in KINDS:
        if kind not in asked and sum(rates.values()) > 1000:
            rates[kind] = 0
    site.faults.rates = rates
    site.line.spoil = site.faults.spoil if any(rates.values()) else sound


def shown(site) -> dict:
    """Meters, transformers and faults, for the view."""
    return {
        "meters": [{"role": role, "charger": charger, "model": model, "address": m.unit, "silent": bool(m.silent), "asked": m.asked,
                    "source": getattr(m, "source", ""), "a": [round(x / 1000, 3) for x in m.ma]} for role, charger, model, m in site.metering.rows()],
        "models": meters.names(),
        "ct": {"phases": [p + 1 for p in site.metering.phases], "turned": [bool(t) for t in site.metering.turned]},
        "wire": {kind: pm / 10 for kind, pm in site.faults.rates.items()},
        "wire_counts": dict(site.faults.counts, collisions=site.line.collisions),
    }
