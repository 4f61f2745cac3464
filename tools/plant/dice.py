"""A small seeded source of chance, the same on every interpreter.

CPython's and MicroPython's own generators differ, and a story must give the
same trace on both. This one is a linear congruential generator with the
constants of the C standard's example; its low bits are poor, so the upper
ones are handed out. Good for clouds and kettles, never for secrets.
"""


class Dice:
    """Throws that depend on the seed and on nothing else."""

    def __init__(self, seed: int) -> None:
        self.state = seed & 0x7FFFFFFF

    def below(self, n: int) -> int:
        """A whole number from 0 to n - 1, n up to 32768."""
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 15) * n >> 16
