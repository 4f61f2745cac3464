"""What the display shows in each situation: the scenes behind the golden frames.

A scene is a name and the fields of a View that differ from a charger at rest.
`python tests/scenes.py` writes tests/golden anew after a change that was
meant; look at the pictures (tools/lcd_png.py) before you keep them.
"""
import sys

if __name__ == "__main__":
    sys.path[:0] = ["tools/host", "lib", "."]

from tools import lcd_png
from ui import screens
from ui.canvas import Canvas
from ui.view import OFF, PAUSE, SMART, SOLAR, View

FOLDER = "tests/golden/"
EXPORT = [-2000, -3400, 300]

SCENES = (
    ("ready", {"note": "192.168.1.20"}),
    ("ready_soon", {"plugged": 1, "state": "B1", "wait": "pause", "countdown_s": 42, "pause_s": 42}),
    ("random_delay", {"plugged": 1, "state": "B1", "wait": "random delay", "countdown_s": 354, "pause_s": 354, "delayed": 1}),
    ("random_skip", {"mode": SMART, "plugged": 1, "state": "B1", "wait": "random delay", "countdown_s": 350, "pause_s": 350,
                     "delayed": 1, "beat_s": 4}),
    ("off", {"access": OFF}),
    ("pause", {"access": PAUSE}),
    ("no_power", {"no_power": 1, "plugged": 1, "state": "C1", "wait": "mains full"}),
    ("charging", {"charging": 1, "plugged": 1, "state": "C2", "offered_ma": 10400, "by": "mains"}),
    ("limited", {"charging": 1, "plugged": 1, "state": "C2", "offered_ma": 6000, "by": "override", "limited": 1}),
    ("smart", {"mode": SMART, "charging": 1, "plugged": 1, "state": "C2", "has_mains": 1, "offered_ma": 10000,
               "by": "mains", "mains_ma": [12000, -3400, 21600]}),
    ("smart_ready", {"mode": SMART, "has_mains": 1, "mains_ma": [900, 4400, 600], "beat_s": 5}),
    ("solar_wait", {"mode": SOLAR, "plugged": 1, "state": "B1", "has_mains": 1, "no_power": 1, "wait": "no sun",
                    "countdown_s": 272, "mains_ma": EXPORT, "beat_s": 7}),
    ("solar", {"mode": SOLAR, "plugged": 1, "state": "C2", "charging": 1, "has_mains": 1, "has_ev": 1,
               "session_wh": 12440, "ev_w": 7123, "offered_ma": 10300, "by": "sun", "stop_s": 272,
               "mains_ma": EXPORT, "beat_s": 13}),
    ("solar_capped", {"mode": SOLAR, "plugged": 1, "state": "C2", "charging": 1, "has_mains": 1, "capped": 1,
                      "offered_ma": 6000, "by": "mains", "mains_ma": [16000, 4000, 4000], "beat_s": 8}),
    ("phases", {"mode": SOLAR, "plugged": 1, "state": "B1", "has_mains": 1, "switching": 1, "wait": "phases", "countdown_s": 58}),
    ("phases_normal", {"plugged": 1, "state": "C1", "switching": 3, "wait": "car to stop", "countdown_s": 5}),
    ("starting_at", {"plugged": 1, "state": "B1", "start": "23:00", "wait": "23:00"}),
    ("starting_day", {"plugged": 1, "state": "B1", "start": "Mo 23:00", "wait": "Mo 23:00"}),
    ("starting_solar", {"mode": SOLAR, "plugged": 1, "state": "B1", "has_mains": 1, "start": "23:00", "wait": "23:00", "beat_s": 4}),
    ("done", {"plugged": 1, "state": "B1", "done": 1, "wait": "done"}),
    ("done_smart", {"mode": SMART, "plugged": 1, "state": "B1", "has_mains": 1, "done": 1, "wait": "done"}),
    ("boost", {"charging": 1, "plugged": 1, "state": "C2", "offered_ma": 10400, "by": "mains", "boost_s": 5400, "beat_s": 4}),
    ("meter_lost", {"fault": "mains_meter", "mode": SMART}),
    ("rcm", {"fault": "rcm"}),
    ("rcm_reset", {"fault": "rcm", "beat_s": 4}),
    ("hot", {"fault": "temp"}),
    ("diode", {"fault": "diode"}),
    ("lock_fault", {"fault": "lock"}),
    ("overcurrent", {"fault": "overcurrent"}),
    ("weld", {"fault": "weld"}),
    ("weld_reset", {"fault": "weld", "beat_s": 4}),
    ("ventilation", {"fault": "ventilation"}),
    ("other_fault", {"fault": "flood", "fault_text": "There is water in the box; it should not be there at all"}),
)


def view(fields: dict) -> View:
    """A View with these fields."""
    v = View()
    for name in fields:
        setattr(v, name, fields[name])
    return v


def frame(fields: dict) -> bytearray:
    """The frame of a scene, drawn over rubbish so that nothing old shines through."""
    canvas = Canvas(bytearray(b"\xa5" * 1024))
    screens.draw(canvas, view(fields))
    return canvas.buf


def fonts() -> bytearray:
    """All letters on one frame: the small ones, then as many of the large ones as find room."""
    canvas = Canvas(bytearray(1024))
    canvas.small(0, 0, "ABCDEFGHIJKLMNOPQRSTUV")
    canvas.small(1, 0, "WXYZabcdefghijklmnopqrst")
    canvas.small(2, 0, "uvwxyz0123456789.,:;!?-+")
    canvas.small(3, 0, "/\\()[]{}<>=_'\"`^~|@#$%&*\u00b0\u03a3")
    canvas.large(4, "AGMQRSWagkpq", 0, 0)
    canvas.large(6, "0123456789%", 0, 0)
    return canvas.buf


def golden(name: str) -> str:
    """The text of a golden frame."""
    with open(FOLDER + name + ".txt") as f:
        return f.read()


def same(name: str, buf) -> None:
    """AssertionError with the picture when buf is not the golden frame."""
    drawn = lcd_png.art(buf)
    if drawn != golden(name):
        raise AssertionError("not as in %s%s.txt:\n%s" % (FOLDER, name, drawn))


def keep(name: str, buf) -> None:
    """Writes a golden frame."""
    with open(FOLDER + name + ".txt", "w") as f:
        f.write(lcd_png.art(buf))


def main() -> None:
    import person
    for name, fields in SCENES:
        keep(name, frame(fields))
    keep("fonts", fonts())
    canvas = Canvas(bytearray(1024))
    screens.hold(canvas, "for Menu")
    keep("hold", canvas.buf)
    for name, buf in person.frames():
        keep(name, buf)


if __name__ == "__main__":
    main()
