"""The house's own load per phase, set by hand or following a seeded day.

It does not know the charger or the sun. Positive is taken from the grid.
`follow(seed)` lets a fridge, a kettle and an oven come and go; the same seed
gives the same day on every interpreter.
"""
from tools.plant.dice import Dice

# phase, mA, shortest and longest run in minutes, one start in so many minutes
APPLIANCES = (
    (0, 600, 8, 14, 25),       # fridge
    (0, 9600, 2, 4, 90),       # kettle
    (1, 11000, 15, 45, 300),   # oven, thermostat ignored
    (2, 8700, 40, 90, 400),    # washing machine heating
)
BASE_MA = (400, 300, 500)
MINUTE_MS = 60000


class House:
    """`ma` is the load per phase."""

    def __init__(self) -> None:
        self.ma = [0, 0, 0]
        self._dice: "Dice | None" = None
        self._left = [0] * len(APPLIANCES)
        self._wait_ms = 0

    def set_ma(self, l1: int, l2: int, l3: int) -> None:
        """Sets the load by hand and leaves the day."""
        self._dice = None
        self.ma[0], self.ma[1], self.ma[2] = l1, l2, l3

    def follow(self, seed: int) -> None:
        """From now on appliances run as the seed has it."""
        self._dice = Dice(seed)
        self._wait_ms = 0

    def step(self, dt_ms: int) -> None:
        if self._dice is None:
            return
        self._wait_ms -= dt_ms
        if self._wait_ms <= 0:
            self._wait_ms += MINUTE_MS
            self._minute(self._dice)

    def _minute(self, dice: Dice) -> None:
        for p in range(3):
            self.ma[p] = BASE_MA[p]
        for i, (phase, ma, short, long, rare) in enumerate(APPLIANCES):
            if self._left[i]:
                self._left[i] -= 1
            elif dice.below(rare) == 0:
                self._left[i] = short + dice.below(long - short)
            if self._left[i]:
                self.ma[phase] += ma
