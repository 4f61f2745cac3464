"""The external switch: eight things it may mean, in clean events.

A level counts once it has stood for DEBOUNCE_MS. A toggle is looked at when
the power comes and when its meaning changes, a push button is not. It only
says what was meant; who may do it decides. The grid relay is a level, not an
event: the tick reads `relay_open`.
"""
from micropython import const

# as settings' switch; B is a push button, S a toggle
DISABLED, ACCESS_B, ACCESS_S, SUN_B, SUN_S, RELAY, CUSTOM_B, CUSTOM_S = range(8)

# what was meant
NOTHING, TOGGLE_ACCESS, GRANT, WITHDRAW, SWAP_SUN, TO_SMART, TO_SOLAR, STOP, TOGGLE_CUSTOM, CUSTOM_ON, CUSTOM_OFF = range(11)

DEBOUNCE_MS = const(120)
HOLD_MS = const(1500)  # held longer than this, SUN_B means stop

_PRESS = (STOP, TOGGLE_ACCESS, GRANT, NOTHING, TO_SMART, NOTHING, TOGGLE_CUSTOM, CUSTOM_ON)
_RELEASE = (NOTHING, NOTHING, WITHDRAW, SWAP_SUN, TO_SOLAR, NOTHING, NOTHING, CUSTOM_OFF)
_TOGGLES = (ACCESS_S, SUN_S, CUSTOM_S)


class Switch:
    def __init__(self) -> None:
        self.closed = 0       # debounced
        self.presses = 0      # counts them: a press also resets what is over
        self.relay_open = 0   # 1: the grid operator wants less
        self.meant = NOTHING  # taken by take()
        self._kind = -1
        self._raw_ms = self._held_ms = 0



    def step(self, dt_ms: int, raw: int, kind: int) -> None:
        """Every tick: raw 1 is closed, kind one of the eight."""
        if kind != self._kind:
            self._kind = kind
            self.closed = raw
            self._held_ms = HOLD_MS + 1  # a hold that began under another meaning means nothing here
            if kind in _TOGGLES:
                self.meant = (_PRESS if raw else _RELEASE)[kind]
        elif raw != self.closed:
            self._raw_ms += dt_ms
            if self._raw_ms >= DEBOUNCE_MS:
                self._turn(raw, kind)
        else:
            self._raw_ms = 0
            if raw and kind == SUN_B and self._held_ms <= HOLD_MS:
                self._held_ms += dt_ms
                if self._held_ms > HOLD_MS:
                    self.meant = STOP
        self.relay_open = 1 if kind == RELAY and not self.closed else 0

    def _turn(self, closed: int, kind: int) -> None:
        self.closed = closed
        self._raw_ms = 0
        if closed:
            self.presses += 1
            self._held_ms = 0
            meant = _PRESS[kind]
        else:
            meant = _RELEASE[kind]
            if kind == SUN_B and self._held_ms > HOLD_MS:
                meant = NOTHING
        if meant:
            self.meant = meant

    def take(self) -> int:
        """What was meant since the last call, once."""
        meant = self.meant
        self.meant = NOTHING
        return meant
