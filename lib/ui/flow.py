"""The screen of Smart and Solar: pylon, house, sun and car, and what flows between them.

The picture is one block copied in; over it go the currents, the count-down,
the moving blobs and one large line that takes turns. One second, one step:
the turn and the blobs follow v.beat_s and nothing here remembers anything.
"""
from micropython import const

from ui import art
from ui.canvas import CENTRE, RIGHT
from ui.view import FLIP_S, PAUSE, SOLAR

_WIRE_PAGE = const(3)
_WIRE_BITS = const(0x08)   # row 27
_MAINS_X0 = const(19)      # the wire from the pylon
_MAINS_X1 = const(49)
_CAR_X0 = const(73)        # the wire to the car
_CAR_X1 = const(95)
_STEP = const(3)           # columns a blob moves in a second
_STILL_MA = const(300)     # less than this flows nowhere
_SUN_X = const(74)
_SUN_WIDE = const(13)


def draw(canvas, v) -> None:
    """Pages 0 to 6; the caller has blanked them."""
    canvas.buf[0:512] = art.BACK
    flip = v.beat_s // FLIP_S & 1
    if v.mode == SOLAR:
        sun = art.SUN
        for k in range(_SUN_WIDE):
            canvas.page[0][_SUN_X + k] |= sun[k]
            canvas.page[1][_SUN_X + k] |= sun[_SUN_WIDE + k]
    if v.has_mains:
        _mains(canvas, v, flip)
    _car(canvas, v, flip)
    if v.stop_s:
        canvas.icon(0, 92, art.CLOCK)
        canvas.small(0, 101, "%d:%02d" % (v.stop_s // 60, v.stop_s % 60))
    canvas.large(5, words(v))


def _mains(canvas, v, flip: int) -> None:
    ma = v.mains_ma
    total = ma[0] + ma[1] + ma[2]
    if flip and v.mode == SOLAR:
        canvas.small(1, 46, "\u03a3", RIGHT)
        canvas.small(2, 46, _whole(total), RIGHT)
    else:
        for i in range(3):
            canvas.small(i, 46, _whole(ma[i]), RIGHT)
    if v.capped:  # a wire that is only half there: every other pair of dots
        for x in range(_MAINS_X0 + 1, _MAINS_X1, 4):
            canvas.erase(_WIRE_PAGE, x, x + 1)
    if abs(total) > _STILL_MA:
        at = v.beat_s * _STEP % 27
        canvas.icon(_WIRE_PAGE, 20 + at if total >= 0 else 44 - at, art.BLOB)


def _car(canvas, v, flip: int) -> None:
    if not v.plugged:
        canvas.erase(_WIRE_PAGE, _CAR_X0, _CAR_X1)
    if v.has_ev and v.session_wh >= 0:
        wh = v.session_wh
        canvas.small(1, 128, "%d.%dkWh" % (wh // 1000, wh % 1000 // 100), RIGHT)
    if v.charging:
        canvas.icon(_WIRE_PAGE, 74 + v.beat_s * _STEP % 18, art.BLOB)
        if flip and v.has_ev:
            w = v.ev_w
            text = "%d.%dkW" % ((w + 50) // 1000, (w + 50) % 1000 // 100) if w < 9950 else "%dkW" % ((w + 500) // 1000)
        else:
            text = _whole(v.offered_ma)
        canvas.small(2, 86, text, CENTRE)


def switch_words(v) -> tuple:
    """A switch of phases, and the seconds it still takes."""
    return "%dP -> %dP" % (4 - v.switching, v.switching), str(v.countdown_s) if v.countdown_s else ""


def _whole(ma: int) -> str:
    """mA as whole ampere, rounded away from zero at the half."""
    return "%dA" % ((ma + 500) // 1000 if ma >= 0 else -((500 - ma) // 1000))


def words(v) -> str:
    """The large line, taking turns every FLIP_S seconds."""
    turn = v.beat_s // FLIP_S
    if v.no_power and v.access != PAUSE:
        if turn & 1:
            return "FOR SOLAR" if v.mode == SOLAR and v.by != "mains" else "FOR POWER"
        return "WAITING"
    if v.access == PAUSE:
        return "PAUSE"
    if v.start and not v.charging:
        return "@ " + v.start if turn & 1 else "STARTING"
    if v.done and not v.charging:
        return "DONE"
    if not v.charging:
        first, second = switch_words(v) if v.switching else ("READY", str(v.pause_s) if v.pause_s else "")
        return (first + " " + second).rstrip()
    # the turn while charging; what is not known or not so is left out
    count = 3 + (1 if v.limited else 0) + (2 if v.has_ev else 0)
    turn %= count
    if not v.limited and turn > 0:
        turn += 1
    if not v.has_ev and turn > 2:
        turn += 2
    if turn == 0:
        return "%s %dP" % ("SOLAR" if v.mode == SOLAR else "SMART", v.phases)
    if turn == 1:
        return "LIMITED"
    if turn == 2:
        return "CHARGING"
    if turn == 3:
        return "%d.%d kW" % ((v.ev_w + 50) // 1000, (v.ev_w + 50) % 1000 // 100)
    if turn == 4:
        wh = max(v.session_wh, 0)
        return "%d.%02d kWh" % (wh // 1000, wh % 1000 // 10)
    return "%d.%d A" % ((v.offered_ma + 50) // 1000, (v.offered_ma + 50) % 1000 // 100)
