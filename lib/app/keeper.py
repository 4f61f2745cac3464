"""Keeps the settings and the contactors' counters over a restart.

Saves a few seconds after the last change, so that turning a knob costs one
write. Where a write stalls the processor (flash on the chip), it waits until
no contactor is closed: the pilot goes before the memory.
"""
from micropython import const

import faults
import settings
from app import clock

_FILE = const("settings")
_COUNTERS = const("counters")
_REST_MS = const(2000)  # after the last change
_LOOK_MS = const(500)


class Keeper:
    def __init__(self, cfg, store, out, contacts, fault_list, say) -> None:
        self.cfg = cfg
        self.store = store
        self.out = out
        self.contacts = contacts
        self.faults = fault_list
        self.say = say          # a function that takes a line for the log
        self._kept = 0          # cfg.serial as last saved
        self._bad: set = set()  # names that could not be saved
        self._counted = 0       # closings as last saved

    def load(self) -> None:
        """Reads what was kept. A damaged or old file costs settings, never the start."""
        data = self.store.load(_FILE)
        if data:
            try:
                left = settings.load(self.cfg, data.decode().split("\n")[:-1])
                if left:
                    self.say("%d stored settings did not fit" % left)
            except UnicodeError:
                self.say("the stored settings are not readable")
        self._kept = self.cfg.serial
        data = self.store.load(_COUNTERS) or b""
        words = data.split()
        if len(words) == 2 and words[0].isdigit() and words[1].isdigit():
            self.contacts.closings = int(words[0])
            self.contacts.hot = int(words[1])
        self._counted = self.contacts.closings

    def save(self) -> None:
        """Writes the settings now."""
        serial = self.cfg.serial
        if self._write(_FILE, "".join(list(settings.dump(self.cfg))).encode()):
            self._kept = serial

    def count(self) -> None:
        """Writes the counters now."""
        closings = self.contacts.closings
        if self._write(_COUNTERS, b"%d %d" % (closings, self.contacts.hot)):
            self._counted = closings

    def _write(self, name: str, data: bytes) -> bool:
        try:
            self.store.save(name, data)
        except OSError as e:
            if not self.faults.mask & 1 << faults.STORE:
                self.say("%s not saved: %s" % (name, e))  # once: it is tried again twice a second, and the log is short
            self._bad.add(name)
            self.faults.put(faults.STORE, 1)
            return False
        self._bad.discard(name)
        self.faults.put(faults.STORE, 1 if self._bad else 0)
        return True

    async def run(self) -> None:
        seen = self._kept
        rested = 0
        while True:
            await clock.sleep_ms(_LOOK_MS)
            if self.contacts.closings != self._counted and not self.out.c1:
                self.count()  # once for a charge, when it is over
            if self.cfg.serial == self._kept:
                continue
            rested = rested + _LOOK_MS if self.cfg.serial == seen else 0
            seen = self.cfg.serial
            if rested >= _REST_MS and not (self.store.stalls and self.out.c1):
                self.save()
                rested = 0
