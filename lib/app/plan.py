"""What was planned: windows of the week, a start and a stop, goals of a session, and "charge now".

Once a second it looks at the clock on the wall and says three things: a reason
to hold the charge back or none, a limit, and the mode that a window brings.
The mode a person had chosen is kept in a setting and comes back when the
window ends. While the time is unknown nothing is held back. It asks
house.control for changes and decides no current.
"""
from micropython import const

from energy import week
from energy.calendar import Zone, local_minutes
from evse.limits import NO_LIMIT, PLAN
from evse.why import DONE, TIMER

MODES = ("", "normal", "smart", "solar", "minpv")  # as setting base_mode
DAY_MIN = const(1440)
LIFE_MS = const(5000)
BOOST_MIN = const(1440)
NODE_1 = const(2)  # as settings' loadbl
SOLAR = const(2)   # as settings' mode


class Plan:
    def __init__(self, house) -> None:
        self.house = house
        self.boost_s = 0       # left of "charge now"
        self.soc = -1          # percent of the car's battery, pushed by somebody; -1 unknown
        self.window = -1       # which window of the week counts now
        self._windows = b""
        self._week = ""
        self._zone = Zone("UTC0")
        self._zoned = "UTC0"
        self._ahead_min = self._ahead_serial = -1  # when the week was looked ahead last, and with which settings
        self._change = self._start = 0             # what was found: minutes to another window, and to the end of waiting
        self._brought = "?"    # the mode that a window or a boost has brought; after a start that is not known

    def second(self, plugged: int) -> None:
        """One second more. plugged: a car is there."""
        house = self.house
        if not plugged:
            self.soc = -1
            self.boost_s = 0
        elif self.boost_s:
            self.boost_s -= 1
            if self._masters_sun():
                self.boost_s = 0
                house.say("plan: charge now has ended: the master charges on sun")
        now_min = self._now_min()
        self._read_week()
        self.window = week.active(self._windows, self._week_minute()) if now_min and self._windows else -1
        self._bring(self._mode())
        limit_ma = week.limit_ma(self._windows, self.window) if self.window >= 0 and not self.boost_s else 0
        house.evse.limits.put(PLAN, limit_ma or NO_LIMIT, LIFE_MS if limit_ma else 0)
        held = TIMER if self._delayed(now_min) or self._outside(now_min) else 0
        if not held and plugged and self.done():
            held = DONE
        house.evse.hold = 0 if self.boost_s else held

    def boost(self, minutes: int) -> None:
        """Charge now, whatever is planned, for 1 to 1440 minutes or until the car goes; 0 ends it. ValueError says what is wrong.

        A node's mode is everybody's: in the sun its master decides, and no telegram of the protocol asks it for more.
        """
        if not 0 <= minutes <= BOOST_MIN:
            raise ValueError("boost must be 0 to %d minutes" % BOOST_MIN)
        if minutes and self.house.control.mode() in ("off", "pause"):
            raise ValueError("boost needs a mode: the charger is switched off or paused")
        if minutes and not self.house.evse.letter:
            raise ValueError("boost needs a car")
        if minutes and self._masters_sun():
            raise ValueError("boost: the master of this node charges on sun; press Charge now there, or choose Smart for all")
        self.boost_s = minutes * 60

    def _masters_sun(self) -> bool:
        """Whether this is a node of a group that charges on sun."""
        return self.house.cfg.loadbl >= NODE_1 and self.house.cfg.mode >= SOLAR

    def put_soc(self, percent: int) -> None:
        """The charge of the car's battery, 0 to 100 percent, as somebody knows it; forgotten when the car goes. ValueError else."""
        if not 0 <= percent <= 100:
            raise ValueError("soc must be 0 to 100 percent")
        self.soc = percent

    def delay(self, start_min: int, stop_min: int, daily: int) -> None:
        """A start and a stop, in local minutes since 1970, 0 none, once or every day. ValueError as check_delay()."""
        self.check_delay(start_min, stop_min, daily)
        cfg = self.house.cfg
        for key, value in (("start_at", start_min), ("stop_at", stop_min), ("start_daily", 1 if daily else 0)):
            cfg.put(key, value)

    def check_delay(self, start_min: int, stop_min: int, daily: int) -> None:
        """ValueError says what is wrong with such a start and stop; to have none of both is always right."""
        if not start_min and not stop_min and not daily:
            return
        now_min = self._now_min()
        if not now_min:
            raise ValueError("starttime needs the time, which is unknown here")
        if start_min and start_min <= now_min:
            raise ValueError("starttime must be in the future")
        if stop_min and stop_min <= max(start_min, now_min):
            raise ValueError("stoptime must be after starttime and in the future")
        if daily and not (start_min and stop_min and stop_min - start_min < DAY_MIN):
            raise ValueError("repeat needs a starttime and a stoptime less than a day apart")

    def minutes(self, field: str, text: str) -> int:
        """Local minutes since 1970 of YYYY-MM-DDTHH:MM, in quotes or not; "" is 0. ValueError names the field."""
        text = text.strip('"')
        try:
            return local_minutes(text) if text else 0
        except (ValueError, IndexError):
            raise ValueError("%s must be a local time like 2026-12-24T18:30" % field) from None

    def start_utc(self) -> int:
        """The planned start as seconds since 1970, 0 none."""
        return self.utc_of(self.house.cfg.start_at)

    def stop_utc(self) -> int:
        """The planned stop as seconds since 1970, 0 none."""
        return self.utc_of(self.house.cfg.stop_at)

    def next_s(self) -> int:
        """Seconds until the plan changes something, 0 when it is not known or never."""
        if self.boost_s:
            return self.boost_s
        now_min = self._now_min()
        if not now_min:
            return 0
        cfg = self.house.cfg
        ahead = [m - now_min for m in (cfg.start_at, cfg.stop_at) if m > now_min]
        change = self._change_min(now_min)
        if change:
            ahead.append(change)
        return min(ahead) * 60 - self.house.wall.utc_s() % 60 if ahead else 0

    def _change_min(self, now_min: int) -> int:
        """Minutes until another window counts, 0 never."""
        self._look_ahead(now_min)
        return self._change

    def _look_ahead(self, now_min: int) -> None:
        """What the week brings, looked for once a minute: it is asked every second by many, and is work for a small chip."""
        serial = self.house.cfg.serial
        if self._ahead_min == now_min and self._ahead_serial == serial:
            return
        self._ahead_min, self._ahead_serial = now_min, serial
        minute = self._week_minute()
        self._change = week.change_min(self._windows, minute) if self._windows else 0
        self._start = 0
        at, shift = now_min, minute - now_min
        for _ in range(2 * week.MOST):
            if self.house.cfg.start_at > at:
                at = self.house.cfg.start_at
            elif not self._closed((at + shift) % week.WEEK_MIN):
                self._start = at - now_min
                return
            else:
                change = week.change_min(self._windows, (at + shift) % week.WEEK_MIN)
                if not change:
                    return
                at += change

    def starts_s(self) -> int:
        """Seconds until nothing of the plan holds a charge back any more, 0 when nothing does now or nobody knows when."""
        now_min = self._now_min()
        if not now_min:
            return 0
        self._look_ahead(now_min)
        return self._start * 60 - self.house.wall.utc_s() % 60 if self._start else 0

    def stops_next(self) -> bool:
        """Whether what comes after next_s() is the end of a charge."""
        now_min = self._now_min()
        cfg = self.house.cfg
        change = self._change_min(now_min)
        if cfg.stop_at > now_min and (not change or cfg.stop_at <= now_min + change):
            return True
        return bool(change) and self._closed((self._week_minute() + change) % week.WEEK_MIN)

    def _closed(self, minute: int) -> bool:
        """Whether the week says to wait at that minute of it."""
        if not self._windows:
            return False
        at = week.active(self._windows, minute)
        return week.mode(self._windows, at) == "off" if at >= 0 else self.house.cfg.week_else == 1

    def utc_of(self, local_min: int) -> int:
        """UTC of local minutes since 1970, for clients that count in UTC; 0 stays 0."""
        return self._zone.utc_of(local_min * 60) if local_min else 0

    def local_s(self) -> int:
        """Local time in seconds since 1970, 0 unknown."""
        utc_s = self.house.wall.utc_s()
        return utc_s + self._zone.offset_s(utc_s) if utc_s else 0

    def _now_min(self) -> int:
        if self._zoned != self.house.cfg.timezone:
            self._zoned = self.house.cfg.timezone
            self._zone = Zone(self._zoned)  # control has checked it
        return self.local_s() // 60

    def _week_minute(self) -> int:
        return self._zone.week_minute(self.house.wall.utc_s())

    def _read_week(self) -> None:
        if self._week != self.house.cfg.week:
            self._week = self.house.cfg.week
            self._windows = week.parse(self._week)
            self._ahead_min = -1  # somebody may have looked between the setting and us

    def _mode(self) -> str:
        """The mode that is brought now, "" when it is the person's own. A node's mode is its master's."""
        if self.house.cfg.loadbl >= NODE_1:
            return ""
        if self.boost_s:
            return "smart" if self.house.cfg.mains_meter else "normal"
        if self.window >= 0:
            brought = week.mode(self._windows, self.window)
            return "" if brought == "off" else brought
        return ""

    def _bring(self, mode: str) -> None:
        """Puts a mode, and keeps or gives back the person's own. After a restart within a window it is still known."""
        if mode == self._brought:
            return
        cfg = self.house.cfg
        control = self.house.control
        self._brought = mode
        try:
            if mode:
                if not cfg.base_mode:
                    cfg.put("base_mode", cfg.mode + 1)
                control.put("mode", MODES.index(mode) - 1)
            elif cfg.base_mode:
                control.put("mode", cfg.base_mode - 1)
        except ValueError as e:
            self.house.say("plan: " + str(e))
        if not mode and cfg.base_mode:
            cfg.put("base_mode", 0)

    def _delayed(self, now_min: int) -> bool:
        """Whether a start still lies ahead; moves start and stop on when they have passed."""
        cfg = self.house.cfg
        if not now_min or not (cfg.start_at or cfg.stop_at):
            return False
        if cfg.stop_at and now_min >= cfg.stop_at:
            if cfg.start_daily:
                days = (now_min - cfg.stop_at) // DAY_MIN + 1
                start_min, stop_min = cfg.start_at + days * DAY_MIN, cfg.stop_at + days * DAY_MIN
                cfg.put("start_at", start_min)
                cfg.put("stop_at", stop_min)
            else:
                cfg.put("start_at", 0)
                cfg.put("stop_at", 0)
                self.house.control.set_mode("off")
                return False
        return cfg.start_at > now_min

    def _outside(self, now_min: int) -> bool:
        """Whether the week says to wait: a window that is off, or none where none means waiting."""
        if not now_min or not self._windows:
            return False
        if self.window >= 0:
            return week.mode(self._windows, self.window) == "off"
        return self.house.cfg.week_else == 1

    def done(self) -> str:
        """The goal that this session has reached, as "10 kWh"; "" none."""
        cfg = self.house.cfg
        session = self.house.session
        if cfg.goal_kwh and session.wh >= cfg.goal_kwh * 1000:
            return "%d kWh" % cfg.goal_kwh
        if cfg.goal_min and session.charging_s >= cfg.goal_min * 60:
            return "%d min" % cfg.goal_min
        if cfg.goal_soc and self.soc >= cfg.goal_soc:
            return "%d %%" % cfg.goal_soc
        return ""
