"""Every value a person may set, declared once.

A row holds literals only: no names, calls or lambdas. The compiler folds the
whole table into one constant, and a frozen image keeps it in flash. Storage,
checking, the LCD menu, REST and /schema, the web form, MQTT and Home
Assistant are views of a few lines that know no setting by name.

A pick is stored by its text, so that a row may gain choices later; None in
CHOICES keeps a number that other firmware uses and that cannot be chosen.

WHERE: L lcd menu, W web and REST, M MQTT, H Home Assistant, N copied to
nodes, S secret (never read back), R takes effect after a restart.
"""
KEY, KIND, DEFAULT, LOW, HIGH, UNIT, CHOICES, WHERE, LABEL, HELP = range(10)

# Labels, ranges and order of the LCD rows are those SmartEVSE owners know.
TABLE: tuple = (
    ("mode", "pick", 0, 0, 3, "", ("Normal", "Smart", "Solar", "Min+PV"),
     "LWMHN", "MODE", "Charge at full current, within the mains, on the sun, or at least MIN with the sun on top"),
    ("access", "pick", 1, 0, 2, "", ("Off", "On", "Pause"),
     "W", "ACCESS", "Whether a car may charge at all; Pause keeps its session"),
    ("config", "pick", 0, 0, 1, "", ("Socket", "Fixed"),
     "LW", "CONFIG", "A socket with its own lock, or a fixed cable"),
    ("lock", "pick", 0, 0, 2, "", ("Disabled", "Solenoid", "Motor"),
     "LW", "LOCK", "The lock that holds the plug in the socket"),
    ("loadbl", "pick", 0, 0, 8, "", ("Disabled", "Master", "Node 1", "Node 2", "Node 3", "Node 4", "Node 5", "Node 6", "Node 7"),
     "LW", "PWR SHARE", "Chargers that share one connection by RS485: one is the Master, each other a Node of its own number"),
    ("mains_meter", "pick", 4, 0, 19, "",
     ("Disabled", "Sensorbox", "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO", "API", "Eastron1P",
      "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi", "Chint 1P", None, "Custom"),
     "LW", "MAINS MET", "Meter at the connection to the grid"),
    ("grid", "pick", 0, 0, 1, "", ("4Wire", "3Wire"), "LW", "GRID", "Wires of the grid where a Sensorbox measures with its clamps"),
    ("sb2_wifi", "pick", 0, 0, 2, "", ("Disabled", "Enabled", "SetupWifi"),
     "LW", "SB2 WIFI", "Wireless network of a Sensorbox 2; told to the box when it is changed"),
    ("sb2_rotation", "pick", 0, 0, 1, "", ("Right", "Left"), "W", "SB2 ROTATION", "Order of the phases at a Sensorbox 2 with clamps"),
    ("mains_addr", "int", 10, 10, 247, "", None, "LW", "MAINS ADR", "Modbus address of the mains meter"),
    ("circuit_meter", "pick", 0, 0, 19, "",
     ("Disabled", None, "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO", "API", "Eastron1P",
      "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi", "Chint 1P", None, "Custom"),
     "LW", "CIRCT MET", "Meter of a circuit that feeds this charger among others"),
    ("circuit_addr", "int", 13, 10, 247, "", None, "LW", "CIRCT ADR", "Modbus address of the circuit meter"),
    ("circuit_a", "int", 16, 10, 160, "A", None,
     "LWM", "CIRCUIT", "Rating of the circuit that the circuit meter, or the master of several chargers, looks after, per phase"),
    ("ev_meter", "pick", 0, 0, 19, "",
     ("Disabled", None, "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO", "API", "Eastron1P",
      "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi", "Chint 1P", None, "Custom"),
     "LW", "EV METER", "Meter in the cable of the car"),
    ("ev_addr", "int", 12, 11, 247, "", None, "LW", "EV ADDR", "Modbus address of the EV meter"),
    ("pv_meter", "pick", 0, 0, 19, "",
     ("Disabled", None, "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO", "API", "Eastron1P",
      "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi", "Chint 1P", None, "Custom"),
     "W", "PV METER", "Meter of the solar panels"),
    ("pv_addr", "int", 14, 10, 247, "", None, "W", "PV ADDR", "Modbus address of the meter of the solar panels"),
    ("battery_meter", "pick", 0, 0, 19, "",
     ("Disabled", None, "Phoenix C", "Finder 7E", "Eastron3P", "InvEastrn", "ABB", "SolarEdge", "WAGO", "API", "Eastron1P",
      "Finder 7M", "Sinotimer", "Homewizrd", "Schneider", "Chint 3P", "C.Gavazzi", "Chint 1P", None, "Custom"),
     "W", "BATTERY METER", "Meter of a battery in the house"),
    ("battery_addr", "int", 15, 10, 247, "", None, "W", "BATTERY ADDR", "Modbus address of the meter of the battery"),
    ("em_order", "pick", 0, 0, 3, "", ("LBF & LWF", "LBF & HWF", "HBF & LWF", "HBF & HWF"),
     "LW", "BYTE ORD", "Custom meter: Low or High Byte First, Low or High Word First"),
    ("em_type", "pick", 0, 0, 2, "", ("INT32", "FLOAT32", "INT16"), "LW", "DATA TYPE", "Custom meter: how its numbers are sent"),
    ("em_function", "int", 4, 3, 4, "", None, "LW", "FUNCTION", "Custom meter: 3 reads holding, 4 reads input registers"),
    ("em_u_reg", "int", 0, 0, 65530, "", None, "LW", "VOL REGI", "Custom meter: first register of three voltages; the same as CUR REGI is none"),
    ("em_u_div", "int", 0, 0, 7, "", None, "LW", "VOL DIVI", "Custom meter: voltages are in V after so many decimal places"),
    ("em_i_reg", "int", 0, 0, 65530, "", None, "LW", "CUR REGI", "Custom meter: first register of three currents"),
    ("em_i_div", "int", 0, 0, 7, "", None, "LW", "CUR DIVI", "Custom meter: currents are in A after so many decimal places"),
    ("em_p_reg", "int", 0, 0, 65534, "", None,
     "LW", "POW REGI", "Custom meter: register of the power, sum of the phases; the same as CUR REGI is none"),
    ("em_p_div", "int", 0, 0, 7, "", None, "LW", "POW DIVI", "Custom meter: power is in W after so many decimal places"),
    ("em_e_reg", "int", 0, 0, 65534, "", None, "LW", "ENE REGI", "Custom meter: register of the imported energy; the same as CUR REGI is none"),
    ("em_e_div", "int", 0, 0, 7, "", None, "LW", "ENE DIVI", "Custom meter: energy is in kWh after so many decimal places"),
    ("rs485_baud", "pick", 0, 0, 4, "", ("9600", "19200", "38400", "57600", "115200"),
     "W", "BUS SPEED", "Baud on RS485; every meter and charger on it must have the same"),
    ("rs485_parity", "pick", 0, 0, 2, "", ("None", "Odd", "Even"),
     "W", "BUS PARITY", "Parity on RS485, with eight data bits and one stop bit"),
    ("mains_a", "int", 25, 10, 200, "A", None,
     "LWMHN", "MAINS", "Rating of the main fuse, per phase"),
    ("min_current_a", "int", 6, 6, 16, "A", None,
     "LWMH", "MIN", "Lowest current the car works with, per phase"),
    ("max_current_a", "int", 13, 6, 80, "A", None,
     "LWMH", "MAX", "Highest current offered to the car, per phase"),
    ("start_a", "int", 4, 0, 48, "A", None,
     "LWMHN", "START", "Solar: export that starts charging, sum of the phases; on three it takes what MIN needs at least"),
    ("stop_min", "int", 10, 0, 60, "min", None,
     "LWMHN", "STOP", "Solar: stop after this long without enough sun, of which a tenth may be missing; 0 is never"),
    ("min_on_min", "int", 0, 0, 60, "min", None, "W", "MIN ON", "Solar: a charge lasts at least so long, sun or not; STOP alone decides at 0"),
    ("min_off_min", "int", 1, 1, 60, "min", None, "W", "MIN OFF", "Solar: after a stop for lack of sun, no new try for so long"),
    ("import_a", "int", 0, 0, 48, "A", None,
     "LWMHN", "IMPORT", "Solar: import allowed to keep charging, sum of the phases"),
    ("contact2", "pick", 3, 0, 4, "", ("Not present", "Always Off", "Solar Off", "Always On", "Auto"),
     "LWMH", "CONTACT 2", "Second contactor, which switches L2 and L3; not Auto for a car that three phases after one may harm, as a Zoe"),
    ("phase_pause_s", "int", 60, 15, 300, "s", None,
     "W", "PHASE PAUSE", "Pilot wire open between one and three phases; some cars need 45 s"),
    ("phase_switches", "int", 10, 0, 100, "", None,
     "W", "PHASE MAX", "How often CONTACT 2 Auto may change the phases while a car is plugged in; 0 for a car that it may harm, as a Zoe"),
    ("switch", "pick", 0, 0, 7, "",
     ("Disabled", "Access B", "Access S", "Sma-Sol B", "Sma-Sol S", "Grid Relay", "Custom B", "Custom S"),
     "LW", "SWITCH", "What the external switch means; B is a push button, S a toggle"),
    ("cable_lock", "bool", 0, 0, 1, "", None,
     "LWM", "CABLE LOCK", "Hold the cable even when no car is at its other end"),
    ("unlock_off", "bool", 0, 0, 1, "", None,
     "W", "UNLOCK OFF", "Let the plug go when access is withdrawn"),
    ("ventilation", "bool", 0, 0, 1, "", None,
     "W", "VENTILATION", "There is ventilation: cars that ask for it may charge"),
    ("random_delay_s", "int", 0, 0, 600, "s", None,
     "W", "RANDOM", "Start after a random time up to this; the UK asks for 600"),
    ("rcmon", "bool", 0, 0, 1, "", None,
     "LW", "RCMON", "A residual-current monitor is fitted"),
    ("wifi", "bool", 0, 0, 1, "", None,
     "LW", "WIFI", "Join the wireless network"),
    ("max_temp_c", "int", 65, 40, 75, "C", None,
     "LW", "MAX TEMP", "Stop charging above this temperature of the box"),
    ("timezone", "text", "CET-1CEST,M3.5.0,M10.5.0/3", 0, 48, "", None,
     "W", "", "Time zone as POSIX writes it, with its summer time"),
    ("ntp_host", "text", "", 0, 63, "", None,
     "W", "", "Time server; empty: the pages that are opened tell the time"),
    ("week", "text", "", 0, 255, "", None,
     "W", "", "Up to 8 windows, as Mo-Fr 23:00-07:00 Smart 16; Sa,Su 10:00-16:00 Solar"),
    ("week_else", "pick", 0, 0, 1, "", ("As set", "Wait"),
     "W", "WEEK ELSE", "What happens outside all windows of the week"),
    ("goal_kwh", "int", 0, 0, 200, "kWh", None,
     "WM", "GOAL KWH", "Energy after which a session is done, by the EV meter; 0 is none"),
    ("goal_min", "int", 0, 0, 1440, "min", None,
     "WM", "GOAL TIME", "Charging time after which a session is done; 0 is none"),
    ("goal_soc", "int", 0, 0, 100, "%", None,
     "WM", "GOAL SOC", "Charge of the car's battery, as somebody tells it, at which a session is done; 0 is none"),
    # Nobody's to choose: what a planned change has to remember over a restart.
    ("base_mode", "pick", 0, 0, 4, "", ("None", "Normal", "Smart", "Solar", "Min+PV"),
     "", "", "The mode that comes back when a window of the week ends"),
    ("start_at", "int", 0, 0, 99999999, "min", None, "", "", "Start of a charge in local minutes since 1970"),
    ("stop_at", "int", 0, 0, 99999999, "min", None, "", "", "Its end"),
    ("start_daily", "bool", 0, 0, 1, "", None, "", "", "Both again on each next day"),
    ("capacity", "pick", 0, 0, 3, "", ("Disabled", "Fixed", "Interval", "Flanders"),
     "LW", "CAP MODE", "Limit on the power of all phases: a fixed one, one by the hour, or the peak of the quarter hours"),
    ("sum_mains_a", "int", 0, 0, 600, "A", None,
     "LWM", "CAPACITY", "Limit on the sum of the phases at the grid, for CAP MODE Fixed; 0 is none"),
    ("sum_mains_min", "int", 0, 0, 60, "min", None,
     "LW", "CAP STOP", "Charge at MIN for so long when the capacity is passed, then stop; 0 stops as for the mains"),
    ("capacity_plan", "text", "", 0, 120, "", None, "W", "CAPACITY PLAN",
     "CAP MODE Interval: local times and watts, such as 00:00 11000, 17:00 4000, 21:00 11000"),
    ("capacity_peak", "text", "", 0, 14, "", None, "W", "CAPACITY PEAK",
     "CAP MODE Flanders: the month, as 202611, and its highest quarter hour in W; kept by the charger itself"),
    ("share", "pick", 0, 0, 2, "", ("Equal", "Priority", "Arrival"),
     "W", "SHARE", "Several chargers: equal parts; or first who stands first in PRIORITIES; or first who came first"),
    ("priorities", "text", "", 0, 31, "", None,
     "W", "PRIORITIES", "SHARE Priority: who is served first, such as 2,0,1; 0 is the Master, 1 to 7 the nodes; all others after, by number"),
    ("rotate_min", "int", 0, 0, 1440, "min", None,
     "W", "ROTATE", "Several chargers, too little for all: who has charged so long gives its place to who waits; 0 is never"),
    ("wifi_ssid", "text", "", 0, 32, "", None, "W", "", "Name of the wireless network"),
    ("wifi_pass", "text", "", 0, 63, "", None, "WS", "", "Password of the wireless network"),
    ("mains_host", "text", "", 0, 75, "", None, "W", "",
     "Network address of the mains meter, address[:port] or name.local; empty is RS485, or a HomeWizard that is found"),
    ("circuit_host", "text", "", 0, 75, "", None, "W", "", "Network address of the circuit meter"),
    ("ev_host", "text", "", 0, 75, "", None, "W", "", "Network address of the EV meter"),
    ("pv_host", "text", "", 0, 75, "", None, "W", "", "Network address of the PV meter"),
    ("battery_host", "text", "", 0, 75, "", None, "W", "", "Network address of the battery meter"),
    ("mqtt_host", "text", "", 0, 63, "", None, "W", "", "Address of the MQTT broker; empty is none"),
    ("mqtt_port", "int", 1883, 1, 65535, "", None, "W", "", "Port of the MQTT broker"),
    ("mqtt_user", "text", "", 0, 63, "", None, "W", "", "User name at the broker"),
    ("mqtt_pass", "text", "", 0, 63, "", None, "WS", "", "Password at the broker"),
    ("mqtt_prefix", "text", "", 0, 63, "", None, "W", "", "First part of every topic; empty is SmartEVSE/serial"),
    ("modbus_tcp_port", "int", 0, 0, 65535, "", None, "W", "", "Port of the Modbus TCP server, usually 502; 0 is off"),
    ("modbus_tcp_write", "bool", 0, 0, 1, "", None, "W", "", "Programs may also write over Modbus TCP"),
)


def row(key: str) -> tuple:
    """The row of a setting. ValueError names a key that is none."""
    for r in TABLE:
        if r[KEY] == key:
            return r
    raise ValueError("no such setting: " + str(key)[:40])


def ask(r: tuple) -> str:
    """What a value of this row must be, in words: the same on LCD, REST and MQTT."""
    if r[KIND] == "text":
        return "%s must be text of at most %d bytes" % (r[KEY], r[HIGH])
    if r[KIND] == "pick":
        return "%s must be one of %s" % (r[KEY], ", ".join([c for c in r[CHOICES] if c]))
    if r[KIND] == "bool":
        return "%s must be on or off" % r[KEY]
    return ("%s must be a whole number from %d to %d %s" % (r[KEY], r[LOW], r[HIGH], r[UNIT])).rstrip()


def whole(raw) -> int:
    """raw as a whole number: 7, 7.0, "7" and "7.0" are; True, "", "7.5" and "0x7" are not (ValueError)."""
    if raw is True or raw is False:
        raise ValueError("not a number")
    if isinstance(raw, str):
        text = raw.strip()
        head, dot, tail = text.partition(".")
        digits = head[1:] if head[:1] in ("-", "+") else head
        if not digits.isdigit() or len(digits) > 9 or (dot and tail.strip("0")):
            raise ValueError("not a whole number")
        return int(head)
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float) and -1e9 < raw < 1e9 and int(raw) == raw:
        return int(raw)
    raise ValueError("not a whole number")


def _pick(r: tuple, raw) -> int:
    names = r[CHOICES]
    if isinstance(raw, (str, int)):  # a baud is a name too
        for i, name in enumerate(names):
            if name and name.lower() == str(raw).lower():
                return i
    i = whole(raw)
    if not 0 <= i < len(names) or names[i] is None:
        raise ValueError("no such choice")
    return i


def _switch(raw) -> int:
    word = str(raw).lower()
    if word in ("1", "true", "on"):
        return 1
    if word in ("0", "false", "off"):
        return 0
    raise ValueError("not on or off")


def check(r: tuple, raw):
    """The value to keep for raw. ValueError names the field and its range; nothing is changed here."""
    kind = r[KIND]
    try:
        if kind == "text":
            if not isinstance(raw, str) or len(raw.encode()) > r[HIGH] or any([ord(c) < 32 for c in raw]):
                raise ValueError("not such a text")
            return raw
        if kind == "pick":
            return _pick(r, raw)
        if kind == "bool":
            return _switch(raw)
        value = whole(raw)
        if not r[LOW] <= value <= r[HIGH]:
            raise ValueError("out of range")
        return value
    except ValueError:
        raise ValueError(ask(r)) from None


class Settings:
    """The values now. Read them as attributes; write them through put()."""

    def __init__(self) -> None:
        self.serial = 0  # counts changes, so that others can see that there was one
        for r in TABLE:
            setattr(self, r[KEY], r[DEFAULT])

    def put(self, key: str, raw):
        """Checks and keeps a value; returns it as kept. ValueError changes nothing."""
        value = check(row(key), raw)
        if getattr(self, key) != value:
            setattr(self, key, value)
            self.serial += 1
        return value


def shown(cfg: Settings, r: tuple):
    """The value as a person sees it: the text of a pick, three stars for a secret that is set."""
    value = getattr(cfg, r[KEY])
    if r[KIND] == "pick":
        return r[CHOICES][value]
    if "S" in r[WHERE]:
        return "***" if value else ""
    return value


def dump(cfg: Settings):
    """Lines key=value of all that differs from its default, secrets included: for the store only."""
    for r in TABLE:
        value = getattr(cfg, r[KEY])
        if value != r[DEFAULT]:
            yield "%s=%s\n" % (r[KEY], r[CHOICES][value] if r[KIND] == "pick" else value)


def load(cfg: Settings, lines) -> int:
    """Takes stored lines; how many did not fit. Such a line is skipped, so an old file never stops a boot."""
    left = 0
    for line in lines:
        key, _, raw = line.rstrip("\n").partition("=")
        try:
            cfg.put(key, raw)
        except ValueError:
            left += 1
    return left
