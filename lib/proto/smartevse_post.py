"""The parameters of SmartEVSE's POST /settings: read, checked all together, then done, all or none.

plan() changes nothing. It gives the deeds to do, the echo in the words
SmartEVSE uses, and what was wrong. do() does a list of deeds in whatever
order they are possible, so MIN and MAX may both move up in one request; if
one stays impossible, it takes back what it did. reset_fault=1 and
skip_delay=1, boost=minutes and soc=percent are our own parameters: a person
has looked at a latched fault, does not want to wait for the random delay,
wants to charge now, or knows how full the car's battery is.

A deed is a tuple of a word and what goes with it; act() does one. MQTT's
orders become the same deeds.
"""
import json

import settings
from proto import smartevse_api, smartevse_delay

NOT_ALLOWED = "Value not allowed!"

# NAME, HOW, our setting, ECHO; in the order in which SmartEVSE works them off
PARAMS = (
    ("backlight", "light", "", "Backlight"),
    ("current_min", "put", "min_current_a", "current_min"),
    ("current_max", "put", "max_current_a", "current_max"),
    ("current_main", "put", "mains_a", "current_main"),
    ("capacity_mode", "put", "capacity", "capacity_mode"),
    ("intervals", "intervals", "capacity_plan", "intervals"),
    ("current_max_sum_mains", "sum_mains", "", "current_max_sum_mains"),
    ("max_sum_mains_timer", "put", "sum_mains_min", "max_sum_mains_time"),
    ("disable_override_current", "free", "", "disable_override_current"),
    ("custombutton", "custom", "", "custombutton"),
    ("mode", "mode", "", "mode"),
    ("enable_C2", "pick", "contact2", "settings"),
    ("stop_timer", "put", "stop_min", "stop_timer"),
    ("override_current", "override", "", "override_current"),
    ("solar_start_current", "put", "start_a", "solar_start_current"),
    ("solar_max_import", "put", "import_a", "solar_max_import"),
    ("cablelock", "put", "cable_lock", "cablelock"),
    ("reset_fault", "reset", "", "reset_fault"),
    ("skip_delay", "skip", "", "skip_delay"),
    ("boost", "boost", "", "boost"),
    ("soc", "soc", "", "soc"),
)

# Deeds that cannot be taken back: they come last, first the one that may fail.
FOR_GOOD = ("boost", "soc", "reset", "skip")


def _one(how: str, name: str, key: str, raw: str) -> tuple:
    """(deed, echo as JSON) of one parameter, or ValueError."""
    if how == "free":
        return ("override", 0), '"OK"'
    if how == "mode":
        if raw.lower() == "minpv":  # SmartEVSE has no number for it
            return ("mode", "minpv"), json.dumps(raw)
        number = settings.whole(raw)
        if not 0 <= number < len(smartevse_api.MODES):
            raise ValueError("mode must be 0 OFF, 1 NORMAL, 2 SOLAR, 3 SMART or 4 PAUSE")
        mode = smartevse_api.MODES[number].lower()
        return ("mode", mode), json.dumps(raw)
    if how == "override":
        number = settings.whole(raw)
        return ("override", number * 100), str(number)
    if how == "custom":
        on = 1 if settings.whole(raw) > 0 else 0
        return ("custom", on), "true" if on else "false"
    if how in ("reset", "skip"):
        if raw != "1":
            raise ValueError(name + " must be 1")
        return (how,), "1"
    if how == "boost" or how == "soc":
        number = settings.whole(raw)
        if how == "soc" and not 0 <= number <= 100:
            raise ValueError("soc must be 0 to 100 percent")
        return (how, number), str(number)
    if how == "light":
        number = settings.whole(raw)
        if not 0 <= number <= 30:
            raise ValueError("backlight must be 0 to 30, in units of 120 s")
        return ("light", number * 120), str(number)
    if how == "sum_mains":
        number = smartevse_api.sum_mains(name, raw)
        return (how, number), str(number)
    if how == "intervals":
        return ("put", key, _intervals(raw)), raw.strip()
    row = settings.row(key)
    value = settings.check(row, raw)
    if how == "pick":
        return ("put", key, value), '{"%s":%s}' % (name, json.dumps(row[settings.CHOICES][value]))
    return ("put", key, value), "true" if name == "stop_timer" else str(value)


def _intervals(raw: str) -> str:
    """SmartEVSE's intervals, [{"start":minute,"power":W}, ...], as our setting capacity_plan. ValueError names what is wrong."""
    try:
        rows = json.loads(raw) if raw.strip().endswith("]") else None  # MicroPython would take half a list
        if not isinstance(rows, list):
            raise ValueError("no list")
        said = []
        for row in rows:
            start, power = settings.whole(row["start"]), settings.whole(row["power"])
            if not 0 <= start < 1440 or not 0 < power < 1000000:
                raise ValueError("range")
            said.append((start, "%02d:%02d %d" % (start // 60, start % 60, power)))
    except (ValueError, TypeError, KeyError, RuntimeError):
        raise ValueError('intervals must be like [{"start":0,"power":11000}], starts of 0 to 1439 min and W') from None
    text = ", ".join([words for _, words in sorted(said)])
    if len(text) > settings.row("capacity_plan")[settings.HIGH]:
        raise ValueError("intervals must be at most 9")
    return text


def _is_solar(house, deeds: list) -> bool:
    for deed in deeds:
        if deed[0] == "mode" and deed[1] in ("normal", "solar", "smart", "minpv"):
            return deed[1] in ("solar", "minpv")
    return house.cfg.mode >= 2


def plan(house, pairs: list) -> tuple:
    """(deeds, echo, errors) of (name, value) pairs. echo holds (key, JSON) pairs, errors whole sentences."""
    deeds: list = []
    echo: list = []
    errors: list = []
    known = [p[0] for p in PARAMS] + list(smartevse_delay.NAMES)
    for i in range(len(pairs)):
        name = pairs[i][0]
        if name not in known:
            errors.append("unknown parameter " + name[:40])
        elif name in [p[0] for p in pairs[:i]]:
            errors.append(name + " is given twice")
    for name, how, key, shown in PARAMS:
        for given, raw in pairs:
            if given != name:
                continue
            if how == "override" and _is_solar(house, deeds):
                echo.append(("warning", '"override_current is not used in solar mode"'))
                continue
            try:
                deed, said = _one(how, name, key, raw)
            except ValueError as e:
                why = str(e)
                why = why.replace(key, name) if key and key in why else why
                errors.append(why if name in why else name + ": " + why)
                said = json.dumps(NOT_ALLOWED)
                if how == "pick":
                    said = '{"%s":%s}' % (name, said)
            else:
                deeds.append(deed)
            echo.append((shown, said))
    late, said, wrong = smartevse_delay.read(house, pairs)
    return deeds + late, echo + said, errors + wrong


def act(house, deed: tuple) -> None:
    """Does one deed. ValueError when it cannot be now, and then nothing has changed."""
    what = deed[0]
    if what == "mode":
        house.control.set_mode(deed[1])
    elif what == "put":
        house.control.put(deed[1], deed[2])
    elif what == "sum_mains":
        house.control.put("sum_mains_a", deed[1])
        if deed[1] and not house.cfg.capacity:  # to SmartEVSE a limit that is set is one that counts
            house.control.put("capacity", "Fixed")
    elif what == "override":
        house.control.override(deed[1])
    elif what == "custom":
        house.control.custom = deed[1]
    elif what == "reset":
        house.control.reset()
    elif what == "skip":
        house.control.skip_delay()
    elif what == "delay":
        house.plan.delay(deed[1], deed[2], deed[3])
    elif what == "boost":
        house.plan.boost(deed[1])
    elif what == "soc":
        house.plan.put_soc(deed[1])
    elif what == "reading":
        house.pushed.put(deed[1], deed[2], deed[3], deed[4], deed[5])
    elif what == "battery":
        house.pushed.battery(deed[1])
    else:
        house.face.light(deed[1])


def do(house, deeds: list) -> list:
    """Does all of the deeds and returns [], or none of them and returns (deed, why) of those that cannot be."""
    cfg = house.cfg
    before = [getattr(cfg, str(r[settings.KEY])) for r in settings.TABLE]
    override_ma, custom = house.control.override_ma, house.control.custom
    last = [deed for deed in deeds if deed[0] in FOR_GOOD]
    deeds = [deed for deed in deeds if deed[0] not in FOR_GOOD]
    while deeds or last:
        part = deeds or last[:1]
        failed = []
        for deed in part:
            try:
                act(house, deed)
            except ValueError as e:
                failed.append((deed, str(e)))
        if len(failed) == len(part):
            for i in range(len(before)):
                cfg.put(settings.TABLE[i][settings.KEY], before[i])
            if house.control.override_ma != override_ma:
                house.control.override(override_ma)
            house.control.custom = custom
            return failed
        if not deeds:
            last = last[1:]
        deeds = [deed for deed, why in failed]
    return []
