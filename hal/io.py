"""What a board sees and does, in two boxes that live for ever and are refilled.

A board has two verbs for the 10 ms tick, read(inp) and write(out). Both boxes
hold plain integers, are made once and never replaced, so a tick makes no
garbage. They know nothing of states, limits or settings: a board fills in
what its pins say, and does what it is told.
"""


class Inputs:
    """What the board saw this tick."""

    def __init__(self) -> None:
        self.cp_high_mv = 12000  # pilot at the connector, upper plateau of the 1 kHz period
        self.cp_low_mv = 12000   # lower plateau; equal to the upper one on a steady pilot
        self.pp_ohm = 65535      # coding resistor of the cable; 65535 is open
        self.rcm = 0             # 1: the residual-current monitor has tripped
        self.temp_c = 20         # inside the box
        self.switch = 0          # 1: external switch closed
        self.locked = 0          # 1: the lock's feedback says the plug is held
        self.buttons = 0         # bit 0 left, 1 middle, 2 right; 1 is pressed
        self.fresh = 1           # 0: the board could not sample the pilot this tick


class Outputs:
    """What the board shall do until the next tick. As made: everything off and safe."""

    def __init__(self) -> None:
        self.duty_bp = 10000     # pilot duty in 1/10000; 10000 steady +12 V, 0 steady -12 V
        self.connected = 1       # 0: the pilot wire is opened by its switch
        self.c1 = 0              # contactor of L1 and N (and of L2, L3 where there is one only)
        self.c2 = 0              # contactor of L2 and L3
        self.lock_drive = 0      # 0 idle, 1 lock, 2 unlock
