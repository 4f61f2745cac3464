"""Breaks the code, one small thing at a time, and asks the tests who noticed: mutate.py FILE_OR_FOLDER...

For each mutant of lib/evse/pilot.py a fork runs tests/test_pilot.py, those of
that name in tests/host, and the stories; pytest is loaded once, before the
forks. A mutant that no test fails on survives and is printed with its line.
tests/survivors.txt lists survivors that are right, each with its reason. The
last line is the share of the mutants that were killed.
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


def tests_of(path: pathlib.Path) -> list[str]:
    """The tests that answer for a file, its own before the stories."""
    own = [ROOT / folder / ("test_%s.py" % path.stem) for folder in ("tests", "tests/host")]
    return [str(p) for p in own if p.exists()] + sorted(str(p) for p in (ROOT / "tests/stories").glob("test_*.py"))


def start(finder: Broken | None, tests: list[str], deadline_s: int) -> int:
    """Forks a pytest run; the pid. Exit code 0 when every test passed. At the deadline it dies, which counts as noticed."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(deadline_s)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1), os.dup2(quiet, 2)
        if finder:
            sys.meta_path.insert(0, finder)
        import pytest
        for test in tests:  # one after the other, so that most mutants never see the stories collected
            code = int(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", test]))
            if code:
                os._exit(code)
        os._exit(0 if tests else 1)
    return pid


def survivors(path: pathlib.Path, tests: list[str]) -> tuple[int, list[tuple[int, str]]]:
    """(number of mutants, (line, what) of those that no test noticed)."""
    began = time.monotonic()
    if os.waitstatus_to_exitcode(os.waitpid(start(None, tests, 600), 0)[1]):
        raise RuntimeError("the tests of %s do not pass, or there are none" % path)
    deadline_s = 10 + 5 * int(time.monotonic() - began)
    running: dict[int, tuple[int, str]] = {}
    alive, total = [], 0

    def reap() -> None:
        pid, status = os.wait()
        mutant = running.pop(pid)
        if os.waitstatus_to_exitcode(status) == 0:
            alive.append(mutant)

    for line, what, tree in mutants(path.read_text()):
        total += 1
        if len(running) >= (os.cpu_count() or 1):
            reap()
        running[start(Broken(module_name(path), path, tree), tests, deadline_s)] = line, what
    while running:
        reap()
    return total, sorted(alive)


def accepted(path: str, line: str, what: str) -> str | None:
    """The reason in tests/survivors.txt, whose lines are `file | source line | what | reason`."""
    for row in ACCEPTED.read_text().splitlines() if ACCEPTED.exists() else ():
        parts = [part.strip() for part in row.split(" | ")]
        if len(parts) == 4 and parts[:3] == [path, line, what]:
            return parts[3]
    return None


def main(*where: str) -> int:
    sys.path[:0] = [str(ROOT / part) for part in ("tools/host", "lib", "", "build/vendor")]
    import hypothesis  # noqa: F401  loaded once, before the forks
    import pytest  # noqa: F401
    import shim  # noqa: F401
    mutated = killed = 0
    for path in [f for w in where for f in ([pathlib.Path(w)] if w.endswith(".py") else sorted(pathlib.Path(w).glob("*.py")))]:
        source = path.read_text().splitlines()
        if path.name == "__init__.py":
            continue
        total, alive = survivors(path, tests_of(path))
        left = 0
        for line, what in alive:
            reason = accepted(str(path), source[line - 1].strip(), what)
            left += reason is None
            print("%s %s:%d: %s: %s" % ("accepted" if reason else "survives", path, line, what, reason or source[line - 1].strip()))
        print("%s: killed %d of %d" % (path, total - len(alive), total), flush=True)
        mutated, killed = mutated + total - (len(alive) - left), killed + total - len(alive)
    print("killed %d of %d (%d %%)" % (killed, mutated, 100 * killed // max(mutated, 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
