"""What may be asked of the world through POST /sim, one row each.

Car, buttons, temperature and the like are those of charger 0, or of the one
that `charger` names; house, sun and meters are there once. A request is checked whole before any of it is done: unknown keys, wrong types
and values out of range are all named in one ValueError, and then nothing has
changed. It knows the plant's fields and no HTTP; meters, transformers and the
RS485 pair are in wiring.py.
"""
from tools.plant import profiles
from tools.plant.site import Site
from tools.plant.switchgear import BUTTONS
from tools.world import wiring

# key, kind, lowest, highest, unit
TABLE = (
    ("charger", "whole", 0, 7, ""),
    ("car.plugged", "flag", 0, 1, ""),
    ("car.wants", "flag", 0, 1, ""),
    ("car.phases", "whole", 1, 3, ""),
    ("car.max_a", "number", 1, 80, "A"),
    ("car.diode", "flag", 0, 1, ""),
    ("car.lag_s", "number", 0, 30, "s"),
    ("car.profile", "profile", 0, 0, ""),
    ("house_a", "three", 0, 250, "A"),
    ("sun_a", "three", 0, 250, "A"),
    ("battery_a", "number", -250, 250, "A"),
    ("battery_auto", "flag", 0, 1, ""),
    ("meter_silent", "flag", 0, 1, ""),
    ("beside_a", "three", 0, 250, "A"),
    ("meter", "meter", 0, 0, ""),
    ("ct", "ct", 0, 0, ""),
    ("wire", "wire", 0, 0, ""),
    ("switch", "flag", 0, 1, ""),
    ("rcm", "flag", 0, 1, ""),
    ("temp_c", "number", -40, 125, "C"),
    ("button", "button", 10, 60000, "ms"),
)
PRESS_MS = 200   # a button named without a time
WIRING = {"meter": (wiring.check_meter, wiring.meter), "ct": (wiring.check_ct, wiring.ct), "wire": (wiring.check_wire, wiring.wire)}


def check(asked: object, chargers: int = 1) -> list:
    """The orders as (key, value) pairs, all good, `charger` first. ValueError names everything that is wrong."""
    if not isinstance(asked, dict):
        raise ValueError("the body must be a JSON object")
    flat: dict = {}
    for key, value in asked.items():
        if key == "car":
            if not isinstance(value, dict):
                raise ValueError("car: an object of %s" % ", ".join(row[0][4:] for row in TABLE if row[0].startswith("car.")))
            for name, inner in value.items():
                flat["car." + name] = inner
        else:
            # a dotted name at the top is not a key of ours
            flat[key if not key.startswith("car.") else "." + key] = value
    if "button" in flat:
        flat["button"] = (flat["button"], flat.pop("ms", None))
    rows = {row[0]: row for row in TABLE}
    unknown = sorted(key.lstrip(".") for key in flat if key not in rows)
    wrong = ["unknown: " + ", ".join(unknown)] if unknown else []
    good: list = []
    for key, value in flat.items():
        if key in rows:
            try:
                good.append((key, WIRING[key][0](value, chargers) if key in WIRING else _value(rows[key], value)))
            except ValueError as error:
                wrong.append(str(error))
    if dict(good).get("charger", 0) >= chargers:
        wrong.append("charger: a whole number, 0 to %d" % (chargers - 1))
    if wrong:
        raise ValueError("; ".join(wrong))
    return sorted(good, key=lambda pair: (pair[0] != "charger", pair[0] != "car.profile"))


def _value(row: tuple, raw: object) -> object:
    key, kind, low, high, unit = row
    if kind == "flag":
        if raw is True or raw is False or type(raw) is int and raw in (0, 1):
            return bool(raw)
        raise ValueError("%s: true or false" % key)
    if kind == "three":
        if isinstance(raw, list) and len(raw) == 3 and all(_number(x, low, high) for x in raw):
            return raw
        raise ValueError("%s: three numbers, each %d to %d %s" % (key, low, high, unit))
    if kind == "profile":
        if raw in [row[0] for row in profiles.TABLE]:
            return raw
        raise ValueError("%s: one of %s" % (key, ", ".join(row[0] for row in profiles.TABLE)))
    if kind == "button":
        return _button(row, raw)   # type: ignore[arg-type]
    if _number(raw, low, high) and (kind == "number" or type(raw) is int):
        return raw
    raise ValueError("%s: a %snumber, %d to %d%s" % (key, "whole " if kind == "whole" else "", low, high, " " + unit if unit else ""))


def _number(raw: object, low: int, high: int) -> bool:
    """NaN fails the comparison, so it is no number here either."""
    return type(raw) in (int, float) and low <= raw <= high   # type: ignore[operator]


def _button(row: tuple, raw: tuple) -> tuple:
    """Both shapes: {"button": "left", "ms": 300} and {"button": {"which": "left", "ms": 300}}."""
    which, ms = raw
    if isinstance(which, dict):
        unknown = sorted(name for name in which if name not in ("which", "ms"))
        if unknown:
            raise ValueError("unknown: " + ", ".join("button." + name for name in unknown))
        press = which
        which, ms = press.get("which"), press.get("ms", ms)
    if which not in BUTTONS:
        raise ValueError("button: one of %s" % ", ".join(BUTTONS))
    if ms is not None and not (type(ms) is int and row[2] <= ms <= row[3]):
        raise ValueError("ms: a whole number, %d to %d ms" % (row[2], row[3]))
    return which, ms or PRESS_MS


def obey(site: Site, orders: list) -> None:
    """Does what check() found good."""
    spot = site.spots[dict(orders).get("charger", 0)]
    for key, value in orders:
        room, _, name = key.rpartition(".")
        if key in WIRING:
            WIRING[key][1](site, value)
        elif name in ("plugged", "wants", "diode", "phases"):
            setattr(spot.car, name, value)
        elif key == "car.profile":
            spot.car.become(value)
        elif key == "car.max_a":
            spot.car.max_ma = round(value * 1000)
        elif key == "car.lag_s":
            spot.car.react_ms = round(value * 1000)
        elif key == "house_a":
            site.house.set_ma(*(round(a * 1000) for a in value))
        elif key == "sun_a":
            site.sun.set_ma(*(round(a * 1000) for a in value))
        elif key == "beside_a":
            site.beside_ma = [round(a * 1000) for a in value]
        elif key == "battery_a":
            site.battery.want_ma, site.battery.auto = round(value * 1000), 0
        elif key == "battery_auto":
            site.battery.auto = int(value)
        elif key == "meter_silent":
            wiring.meter(site, {"role": "mains", "charger": 0, "silent": value})
        elif key in ("rcm", "switch"):
            setattr(spot, key, int(value))
        elif key == "temp_c":
            spot.temp_c = round(value)
        elif key == "button":
            spot.panel.press(*value)
