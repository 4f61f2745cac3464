"""Keeps the settings over a restart.

Saves a few seconds after the last change, so that turning a knob costs one
write. Where a write stalls the processor (flash on the chip), it waits until
no contactor is closed: the pilot goes before the memory.
"""
import faults
import settings
from app import clock

FILE = "settings"
REST_MS = 2000  # after the last change
LOOK_MS = 500


class Keeper:
    def __init__(self, cfg, store, out, fault_list, say) -> None:
        self.cfg = cfg
        self.store = store
        self.out = out
        self.faults = fault_list
        self.say = say          # a function that takes a line for the log
        self._kept = 0          # cfg.serial as last saved

    def load(self) -> None:
        """Reads what was kept. A damaged or old file costs settings, never the start."""
        data = self.store.load(FILE)
        if data:
            try:
                left = settings.load(self.cfg, data.decode().split("\n")[:-1])
                if left:
                    self.say("%d stored settings did not fit" % left)
            except UnicodeError:
                self.say("the stored settings are not readable")
        self._kept = self.cfg.serial

    def save(self) -> None:
        """Writes now."""
        serial = self.cfg.serial
        try:
            self.store.save(FILE, "".join(list(settings.dump(self.cfg))).encode())
            self.faults.put(faults.STORE, 0)
            self._kept = serial
        except OSError as e:
            self.faults.put(faults.STORE, 1)
            self.say("settings not saved: %s" % e)

    async def run(self) -> None:
        seen = self._kept
        rested = 0
        while True:
            await clock.sleep_ms(LOOK_MS)
            if self.cfg.serial == self._kept:
                continue
            rested = rested + LOOK_MS if self.cfg.serial == seen else 0
            seen = self.cfg.serial
            if rested >= REST_MS and not (self.store.stalls and self.out.c1):
                self.save()
                rested = 0
