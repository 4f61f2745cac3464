"""Two screens behind the menu for whoever installs a charger: find a meter, check the wiring of the mains meter.

Each is pressed with left, middle and right and draws itself; the work is done
by `extras`, which takes orders in words and refuses with a ValueError. They
read its search (`find`) and its check (`check`) and know no wire. Loaded when
one of them is opened.
"""
from settings import CHOICES, row
from ui.canvas import CENTRE, LEFT, RIGHT, small_width

ROLES = ("mains", "circuit", "ev", "pv", "battery")
LOADS = (("WITH CAR", "source", "car"), ("LOAD ON L1", "phase", "1"), ("LOAD ON L2", "phase", "2"), ("LOAD ON L3", "phase", "3"))
LEFT_BUTTON, MIDDLE = 1, 2


def amps(ma: int) -> str:
    """mA as "-12.3 A"."""
    tenths = (abs(ma) + 50) // 100
    return "%s%d.%d A" % ("-" if ma < 0 and tenths else "", tenths // 10, tenths % 10)


def two_lines(text: str) -> tuple:
    """A sentence broken between words for two small lines; what is too long for both is left out."""
    words = text.split(" ")
    lines = ["", ""]
    at = 0
    for word in words:
        longer = (lines[at] + " " + word).strip()
        if small_width(longer) > 126:
            at += 1
            if at > 1:
                break
            longer = word
        lines[at] = longer
    return lines[0], lines[1]


class Panel:
    """What both have: a ring of `many` things, the one in front, and what was refused."""

    def __init__(self, extras) -> None:
        self.extras = extras
        self.at = 0
        self.message = ""

    def order(self, tool: str, name: str, value: str) -> None:
        """Gives an order; a refusal is shown."""
        self.message = ""
        try:
            self.extras.order(tool, name, value)
        except ValueError as e:
            self.message = str(e)

    def head(self, canvas, text: str, number: str) -> None:
        canvas.clear()
        canvas.small(0, 0, text)
        canvas.small(0, 128, number, RIGHT)
        canvas.hline(10)

    def foot(self, canvas, text: str) -> None:
        """What the middle button does; or why it did not."""
        if self.message:
            first, second = two_lines(self.message)
            canvas.erase(6, 0, 127)
            canvas.small(6, 0, first)
            canvas.small(7, 0, second)
        else:
            canvas.small(7, 64, text, CENTRE)


class FindPanel(Panel):
    """Before a search a ring of roles; then one of an overview, which does not move when more is found, and the hits."""

    def press(self, button: int) -> bool:
        """A button went down. False: the panel is to be closed."""
        find = self.extras.find
        many = len(find.hits) + 1 if find else len(ROLES) + 1
        if button != MIDDLE:
            self.message = ""
            self.at = (self.at + (-1 if button == LEFT_BUTTON else 1)) % many
            return True
        if self.at == (0 if find else len(ROLES)):
            self.extras.order("find", "stop", "1")
            return False
        if find:
            self.order("find", "take", str(self.at - 1))
            return bool(self.message)
        self.order("find", "role", ROLES[self.at])
        if not self.message:
            self.at = 0
        return True

    def busy(self) -> bool:
        """Whether the menu must wait for it."""
        find = self.extras.find
        return bool(find) and find.state == "searching"

    def draw(self, canvas, v) -> None:
        find = self.extras.find
        self.head(canvas, "FIND METER", find.role if find else "")
        if not find:
            canvas.large(3, ROLES[self.at].upper() if self.at < len(ROLES) else "EXIT")
            canvas.large(3, "<", 0, LEFT)
            canvas.large(3, ">", 128, RIGHT)
            self.foot(canvas, "middle: search" if self.at < len(ROLES) else "middle: back")
            return
        find.touch()
        if 0 < self.at <= len(find.hits):
            meter = find.hits[self.at - 1].meter
            reading = meter.reading
            canvas.small(2, 0, "%s at %d" % (row("mains_meter")[CHOICES][meter.model], meter.address))
            canvas.small(2, 128, "%d/%d" % (self.at, len(find.hits)), RIGHT)
            for i in range(3):
                canvas.small(3 + i, 0, "L%d" % (i + 1))
                canvas.small(3 + i, 66, amps(reading.ma[i]), RIGHT)
                canvas.small(3 + i, 110, "%d V" % ((reading.mv[i] + 500) // 1000), RIGHT)
            self.foot(canvas, "middle: take it")
            return
        self.at = 0
        left_s = find.left_s()
        canvas.large(2, "%d FOUND" % len(find.hits))
        if self.busy():
            canvas.small(5, 64, "address %d, %d:%02d left" % (find.address, left_s // 60, left_s % 60), CENTRE)
        self.foot(canvas, "middle: stop, < > look")


class CheckPanel(Panel):
    def press(self, button: int) -> bool:
        """A button went down. False: the panel is to be closed."""
        if button != MIDDLE:
            self.message = ""
            self.at = (self.at + (-1 if button == LEFT_BUTTON else 1)) % (len(LOADS) + 1)
            return True
        if self.busy():
            self.order("commission", "stop", "1")
            return True
        if self.at == len(LOADS):
            return False
        self.order("commission", LOADS[self.at][1], LOADS[self.at][2])
        return True

    def busy(self) -> bool:
        """Whether the menu must wait for it."""
        check = self.extras.check
        return bool(check) and bool(check.state)

    def draw(self, canvas, v) -> None:
        check = self.extras.check
        busy = self.busy()
        self.head(canvas, "CT CHECK", "%d:%02d" % (check.left_s // 60, check.left_s % 60) if busy else "")
        if check:
            for i in range(3):
                canvas.small(2 + i, 0, "CT L%d" % (i + 1))
                canvas.small(2 + i, 34, short(check.wiring.ct(i), i))
            first, second = two_lines(check.text())
            canvas.small(5, 0, first)
            canvas.small(6, 0, second)
        else:
            canvas.large(3, LOADS[self.at][0] if self.at < len(LOADS) else "EXIT")
        if busy:
            self.foot(canvas, "middle: stop")
        else:
            self.foot(canvas, "< %s >" % (LOADS[self.at][0].lower() if self.at < len(LOADS) else "exit"))


def short(ct: tuple, i: int) -> str:
    """(phase, direction) of CT i, both 0 for unknown, in words that fit a line."""
    phase, sign = ct
    if phase == i + 1 and sign > 0:
        return "right"
    place = "" if phase == i + 1 else "is on L%d" % phase if phase else "phase?"
    turned = "reversed" if sign < 0 else "" if phase else "not reversed" if sign else "?"
    return ", ".join([word for word in (place, turned) if word]) if phase or sign else "?"
