"""Everything a person or a program may ask of the charger, in one place.

LCD, REST and MQTT all come here, so that the same words are accepted and
refused everywhere. A check changes nothing; a refusal is a ValueError that
names the field and its range.
"""
from micropython import const

import settings
from energy import week
from energy.calendar import Zone
from evse.auth import LONG_MS, OFF, ON, PAUSE
from evse.limits import NO_LIMIT, OVERRIDE
from evse.phases import AUTO
from evse.switch import (CUSTOM_OFF, CUSTOM_ON, GRANT, STOP, SWAP_SUN, TO_SMART, TO_SOLAR, TOGGLE_ACCESS, TOGGLE_CUSTOM,
                         WITHDRAW)

MODES = ("off", "pause", "normal", "smart", "solar", "minpv")
CUSTOM = const(19)  # a meter, as settings' mains_meter
SMART = const(1)    # as settings' mode
NORMAL, SOLAR = 0, 2
NODE_1 = const(2)  # as settings' loadbl; those above are nodes too


class Control:
    def __init__(self, cfg, evse, inp, say) -> None:
        """say(text) writes a line for the log."""
        self.cfg = cfg
        self.evse = evse
        self.inp = inp
        self.say = say
        self.custom = 0           # the owner's own button: a flag for others to use
        self.override_ma = 0      # a wish over REST or MQTT, 0 none; lives until it is taken back

    def mode(self) -> str:
        """off, pause, normal, smart, solar or minpv: mode and access in one word."""
        if self.cfg.access == OFF:
            return "off"
        if self.cfg.access == PAUSE:
            return "pause"
        return MODES[2 + self.cfg.mode]

    def check_mode(self, name: str) -> str:
        """The mode's word. ValueError for an unknown one, and for Smart and Solar without a mains meter."""
        word = str(name).lower()
        if word not in MODES:
            raise ValueError("mode must be one of " + ", ".join(MODES))
        if word in ("smart", "solar", "minpv") and not self.cfg.mains_meter and self.cfg.loadbl < NODE_1:
            raise ValueError("mode %s needs a mains meter: set mains_meter first" % word)
        return word

    def set_mode(self, name: str) -> None:
        """One of MODES. Choosing a way to charge is the owner's word that a car may charge."""
        word = self.check_mode(name)
        cfg = self.cfg
        if word == "off":
            cfg.put("access", OFF)
        elif word == "pause":
            cfg.put("access", PAUSE)
        else:
            if word in ("solar", "minpv"):
                self.override(0)
            cfg.put("mode", MODES.index(word) - 2)
            cfg.put("access", ON)
        self.say("mode " + word)

    def swap_sun(self) -> None:
        """Smart becomes Solar and back, by a button. Access stays as it is; nothing happens in Normal."""
        if self.cfg.mode != NORMAL:
            self.put("mode", SOLAR if self.cfg.mode == SMART else SMART)

    def reset(self) -> None:
        """A person has looked at a latched fault. ValueError while its cause stands."""
        stands = self.evse.watch.reset(self.evse, self.inp)
        if stands:
            raise ValueError("fault %s still stands" % stands)
        self.say("faults reset by hand")

    def skip_delay(self) -> None:
        """Somebody does not want to wait for the random delay."""
        self.evse.auth.skip()
        self.say("random delay skipped")

    def external_switch(self) -> None:
        """Does what the external switch meant since the last call. It may grant access: that is what it is set to."""
        switch = self.evse.switch
        meant = switch.take()
        if meant == STOP:
            self.evse.auth.wait(LONG_MS)
        elif meant in (TOGGLE_ACCESS, GRANT, WITHDRAW):
            on = meant == GRANT or meant == TOGGLE_ACCESS and self.cfg.access != ON
            self.put("access", ON if on else OFF)
        elif meant and self.cfg.access == ON and self.cfg.mode != NORMAL:
            if meant == SWAP_SUN:
                self.swap_sun()
            elif meant in (TO_SMART, TO_SOLAR):
                self.put("mode", SMART if meant == TO_SMART else SOLAR)
        if meant in (TOGGLE_CUSTOM, CUSTOM_ON, CUSTOM_OFF):
            self.custom = 1 - self.custom if meant == TOGGLE_CUSTOM else 1 if meant == CUSTOM_ON else 0

    def check(self, key: str, raw):
        """The value that put() would keep."""
        value = settings.check(settings.row(key), raw)
        node = self.cfg.loadbl >= NODE_1  # its master has the mains meter, and counts the phases
        if key == "contact2" and value == AUTO and node:
            raise ValueError("contact2 Auto is not for a node: choose another")
        if key == "loadbl" and value >= NODE_1 and self.cfg.contact2 == AUTO:
            raise ValueError("loadbl Node cannot be with CONTACT 2 Auto: set contact2 first")
        if key == "mode" and value != NORMAL and not self.cfg.mains_meter and not node:
            raise ValueError("mode Smart and Solar need a mains meter: set mains_meter first")
        if key == "min_current_a" and value > self.cfg.max_current_a:
            raise ValueError("min_current_a must not be above max_current_a (%d A)" % self.cfg.max_current_a)
        if key == "max_current_a" and value < self.cfg.min_current_a:
            raise ValueError("max_current_a must not be below min_current_a (%d A)" % self.cfg.min_current_a)
        if key[-6:] == "_meter" and value == CUSTOM:
            from meters import custom
            custom.row(self.cfg)
        if key[-5:] == "_host" and key not in ("mqtt_host", "ntp_host") and value:
            from proto import host
            try:
                host.split(value, 502)
            except ValueError as e:
                raise ValueError(str(e).replace("host", key, 1)) from None
        if key == "ntp_host" and ":" in value and not (value.count(":") == 1 and 0 < settings.whole(value.split(":")[1] or "0") < 65536):
            raise ValueError("ntp_host must be a name or an address, with or without :port")
        if key == "timezone":
            Zone(value)
        if key == "week":
            week.parse(value)
        if key == "priorities":
            from energy import fleet
            fleet.order(value)
        if key == "capacity_plan":
            from energy import capacity
            capacity.plan_of(value)
        if key == "mqtt_prefix" and ("+" in value or "#" in value):
            raise ValueError("mqtt_prefix must not contain + or #")
        if key == "loadbl" and value < NODE_1 and self.cfg.mode != NORMAL and not self.cfg.mains_meter:
            raise ValueError("loadbl %s needs a mains meter in Smart and Solar: set mode Normal first" % ("Disabled", "Master")[value])
        if key == "mains_meter" and not value and self.cfg.mode != NORMAL and not node:
            raise ValueError("mains_meter is needed in Smart and Solar: set mode Normal first")
        return value

    def put(self, key: str, raw):
        """Checks and keeps a setting; returns it as kept."""
        value = self.cfg.put(key, self.check(key, raw))
        if key == "mode" and value >= SOLAR:
            self.override(0)  # as set_mode: Solar knows none
        self.say("%s set" % key)
        return value

    def check_override(self, ma: int) -> int:
        """0, or MIN to MAX in mA, and not in Solar."""
        low, high = self.cfg.min_current_a * 1000, self.cfg.max_current_a * 1000
        if ma and not low <= ma <= high:
            raise ValueError("override_current must be 0 or from %d to %d (0.1 A)" % (low // 100, high // 100))
        if ma and self.cfg.mode >= SOLAR:
            raise ValueError("override_current is not used in Solar")
        return ma

    def override(self, ma: int) -> None:
        """A lower current than MAX by somebody's wish, in mA; 0 takes it back. It is one more limit, never more."""
        self.override_ma = self.check_override(ma)
        self.evse.limits.put(OVERRIDE, ma or NO_LIMIT)
