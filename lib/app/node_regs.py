"""The registers of a node: what each one reads, and what a write to it may do.

Whoever is on the wire may write, so a write is a wish and never an order: no
register closes a contactor, sets a state or clears a fault. A state is taken
only as the answer to this node's own question (app/node.py), an error only
stops, a current is one more limit, access can be taken and not given, and
settings go through app/control.py like everybody's. What decides about safety or about who is master (CONFIG,
LOCK, PWR SHARE, SWITCH, RCMON) the wire cannot change.

A telegram is taken whole or not at all. It knows no frame.
"""
from evse.auth import ON
from proto import nodes
from proto.nodes import (CHANGED, CONFIG, CONFIG_KEYS, CURRENT, CURRENTS, CURRENTS_COUNT, ERROR, ILLEGAL_ADDRESS,
                         ILLEGAL_VALUE, LAYOUTS, MODE, OLD_CALIBRATION, OLD_LAYOUT, STATE, SYSTEM, SYSTEM_COUNT,
                         SYSTEM_KEYS, Refused)


class NodeRegs:
    def __init__(self, house, node) -> None:
        """node answers state(), most_a(), and takes granted(state), error(bits), allotted(ma) (app/node.py)."""
        self.house = house
        self.node = node
        self.changed = 1      # the master shall ask for the EV meter and the phases
        self.phases = -1      # register 8 as it was read last, -1: nobody has
        self.timer_s = 0      # the master's solar stop timer
        self.refusals = 0     # telegrams that were not taken
        self.refused = ""     # the last one, in words

    def read(self, start: int, count: int) -> list:
        """Registers as they go on the wire. Refused when there are none such, or not all in one block."""
        end = start + count
        if count < 1 or not (end <= nodes.STATUS_END or CONFIG <= start and end <= CONFIG + len(CONFIG_KEYS)
                             or SYSTEM <= start and end <= SYSTEM + SYSTEM_COUNT):
            raise Refused(ILLEGAL_ADDRESS)
        if start <= nodes.PHASES < end:
            self.phases = self.one_phase()
        return [self._value(at) & 0xFFFF for at in range(start, end)]

    def one_phase(self) -> int:
        """Register 8: 1 while this charger's contactors give one phase only, 0 for three."""
        return 1 if self.house.evse.phases.now == 1 else 0

    def _value(self, at: int) -> int:
        house = self.house
        cfg = house.cfg
        if at >= CONFIG:
            return nodes.shown(cfg, at)
        if at == STATE:
            return self.node.state()
        if at == ERROR:
            return (self.node.error_bits | self.own_errors()) & 0xFF
        if at == CURRENT:
            return (house.evse.offered_ma + 50) // 100
        if at == MODE:
            return nodes.mode(cfg.mode)
        if at == nodes.TIMER:
            return self.timer_s
        if at == nodes.ACCESS:
            return cfg.access
        if at == CHANGED:
            return self.changed
        if at == nodes.MOST:
            return self.node.most_a()
        if at == nodes.PHASES:
            return self.one_phase()
        return house.evse.temp_c if at == nodes.TEMPERATURE else house.serial if at == nodes.SERIAL else 0

    def own_errors(self) -> int:
        """The faults that stand here, as bits of register 1."""
        return nodes.errors(self.house.faults.mask)

    def write(self, start: int, values, alone: int = 0) -> int:
        """Takes registers from start on; how many were taken. Refused, and nothing changed, else. alone: it was one order."""
        try:
            if start == CURRENTS and len(values) in (8, CURRENTS_COUNT):
                raise Refused(ILLEGAL_ADDRESS)  # allotments are for all: they come by broadcast only
            if start + len(values) <= nodes.MOST:
                return self._status(start, values, alone)
            if CONFIG <= start and start + len(values) <= CONFIG + len(CONFIG_KEYS):
                return self._config(start, values)
            if start >= SYSTEM:
                return self._system(start, values)
            raise Refused(ILLEGAL_ADDRESS)
        except Refused as e:
            self.tell("write to %04X refused" % start)
            raise e
        except ValueError as e:
            self.tell("write to %04X refused: %s" % (start, e))
            raise Refused(ILLEGAL_VALUE)

    def tell(self, text: str) -> None:
        """Something was not taken; a line for the log when it is another thing than last time."""
        self.refusals += 1
        if text != self.refused:
            self.refused = text
            self.house.say("bus: " + text)

    def _status(self, start: int, values, alone: int) -> int:
        house = self.house
        control = house.control
        at = start
        for value in values:  # all are looked at before one is taken
            if value > (nodes.STATE_MAX, 255, nodes.AMPS_MAX, 2, 0xFFFF, 2, 1)[at]:
                raise ValueError("register %d is out of range" % at)
            if at == MODE and value != nodes.mode(house.cfg.mode):
                control.check("mode", value)
            if at == CURRENT and (value or alone):
                control.check_override(value * 100)
            if at == nodes.ACCESS and value == ON and house.cfg.access != ON:
                raise ValueError("access is not for the wire to give")
            at += 1
        at = start
        granted = -1
        for value in values:
            if at == STATE:
                granted = value  # after the error that may stand beside it
            elif at == ERROR:
                self.node.error(value)
            elif at == CURRENT and (value or alone):  # a 0 on the way to the mode takes nobody's wish back
                control.override(value * 100)
            elif at == MODE and value != nodes.mode(house.cfg.mode):
                control.put("mode", value)
            elif at == nodes.TIMER:
                self.timer_s = value
            elif at == nodes.ACCESS and value != house.cfg.access:
                control.put("access", value)
            elif at == CHANGED:
                self.changed = 1 if self.phases == 1 - self.one_phase() else value  # it has not heard the last of it
            at += 1
        if granted >= 0:
            self.node.granted(granted)
        return len(values)

    def _config(self, start: int, values) -> int:
        keys = CONFIG_KEYS[start - CONFIG:]
        self._check([(keys[i][0] if keys[i][1] else "", values[i], start + i) for i in range(len(values))])
        return self._put([key for key, _ in keys], values)

    def _system(self, start: int, values) -> int:
        count = len(values)
        if start + count > SYSTEM + SYSTEM_COUNT and (start != SYSTEM or count not in LAYOUTS):
            if start > SYSTEM or count < SYSTEM_COUNT:
                raise Refused(ILLEGAL_ADDRESS)
            raise ValueError("%d settings are a layout that is not known; %s are" % (count, ", ".join([str(n) for n in LAYOUTS])))
        keys = list(SYSTEM_KEYS[start - SYSTEM:])
        if count == OLD_LAYOUT:
            keys[OLD_CALIBRATION] = ""
        values = values[:len(keys)]
        self._check([(keys[i], values[i], -1) for i in range(len(values))])
        return self._put(keys, values)

    def _check(self, rows) -> None:
        """ValueError names the first that cannot be taken. What has its value already is no change."""
        for key, value, at in rows:
            now = self._value(at) if at >= 0 else self._now(key) if key else value
            if value != now:
                if not key:
                    raise ValueError("register %04X is not for the wire to change" % at)
                self.house.control.check(key, value)

    def _now(self, key: str) -> int:
        return nodes.mode(self.house.cfg.mode) if key == "mode" else getattr(self.house.cfg, key)

    def _put(self, keys, values) -> int:
        control = self.house.control
        for i in range(len(values)):
            if keys[i] and values[i] != self._now(keys[i]):
                control.put(keys[i], values[i])
        return len(values)
