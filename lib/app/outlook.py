"""What comes next, in plain words: a sentence for the present reason, the plan's window, goals and the local time.

Read-only, made on demand and loaded only when somebody looks; it knows no
point and decides nothing. Durations are rounded, so that nobody is told every
second that a second has gone by.
"""
from micropython import const

from app import clock
from energy import week
from energy.balance import CIRCUIT_STALE_MS, RELAY, STALE_MS, TURN
from energy.calendar import date_of
from evse import limits, why
from evse.why import (CAR_WAITS, CHARGING, DONE, FAULT, NO_CURRENT, OFF, PAUSED, RANDOM, STOPPING, SWITCHING, TIMER, WAIT,
                      WAKING)

DAY_S = const(86400)
MASTER = const(1)  # as settings' loadbl
SOLAR = const(2)   # as settings' mode
AUTO = const(4)    # as settings' contact2
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

# For reasons with nothing but a countdown: what is said when it runs.
COUNTED = ((WAIT, "Starts in %s."), (RANDOM, "Starts in %s."), (WAKING, "Tries again in %s."), (STOPPING, "Opens in %s."))

# How a charge goes on by whose limit it is, in the order of limits.NAME.
HELD = ("Until the car is full.", "Until the car is full.", "Rises when the box has cooled.", "Rises when the house takes less.",
        "Follows the sun.", "Until the override is taken back.", "Rises when the grid operator allows more.",
        "Until the car is unplugged.", "Rises when other chargers take less.", "Rises when the circuit has room.",
        "Rises when the house takes less.", "Until the car is full.")
# What starts one that lacks current; %d is MIN in ampere.
LACKED = ("Needs a cable for %d A.", "Needs a MAX of %d A.", "Starts when the box has cooled.", "Starts when the mains have room for %d A.",
          "", "Needs an override of %d A or none.", "Starts when the grid operator allows %d A.", "Unplug the car to try again.",
          "Starts when the master allots %d A; its page says who gets what.", "Starts when the circuit has room for %d A.",
          "Starts when the house takes less.", "Needs a window of %d A.")


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
        s = plan.starts_s()
        text = moment(plan.local_s(), s) if s else ""
        if text and not house.evse.letter:
            return "A car would wait until %s." % text
        return "Starts at %s." % text if text else "No window of the week lets it start."
    if reason == NO_CURRENT:
        return _lacking(house, count_s)
    if reason == SWITCHING:
        to = house.balance.sun.phases if house.evse.auto_phases else 0
        return ("Goes on with %s in %s." % ("one phase" if to == 1 else "three phases", span(count_s))) if count_s and to else ""
    if reason == CHARGING:
        return _charging(house, plan)
    if reason == CAR_WAITS:
        return "Charges when the car asks: it may be full, or have a timer of its own."
    if reason == OFF or reason == PAUSED:
        return "Goes on when you choose a mode."
    if reason == DONE:
        return "Goes on with a higher goal, else with the next session."
    if reason == FAULT:
        return "Goes on after a reset." if house.facts.fault_latched() else "Goes on by itself when that is over."
    for code, text in COUNTED:
        if code == reason and count_s:
            return text % span(count_s)
    return ""


def _lacking(house, count_s: int) -> str:
    """What starts a charge that has too little current."""
    by, sun, least_a = house.evse.by, house.balance.sun, house.cfg.min_current_a
    if by == limits.SURPLUS:
        needs_ma = sun.needs_ma
        if needs_ma and sun.sun_ma > needs_ma and not count_s:
            return "Starts when the sun has lasted."
        spare = "with %d.%d A of sun to spare" % (needs_ma // 1000, needs_ma % 1000 // 100) if needs_ma else ""
        if count_s:
            return "Tries again in %s%s." % (span(count_s), ", " + spare if spare else "")
        return "Starts %s." % spare if spare else ""
    if count_s:
        return "Tries again in %s." % span(count_s)
    if by == limits.CIRCUIT and house.balance.circuit_stale:
        return "Starts when the circuit meter answers."
    if by == limits.NODE and house.cfg.loadbl == MASTER:
        by = limits.RELAY if _by_relay(house) else -1
    if by < 0:
        return "Starts when other chargers take less%s." % (", or in its turn" if house.cfg.rotate_min else "")
    text = LACKED[by]
    return text % least_a if "%" in text else text


def _by_relay(house) -> bool:
    """A master: whether the grid operator holds this charger, and not another one's turn."""
    ma = house.balance.limit_ma
    return ma[RELAY] <= ma[TURN]


def _silent(house) -> tuple:
    """Which meter is silent so long that the offer is lowered for that, and the seconds until it stops; ("", 0) none."""
    balance = house.balance
    if not balance.mains.slow and not balance.circuit.slow or house.evse.by not in (limits.MAINS, limits.CIRCUIT):
        return "", 0
    for name, room, reading, stale_ms in (("mains", balance.mains, house.meters.mains, STALE_MS),
                                          ("circuit", balance.circuit, house.meters.circuit, CIRCUIT_STALE_MS)):
        if room.slow:
            return name, max(1, (stale_ms - reading.age_ms(clock.ticks_ms()) + 999) // 1000)
    return "", 0


def _charging(house, plan) -> str:
    """How this charge will end, the nearest end that is known; else what would change its current."""
    sun, cfg = house.balance.sun, house.cfg
    stop_s = house.regulate.stop_timer_s()
    if stop_s:
        return "Stops in %s unless the sun comes back." % span(stop_s)
    if house.balance.grace_ms and cfg.loadbl <= MASTER:
        return "Stops in %s unless the capacity has room again." % span((house.balance.grace_ms + 999) // 1000)
    name, s = _silent(house)
    if name:
        return "Stops in %s unless the %s meter answers." % (span(s), name)
    if plan.boost_s:
        return "Charges now for %s, then as planned." % span(plan.boost_s)
    next_s = plan.next_s()
    if next_s:
        at = moment(plan.local_s(), next_s)
        return "Stops at %s." % at if plan.stops_next() else "Goes on otherwise from %s." % at
    goals = ["%d %s" % (n, unit) for n, unit in ((cfg.goal_kwh, "kWh"), (cfg.goal_min, "min"), (cfg.goal_soc, "%")) if n]
    if goals:
        return "Until it has %s." % " or ".join(goals)
    by = house.evse.by
    if by == limits.SURPLUS and house.evse.phases.now == 3 and cfg.contact2 == AUTO and sun.choice.may() and _dark(house):
        return "Changes to one phase when the sun has been too low for three."
    if by == limits.SURPLUS and cfg.mode == SOLAR and cfg.stop_min:
        return "Follows the sun; stops when it is gone for %d min." % cfg.stop_min
    if by == limits.NODE and cfg.loadbl == MASTER and _by_relay(house):
        by = limits.RELAY
    return HELD[by]


def why_more(house) -> str:
    """The sentence where more is known than the reason and the limit tell; "" when why.sentence() says it all."""
    evse = house.evse
    reason = evse.why
    if reason == TIMER:
        if not evse.letter:
            return why.TEXT[why.NO_CAR]
        s = house.plan.starts_s()
        text = moment(house.plan.local_s(), s) if s else ""
        return "Waiting for its time, %s." % text if text else ""
    if reason == DONE:
        text = house.plan.done()
        return "Done: this session has its %s." % text if text else ""
    if reason == NO_CURRENT and evse.by == limits.NODE and house.cfg.loadbl == MASTER:
        return "Not enough current: %s." % ("the grid operator allows too little" if _by_relay(house) else "other chargers come first")
    if reason == NO_CURRENT and evse.by == limits.CIRCUIT and house.balance.circuit_stale:
        return "Not enough current: the circuit meter is silent."
    if reason == CHARGING:
        offered = "%d.%d A offered, " % ((evse.offered_ma + 50) // 1000, (evse.offered_ma + 50) % 1000 // 100)
        name = _silent(house)[0]
        if name:
            return offered + "since the %s meter is silent." % name
        if evse.by == limits.NODE and house.cfg.loadbl == MASTER:
            return offered + ("set by the grid operator." if _by_relay(house) else "what other chargers leave.")
        if evse.by == limits.SURPLUS and _dark(house):
            return offered + "the least: the sun leaves less."
    return ""


def _dark(house) -> bool:
    """Whether the sun, and the import that is allowed, do not carry what this charger offers, which is the least."""
    evse, cfg = house.evse, house.cfg
    if evse.offered_ma > cfg.min_current_a * 1000 + 100:
        return False
    return house.balance.sun.sun_ma + cfg.import_a * 1000 < evse.offered_ma * evse.phases.now


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
