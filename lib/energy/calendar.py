"""Local time: which hour of the owner's week it is, and when a moment of it comes.

A zone is a POSIX text such as CET-1CEST,M3.5.0,M10.5.0/3. Local time is always
worked out from UTC, never counted on by 24 hours, so nothing shifts when
summer time begins or ends: an hour that does not exist is passed over, one
that comes twice is the same hour twice. It knows no clock and sets none; UTC
is seconds since 1970, handed in.
"""
DAY_S = 86400
WEEK_MIN = 7 * 1440


def days_of(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar."""
    if month < 3:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day - 719469


def date_of(days: int) -> tuple:
    """(year, month 1..12, day) of so many days since 1970-01-01."""
    days += 719468
    era = days // 146097
    left = days - era * 146097
    year = (left - left // 1460 + left // 36524 - left // 146096) // 365
    left -= 365 * year + year // 4 - year // 100
    month = (5 * left + 2) // 153
    day = left - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return year + era * 400 + (1 if month < 3 else 0), month, day


def local_minutes(text: str) -> int:
    """Minutes since 1970 of a local YYYY-MM-DDTHH:MM. ValueError or IndexError when it is none."""
    date, time = text.split("T")
    parts = date.split("-") + time.split(":")
    if [len(p) for p in parts] != [4, 2, 2, 2, 2] or not all([p.isdigit() for p in parts]):
        raise ValueError("not a time")
    year, month, day, hour, minute = [int(p) for p in parts]
    days = days_of(year, month, day)
    if not 2020 <= year < 2100 or date_of(days) != (year, month, day) or hour > 23 or minute > 59:
        raise ValueError("not a time")
    return days * 1440 + hour * 60 + minute


class Zone:
    """A time zone. ValueError, when it is made, for a text that is none."""

    def __init__(self, text: str) -> None:
        try:
            self._parse(text)
        except (ValueError, IndexError):
            raise ValueError("timezone must be like CET-1CEST,M3.5.0,M10.5.0/3") from None
        self._year = self._begin = self._end = 0  # of the summer time that was worked out last

    def _parse(self, text: str) -> None:
        at, self.std_s = _offset(text, _name(text, 0))
        self.dst_s = self.std_s
        self._rules: tuple = ()
        if at < len(text):
            at = _name(text, at)
            self.dst_s = self.std_s + 3600
            if text[at] != ",":
                at, self.dst_s = _offset(text, at)
            rules = text[at:].split(",")
            if len(rules) != 3 or rules[0]:
                raise ValueError("two rules")
            self._rules = (_rule(rules[1]), _rule(rules[2]))

    def offset_s(self, utc_s: int) -> int:
        """Seconds that local time is ahead of UTC at that moment."""
        if not self._rules:
            return self.std_s
        year = date_of((utc_s + self.std_s) // DAY_S)[0]
        if year != self._year:
            self._begin = _moment(year, self._rules[0]) - self.std_s
            self._end = _moment(year, self._rules[1]) - self.dst_s
            self._year = year
        if self._begin <= self._end:
            summer = self._begin <= utc_s < self._end
        else:  # the south: summer lasts over the new year
            summer = not self._end <= utc_s < self._begin
        return self.dst_s if summer else self.std_s

    def week_minute(self, utc_s: int) -> int:
        """Minutes since Monday 0:00 local time, 0..10079."""
        return ((utc_s + self.offset_s(utc_s)) // 60 + 3 * 1440) % WEEK_MIN  # 1970 began on a Thursday

    def utc_of(self, local_s: int) -> int:
        """UTC of a local time in seconds since 1970. One that comes twice: the first; one that is left out: the hour after."""
        first = local_s - max(self.std_s, self.dst_s)
        if first + self.offset_s(first) == local_s:
            return first
        return local_s - min(self.std_s, self.dst_s)


def _name(text: str, at: int) -> int:
    """Where the name of a time ends: three letters or more, or anything in <>."""
    if text[at] == "<":
        return text.index(">", at) + 1
    end = at
    while end < len(text) and text[end].isalpha():
        end += 1
    if end - at < 3:
        raise ValueError("name")
    return end


def _offset(text: str, at: int) -> tuple:
    """(where it ends, seconds ahead of UTC) of hours[:minutes], which POSIX counts westward."""
    end = at
    while end < len(text) and text[end] in "+-:0123456789":
        end += 1
    return end, -_clock(text[at:end], 24)


def _clock(text: str, most_h: int) -> int:
    """Seconds of [+-]hours[:minutes[:seconds]]."""
    sign = -1 if text[:1] == "-" else 1
    parts = [int(p) for p in text.lstrip("+-").split(":")]
    h, m, s = parts + [0] * (3 - len(parts))
    if not 0 <= h <= most_h or not 0 <= m < 60 or not 0 <= s < 60:
        raise ValueError("time")
    return sign * (h * 3600 + m * 60 + s)


def _rule(text: str) -> tuple:
    """(month, week, weekday from Sunday, second of the day) of Mm.w.d[/time]."""
    day, slash, time = text.partition("/")
    month, week, weekday = [int(n) for n in day[1:].split(".")]
    if day[0] != "M" or not 1 <= month <= 12 or not 1 <= week <= 5 or not 0 <= weekday <= 6:
        raise ValueError("rule")
    return month, week, weekday, _clock(time, 167) if slash else 7200


def _moment(year: int, rule: tuple) -> int:
    """The local second in which a rule strikes in a year; the fifth week is the last."""
    month, week, weekday, second = rule
    first = days_of(year, month, 1)
    day = first + (weekday - (first + 4)) % 7 + 7 * (week - 1)  # 1970 began on a Thursday, the fourth from Sunday
    after = days_of(year + month // 12, month % 12 + 1, 1)
    while day >= after:
        day -= 7
    return day * DAY_S + second
