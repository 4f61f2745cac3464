"""Which settings the menu shows, and in what words.

Rows come from settings.TABLE, those with an L. Some are of no use in some
modes: NEEDS says what must hold for a row to be seen, by keys and numbers, so
that this file stays a table and two small functions over it.
"""
from micropython import const

from settings import CHOICES, DEFAULT, HIGH, KEY, KIND, LOW, TABLE, UNIT, WHERE

CUSTOM = const(19)  # the meter that the em_ rows describe

# Meters 1, 9 and 13 have no address to choose: Sensorbox, API, HomeWizard.
# A row is seen when every line about it holds: setting, other setting, how, number.
NEEDS = (
    ("lock", "config", "=", 0),
    ("cable_lock", "config", "=", 0),
    ("cable_lock", "lock", ">", 0),
    ("mains_meter", "mode", ">", 0),
    ("mains_addr", "mains_meter", ">", 0),
    ("mains_addr", "mains_meter", "!", 1),
    ("mains_addr", "mains_meter", "!", 9),
    ("mains_addr", "mains_meter", "!", 13),
    ("grid", "mains_meter", "=", 1),
    ("sb2_wifi", "mains_meter", "=", 1),
    ("circuit_meter", "mode", ">", 0),
    ("circuit_addr", "circuit_meter", ">", 0),
    ("circuit_addr", "circuit_meter", "!", 9),
    ("circuit_addr", "circuit_meter", "!", 13),
    ("circuit_a", "mode", ">", 0),
    ("circuit_a", "loadbl", "<", 2),
    ("ev_meter", "mode", ">", 0),
    ("ev_addr", "ev_meter", ">", 0),
    ("ev_addr", "ev_meter", "!", 9),
    ("ev_addr", "ev_meter", "!", 13),
    ("mains_a", "mode", ">", 0),
    ("mains_a", "mains_meter", ">", 0),
    ("min_current_a", "mode", ">", 0),
    ("min_current_a", "mains_meter", ">", 0),
    ("start_a", "mode", "=", 2),
    ("stop_min", "mode", "=", 2),
    ("import_a", "mode", "=", 2),
    ("contact2", "mode", ">", 0),
    ("capacity", "mode", ">", 0),
    ("capacity", "mains_meter", ">", 0),
    ("capacity", "loadbl", "<", 2),
    ("sum_mains_a", "mode", ">", 0),
    ("sum_mains_a", "capacity", "=", 1),
    ("sum_mains_a", "loadbl", "<", 2),
    ("sum_mains_min", "mode", ">", 0),
    ("sum_mains_min", "capacity", ">", 0),
    ("sum_mains_min", "loadbl", "<", 2),
    ("mains_meter", "loadbl", "<", 2),
    ("mains_addr", "loadbl", "<", 2),
    ("grid", "loadbl", "<", 2),
    ("sb2_wifi", "loadbl", "<", 2),
    ("circuit_meter", "loadbl", "<", 2),
    ("circuit_addr", "loadbl", "<", 2),
    ("mains_a", "loadbl", "<", 2),
    ("min_current_a", "loadbl", "<", 2),
    ("start_a", "loadbl", "<", 2),
    ("stop_min", "loadbl", "<", 2),
    ("import_a", "loadbl", "<", 2),
)


def seen(cfg, r: tuple) -> bool:
    """May this row be shown now?"""
    if "L" not in r[WHERE]:
        return False
    for key, other, how, number in NEEDS:
        if key == r[KEY]:
            value = getattr(cfg, other, number)
            if how == "=" and value != number or how == ">" and value <= number or how == "!" and value == number or how == "<" and value >= number:
                return False
    return r[KEY][:3] != "em_" or CUSTOM in (cfg.mains_meter, cfg.circuit_meter, cfg.ev_meter)


def after(cfg, at: int, step: int) -> int:
    """The place of the next visible row, forwards or back; len(TABLE) is EXIT. Wraps."""
    places = len(TABLE) + 1
    while True:
        at = (at + step) % places
        if at == len(TABLE) or seen(cfg, TABLE[at]):
            return at


def turned(r: tuple, value: int, step: int) -> int:
    """The value beside this one, as wide as the row allows. Wraps, and leaves out what cannot be chosen."""
    if r[KIND] == "pick":
        names = r[CHOICES]
        for _ in names:
            value = (value + step) % len(names)
            if names[value] is not None:
                break
        return value
    span = r[HIGH] - r[LOW] + 1
    return r[LOW] + (value - r[LOW] + step) % span


def words(r: tuple, value) -> str:
    """A value as the menu writes it."""
    key = r[KEY]
    if r[KIND] == "pick":
        return r[CHOICES][value] or "?"
    if r[KIND] == "bool":
        return "Enabled" if value else "Disabled"
    if r[KIND] == "text":
        return value
    if key == "stop_min" and value == 0:
        return "Disabled"
    if key == "start_a":  # surplus is written as the meter shows it: what flows out is negative
        return "-%d A" % value
    if key[-5:] == "_addr":
        return "%d (%02X)" % (value, value)
    return "%d %s" % (value, r[UNIT]) if r[UNIT] else "%d" % value


def start_value(r: tuple, value):
    """What editing begins with: the value now, or the default when that cannot be chosen."""
    if r[KIND] == "pick" and (not 0 <= value < len(r[CHOICES]) or r[CHOICES][value] is None):
        return r[DEFAULT]
    return value
