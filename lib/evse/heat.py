"""The temperature of the box: first less current, then none.

From EASE_K below MAX TEMP the current falls to 6 A at MAX TEMP; above it the
charge stops until the box is BACK_K cooler. A sensor that reads outside what a
box can be is broken, and a broken sensor stops the charge as well.
"""
from micropython import const

EASE_K = const(10)
BACK_K = const(10)
LOWEST_C = const(-40)   # the MCP9700A ends here ...
HIGHEST_C = const(125)  # ... and here
_LOWEST_MA = const(6000)


class Heat:
    def __init__(self) -> None:
        self.too_hot = 0
        self.broken = 0

    def limit_ma(self, temp_c: int, max_c: int, most_ma: int) -> int:
        """What the box can stand, mA, of most_ma; 0 when it is too hot or nobody knows."""
        self.broken = 0 if LOWEST_C < temp_c < HIGHEST_C else 1
        if temp_c > max_c:
            self.too_hot = 1
        elif temp_c < max_c - BACK_K:
            self.too_hot = 0
        if self.broken or self.too_hot:
            return 0
        over_k = max(0, temp_c - (max_c - EASE_K))
        return most_ma - max(0, most_ma - _LOWEST_MA) * over_k // EASE_K
