"""What the display and the light are told: plain numbers and short words.

The rim fills one View once a second from the house; the screens draw from it
and know nothing else. It is made once and refilled.
"""
from micropython import const

NORMAL, SMART, SOLAR = 0, 1, 2
OFF, ON, PAUSE = 0, 1, 2
FLIP_S = const(4)  # seconds between the two sides of an alternating text


class View:
    def __init__(self) -> None:
        self.mode = NORMAL
        self.access = ON
        self.state = "A"          # A B1 B2 C1 C2 D1 D2 E F
        self.charging = 0         # 1: the contactor is closed and current is offered
        self.plugged = 0          # 1: a car is there
        self.offered_ma = 0       # per phase; 0 while nothing is offered
        self.by = ""              # whose limit is the smallest: "mains"
        self.wait = ""            # why there is no current, in two or three words; "" when there is
        self.countdown_s = 0      # until that changes by itself; 0 unknown
        self.pause_s = 0          # until a start, while nothing but a pause or a delay is in its way
        self.start = ""           # when the plan lets a charge begin: "23:00" or "Mo 23:00"; "" when nothing waits for that
        self.done = 0             # 1: this session has reached its goal
        self.boost_s = 0          # left of "charge now"
        self.delayed = 0          # 1: that is the random delay, which a person may skip
        self.stop_s = 0           # until lack of sun or a capacity limit stops the charge; 0 none
        self.no_power = 0         # 1: what the mains or the sun leave is less than a car needs
        self.mains_ma = [0, 0, 0]  # per phase, import positive
        self.has_mains = 0        # 1: these are fresh
        self.capped = 0           # 1: a limit on the sum of the mains is counting down
        self.limited = 0          # 1: the grid relay holds us down
        self.has_ev = 0           # 1: there is an EV meter
        self.ev_w = 0
        self.drawn_ma = 0         # what the car takes, largest phase
        self.session_wh = -1      # -1 unknown
        self.phases = 3
        self.switching = 0        # 1 or 3: a switch to so many phases is pending
        self.fault = ""           # name of the worst fault
        self.latched = 0          # 1: a fault waits for a person's reset
        self.fault_text = ""      # a sentence about it, for a fault without a screen of its own
        self.custom = 0           # 1: the owner's own flag is up
        self.temp_c = 20
        self.time = ""            # "14:05"; "" while the clock is not set
        self.note = ""            # the small line when nothing else is to be said
        self.version = ""
        self.beat_s = 0           # seconds since the turn of texts began
