"""The words of SmartEVSE's /settings, which Home Assistant, evcc and the phone app speak.

TABLE says for every key of the answer what kind of value it is and where in
our house it comes from; written() walks it in small pieces. plan() reads the
parameters of a request, all of them before any is applied, in the order in
which SmartEVSE works them off. No sockets here and no clock: who asks says
what time it is.

Integers are written as integers, always: evcc drops the whole answer when one
has a decimal point. What this charger does not have yet is told as absent.
"""
import json

import faults
import settings

MODES = ("OFF", "NORMAL", "SOLAR", "SMART", "PAUSE")   # by mode_id
MODE_ID = (1, 3, 2, 2)                                 # our mode Normal, Smart, Solar, Min+PV -> mode_id
ERRORS = ("None", "No Power Available", "Communication Error", "Temperature High", "EV Meter Comm Error",
          "RCM Tripped", "RCM Test", "Test IO", "Flash Error")
# our state A B1 B2 C1 C2 D1 D2 E F -> state_id; D is C or, where it gets nothing, B1 to them; E and F have no number
STATE_ID = (0, 9, 1, 10, 2, 9, 2, 15, 15)
STATES = {0: "Ready to Charge", 1: "Connected to EV", 2: "Charging", 9: "Charging Stopped", 10: "Stop Charging",
          15: "NOSTATE"}

# KEY, KIND, SOURCE. Kinds: int, count (an int that is 0 while unknown), text and is_set of what is found at a path; ma:
# milliamps told as 0.1 A; sum: of three such; seconds: ms told as s, rounded up; kwh: Wh told as kWh; pick: the text of
# one of our settings; is: the JSON itself; own: a word of _own().
TABLE = (
    ("version", "text", "version"),
    ("serialnr", "int", "serial"),
    ("mode", "own", "mode"),
    ("mode_id", "own", "mode_id"),
    ("car_connected", "own", "connected"),
    ("wifi.status", "own", "wifi"),
    ("wifi.ssid", "text", "cfg.wifi_ssid"),
    ("wifi.rssi", "int", "board.net.rssi"),
    ("wifi.bssid", "is", '""'),
    ("eth.present", "is", "false"),
    ("eth.connected", "is", "false"),
    ("eth.has_ip", "is", "false"),
    ("evse.temp", "int", "evse.temp_c"),
    ("evse.temp_max", "int", "cfg.max_temp_c"),
    ("evse.connected", "own", "connected"),
    ("evse.access", "int", "cfg.access"),
    ("evse.mode", "own", "evse_mode"),
    ("evse.loadbl", "int", "cfg.loadbl"),
    ("evse.pwm", "own", "pwm"),
    ("evse.custombutton", "is_set", "control.custom"),
    ("evse.solar_stop_timer", "int", "regulate.stop_timer_s"),
    ("evse.charge_timer", "seconds", "evse.auth.pause_ms"),
    ("evse.state", "own", "state"),
    ("evse.state_id", "own", "state_id"),
    ("evse.error", "own", "error"),
    ("evse.error_id", "own", "error_id"),
    ("evse.rfidreader", "is", '"Disabled"'),
    ("evse.nrofphases", "int", "evse.phases.now"),
    ("evse.rfid", "is", '"Not Installed"'),
    ("settings.charge_current", "ma", "evse.offered_ma"),
    ("settings.override_current", "ma", "control.override_ma"),
    ("settings.current_min", "int", "cfg.min_current_a"),
    ("settings.current_max", "int", "cfg.max_current_a"),
    ("settings.current_main", "int", "cfg.mains_a"),
    ("settings.current_max_circuit", "int", "cfg.circuit_a"),
    ("settings.current_max_sum_mains", "int", "cfg.sum_mains_a"),
    ("settings.max_sum_mains_time", "int", "cfg.sum_mains_min"),
    ("settings.solar_max_import", "int", "cfg.import_a"),
    ("settings.solar_start_current", "int", "cfg.start_a"),
    ("settings.solar_stop_time", "int", "cfg.stop_min"),
    ("settings.enable_C2", "pick", "contact2"),
    ("settings.mains_meter", "pick", "mains_meter"),
    ("settings.starttime", "int", "plan.start_utc"),
    ("settings.stoptime", "int", "plan.stop_utc"),
    ("settings.repeat", "int", "cfg.start_daily"),
    ("settings.lcdlock", "is", "0"),
    ("settings.lock", "int", "cfg.lock"),
    ("settings.cablelock", "int", "cfg.cable_lock"),
    ("settings.ledmode", "is", "0"),
    ("settings.capacity_mode", "int", "cfg.capacity"),
    ("settings.intervals", "own", "intervals"),
    ("mqtt.host", "text", "cfg.mqtt_host"),
    ("mqtt.port", "int", "cfg.mqtt_port"),
    ("mqtt.topic_prefix", "own", "prefix"),
    ("mqtt.username", "text", "cfg.mqtt_user"),
    ("mqtt.password_set", "is_set", "cfg.mqtt_pass"),
    ("mqtt.tls", "is", "false"),
    ("mqtt.smartevse_server", "is", "false"),
    ("mqtt.status", "own", "mqtt"),
    ("ocpp.mode", "is", '"Disabled"'),
    ("ocpp.backend_url", "is", '""'),
    ("ocpp.cb_id", "is", '""'),
    ("ocpp.auth_key", "is", '""'),
    ("ocpp.auto_auth", "is", '"Disabled"'),
    ("ocpp.auto_auth_idtag", "is", '""'),
    ("ocpp.status", "is", '"Disconnected"'),
    ("home_battery.current", "own", "battery"),
    ("home_battery.last_update", "own", "battery_at"),
    ("ev_meter.description", "pick", "ev_meter"),
    ("ev_meter.address", "int", "cfg.ev_addr"),
    ("ev_meter.import_active_power", "int", "meters.ev.power_w"),
    ("ev_meter.total_wh", "int", "meters.ev.import_wh"),
    ("ev_meter.charged_wh", "count", "session.wh"),
    ("ev_meter.total_kwh", "kwh", "meters.ev.import_wh"),    # not sent by SmartEVSE any more, but
    ("ev_meter.charged_kwh", "kwh", "session.wh"),           # two entities of Home Assistant live on them
    ("ev_meter.currents.TOTAL", "sum", "meters.ev.ma"),
    ("ev_meter.currents.L1", "ma", "meters.ev.ma.0"),
    ("ev_meter.currents.L2", "ma", "meters.ev.ma.1"),
    ("ev_meter.currents.L3", "ma", "meters.ev.ma.2"),
    ("ev_meter.import_active_energy", "int", "meters.ev.import_wh"),
    ("ev_meter.export_active_energy", "int", "meters.ev.export_wh"),
    ("mains_meter.import_active_energy", "int", "meters.mains.import_wh"),
    ("mains_meter.export_active_energy", "int", "meters.mains.export_wh"),
    ("circuit_meter.description", "pick", "circuit_meter"),  # these where there is one
    ("circuit_meter.address", "int", "cfg.circuit_addr"),
    ("circuit_meter.currents.TOTAL", "sum", "meters.circuit.ma"),
    ("circuit_meter.currents.L1", "ma", "meters.circuit.ma.0"),
    ("circuit_meter.currents.L2", "ma", "meters.circuit.ma.1"),
    ("circuit_meter.currents.L3", "ma", "meters.circuit.ma.2"),
    ("phase_currents.TOTAL", "sum", "meters.mains.ma"),
    ("phase_currents.L1", "ma", "meters.mains.ma.0"),
    ("phase_currents.L2", "ma", "meters.mains.ma.1"),
    ("phase_currents.L3", "ma", "meters.mains.ma.2"),
    ("phase_currents.last_data_update", "own", "updated"),
    ("phase_currents.original_data.TOTAL", "sum", "meters.mains.ma"),
    ("phase_currents.original_data.L1", "ma", "meters.mains.ma.0"),
    ("phase_currents.original_data.L2", "ma", "meters.mains.ma.1"),
    ("phase_currents.original_data.L3", "ma", "meters.mains.ma.2"),
    ("backlight.timer", "int", "face.light_s"),
    ("backlight.status", "own", "backlight"),
    ("color.off", "is", '{"R":0,"G":0,"B":0}'),
    ("color.normal", "is", '{"R":0,"G":255,"B":0}'),
    ("color.smart", "is", '{"R":0,"G":255,"B":0}'),
    ("color.solar", "is", '{"R":255,"G":170,"B":0}'),
    ("color.custom", "is", '{"R":0,"G":0,"B":255}'),
)


def look(house, path: str):
    """What is found at a path such as meters.ev.ma.0; a function there is asked. None where there is no such thing."""
    here = house
    for part in path.split("."):
        if part.isdigit():
            here = here[int(part)]
        elif hasattr(here, part):
            here = getattr(here, part)
        else:
            return None
    return here() if callable(here) else here


def tenths(ma: int) -> int:
    """Milliamps as 0.1 A, rounded."""
    return (ma + 50) // 100


def sum_mains(name: str, raw) -> int:
    """A limit on the sum of the mains as SmartEVSE takes it, 0 or 10 to 600 A. ValueError names it."""
    try:
        ampere = settings.whole(raw)
    except ValueError:
        ampere = -1
    if ampere and not 10 <= ampere <= 600:
        raise ValueError("%s must be 0 or 10 to 600 A" % name)
    return ampere


def intervals(text: str) -> list:
    """Our setting capacity_plan as SmartEVSE's list of starts in minutes and W; [] for one that cannot be read."""
    rows = []
    for part in text.split(","):
        at, _, watts = part.strip().partition(" ")
        hour, _, minute = at.partition(":")
        if hour.isdigit() and minute.isdigit() and watts.strip().isdigit():
            rows.append({"start": int(hour) * 60 + int(minute), "power": int(watts)})
    return rows


def mode_id(cfg) -> int:
    """SmartEVSE's one number for our access and mode."""
    return (0, MODE_ID[cfg.mode], 4)[cfg.access]


def pwm(state: int, ma: int) -> int:
    """Duty of the pilot in 1/1024 for a state and the current it offers, IEC 61851-1 table A.8."""
    if state not in (2, 4, 6):
        return 1024
    return ma * 1024 // 60000 if ma <= 51000 else ma * 1024 // 250000 + 655


def error_id(mask: int) -> int:
    """SmartEVSE's error number for the faults that stand, the highest; 0 for none."""
    return max([0] + [int(r[faults.ERROR_ID]) for i, r in enumerate(faults.TABLE) if mask & 1 << i])


def no_power(house) -> int:
    """1, SmartEVSE's error for it, while a car is there and gets nothing because a limit leaves too little."""
    return 1 if look(house, "facts.why") == "no_current" and 0 < house.evse.letter < 4 else 0


def _own(house, word: str, unix_s: int, now_ms: int):
    cfg, state = house.cfg, house.evse.state
    if word == "mode":
        return MODES[mode_id(cfg)]
    if word == "mode_id":
        return mode_id(cfg)
    if word == "evse_mode":
        return min(cfg.mode, 2)  # Min+PV is a kind of Solar
    if word == "connected":
        return 0 < house.evse.letter < 4
    if word == "state_id":
        return STATE_ID[state]
    if word == "state":
        return STATES[STATE_ID[state]] + (" - " + ERRORS[1] if no_power(house) else "")
    if word == "error_id":
        return error_id(house.faults.mask)
    if word == "error":
        return ERRORS[error_id(house.faults.mask)]
    if word == "pwm":
        return pwm(state, house.evse.offered_ma)
    if word == "wifi":
        status = look(house, "board.net.status")
        return "WL_CONNECTED" if status and status[0] == 2 else "WL_DISCONNECTED"
    if word == "prefix":
        return cfg.mqtt_prefix or "SmartEVSE/%d" % house.serial
    if word == "mqtt":
        return "Connected" if look(house, "broker.state") == "online" else "Disconnected"
    if word == "backlight":
        return "ON" if look(house, "face.light_s") else "OFF"
    if word == "intervals":
        return intervals(cfg.capacity_plan)
    if word == "battery":
        return tenths(house.meters.battery_feed.current_ma(now_ms))
    if word == "battery_at":
        age_s = house.meters.battery_feed.fresh_s(now_ms)
        return unix_s - age_s if unix_s > age_s >= 0 else 0
    age_s = house.meters.mains.age_ms(now_ms) // 1000      # word is "updated"
    return unix_s - age_s if unix_s > age_s and age_s < 86400 else 0


def _json(house, kind: str, source: str, unix_s: int, now_ms: int) -> str:
    if kind == "is":
        return source
    if kind == "own":
        return json.dumps(_own(house, source, unix_s, now_ms))
    if kind == "pick":
        return json.dumps(settings.shown(house.cfg, settings.row(source)))
    found = look(house, source)
    if kind == "text":
        return json.dumps(str(found or ""))
    if kind == "is_set":
        return "true" if found else "false"
    if kind == "ma":
        return str(tenths(found or 0))
    if kind == "seconds":
        return str(((found or 0) + 999) // 1000)
    if kind == "sum":
        return str(sum([tenths(ma) for ma in found or ()]))
    whole = int(found or 0)
    if kind != "int" and whole < 0:
        whole = 0  # unknown
    return "%d.%03d" % (whole // 1000, whole % 1000) if kind == "kwh" else str(whole)


def written(house, unix_s: int, now_ms: int):
    """The JSON answer to GET /settings, a key at a time. unix_s is 0 where nobody knows the date; now_ms are ticks."""
    rooms: list = []
    comma = "{"
    for path, kind, source in TABLE:
        if path.startswith("circuit_meter") and not house.cfg.circuit_meter:
            continue
        parts = path.split(".")
        same = 0
        while same < len(rooms) and same < len(parts) - 1 and rooms[same] == parts[same]:
            same += 1
        out = "}" * (len(rooms) - same) + comma
        for room in parts[same:-1]:
            out += '"%s":{' % room
        rooms = parts[:-1]
        yield out + '"%s":%s' % (parts[-1], _json(house, kind, source, unix_s, now_ms))
        comma = ","
    yield "}" * (len(rooms) + 1)
