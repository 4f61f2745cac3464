"""The topics that SmartEVSE owners' programs already know, below the prefix, and what may be set.

TABLE says where in our house a topic's number comes from and which word of
written() shows it. SET is what we listen to below Set/. Names and texts are
SmartEVSE's and matched as they are, capitals included; Reset, SkipDelay,
Boost (minutes), SoC (percent) and Week (windows) are our own. No sockets here, and no topic of our own points: those are
lib/points.py.

REPEAT is 0 for a retained topic, sent when it changes; 1 for one that is not
retained and therefore comes again every REPEAT_S seconds, as SmartEVSE does.
"""
from micropython import const

import settings
from proto import smartevse_api as api

NAME, KIND, PATH, REPEAT = range(4)

REPEAT_S = const(11)

TABLE: tuple = (
    ("Mode", "mode", "cfg", 0),
    ("Access", "access", "cfg.access", 0),
    ("State", "state", "evse.state", 0),
    ("StateID", "state_id", "evse.state", 0),
    ("Error", "error", "faults.mask", 0),
    ("EVPlugState", "plug", "evse.letter", 0),
    ("ChargeCurrent", "tenths", "evse.offered_ma", 0),
    ("ChargeCurrentOverride", "tenths", "control.override_ma", 0),
    ("MaxCurrent", "ten_a", "cfg.max_current_a", 0),
    ("NrOfPhases", "number", "evse.phases.now", 0),
    ("EnableC2", "contact2", "cfg.contact2", 0),
    ("CableLock", "cable_lock", "cfg", 0),
    ("CustomButton", "on_off", "control.custom", 1),
    ("MaxSumMains", "number", "cfg.sum_mains_a", 0),
    ("MaxSumMainsTime", "number", "cfg.sum_mains_min", 0),
    ("LoadBl", "number", "cfg.loadbl", 0),
    ("MainsCurrentL1", "l1", "meters.mains", 1),
    ("MainsCurrentL2", "l2", "meters.mains", 1),
    ("MainsCurrentL3", "l3", "meters.mains", 1),
    ("MainsImportActiveEnergy", "import", "meters.mains", 1),
    ("MainsExportActiveEnergy", "export", "meters.mains", 1),
    ("CircuitCurrentL1", "l1", "meters.circuit", 1),
    ("CircuitCurrentL2", "l2", "meters.circuit", 1),
    ("CircuitCurrentL3", "l3", "meters.circuit", 1),
    ("HomeBatteryCurrent", "battery", "meters.battery_feed", 1),
    ("EVCurrentL1", "l1", "meters.ev", 1),
    ("EVCurrentL2", "l2", "meters.ev", 1),
    ("EVCurrentL3", "l3", "meters.ev", 1),
    ("EVChargePower", "power", "meters.ev", 1),
    ("EVImportActiveEnergy", "import", "meters.ev", 1),
    ("EVExportActiveEnergy", "export", "meters.ev", 1),
    ("SolarStopTimer", "number", "regulate.stop_timer_s", 1),
    ("ESPTemp", "number", "evse.temp_c", 1),
    ("ESPUptime", "number", "facts.uptime_s", 1),
    ("WiFiSSID", "text", "cfg.wifi_ssid", 0),
)

_MODES = const(("Off", "Normal", "Solar", "Smart", "Pause"))  # by SmartEVSE's mode id
_MIN_PV = const("MinPV")      # one more that is taken; to clients of SmartEVSE it is Solar
_ACCESS = const(("Deny", "Allow", "Pause"))
STATE_IDS = {0: "A", 1: "B", 2: "C", 9: "B1", 10: "C1", 15: "NOSTATE"}
_READINGS = const(("l1", "l2", "l3", "power", "import", "export"))

_FEEDS = const(("MainsMeter", "CircuitMeter", "EVMeter", "HomeBatteryCurrent"))  # readings, not orders
SET = ("Mode", "CurrentOverride", "EnableC2", "CableLock", "CustomButton", "CurrentMaxSumMains", "Reset", "SkipDelay", "Boost",
       "SoC", "Week") + _FEEDS
# The few texts that some of them take, and the deed each of them is.
_WORDS = const((
    ("CableLock", "0", ("put", "cable_lock", 0)),
    ("CableLock", "1", ("put", "cable_lock", 1)),
    ("CustomButton", "Off", ("custom", 0)),
    ("CustomButton", "On", ("custom", 1)),
    ("Reset", "1", ("reset",)),
    ("SkipDelay", "1", ("skip",)),
))


def written(house, row: tuple):
    """The payload of a row of TABLE as text, or None where there is nothing to tell now."""
    found = api.look(house, row[PATH])
    if found is None:
        return None
    kind = row[KIND]
    if kind in _READINGS:
        return _of_reading(kind, found)
    if kind == "battery":  # once there was a word about one
        return str(api.tenths(found.ma)) if found.known else None
    if kind == "mode":
        return _MODES[api.mode_id(found)]
    if kind == "access":
        return _ACCESS[found]
    if kind == "state":
        return api.STATES[api.STATE_ID[found]]
    if kind == "state_id":
        return STATE_IDS[api.STATE_ID[found]]
    if kind == "error":
        return api.ERRORS[api.error_id(found) or api.no_power(house)]
    if kind == "plug":
        return "Connected" if 0 < found < 4 else "Disconnected"
    if kind == "contact2":
        return settings.row("contact2")[settings.CHOICES][found]
    if kind == "cable_lock":  # only where there is a lock
        return str(found.cable_lock) if found.lock else None
    if kind == "on_off":
        return "On" if found else "Off"
    if kind == "tenths":
        return str(api.tenths(found))
    if kind == "ten_a":
        return str(found * 10)
    return str(found)


def _of_reading(kind: str, reading):
    """A meter that was never heard has nothing to tell, nor has a counter that it has not told."""
    if not reading.known:
        return None
    if kind == "power":
        return str(reading.power_w())
    if kind == "import":
        return str(reading.import_wh) if reading.import_wh else None
    if kind == "export":
        return str(reading.export_wh) if reading.export_wh else None
    return str(api.tenths(reading.ma[("l1", "l2", "l3").index(kind)]))


def order(name: str, payload: str) -> tuple:
    """What Set/name with this payload asks for: a deed as smartevse_post.act() does it.

    ValueError for a name that is not in SET, and for a payload that it does not take.
    """
    if name not in SET:
        raise ValueError("topic must be one of Set/" + ", Set/".join(SET))
    if name in _FEEDS:
        from proto import smartevse_feeds
        return smartevse_feeds.order(name, payload)
    if name == "Mode":
        if payload not in _MODES and payload != _MIN_PV:
            raise ValueError("Mode must be one of " + ", ".join(_MODES))
        return "mode", payload.lower()
    if name == "CurrentOverride":
        try:
            return "override", settings.whole(payload) * 100
        except ValueError:
            raise ValueError("CurrentOverride must be a whole number of 0.1 A") from None
    if name == "EnableC2":
        try:
            return "put", "contact2", settings.check(settings.row("contact2"), payload)
        except ValueError as e:
            raise ValueError(str(e).replace("contact2", name)) from None
    if name == "CurrentMaxSumMains":
        return "sum_mains", api.sum_mains(name, payload)
    if name in ("Boost", "SoC"):
        most = 100 if name == "SoC" else 1440
        try:
            number = settings.whole(payload)
        except ValueError:
            number = -1
        if not 0 <= number <= most:
            raise ValueError("%s must be 0 to %d %s" % (name, most, "percent" if name == "SoC" else "minutes"))
        return name.lower(), number
    if name == "Week":
        return "put", "week", settings.check(settings.row("week"), payload)  # house.control reads the windows
    for word, text, deed in _WORDS:
        if word == name and text == payload:
            return deed
    raise ValueError("%s must be %s" % (name, " or ".join([text for word, text, deed in _WORDS if word == name])))
