"""Everything the world may see, one row each: the mirror of settings.

A row is a name, a path as text and a unit; one small function walks the path
from the root object `house`. REST, the websocket, MQTT and the page are views
of this table that know no point by name. A path may end in a number (an
element) or in something that is called for its value.

OFTEN marks numbers that change every second by nature (ages, counters): they
are shown wherever one looks, but nobody is woken for them.
"""
NAME, PATH, UNIT, OFTEN, LABEL = range(5)

TABLE: tuple = (
    ("mode", "control.mode", "", 0, "Mode"),
    ("evse.state", "facts.state", "", 0, "State"),
    ("evse.why", "facts.why", "", 0, "Reason"),
    ("evse.why_text", "facts.why_text", "", 0, "Why"),
    ("evse.by", "facts.by", "", 0, "Limited by"),
    ("evse.why_s", "facts.why_s", "s", 1, "For"),
    ("evse.countdown_s", "facts.countdown_s", "s", 1, "Next change in"),
    ("evse.next_text", "facts.next_text", "", 0, "Next"),
    ("evse.offered_ma", "evse.offered_ma", "mA", 0, "Offered"),
    ("evse.limit_ma", "facts.limit_ma", "mA", 0, "Lowest limit"),
    ("evse.drawn_ma", "facts.drawn_ma", "mA", 0, "Drawn"),
    ("car.react_ms", "balance.car.react_ms", "ms", 0, "Car answers after"),
    ("car.ramp", "balance.car.rate", "A/s", 0, "Car comes down by"),
    ("car.phases", "balance.car.phases_seen", "", 0, "Phases the car was seen on"),
    ("car.takes_ma", "facts.car_takes_ma", "mA", 0, "Most the car takes"),
    ("car.least_ma", "facts.car_least_ma", "mA", 0, "Least the car charges at"),
    ("evse.max_ma", "facts.max_ma", "mA", 0, "MAX"),
    ("evse.override_ma", "control.override_ma", "mA", 0, "Override"),
    ("evse.phases", "evse.phases.now", "", 0, "Phases"),
    ("evse.c1", "out.c1", "", 0, "Contactor 1"),
    ("evse.c2", "out.c2", "", 0, "Contactor 2"),
    ("evse.duty_bp", "out.duty_bp", "1/10000", 0, "Pilot duty"),
    ("evse.locked", "evse.lock.held", "", 0, "Plug held"),
    ("evse.temp_c", "evse.temp_c", "C", 0, "Temperature"),
    ("mains.meter", "facts.mains_meter", "", 0, "Mains meter"),
    ("mains.l1_ma", "meters.mains.ma.0", "mA", 0, "Mains L1"),
    ("mains.l2_ma", "meters.mains.ma.1", "mA", 0, "Mains L2"),
    ("mains.l3_ma", "meters.mains.ma.2", "mA", 0, "Mains L3"),
    ("mains.w", "meters.mains.power_w", "W", 0, "Mains power"),
    ("mains.import_wh", "meters.mains.import_wh", "Wh", 0, "Imported"),
    ("mains.export_wh", "meters.mains.export_wh", "Wh", 0, "Exported"),
    ("mains.age_ms", "facts.mains_age_ms", "ms", 1, "Age of the mains reading"),
    ("mains.volts", "meters.mains.volts", "V", 1, "Mains voltages"),
    ("mains.errors", "meters.mains.errors", "", 1, "Mains meter errors"),
    ("mains.last_error", "meters.mains.last_error", "", 1, "Last of them"),
    ("mains.error_counts", "meters.mains.counted", "", 1, "Mains meter errors by kind"),
    ("circuit.meter", "facts.circuit_meter", "", 0, "Circuit meter"),
    ("circuit.l1_ma", "meters.circuit.ma.0", "mA", 0, "Circuit L1"),
    ("circuit.l2_ma", "meters.circuit.ma.1", "mA", 0, "Circuit L2"),
    ("circuit.l3_ma", "meters.circuit.ma.2", "mA", 0, "Circuit L3"),
    ("circuit.w", "meters.circuit.power_w", "W", 0, "Circuit power"),
    ("circuit.import_wh", "meters.circuit.import_wh", "Wh", 0, "Circuit energy"),
    ("circuit.export_wh", "meters.circuit.export_wh", "Wh", 0, "Circuit energy back"),
    ("circuit.age_ms", "facts.circuit_age_ms", "ms", 1, "Age of the circuit reading"),
    ("circuit.volts", "meters.circuit.volts", "V", 1, "Circuit voltages"),
    ("circuit.errors", "meters.circuit.errors", "", 1, "Circuit meter errors"),
    ("circuit.last_error", "meters.circuit.last_error", "", 1, "Last of them"),
    ("circuit.error_counts", "meters.circuit.counted", "", 1, "Circuit meter errors by kind"),
    ("ev.meter", "facts.ev_meter", "", 0, "EV meter"),
    ("ev.l1_ma", "meters.ev.ma.0", "mA", 0, "Car L1"),
    ("ev.l2_ma", "meters.ev.ma.1", "mA", 0, "Car L2"),
    ("ev.l3_ma", "meters.ev.ma.2", "mA", 0, "Car L3"),
    ("ev.w", "meters.ev.power_w", "W", 0, "Car power"),
    ("ev.import_wh", "meters.ev.import_wh", "Wh", 0, "Car energy"),
    ("ev.export_wh", "meters.ev.export_wh", "Wh", 0, "Car energy back"),
    ("ev.age_ms", "facts.ev_age_ms", "ms", 1, "Age of the car's reading"),
    ("ev.volts", "meters.ev.volts", "V", 1, "Car voltages"),
    ("ev.errors", "meters.ev.errors", "", 1, "EV meter errors"),
    ("ev.last_error", "meters.ev.last_error", "", 1, "Last of them"),
    ("ev.error_counts", "meters.ev.counted", "", 1, "EV meter errors by kind"),
    ("pv.l1_ma", "meters.pv.ma.0", "mA", 0, "Panels L1"),
    ("pv.l2_ma", "meters.pv.ma.1", "mA", 0, "Panels L2"),
    ("pv.l3_ma", "meters.pv.ma.2", "mA", 0, "Panels L3"),
    ("pv.w", "meters.pv.power_w", "W", 0, "Solar panels"),
    ("pv.import_wh", "meters.pv.import_wh", "Wh", 0, "Energy into the solar panels' inverter"),
    ("pv.export_wh", "meters.pv.export_wh", "Wh", 0, "Energy of the solar panels"),
    ("pv.age_ms", "facts.pv_age_ms", "ms", 1, "Age of the solar panels' reading"),
    ("pv.volts", "meters.pv.volts", "V", 1, "Solar panels' voltages"),
    ("pv.errors", "meters.pv.errors", "", 1, "Solar panels' meter errors"),
    ("pv.last_error", "meters.pv.last_error", "", 1, "Last of them"),
    ("pv.error_counts", "meters.pv.counted", "", 1, "Solar panels' meter errors by kind"),
    ("battery.l1_ma", "meters.battery.ma.0", "mA", 0, "Battery L1"),
    ("battery.l2_ma", "meters.battery.ma.1", "mA", 0, "Battery L2"),
    ("battery.l3_ma", "meters.battery.ma.2", "mA", 0, "Battery L3"),
    ("battery.w", "meters.battery.power_w", "W", 0, "Battery of the house"),
    ("battery.import_wh", "meters.battery.import_wh", "Wh", 0, "Energy into the battery"),
    ("battery.export_wh", "meters.battery.export_wh", "Wh", 0, "Energy out of the battery"),
    ("battery.age_ms", "facts.battery_age_ms", "ms", 1, "Age of the battery's reading"),
    ("battery.volts", "meters.battery.volts", "V", 1, "Battery's voltages"),
    ("battery.errors", "meters.battery.errors", "", 1, "Battery's meter errors"),
    ("battery.last_error", "meters.battery.last_error", "", 1, "Last of them"),
    ("battery.error_counts", "meters.battery.counted", "", 1, "Battery's meter errors by kind"),
    ("sun.surplus_w", "facts.surplus_w", "W", 0, "Sun left over"),
    ("sun.needs_ma", "balance.sun.needs_ma", "mA", 0, "Export that starts a charge"),
    ("session.number", "session.number", "", 0, "Session"),
    ("session.s", "session.s", "s", 1, "Session time"),
    ("session.charging_s", "session.charging_s", "s", 1, "Charging time"),
    ("session.wh", "session.wh", "Wh", 0, "Session energy"),
    ("session.goal", "facts.goal", "", 0, "Goal"),
    ("plan.window", "facts.plan_window", "", 0, "Window of the week"),
    ("plan.next_s", "plan.next_s", "s", 1, "The plan changes in"),
    ("plan.boost_s", "plan.boost_s", "s", 1, "Charge now, left"),
    ("plan.soc", "plan.soc", "%", 0, "Car's battery"),
    ("plan.held", "facts.plan_held", "", 0, "Held back by the plan"),
    ("clock.utc_s", "wall.utc_s", "s", 1, "Time since 1970"),
    ("clock.local", "facts.local_time", "", 1, "Local time"),
    ("clock.source", "wall.source", "", 0, "Time from"),
    ("contactor.closings", "evse.contacts.closings", "", 0, "Closings"),
    ("contactor.hot", "evse.contacts.hot", "", 0, "Openings under load"),
    ("phases.switches", "evse.phases.switches", "", 0, "Phase switches"),
    ("custom", "control.custom", "", 0, "Custom button"),
    ("fault", "faults.names", "", 0, "Faults"),
    ("fault.text", "facts.fault_text", "", 0, "What is wrong"),
    ("fault.todo", "facts.fault_todo", "", 0, "What to do"),
    ("fault.latched", "facts.fault_latched", "", 0, "A fault waits for a reset"),
    ("share.place", "facts.share_place", "", 0, "Place among the chargers"),
    ("share.nodes", "facts.share_nodes", "", 0, "Nodes that answer"),
    ("share.list", "facts.share_list", "", 0, "Who gets what, and why"),
    ("share.given_ma", "facts.share_ma", "mA", 0, "Allotted by the master"),
    ("share.age_ms", "facts.share_age_ms", "ms", 1, "Age of the master's word"),
    ("share.refused", "facts.share_refused", "", 0, "Last order refused"),
    ("mqtt.state", "facts.mqtt_state", "", 0, "MQTT"),
    ("net.ip", "facts.ip", "", 0, "Address"),
    ("tick.longest_ms", "tick.longest_ms", "ms", 1, "Longest gap between ticks"),
    ("heap.free", "minder.free", "B", 1, "Free heap"),
    ("heap.low", "minder.low_free", "B", 1, "Least free heap"),
    ("uptime_s", "facts.uptime_s", "s", 1, "Up"),
    ("serial", "serial", "", 0, "Serial number"),
    ("version", "version", "", 0, "Version"),
)


# What few houses have: their rows are None while the setting says so.
SELDOM: tuple = (("share.", "loadbl"), ("circuit.", "circuit_meter"), ("pv.", "pv_meter"), ("battery.", "battery_meter"))


def shown(house, row: tuple):
    """What a row shows now; None where there is no such meter."""
    for first, key in SELDOM:
        if row[NAME].startswith(first) and not getattr(house.cfg, key):
            return None
    return value(house, row[PATH])


def value(house, path: str):
    """What lies at the end of a path, from the root."""
    for word in path.split("."):
        house = house[int(word)] if word.isdigit() else getattr(house, word)
    return house() if callable(house) else house


def every(house):
    """(name, value) of all points, in the order of the table."""
    for r in TABLE:
        yield r[NAME], shown(house, r)
