"""A delayed start as SmartEVSE's POST /settings knows it: starttime, stoptime and repeat beside a mode.

Times are the owner's clock on the wall, YYYY-MM-DDTHH:MM, in quotes or not.
Unlike there, a time that cannot be read or is past is refused instead of
starting the charge at once. house.plan turns the words into minutes and knows
whether they can be.
"""
NAMES = ("starttime", "stoptime", "repeat")


def read(house, pairs: list) -> tuple:
    """(deeds, echo, errors) for what (name, value) pairs say of NAMES. A mode alone drops a start that was pending."""
    given = dict([p for p in pairs if p[0] in NAMES])
    is_mode = any([p[0] == "mode" for p in pairs])
    if not given:
        if is_mode and house.cfg.start_at:
            return [("delay", 0, house.cfg.stop_at, 0)], [], []
        return [], [], []
    plan = house.plan
    try:
        if not is_mode:
            raise ValueError("%s needs a mode beside it" % [n for n in NAMES if n in given][0])
        repeat = given.get("repeat", "0")
        if repeat not in ("0", "1"):
            raise ValueError("repeat must be 0 or 1")
        start_min = plan.minutes("starttime", given.get("starttime", ""))
        stop_min = plan.minutes("stoptime", given.get("stoptime", ""))
        plan.check_delay(start_min, stop_min, int(repeat))
    except ValueError as e:
        return [], [(name, '"Value not allowed!"') for name in NAMES if name in given], [str(e)]
    told = {"starttime": plan.utc_of(start_min), "stoptime": plan.utc_of(stop_min), "repeat": int(repeat)}
    return [("delay", start_min, stop_min, int(repeat))], [(name, str(told[name])) for name in NAMES if name in given], []
