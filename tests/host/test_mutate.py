"""The breaker of code breaks what it should, leaves alone what does not run, and sees who notices."""
import ast

import pytest

from tools import mutate


def broken(source: str) -> list[str]:
    """Every mutant of a text, as text."""
    return [ast.unparse(tree) for _, _, tree in mutate.mutants(source)]


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


def test_a_planted_mutant_is_killed_and_an_untested_line_survives(tmp_path, monkeypatch):
    (tmp_path / "planted.py").write_text("def is_over(a):\n    return a > 10\n\n\ndef never_asked(a):\n    return -a\n")
    (tmp_path / "test_planted.py").write_text("import planted\n\n\ndef test_it():\n    assert planted.is_over(11) and not planted.is_over(10)\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    rows = [("return -a", "returns None"), ("return -a", "Add to Sub")]
    total, alive = mutate.survivors(tmp_path / "planted.py", [str(tmp_path / "test_planted.py")], [], rows, {})
    assert total == 7 and alive == [(6, "returns None", True), (6, "without USub", False)]
    assert rows == [("return -a", "Add to Sub")], "what is listed and not there stays to be told"


def test_a_listed_survivor_is_known_by_its_line_and_needs_a_reason(tmp_path, monkeypatch):
    (tmp_path / "survivors.txt").write_text("lib/evse/x.py | if a < b: | Lt to LtE | both give zero when equal\n"
                                            "lib/evse/x.py | if a < c: | Lt to LtE | \nlib/evse/y.py | y = 0 | 0 to 1 | another file\n")
    monkeypatch.setattr(mutate, "ACCEPTED", tmp_path / "survivors.txt")
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    assert mutate.rows_of(tmp_path / "lib/evse/x.py") == [("if a < b:", "Lt to LtE")]


def test_a_file_is_tried_by_its_own_tests_and_those_of_its_room_before_the_stories():
    own, stories = mutate.tests_of(mutate.ROOT / "lib/evse/pilot.py")
    assert [test.rpartition("/")[2] for test in own] == ["test_pilot.py", "test_evse.py"]
    assert any(test.endswith("stories/test_normal.py") for test in stories)


def test_a_file_is_tried_by_the_tests_of_those_that_import_its_names_too():
    own, _ = mutate.tests_of(mutate.ROOT / "lib/energy/deal.py")
    assert [test.rpartition("/")[2] for test in own] == ["test_deal.py", "test_balance.py", "test_energy.py"]
