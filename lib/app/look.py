"""Fills a View from the house: the one place where the display meets the rest.

Only reads. It runs once a second and on a change, and gives the codes of the
core the short words that fit on 128 dots.
"""
from micropython import const

import faults
from app.facts import latched
from evse import iec61851, limits, why
from evse.phases import OPENED, OPENING
from ui.view import SOLAR

MASTER = const(1)  # as settings' loadbl

# Short words in the order of limits.NAME: whose limit it is, then what is missing when that is too little.
BY = ("cable", "MAX", "heat", "mains", "sun", "override", "grid relay", "overdraw", "master",
      "circuit", "capacity", "plan")
LACK = ("cable too thin", "MAX too low", "too warm", "mains full", "no sun", "override", "grid relay", "overdraw", "no share",
        "circuit full", "capacity", "plan")

# In the order of why.NAME; "" where nobody waits for us.
WAIT = ("", "", "", "", "car to stop", "", "", "", "", "pause", "phases", "waking the car", "random delay",
        "its time", "done")


def look(house, v) -> None:
    """Everything in v but beat_s."""
    cfg = house.cfg
    evse = house.evse
    meters = house.meters
    v.mode = min(cfg.mode, SOLAR)  # Min+PV is a kind of Solar
    v.access = cfg.access
    v.state = iec61851.NAME[evse.state]
    v.charging = 1 if house.out.c1 and evse.state in (iec61851.C2, iec61851.D2) else 0
    v.plugged = 1 if v.state[0] in "BCD" else 0
    v.offered_ma = evse.offered_ma
    v.by = BY[evse.by]
    balance = house.balance
    if evse.by == limits.MAINS and balance.mains.slow or evse.by == limits.CIRCUIT and balance.circuit.slow:
        v.by = "silent meter"
    elif evse.by == limits.NODE and cfg.loadbl == MASTER:
        v.by = "the others"
    reason = evse.why
    v.wait = LACK[evse.by] if reason == why.NO_CURRENT else WAIT[reason]
    v.no_power = 1 if v.plugged and reason == why.NO_CURRENT else 0
    v.stop_s = house.regulate.stop_timer_s()
    v.countdown_s = 0 if v.charging or reason == why.TIMER else house.regulate.countdown_s()
    v.done = 1 if reason == why.DONE else 0
    v.boost_s = house.plan.boost_s
    v.start = ""
    if reason == why.TIMER:
        s = house.plan.starts_s()
        if s:
            from app import outlook
            v.start = outlook.moment(house.plan.local_s(), s)
            v.wait = v.start
    v.pause_s = v.countdown_s if reason in (why.WAIT, why.RANDOM) else 0
    v.delayed = 1 if reason == why.RANDOM else 0
    v.limited = evse.switch.relay_open
    v.custom = house.control.custom
    v.mains_ma = meters.mains.ma
    v.has_mains = 1 if cfg.mains_meter and meters.mains.known and not house.balance.stale else 0
    v.has_ev = 1 if cfg.ev_meter and meters.ev.known else 0
    if v.has_ev:
        v.ev_w = meters.ev.power_w()
        v.drawn_ma = max(meters.ev.ma)
    else:
        v.ev_w = v.drawn_ma = 0
    v.session_wh = house.session.wh
    phases = evse.phases
    v.phases = phases.now
    v.switching = phases.now if phases.step_now == OPENED else 4 - phases.now if phases.step_now == OPENING else 0
    v.temp_c = evse.temp_c
    v.version = house.version
    v.note = house.board.net.status()[1] or ""
    _fault(house.faults, v)


def _fault(fault_list, v) -> None:
    """A fault that touches the charge takes the screen; a warning only the small line."""
    v.latched = latched(fault_list)
    v.fault = ""
    v.fault_text = ""
    worst = fault_list.worst()
    if worst >= 0:
        r: tuple = faults.TABLE[worst]
        if r[faults.BAD] > faults.WARN:
            v.fault = r[faults.NAME]
            v.fault_text = r[faults.TEXT]
        else:
            v.note = r[faults.TEXT]
