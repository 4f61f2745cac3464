"""The image's copy of the firmware: numbers in the place of their names, nothing else changed, and no name lost."""
import ast
import importlib
import pathlib

import pytest
from tools import fold

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def house(tmp_path, **files):
    """A small house of lib/<name>.py files (a__b is lib/a/b.py), folded: text by name."""
    for name, text in files.items():
        path = tmp_path / "lib" / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    fold.fold_all(tmp_path, tmp_path / "out")
    return {name: (tmp_path / "out/lib" / (name.replace("__", "/") + ".py")).read_text() for name in files}


def run(text):
    space: dict = {}
    exec(text, space)
    return space


def test_a_constant_stands_where_it_is_used_and_is_defined_no_more(tmp_path):
    out = house(tmp_path, a="from micropython import const\nLIFE_MS = const(5 * 1000)\nLOW = const(-4)\nUSE = (LIFE_MS + 3 - LOW, LOW ** 2)\n")["a"]
    assert run(out)["USE"] == (5007, 16) and "LIFE_MS" not in run(out) and "micropython" not in out


def test_rows_of_names_are_constants_and_plain_numbers_are_not(tmp_path):
    out = run(house(tmp_path, a="A, B, C = range(3)\nD, E = 7, 'x'\nWAIT_S = 5\nALL = (A, B, C, D, E, WAIT_S)\n")["a"])
    assert out["ALL"] == (0, 1, 2, 7, "x", 5) and out["WAIT_S"] == 5
    assert not {"A", "B", "C", "D", "E"} & set(out)


def test_what_others_import_is_a_number_there_too_under_any_name(tmp_path):
    out = house(tmp_path, a__b="ONE, TWO = 1, 2\n\n\ndef f():\n    return TWO\n", a____init__="", c="from a.b import TWO as SECOND, f\nX = SECOND\n",
                d="from a import b\nimport c\nY = b.ONE\nZ = c.SECOND\n", e="from a import b as other\nV = other.f() + other.ONE\n")
    assert out["c"].split("\n")[:2] == ["from a.b import f", "X = 2"]
    assert out["d"].split("\n") == ["", "", "Y = 1", "Z = 2", ""]   # what is needed for nothing else is not imported
    assert out["e"].split("\n")[:2] == ["from a import b as other", "V = other.f() + 1"]


def test_a_local_name_hides_the_constant(tmp_path):
    text = "E, F = 5, 6\n\n\ndef f(E, g=F):\n    return [E for F in (1,)][0] + g + (lambda F: F)(10) + F\n\n\ndef h(x):\n    for E in x:\n        pass\n    return E\n"
    out = run(house(tmp_path, a=text)["a"])
    assert out["f"](100) == 100 + 6 + 10 + 6 and out["h"]([8]) == 8


def test_what_is_set_twice_or_from_a_function_or_imported_late_stays(tmp_path):
    out = house(tmp_path, a="A, B = 1, 2\nA = 3\nX = A\nC, D = 4, 5\n\n\ndef f():\n    global C\n    C = 9\n",
                b="E, F = 1, 2\n", c="def g():\n    from b import E\n    return E\n")
    assert run(out["a"])["A"] == run(out["a"])["X"] == 3 and run(out["a"])["C"] == 4 and run(out["b"])["E"] == 1


def test_lines_keep_their_numbers(tmp_path):
    text = "from a import (A,\n               B)\n\n\ndef f():\n    return B\n"
    out = house(tmp_path, a="A, B = (1,\n        2)\nZ = 0\n", b=text)
    assert len(out["b"].split("\n")) == len(text.split("\n")) and out["b"].split("\n")[5] == "    return 2"
    assert out["a"].split("\n")[2] == "Z = 0"


@pytest.mark.parametrize("text", ["import a\na.A = 5\n", "from a import A\nX = f'{A}'\n", "from a import A\n\n\nclass C:\n    A = 3\n"])
def test_what_it_cannot_do_it_refuses(tmp_path, text):
    with pytest.raises(fold.Cannot):
        house(tmp_path, a="A, B = 1, 2\n", b=text)


def test_a_name_that_is_read_and_not_there_is_found():
    m = fold.Module("lib/a.py", "A, B = 1, 2\nX = A\n")
    m.known = {"A": 1, "B": 2}
    fold.check(m, "\nX = 1\n")
    with pytest.raises(fold.Cannot, match="A would be read"):
        fold.check(m, "\n\n\ndef f():\n    return A\n")


def test_every_number_is_what_its_module_says(tmp_path):
    for name, numbers in fold.fold_all(ROOT, tmp_path).items():
        if not name.startswith(("hal", "boot")):   # those import the chip
            module = importlib.import_module(name)
            assert numbers == {n: getattr(module, n) for n in numbers}


def test_the_whole_house_is_folded_and_only_numbers_have_changed(tmp_path):
    gone = fold.fold_all(ROOT, tmp_path)
    assert gone["evse.limits"]["NO_LIMIT"] == 1 << 28 and gone["energy.balance"]["MAINS"] == gone["energy.deal"]["MAINS"]
    assert sum(len(names) for names in gone.values()) > 400
    for m in fold.read(ROOT).values():
        folded = ast.parse((tmp_path / m.place).read_text())
        was, now = [[(n.lineno, n.name) for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
                    for tree in (m.tree, folded)]
        assert was == now, m.place
        assert shape(m.tree) == shape(folded), m.place


def shape(tree) -> list:
    """The statements inside all functions with names and numbers left out: `limits.NODE`, `NODE` and 8 look the same."""
    class Plain(ast.NodeTransformer):
        def visit_Attribute(self, node):
            return ast.Constant(0) if isinstance(node.value, ast.Name) and node.attr.isupper() else self.generic_visit(node)

        def visit_Name(self, node):
            return ast.Constant(0) if node.id.strip("_").isupper() or node.id.strip("_0123456789").isupper() else node

        def visit_UnaryOp(self, node):
            self.generic_visit(node)
            return ast.Constant(0) if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant) else node

        def visit_Constant(self, node):
            return ast.Constant(0) if isinstance(node.value, (int, str, bytes)) else node
    return [ast.dump(Plain().visit(part)) for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) for part in node.body]
