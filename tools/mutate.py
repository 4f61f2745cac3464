"""Breaks the code, one small thing at a time, and asks the tests who noticed: mutate.py FILE_OR_FOLDER...

For each mutant of lib/evse/pilot.py a fork runs tests/test_pilot.py, those of
that name in tests/host, tests/test_evse.py for the room, and the stories, the
quick ones first; pytest is loaded once, before the forks. A mutant that no
test fails on survives and is printed with its line. tests/survivors.txt lists
those that cannot be told from the code, a row each with its reason; they are
counted as alive all the same, and are spared the stories only.
"""
import ast
import copy
import importlib.abc
import importlib.machinery
import os
import pathlib
import signal
import sys
import time
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tests/survivors.txt"
COMPARE: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt), ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,)}
SWAP: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.And: ast.Or,
    ast.Or: ast.And, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift}


def changes(node: ast.AST, in_init: bool) -> Iterator[tuple[str, str, object]]:
    """(what, field, new value) of every way to break one node; the field "" replaces the node itself."""
    if isinstance(node, ast.Compare):
        for i, op in enumerate(node.ops):
            for new in COMPARE[type(op)]:
                yield "%s to %s" % (type(op).__name__, new.__name__), "ops", node.ops[:i] + [new()] + node.ops[i + 1:]
    elif isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)) and type(node.op) in SWAP:
        text = isinstance(node, ast.BinOp) and isinstance(node.left, (ast.Constant, ast.JoinedStr)) and not _is_int(node.left)
        if not text:  # "%d" % x is no arithmetic
            yield "%s to %s" % (type(node.op).__name__, SWAP[type(node.op)].__name__), "op", SWAP[type(node.op)]()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub)):
        yield "without %s" % type(node.op).__name__, "", node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "%r to %r" % (node.value, not node.value), "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        for number in (node.value + 1, node.value - 1):
            yield "%d to %d" % (node.value, number), "value", number
    elif isinstance(node, (ast.If, ast.While, ast.IfExp)) and isinstance(node.test, (ast.Name, ast.Attribute, ast.Call)):
        yield "test turned round", "test", ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield "returns None", "value", ast.Constant(None)
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield "call left out", "", ast.Pass()
    elif isinstance(node, ast.Assign) and not in_init and isinstance(node.targets[0], ast.Attribute):
        yield "not assigned", "", ast.Pass()


def _is_int(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int


def places(tree: ast.AST, in_init: bool = False, path: tuple = ()) -> Iterator[tuple[tuple, ast.AST, bool]]:
    """(path, node, is it in an __init__) of every node that runs; annotations and docstrings do not."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns"):
            continue
        for i, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if isinstance(child, ast.AST):
                here = path + ((name, i),)
                yield here, child, in_init
                yield from places(child, in_init or getattr(child, "name", "") == "__init__", here)


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """(line, what was broken, the whole tree) of every mutant of a file."""
    tree = ast.parse(source)
    for path, node, in_init in places(tree):
        for what, field, new in changes(node, in_init):
            broken = copy.deepcopy(tree)
            parent: ast.AST = broken
            for name, i in path[:-1]:
                parent = getattr(parent, name) if i is None else getattr(parent, name)[i]
            name, i = path[-1]
            target = getattr(parent, name) if i is None else getattr(parent, name)[i]
            if field:
                setattr(target, field, new)
            elif i is None:
                setattr(parent, name, new)
            else:
                getattr(parent, name)[i] = new
            yield getattr(node, "lineno", 0), what, ast.fix_missing_locations(broken)


class Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has one module imported from a tree instead of its file."""

    def __init__(self, name: str, path: pathlib.Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def module_name(path: pathlib.Path) -> str:
    parts = path.resolve().relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[1:] if parts[0] == "lib" else parts)


def tests_of(path: pathlib.Path) -> tuple[list[str], list[str]]:
    """(the tests of a file, of those that import names from it, and of its room; the stories)."""
    room = path.resolve().parent
    stems = [path.stem] + [p.stem for p in sorted(room.glob("*.py")) if "\nfrom %s.%s import " % (room.name, path.stem) in p.read_text()]
    own = [ROOT / (where % stem) for stem in stems for where in ("tests/test_%s.py", "tests/host/test_%s.py")]
    own.append(ROOT / ("tests/test_%s.py" % room.name))
    return list(dict.fromkeys(str(p) for p in own if p.exists())), sorted(str(p) for p in (ROOT / "tests/stories").glob("test_*.py"))


def start(finder: Broken | None, tests: dict[str, int]) -> int:
    """Forks a pytest run of tests, each with its deadline in s; the pid. Exit code 0 when all passed. At a deadline it dies, which is noticed."""
    pid = os.fork()
    if pid == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        if finder:
            sys.meta_path.insert(0, finder)
        import pytest
        for test, deadline_s in tests.items():  # one after the other, so that most mutants never see the stories collected
            signal.alarm(deadline_s)
            code = int(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", test]))
            if code:
                os._exit(code)
        os._exit(0 if tests else 1)
    return pid


def timed(path: pathlib.Path, tests: list[str], took: dict[str, float]) -> dict[str, int]:
    """Runs the tests on sound code, once for all files: each with the seconds after which it hangs, the quick ones first."""
    for test in tests:
        began = time.monotonic()
        if test not in took and os.waitstatus_to_exitcode(os.waitpid(start(None, {test: 600}), 0)[1]):
            raise RuntimeError("%s does not pass on %s as it is" % (test, path))
        took.setdefault(test, time.monotonic() - began)
    if not tests:
        raise RuntimeError("there are no tests of %s" % path)
    return {test: 10 + 5 * int(took[test]) for test in sorted(tests, key=lambda test: took[test])}


def survivors(path: pathlib.Path, own: list[str], stories: list[str], rows: list[tuple[str, str]],
              took: dict[str, float]) -> tuple[int, list[tuple[int, str, bool]]]:
    """(number of mutants, (line, what, has it a row) of those that no test noticed).

    rows are (source line, what), each for one mutant, and what has no mutant is left in them. took are the seconds of
    the tests that have run already.
    """
    tests = timed(path, own + stories, took)
    short = {test: tests[test] for test in tests if test in own} or tests
    source = path.read_text()
    running: dict[int, tuple[int, str, bool]] = {}
    alive, total = [], 0

    def reap() -> None:
        pid, status = os.wait()
        mutant = running.pop(pid)
        if os.waitstatus_to_exitcode(status) == 0:
            alive.append(mutant)

    for line, what, tree in mutants(source):
        total += 1
        if len(running) >= (os.cpu_count() or 1):
            reap()
        row = source.splitlines()[line - 1].strip(), what
        listed = row in rows
        if listed:
            rows.remove(row)
        running[start(Broken(module_name(path), path, tree), short if listed else tests)] = line, what, listed
    while running:
        reap()
    return total, sorted(alive)


def rows_of(path: pathlib.Path) -> list[tuple[str, str]]:
    """(source line, what) of each row of tests/survivors.txt on a file; a row is `file | source line | what | reason`."""
    rows = []
    for text in ACCEPTED.read_text().splitlines() if ACCEPTED.exists() else ():
        parts = [part.strip() for part in text.split(" | ")]
        if len(parts) == 4 and parts[3] and parts[0] == str(path.resolve().relative_to(ROOT)):
            rows.append((parts[1], parts[2]))
    return rows


def main(*where: str) -> int:
    sys.path[:0] = [str(ROOT / part) for part in ("tools/host", "lib", "", "build/vendor")]
    import hypothesis  # noqa: F401  loaded once, before the forks
    import pytest  # noqa: F401
    import shim  # noqa: F401
    mutated = killed = listed = 0
    took: dict[str, float] = {}
    for path in [f for w in where for f in ([pathlib.Path(w)] if w.endswith(".py") else sorted(pathlib.Path(w).glob("*.py")))]:
        source = path.read_text().splitlines()
        if path.name == "__init__.py":
            continue
        rows = rows_of(path)
        total, alive = survivors(path, *tests_of(path), rows, took)
        known = sum(1 for mutant in alive if mutant[2])
        for line, what, has_row in alive:
            if not has_row:
                print("survives %s | %s | %s (line %d)" % (path, source[line - 1].strip(), what, line))
        for row in rows:
            print("no such mutant: %s | %s | %s" % (path, *row))
        print("%s: killed %d of %d, %d of the others listed" % (path, total - len(alive), total, known), flush=True)
        mutated, killed, listed = mutated + total, killed + total - len(alive), listed + known
    print("killed %d of %d (%.1f %%); of the %d others %d are listed" % (
        killed, mutated, 100 * killed / max(mutated, 1), mutated - killed, listed))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
