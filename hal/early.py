"""The first moments after power-up, for boot.py. Small, so that it runs at once.

The pins that could hurt are the same on both boards. The lock's lines are
not, and stay low, which is what the driver has at power-up anyway.
"""

import machine
from esp32 import Partition

from hal import board_v30 as common

GRACE_MS = 30000  # from boot to the first food of the watchdog


def pins() -> None:
    """Contactors open, pilot wire open, bus silent."""
    machine.Pin(common.C1, machine.Pin.OUT, value=0)
    machine.Pin(common.C2, machine.Pin.OUT, value=0)
    machine.Pin(common.CP_OFF, machine.Pin.OUT, value=1)
    machine.Pin(common.RS485_DE, machine.Pin.OUT, value=0)


def clock() -> None:
    """Full speed; the chip starts at 160 MHz."""
    machine.freq(240000000)


def trial() -> None:
    """This firmware must prove itself.

    The boot loader starts an update once; any restart before approve() brings
    the former firmware back. So it is enough that a firmware which does not
    get going restarts, and the watchdog sees to that.
    """
    machine.WDT(timeout=GRACE_MS)


def approve() -> int:
    """Keep this firmware. 1 if that was noted, 0 where there is nothing to go back to."""
    try:
        Partition.mark_app_valid_cancel_rollback()
    except OSError:
        return 0  # not started from an update slot
    return 1
