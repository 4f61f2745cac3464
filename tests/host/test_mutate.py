"""The breaker of code breaks what it should, leaves alone what does not run, and sees who notices."""
import ast

import pytest

from tools import mutate
from tools.mutants import mutants


def broken(source: str) -> list[str]:
    """Every mutant of a text, as text."""
    return [ast.unparse(mutant.tree(source)) for mutant in mutants(source)]


@pytest.mark.parametrize("source, wants", [
    ("a < b", ["a <= b", "a >= b"]),
    ("a == b", ["a != b"]),
    ("a + b", ["a - b"]),
    ("a and b", ["a or b"]),
    ("x = not a", ["x = a"]),
    ("x = 7", ["x = 8", "x = 6"]),
    ("x = True", ["x = False"]),
    ("go()", ["pass"]),
    ("def f():\n    return a", ["def f():\n    return None"]),
    ("def f():\n    self.x = a", ["def f():\n    pass"]),
    ("if a:\n    b", ["if not a:\n    b"]),
])
def test_each_kind_of_change(source, wants):
    assert broken(source) == wants


@pytest.mark.parametrize("source", ['"""A docstring."""', "def f(a: 3) -> 4: pass", "x = 'text'", "x = '%d' % a",
                                    "class A:\n    def __init__(self):\n        self.x = a"])
def test_what_does_not_run_or_is_only_text_is_left_alone(source):
    assert broken(source) == []


def plant(tmp_path, monkeypatch, tests, **files):
    """A house of one file, and its tests by their names."""
    (tmp_path / "planted.py").write_text("def is_over(a):\n    return a > 10\n\n\ndef never_asked(a):\n    return -a\n")
    for name, text in dict(files, test_planted=tests).items():
        file = tmp_path / ("tests/%s.py" % name.replace("__", "/"))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setattr(mutate, "ACCEPTED", tmp_path / "survivors.txt")
    return tmp_path / "planted.py"


PLAIN = "import planted\n\n\ndef test_it():\n    assert planted.is_over(11) and not planted.is_over(10)\n"
ROWS = """import asyncio\nimport planted, pytest


@pytest.mark.parametrize("a, over", [(11, True), (10, False)])
def test_it(a, over):
    assert planted.is_over(a) == over


@pytest.mark.parametrize("sign", (1, -1))
@pytest.mark.parametrize("a", (2, 3))
async def test_them(a, sign):
    await asyncio.sleep(0)
    assert planted.never_asked(a * sign) + a * sign == 0


def test_not_here():
    pytest.skip("not here")
"""


def test_a_planted_mutant_is_killed_and_an_untested_line_survives(tmp_path, monkeypatch, capfd):
    path = plant(tmp_path, monkeypatch, PLAIN)
    (tmp_path / "survivors.txt").write_text("planted.py | return -a | returns None | nobody asks\nplanted.py | return a > 10 | 10 to 11 | is noticed\n")
    assert mutate.judge(path, False, 2, {}) == (7, 5, 1)
    lines = capfd.readouterr().out.replace(str(path), "planted.py").splitlines()
    assert lines[:2] == ["survives planted.py | return -a | without USub (line 6)", "no such survivor: planted.py | return a > 10 | 10 to 11"]
    assert lines[2].startswith("planted.py: killed 5 of 7 by unit tests alone, 1 of the others listed, ") and lines[2].endswith(" (test_planted)")


def test_rows_and_what_waits_are_called_as_pytest_does(tmp_path, monkeypatch):
    path = plant(tmp_path, monkeypatch, "", test_planted_rows=ROWS)
    assert mutate.judge(path, False, 1, {}) == (7, 7, 0)


def test_what_the_unit_tests_let_live_is_put_to_host_tests_and_stories_only_when_asked(tmp_path, monkeypatch, capfd):
    path = plant(tmp_path, monkeypatch, PLAIN, stories__test_signs="import planted\n\n\ndef test_it():\n    assert planted.never_asked(1) is not None\n",
                 host__test_planted="import planted, pytest\n\n\n@pytest.fixture\ndef one():\n    return 1\n\n\n"
                                    "def test_it(one):\n    assert (planted.never_asked(one) or -1) < 0\n")
    assert mutate.judge(path, False, 1, {}) == (7, 5, 0)
    assert mutate.judge(path, True, 1, {}) == (7, 7, 0)
    assert "killed 5 of 7 by unit tests, 2 more by host tests and stories, 0 of the others listed" in capfd.readouterr().out


def test_a_mutant_that_hangs_is_noticed(tmp_path, monkeypatch):
    path = plant(tmp_path, monkeypatch, "import planted\n\n\ndef test_it():\n    assert planted.count(0) == 1\n")
    path.write_text("def count(i):\n    while not i:\n        i += 1\n    return i\n")
    monkeypatch.setattr(mutate, "timed", lambda path, call, tests, took: {test: 1 for test in tests})
    assert mutate.judge(path, False, 1, {}) == (5, 5, 0)


def test_tests_that_fail_on_sound_code_or_never_import_the_file_judge_nothing(tmp_path, monkeypatch, capfd):
    path = plant(tmp_path, monkeypatch, "def test_it():\n    assert False\n")
    with pytest.raises(RuntimeError, match="does not pass"):
        mutate.judge(path, False, 1, {})
    path = plant(tmp_path, monkeypatch, "def test_it():\n    pass\n")
    assert mutate.judge(path, False, 1, {}) == (7, 0, 0)
    assert "is imported by none of test_planted" in capfd.readouterr().out
    (tmp_path / "tests/test_planted.py").unlink()
    assert mutate.judge(path, False, 1, {}) == (7, 0, 0)
    assert "(there are none)" in capfd.readouterr().out


def test_a_file_that_is_not_there_is_told(capfd):
    with pytest.raises(SystemExit):
        mutate.main("lib/energy/rooom.py")
    assert "there is no lib/energy/rooom.py" in capfd.readouterr().err


def test_a_mark_that_only_pytest_understands_is_refused():
    @pytest.mark.usefixtures("tmp_path")
    def marked():
        pass
    with pytest.raises(RuntimeError, match="marked is marked usefixtures"):
        mutate.arguments(marked)


def test_a_listed_survivor_is_known_by_its_line_and_needs_a_reason(tmp_path, monkeypatch):
    (tmp_path / "survivors.txt").write_text("lib/evse/x.py | if a < b: | Lt to LtE | both give zero when equal\n"
                                            "lib/evse/x.py | if a < c: | Lt to LtE | \nlib/evse/y.py | y = 0 | 0 to 1 | another file\n")
    monkeypatch.setattr(mutate, "ACCEPTED", tmp_path / "survivors.txt")
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    assert mutate.rows_of(tmp_path / "lib/evse/x.py") == [("if a < b:", "Lt to LtE")]


def names(tests):
    return [test.rpartition("/")[2] for test in tests]


def test_a_file_is_tried_by_its_own_tests_and_those_of_its_room_before_the_stories():
    own, others, host, stories = mutate.tests_of(mutate.ROOT / "lib/evse/pilot.py")
    assert (names(own), names(others), host) == (["test_pilot.py"], ["test_evse.py"], [])
    assert any(test.endswith("stories/test_normal.py") for test in stories)


def test_a_file_is_tried_by_the_tests_of_those_that_import_its_names_too():
    own, others, _, _ = mutate.tests_of(mutate.ROOT / "lib/energy/deal.py")
    assert len(others) == len(set(others)), "each is asked once"
    assert names(own)[0] == "test_deal.py" and {"test_balance.py", "test_energy.py"} <= set(names(others))


def test_the_parts_of_a_long_test_are_its_own_too():
    own, _, _, _ = mutate.tests_of(mutate.ROOT / "lib/energy/surplus.py")
    assert {"test_surplus.py", "test_surplus_auto.py"} <= set(names(own))
