"""What a HomeWizard P1 or kWh meter tells at /api/v1/data, read as it comes.

The JSON is never kept: one pass over its bytes picks the ten numbers that
matter from its outermost braces. They stay whole numbers, because a counter
in kWh has more digits than the chip's floats. What is not JSON, or has text
where a number belongs, is a ValueError of one word. Knows no socket.
"""
from micropython import const

PATH = "/api/v1/data"
_KEYS = const((b"active_current_l1_a", b"active_current_l2_a", b"active_current_l3_a", b"active_current_a",
        b"active_power_l1_w", b"active_power_l2_w", b"active_power_l3_w", b"active_power_w",
        b"total_power_import_kwh", b"total_power_export_kwh"))
AMPS, WATTS, IN, OUT = 0, 4, 8, 9   # where in _KEYS they begin; the fourth of each is the sum

_TOKEN = const(24)      # longer words are none of ours
_SHORT = const(14)      # nor are shorter keys
_DEPTH = const(8)       # of braces
NOTHING, WORD, TEXT = range(3)


def milli(word, size: int) -> int:
    """The decimal number in the first size bytes of word, as thousandths, the rest cut off. ValueError for anything else."""
    i = 1 if size and word[0] == 45 else 0
    number = digits = 0
    after = -1     # digits behind the point; -1 before it
    while i < size:
        c = word[i]
        i += 1
        if c == 46 and after < 0 and digits:
            after = 0
        elif not 48 <= c <= 57:
            raise ValueError("json")
        elif after < 0:
            digits += 1
            number = number * 10 + c - 48
        elif after < 3:
            after += 1
            number = number * 10 + c - 48
    if not 0 < digits < 10:
        raise ValueError("json")
    for _ in range(3 - max(after, 0)):
        number *= 10
    return -number if word[0] == 45 else number


class Data:
    """Made once; start() before each answer, take() for its pieces, numbers() at its end."""

    def __init__(self) -> None:
        self._word = bytearray(_TOKEN)  # the word that comes, and how long it is: more than _TOKEN is too long
        self._size = 0
        self._milli: list = [None] * len(_KEYS)   # of each of _KEYS, in thousandths; None when it was not told
        self.start()

    def start(self) -> None:
        for i in range(len(_KEYS)):
            self._milli[i] = None
        self._depth = 0
        self._kind = NOTHING  # of the value before the next comma or brace
        self._quoted = 0      # 1 within quotes, 2 after a backslash there
        self._key = -1        # index in _KEYS while its value comes
        self._begun = 0
        self._clear()

    def take(self, data: bytes, start: int, end: int) -> None:
        """The next bytes, data[start:end]. ValueError("json")."""
        for i in range(start, end):
            c = data[i]
            if self._quoted:
                if self._quoted == 2:
                    self._quoted = 1
                elif c == 92:       # backslash
                    self._quoted = 2
                    continue
                elif c == 34:
                    self._quoted = 0
                    continue
                self._add(c)
            elif c == 34:           # "
                self._clear()
                self._kind = TEXT
                self._quoted = 1
            elif c <= 32:
                pass
            elif c == 58:           # :
                if self._depth == 1:
                    self._key = self._which()
                self._clear()
            elif c == 123 or c == 91:   # { [
                if self._begun and not self._depth or not self._begun and c == 91 or self._depth >= _DEPTH:
                    raise ValueError("json")
                self._value(TEXT)
                self._begun = 1
                self._depth += 1
                self._clear()
            elif c == 44 or c == 125 or c == 93:  # , } ]
                if not self._depth:
                    raise ValueError("json")
                self._value(self._kind)
                if c != 44:
                    self._depth -= 1
            elif not self._depth or self._kind == TEXT:
                raise ValueError("json")  # words outside the braces, or behind a text
            else:
                self._kind = WORD
                self._add(c)

    def _add(self, c: int) -> None:
        if self._size < _TOKEN:
            self._word[self._size] = c
        self._size += 1

    def _clear(self) -> None:
        self._kind = NOTHING
        self._size = 0

    def _which(self) -> int:
        """Which of _KEYS the word is, -1 for none. Makes no object: there are fifty words in an answer."""
        size = self._size
        if self._kind == TEXT and _SHORT <= size <= _TOKEN:
            word = self._word
            for k in range(len(_KEYS)):
                key = _KEYS[k]
                if len(key) == size:
                    i = size - 1
                    while i >= 0 and key[i] == word[i]:
                        i -= 1
                    if i < 0:
                        return k
        return -1

    def _value(self, kind: int) -> None:
        """A value has ended, or a deeper one begins: if it was ours it must be a number, or null."""
        if self._depth == 1 and self._key >= 0:
            if kind != WORD or self._size > _TOKEN:
                raise ValueError("json")
            if self._word[0] != 110 or bytes(self._word[:self._size]) != b"null":
                self._milli[self._key] = milli(self._word, self._size)
            self._key = -1
        self._clear()

    def numbers(self) -> tuple:
        """(mA of three phases, W of them, Wh imported or None, Wh exported or None); import is positive.

        ValueError: json (it did not end), current (it tells none).
        """
        if self._depth or not self._begun:
            raise ValueError("json")
        told = self._milli
        ma = [0, 0, 0]
        w = [0, 0, 0]
        if len([a for a in told[AMPS:AMPS + 3] if a is not None]) > 1:
            for i in range(3):
                ma[i], w[i] = _phase(told[AMPS + i] or 0, told[WATTS + i])
        else:
            amps = told[AMPS + 3] if told[AMPS + 3] is not None else told[AMPS]
            if amps is None:
                raise ValueError("current")
            watts = told[WATTS + 3] if told[WATTS + 3] is not None else told[WATTS]
            ma[0], w[0] = _phase(amps, watts)
        return ma, w, told[IN], told[OUT]


def _phase(ma: int, mw) -> tuple:
    """(mA, W) of a phase: these meters tell the current without a sign, or with one; the power's counts."""
    if mw is None:
        return ma, 0
    return (-abs(ma) if mw < 0 else abs(ma)), (mw + 500) // 1000
