"""The status screens: which one it is, and the plain one of Normal mode.

draw() paints a whole frame from a View: a fault before all, then the picture
of flows in Smart and Solar, else two large lines. The small bottom line is
the same on both: who holds the brake, or what we wait for.
"""
from ui import errors, flow
from ui.canvas import CENTRE
from ui.view import FLIP_S, NORMAL, OFF, PAUSE


def amps(ma: int) -> str:
    """mA as ampere, a tenth only where it says something: "16 A", "10.4 A"."""
    tenths = (ma + 50) // 100
    if tenths % 10:
        return "%d.%d A" % (tenths // 10, tenths % 10)
    return "%d A" % (tenths // 10)


def clock(s: int) -> str:
    """Seconds as minutes and seconds, "4:32"."""
    return "%d:%02d" % (s // 60, s % 60)


def brake(v) -> str:
    """Who holds the brake: "10 A by mains", "wait: no sun 4:32"; the note when nobody does."""
    if v.access != OFF and v.plugged:
        if v.delayed and v.beat_s // FLIP_S & 1:
            return "hold right: start now"
        if v.boost_s and v.beat_s // FLIP_S & 1:
            return "charge now: %d:%02d h left" % (v.boost_s // 3600, v.boost_s // 60 % 60)
        if v.done:
            return "goal reached"
        if v.wait:
            text = "wait: " + v.wait
            return text + " " + clock(v.countdown_s) if v.countdown_s else text
        if v.offered_ma:
            return amps(v.offered_ma) + " by " + v.by
    return v.note


def draw(canvas, v) -> None:
    """The status screen that fits v, all eight pages."""
    canvas.clear()
    if v.fault:
        errors.draw(canvas, v)
        return
    if v.mode == NORMAL or v.access == OFF:
        _lines(canvas, v)
    else:
        flow.draw(canvas, v)
    canvas.small(7, 64, brake(v), CENTRE)


def frame(canvas) -> None:
    """The two lines that hold two large texts between them."""
    canvas.hline(10)
    canvas.hline(52)


def hold(canvas, what: str) -> None:
    """While a button is held: what will happen if it stays down."""
    canvas.clear()
    frame(canvas)
    canvas.large(2, "Hold 2 sec")
    canvas.large(4, what)


def _lines(canvas, v) -> None:
    frame(canvas)
    if v.access == OFF:
        first, second = "ACCESS", "DENIED"
    elif v.access == PAUSE:
        first, second = "PAUSE", ""
    elif v.no_power:
        first, second = "WAITING", "FOR POWER"
    elif v.charging:
        first = "LIMITED" if v.limited else "CHARGING"
        tenths = (v.offered_ma + 50) // 100
        second = "%d.%d A" % (tenths // 10, tenths % 10)
    elif v.start:
        first, second = "STARTING @", v.start
    elif v.done:
        first, second = "DONE", ""
    elif v.switching:
        first, second = flow.switch_words(v)
    else:
        first = "READY TO"
        second = "CHARGE %d" % v.pause_s if v.pause_s else "CHARGE"
    canvas.large(2, first)
    canvas.large(4, second)
