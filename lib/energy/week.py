"""The week's windows: up to eight stretches of it, with a mode and a limit each.

A window reads `Mo-Fr 23:00-07:00 Smart 16`; the ampere may be left out, several
stand one after the other with a semicolon between. A window that ends before
it begins ends on the next day. Where two overlap, the first one counts. Times
are the owner's clock on the wall; minutes count from Monday 0:00. It knows no
zone and no clock.
"""
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
MODES = ("off", "normal", "smart", "solar", "minpv")  # of a window, as a number in it
MOST = 8
SIZE = 7          # bytes of one: days as bits, begin and end in minutes of the day, mode, ampere (0 none)
DAY_MIN = 1440
WEEK_MIN = 7 * DAY_MIN


def parse(text: str) -> bytes:
    """The windows of a text, SIZE bytes each. ValueError says which one cannot be read."""
    made = bytearray()
    for part in text.split(";"):
        words = part.split()
        if not words:
            continue
        try:
            made.extend(bytes(_window(words)))
        except (ValueError, IndexError):
            raise ValueError("week: '%s' must be like Mo-Fr 23:00-07:00 Smart 16 (%s; 6 to 80 A)"
                             % (part.strip()[:40], ", ".join(MODES))) from None
    if len(made) > MOST * SIZE:
        raise ValueError("week must have at most %d windows" % MOST)
    return bytes(made)


def active(windows: bytes, minute: int) -> int:
    """Which window (0..) covers this minute of the week; -1 none."""
    for at in range(0, len(windows), SIZE):
        begin = windows[at + 1] << 8 | windows[at + 2]
        last = (windows[at + 3] << 8 | windows[at + 4]) - begin
        if last <= 0:
            last += DAY_MIN
        for day in range(7):
            if windows[at] >> day & 1 and (minute - day * DAY_MIN - begin) % WEEK_MIN < last:
                return at // SIZE
    return -1


def text_of(text: str, i: int) -> str:
    """Window i of a text as it was written there; "" when there is none."""
    parts = [p for p in text.split(";") if p.strip()]
    return parts[i].strip() if i < len(parts) else ""


def mode(windows: bytes, i: int) -> str:
    """The mode of a window, a word of MODES."""
    return MODES[windows[i * SIZE + 5]]


def limit_ma(windows: bytes, i: int) -> int:
    """The limit of a window in mA, 0 none."""
    return windows[i * SIZE + 6] * 1000


def change_min(windows: bytes, minute: int) -> int:
    """Minutes until another window counts, or none; 0 when that never happens."""
    now = active(windows, minute)
    soonest = WEEK_MIN + 1
    for at in range(0, len(windows), SIZE):
        for edge in (windows[at + 1] << 8 | windows[at + 2], windows[at + 3] << 8 | windows[at + 4]):
            for day in range(7):
                ahead = (day * DAY_MIN + edge - minute - 1) % WEEK_MIN + 1
                if ahead < soonest and active(windows, (minute + ahead) % WEEK_MIN) != now:
                    soonest = ahead
    return soonest if soonest <= WEEK_MIN else 0


def _window(words: list) -> tuple:
    days = 0
    for span in words[0].lower().split(","):
        first, dash, last = span.partition("-")
        day, end = DAYS.index(first), DAYS.index(last if dash else first)
        days |= 1 << end
        while day != end:
            days |= 1 << day
            day = (day + 1) % 7
    begin, end = [_minute(w) for w in words[1].split("-")]
    if begin == DAY_MIN:
        raise ValueError("begin")
    ampere = int(words[3].lower().rstrip("a")) if len(words) > 3 else 0
    if len(words) > 4 or (ampere and not 6 <= ampere <= 80) or (len(words) > 3 and not ampere):
        raise ValueError("ampere")
    return days, begin >> 8, begin & 255, end >> 8, end & 255, MODES.index(words[2].lower()), ampere


def _minute(text: str) -> int:
    """Minutes of the day of hh:mm, 0:00 to 24:00."""
    hour, minute = text.split(":")
    if len(minute) != 2 or not hour.isdigit() or not minute.isdigit() or int(minute) > 59:
        raise ValueError("time")
    m = int(hour) * 60 + int(minute)
    if m > DAY_MIN:
        raise ValueError("time")
    return m
