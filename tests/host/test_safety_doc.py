"""docs/SAFETY.md is true: what each row names is taken out and its test fails; each time is measured; the functions are there."""
import ast
import re
import subprocess
import sys

import pytest
from charger import Charger
from safety_rows import ROOT, ROWS, TAKEN_OUT, TEXT


def function_of(source: str, name: str) -> list[str]:
    """The text of every function of that name."""
    lines = source.splitlines(True)
    return ["".join(lines[node.lineno - 1:node.end_lineno]) for node in ast.walk(ast.parse(source))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name]


def test_every_row_has_something_to_take_out():
    assert [row[0] for row in ROWS] == list(range(1, len(ROWS) + 1)) == sorted(TAKEN_OUT)
    assert len(re.findall(r"^\| \d", TEXT, re.M)) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row[0]))
def test_what_a_row_names_stands_where_it_says(row):
    number, path, function, _ = row
    bodies = function_of((ROOT / path).read_text(), function)
    assert bodies, "%s has no function %s" % (path, function)
    found = sum(body.count(TAKEN_OUT[number][0]) for body in bodies)
    assert found == 1, "row %d: %s %s has changed, or its line in safety_rows.py is out of date" % (number, path, function)


def test_each_row_that_is_taken_out_makes_its_test_fail():
    done = subprocess.run([sys.executable, "tests/host/safety_rows.py"], cwd=ROOT, capture_output=True, text=True, timeout=200)
    assert done.stdout == "%d rows\n" % len(ROWS), done.stdout + done.stderr


# ---- the times

def charging(**fields):
    """A charger that charges, whose board from now on sees fields."""
    charger = Charger(rcmon="on").charge()
    read = charger.board.read

    def bent(inp):
        read(inp)
        for name, value in fields.items():
            setattr(inp, name, value)

    charger.board.read = bent
    return charger


def until_open(charger):
    """ms from the first tick that sees it to the one that opens."""
    ms = 0
    while charger.run(10).out.c1:
        ms += 10
        assert ms < 10000
    return ms


def broken_core(**fields):
    """As charging(), but the state machine wants power for ever, pulses and all."""
    charger = charging(**fields)
    iec = charger.evse.iec

    def step(dt_ms, letter, ready, diode):
        iec.power, iec.pilot = 1, 1
        return 4

    iec.step = step
    return charger


def stubborn():
    charger = charging()
    charger.site.car.stop_detect_ms = 10**9
    charger.control.set_mode("off")
    return charger


TIMES = {
    "the plug is pulled, 12 V": lambda: charging(cp_high_mv=12000, cp_low_mv=12000),
    "the car lets go, 9 V": lambda: charging(cp_high_mv=9000),
    "the same, with a broken state machine: the gate alone": lambda: broken_core(cp_high_mv=9000),
    "the car asks for ventilation that there is not, 3 V": lambda: charging(cp_high_mv=3000),
    "the pilot is shorted, 0 V": lambda: charging(cp_high_mv=0),
    "the diode is gone": lambda: charging(cp_low_mv=-6000),
    "the pilot cannot be measured": lambda: charging(fresh=0),
    "residual current": lambda: charging(rcm=1),
    "the box is above MAX TEMP": lambda: charging(temp_c=66),
    "the owner stops, the car does not: from the end of the pulses": stubborn,
}


@pytest.mark.parametrize("what", TIMES)
def test_the_times_are_as_measured(what):
    written = re.search(r"^\| %s \| (\d+) ms \|" % re.escape(what), TEXT, re.M)
    assert written and until_open(TIMES[what]()) == int(written[1])


# ---- what no other test shows

def test_the_gate_opens_what_a_broken_core_keeps_closed():
    charger = broken_core(cp_high_mv=12000)
    for _ in range(50):
        charger.run(10)
        assert (charger.out.c1, charger.out.c2, charger.site.contactors.c1) == (0, 0, 0)


def test_a_trip_that_stands_cannot_be_taken_back():
    charger = charging(rcm=1).run(100)
    with pytest.raises(ValueError, match="rcm still stands"):
        charger.control.reset()
    assert "rcm" in charger.faults.names()


def test_a_plug_is_held_as_long_as_it_is_live():
    """The owner lets the plug go with the access; the car takes its time."""
    charger = Charger(lock="Solenoid", unlock_off="on").charge()
    charger.site.car.stop_detect_ms = 10**9
    charger.control.set_mode("off")
    while charger.run(10).out.c1:
        assert charger.evse.lock.wish == 1
    assert charger.run(100).evse.lock.wish == 0
