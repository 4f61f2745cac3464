"""What /find and /commission answer: the search and the check as JSON, in small pieces.

Loaded with the first such question. It reads and decides nothing; asking for
the search keeps what it found alive.
"""
import json

from meters import models
from meters.roles import NAMES


def find(finder, cfg):
    """state, progress and everything that was found, with the role that it already has."""
    if not finder:
        yield '{"state":"off","hits":[]}\n'
        return
    finder.touch()
    yield '{"state":"%s","role":"%s","address":%d,"done":%d,"total":%d,"left_s":%d,"hits":' % (
        finder.state, finder.role, finder.address, finder.done, finder.total, finder.left_s())
    comma = "["
    for hit in finder.hits:
        meter = hit.meter
        reading = meter.reading
        yield '%s{"address":%d,"model":"%s","used":"%s","ma":%s,"mv":%s,"w":%s}' % (
            comma, meter.address, models.row(meter.model)[models.NAME], used(cfg, meter), json.dumps(reading.ma),
            json.dumps(reading.mv), json.dumps(reading.w) if reading.knows_w else "null")
        comma = ","
    yield ("[" if comma == "[" else "") + "]}\n"


def used(cfg, meter) -> str:
    """The role that has this address already, "" for none."""
    for role in NAMES:
        model = getattr(cfg, role + "_meter", 0)
        if model and models.by_registers(model) and getattr(cfg, role + "_addr") == meter.address and not getattr(cfg, role + "_host", ""):
            return role
    return ""


def commission(check):
    """state, the time left, a sentence, and for each CT the phase and direction (0 unknown) and the words for it."""
    yield '{"state":"%s","what":%d,"left_s":%d,"text":%s,"right":%s,"cts":' % (
        "running" if check.state else "idle", check.what, check.left_s, json.dumps(check.text()),
        "true" if check.wiring.is_right() else "false")
    comma = "["
    for i in range(3):
        phase, sign = check.wiring.ct(i)
        yield '%s{"phase":%d,"sign":%d,"text":"%s"}' % (comma, phase, sign, check.wiring.text(i))
        comma = ","
    yield "]}\n"
