"""Readings that programs push in SmartEVSE's words: POST /currents, POST /ev_meter and four topics below Set/.

Each becomes a deed for smartevse_post.act(); nothing is done here. Numbers
are tenths of an ampere and may have a fraction, which SmartEVSE cuts off and
we keep. Where SmartEVSE takes anything, we want a number in its own MQTT's
range and say so; a feed that nobody asked for (the meter is not set to API)
is answered with {} over REST, as there.
"""
from micropython import const

from proto.smartevse_api import tenths

_MA_MAX = const(199_900)      # SmartEVSE: less than 2000 tenths, for mains and circuit
_EV_MA_MAX = const(99_900)    # ... and up to 999 for the car
_NO_NODE = const("not allowed on slave")

# TOPIC, ROLE, how many fields it may have
_TOPICS = const((("MainsMeter", "mains", (3, 5)), ("CircuitMeter", "circuit", (3,)), ("EVMeter", "ev", (5,))))


def milliamps(name: str, raw: str, low: int, high: int) -> int:
    """A number of 0.1 A, as mA. ValueError names it and its range."""
    head, dot, tail = raw.strip().partition(".")
    digits = head[1:] if head[:1] in ("-", "+") else head
    if digits.isdigit() and len(digits) < 7 and (tail.isdigit() or not tail):
        ma = int(digits) * 100 + int((tail + "00")[:2])
        ma = -ma if head[:1] == "-" else ma
        if low <= ma <= high:
            return ma
    raise ValueError("%s must be a number from %d to %d (0.1 A)" % (name, low // 100, high // 100))


def count(name: str, raw: str, unit: str) -> int:
    """A number of 0 or more in unit, or -1 for unknown; a fraction is cut off. ValueError names it."""
    head, dot, tail = raw.strip().partition(".")
    digits = head[1:] if head[:1] in ("-", "+") else head
    if not digits.isdigit() or len(digits) > 10 or (tail and not tail.isdigit()):
        raise ValueError("%s must be a number of %s" % (name, unit))
    return -1 if head[:1] == "-" else int(digits)


def order(topic: str, payload: str) -> tuple:
    """The deed of Set/MainsMeter, Set/CircuitMeter, Set/EVMeter or Set/HomeBatteryCurrent. ValueError for a bad payload."""
    if topic == "HomeBatteryCurrent":
        return "battery", milliamps(topic, payload, -_MA_MAX, _MA_MAX)
    for name, role, counts in _TOPICS:
        if name == topic:
            break
    else:
        raise ValueError("no such feed: " + topic[:40])
    parts = payload.split(":")
    if len(parts) not in counts:
        raise ValueError(name + " must be " + " or ".join(["L1:L2:L3" if n == 3 else "L1:L2:L3:W:Wh" for n in counts]))
    watts = wh = -1
    if len(parts) == 5:
        watts, wh = count(name + " W", parts[3], "W"), count(name + " Wh", parts[4], "Wh")
    ma = _phases(name, role, parts)
    return "reading", role, ma, None if watts < 0 else watts, None if wh < 0 else wh, None


def _phases(name: str, role: str, texts):
    """Three currents, or None when one of the car's is unknown, as -1."""
    low, high = (-100, _EV_MA_MAX) if role == "ev" else (-_MA_MAX, _MA_MAX)
    ma = [milliamps("%s L%d" % (name, i + 1), texts[i], low, high) for i in range(3)]
    return None if role == "ev" and min(ma) < 0 else ma


def _given(pairs: list, names: tuple) -> dict:
    """The parameters by name. ValueError for a strange one, or one that comes twice."""
    given: dict = {}
    for name, value in pairs:
        if name not in names:
            raise ValueError("unknown parameter " + name[:40])
        if name in given:
            raise ValueError(name + " is given twice")
        given[name] = value
    return given


def _all(given: dict, names: tuple) -> bool:
    """Whether all of names are there. ValueError when only some of them are."""
    there = [name for name in names if name in given]
    if there and len(there) < len(names):
        raise ValueError("%s must all be given" % ", ".join(names))
    return bool(there)


def _shown(ma) -> str:
    return '"L1":%d,"L2":%d,"L3":%d' % (tenths(ma[0]), tenths(ma[1]), tenths(ma[2]))


def currents(pushed, pairs: list) -> tuple:
    """(deeds, JSON to answer when they are done) of POST /currents. ValueError names what is wrong."""
    given = _given(pairs, ("battery_current", "L1", "L2", "L3"))
    deeds: list = []
    said = []
    node = pushed.is_node()
    if "battery_current" in given:
        ma = milliamps("battery_current", given["battery_current"], -_MA_MAX, _MA_MAX)
        said.append('"battery_current":' + ('"%s"' % _NO_NODE if node else str(tenths(ma))))
        deeds.append(("battery", ma))
    if _all(given, ("L1", "L2", "L3")):
        mains = _phases("mains", "mains", (given["L1"], given["L2"], given["L3"]))
        if node:
            said.append('"TOTAL":"%s"' % _NO_NODE)
        elif pushed.wants("mains"):
            said.append('"original":{%s},%s,"TOTAL":%d' % (_shown(mains), _shown(mains), sum([tenths(ma) for ma in mains])))
            deeds.insert(0, ("reading", "mains", mains, None, None, None))  # the one that may yet be refused
    return [] if node else deeds, "{%s}" % ",".join(said)


def ev_meter(house, pairs: list) -> tuple:
    """(deeds, JSON to answer) of POST /ev_meter: three currents, or three counters, or all of them."""
    amps, counters = ("L1", "L2", "L3"), ("import_active_energy", "export_active_energy", "import_active_power")
    given = _given(pairs, amps + counters)
    ma = watts = wh_in = wh_out = None
    said = []
    if _all(given, amps):
        ma = [milliamps(name, given[name], 0, _EV_MA_MAX) for name in amps]
        said.append('"currents":{%s,"TOTAL":%d}' % (_shown(ma), sum([tenths(one) for one in ma])))
    if _all(given, counters):
        wh_in, wh_out, watts = [count(name, given[name], "W" if "power" in name else "Wh") for name in counters]
        if min(wh_in, wh_out, watts) < 0:
            raise ValueError("%s must be 0 or more" % ", ".join(counters))
        said.append('"import_active_power":%d,"import_active_energy":%d,"export_active_energy":%d,"total_kwh":%d,"charged_kwh":%d' % (
            watts, wh_in, wh_out, wh_in, house.session.wh))  # the last two are Wh, there as here
    if not said or not house.pushed.wants("ev"):
        return [], "{}"
    return [("reading", "ev", ma, watts, wh_in, wh_out)], '{"ev_meter":{%s}}' % ",".join(said)
