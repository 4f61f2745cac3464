"""What comes next, in plain words: a sentence for the present reason, the plan's window, goals and the local time.

Read-only, made on demand and loaded only when somebody looks; it knows no
point and decides nothing. Durations are rounded, so that nobody is told every
second that a second has gone by.
"""
from energy import week
from energy.calendar import date_of
from evse import limits, why
from evse.why import CHARGING, DONE, NO_CURRENT, RANDOM, STOPPING, SWITCHING, TIMER, WAIT, WAKING

DAY_S = 86400
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

# For reasons with nothing but a countdown: what is said when it runs.
COUNTED = ((WAIT, "Starts in %s."), (RANDOM, "Starts in %s."), (WAKING, "Tries again in %s."), (STOPPING, "Opens in %s."))


def span(s: int) -> str:
    """Seconds as a person says them: "50 s", "9 min", "2:05 h"; never less than is left."""
    if s <= 60:
        return "%d s" % (s if s <= 10 else (s + 9) // 10 * 10)
    if s <= 5400:
        return "%d min" % ((s + 59) // 60)
    return "%d:%02d h" % (s // 3600, s // 60 % 60)


def moment(local_s: int, s: int) -> str:
    """The local time s seconds from local_s: "23:00" within a day, "Mo 23:00" after; "" while the time is unknown."""
    if not local_s:
        return ""
    at = local_s + s + 30  # next_s is exact to a minute's second
    text = "%02d:%02d" % (at // 3600 % 24, at // 60 % 60)
    return text if s < DAY_S else DAYS[(at // DAY_S + 3) % 7] + " " + text


def next_text(house) -> str:
    """What comes after the present reason, "" where nobody knows."""
    reason = house.evse.why
    plan = house.plan
    count_s = house.regulate.countdown_s()
    if reason == TIMER:
        text = moment(plan.local_s(), count_s) if count_s else ""
        return "Starts at %s." % text if text else ""
    if reason == NO_CURRENT:
        if count_s:
            return "Tries again in %s." % span(count_s)
        needs_ma = house.balance.sun.needs_ma
        if house.evse.by == limits.SURPLUS and needs_ma:
            return "Starts with %d.%d A of sun to spare." % (needs_ma // 1000, needs_ma % 1000 // 100)
        return ""
    if reason == SWITCHING:
        to = house.balance.sun.phases if house.evse.auto_phases else 0
        return ("Goes on with %s in %s." % ("one phase" if to == 1 else "three phases", span(count_s))) if count_s and to else ""
    if reason == CHARGING:
        return _charging(house, plan)
    for code, text in COUNTED:
        if code == reason and count_s:
            return text % span(count_s)
    return ""


def _charging(house, plan) -> str:
    """How this charge will end, the nearest end that is known."""
    sun = house.balance.sun
    if sun.stop_s:
        return "Stops in %s unless the sun comes back." % span(sun.stop_s)
    if house.balance.grace_ms:
        return "Stops in %s unless the capacity has room again." % span((house.balance.grace_ms + 999) // 1000)
    if plan.boost_s:
        return "Charges now for %s, then as planned." % span(plan.boost_s)
    next_s = plan.next_s()
    if not next_s:
        return ""
    at = moment(plan.local_s(), next_s)
    return "Stops at %s." % at if plan.stops_next() else "Goes on otherwise from %s." % at


def why_more(house) -> str:
    """The sentence for a car that is held back by the plan; "" when why.sentence() says it all."""
    reason = house.evse.why
    if reason == TIMER:
        s = house.plan.starts_s()
        text = moment(house.plan.local_s(), s) if s else ""
        return "Waiting for its time, %s." % text if text else ""
    if reason == DONE:
        text = house.plan.done()
        return "Done: this session has its %s." % text if text else ""
    return ""


def window(house) -> str:
    """The window of the week that counts now, as it was written; "" for none."""
    i = house.plan.window
    return week.text_of(house.cfg.week, i) if i >= 0 else ""


def goal(house) -> str:
    """How far this session is: "4.2 of 10 kWh, 58 of 120 min"; "" without goals."""
    cfg, session = house.cfg, house.session
    said = []
    if cfg.goal_kwh:
        wh = session.wh
        said.append(("%d.%d of %d kWh" % (wh // 1000, wh % 1000 // 100, cfg.goal_kwh)) if wh >= 0 else "? of %d kWh" % cfg.goal_kwh)
    if cfg.goal_min:
        said.append("%d of %d min" % (session.charging_s // 60, cfg.goal_min))
    if cfg.goal_soc:
        said.append(("%d of %d %%" % (house.plan.soc, cfg.goal_soc)) if house.plan.soc >= 0 else "? of %d %%" % cfg.goal_soc)
    return ", ".join(said)


def local(house) -> str:
    """Local time as "Fr 2026-11-20 23:05"; "" unknown."""
    s = house.plan.local_s()
    if not s:
        return ""
    year, month, day = date_of(s // DAY_S)
    return "%s %04d-%02d-%02d %02d:%02d" % (DAYS[(s // DAY_S + 3) % 7], year, month, day, s // 3600 % 24, s // 60 % 60)


def held(house) -> str:
    """Why the plan holds the charge back: "timer", "done" or ""."""
    hold = house.evse.hold
    return why.NAME[hold] if hold else ""
