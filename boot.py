"""Runs first on the chip: pins to safe, full clock, and an update on trial.

If the firmware does not come up within half a minute the chip restarts, and
the boot loader undoes an update that has not been approved by then. main.py
does the rest.
"""

from hal import early

early.pins()
early.clock()
early.trial()
