"""Breaks the code, one small thing at a time, and asks the tests who noticed: mutate.py [--stories] [--jobs N] FILE_OR_FOLDER...

For each mutant of lib/evse/pilot.py a fork calls the unit tests straight, without
pytest: tests/test_pilot.py and test_pilot_*.py, then those of the files that
import names from it, then test_evse.py for the room, the quick ones first. With
--stories what they let live is put to tests/host/test_pilot.py and to all
stories, which takes long; without, the count says "by unit tests alone".
Who hangs is noticed. A mutant that no test fails on is printed with its line.
tests/survivors.txt lists those that cannot be told from the code, a row each
with its reason; they count as alive all the same, and are spared the stories.
"""
import argparse
import asyncio
import importlib
import importlib.abc
import importlib.machinery
import inspect
import os
import pathlib
import resource
import signal
import sys
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parent.parent
ACCEPTED = ROOT / "tests/survivors.txt"
HEAP_BYTES = 2 << 30  # a mutant that gathers without end dies of this
TELL_S = 10           # how often the progress is told
FOREIGN = 3           # exit code: the tests passed, but never imported the file

sys.path.insert(0, str(ROOT))
from tools.mutants import Mutant, mutants  # noqa: E402


class Broken(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Has one module imported from a mutant instead of its file."""

    def __init__(self, path: pathlib.Path, source: str, mutant: Mutant) -> None:
        self.name, self.path, self.source, self.mutant = module_name(path), path, source, mutant

    def find_spec(self, name, path, target=None):
        return importlib.machinery.ModuleSpec(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module) -> None:
        module.__file__ = str(self.path)
        exec(compile(self.mutant.tree(self.source), str(self.path), "exec"), module.__dict__)


def module_name(path: pathlib.Path) -> str:
    parts = path.resolve().relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[1:] if parts[0] == "lib" else parts)


def tests_of(path: pathlib.Path) -> tuple[list[str], list[str], list[str], list[str]]:
    """(the unit tests of a file; those of the files that import names from it, and of its room; its host tests; the stories)."""
    room = path.resolve().parent
    others = [p.stem for p in sorted(room.glob("*.py")) if "\nfrom %s.%s import " % (room.name, path.stem) in p.read_text()] + [room.name]
    own = _units(path.stem)
    host = [str(p) for p in (ROOT / "tests/host").glob("test_%s.py" % path.stem)]
    stories = sorted(str(p) for p in (ROOT / "tests/stories").glob("test_*.py"))
    rest = dict.fromkeys(test for stem in others for test in _units(stem) if test not in own)
    return own, list(rest), host, stories


def _units(stem: str) -> list[str]:
    """The tests of one file; a long one is split by topic, as in test_pilot_levels.py."""
    return sorted(str(p) for pattern in ("test_%s.py", "test_%s_*.py") for p in (ROOT / "tests").glob(pattern % stem))


def arguments(function) -> list[dict]:
    """What a test is called with, a call each: the rows of its marks."""
    calls: list[dict] = [{}]
    for mark in getattr(function, "pytestmark", ()):
        if mark.name != "parametrize":
            raise RuntimeError("%s is marked %s, which only pytest understands" % (function.__name__, mark.name))
        names, rows = mark.args[:2]
        names = [n.strip() for n in names.split(",")] if isinstance(names, str) else list(names)
        calls = [{**call, **dict(zip(names, (row,) if len(names) == 1 else row))} for call in calls for row in rows]
    return calls


def call_tests(test: str) -> int:
    """Calls each test of a file until one fails; 0 if none did. Plain functions, with rows or without, awaited where they wait."""
    import pytest
    folder, _, file = test.rpartition("/")
    sys.path.insert(0, folder)
    for name, function in list(vars(importlib.import_module(file[:-3])).items()):
        for row in arguments(function) if name.startswith("test_") else ():
            try:
                result = function(**row)
                if inspect.iscoroutine(result):
                    asyncio.run(result)
            except pytest.skip.Exception:
                pass
    return 0


def call_pytest(test: str) -> int:
    """The same for tests that need fixtures or peers."""
    import pytest
    return int(pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", test]))


def start(call: Callable[[str], int], tests: dict[str, int], finder: Broken | None = None) -> int:
    """Forks a run of tests, each with its deadline in s; the pid. Exit code 0 when all passed, FOREIGN when they never imported what is broken."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1), os.dup2(quiet, 2)
            if call is call_tests:
                resource.setrlimit(resource.RLIMIT_AS, (HEAP_BYTES, HEAP_BYTES))
            if finder:
                sys.meta_path.insert(0, finder)
            for test, deadline_s in tests.items():
                signal.alarm(deadline_s)
                if call(test):
                    os._exit(1)
            code = FOREIGN if finder and finder.name not in sys.modules else 0
        finally:
            os._exit(code)
    return pid


def timed(path: pathlib.Path, call: Callable[[str], int], tests: list[str], took: dict[str, float]) -> dict[str, int]:
    """Runs the tests on sound code, once for all files: each with the seconds after which it hangs, the quick ones first."""
    for test in tests:
        began = time.monotonic()
        if test not in took and os.waitstatus_to_exitcode(os.waitpid(start(call, {test: 600}), 0)[1]):
            raise RuntimeError("%s does not pass on %s as it is" % (test, path))
        took.setdefault(test, time.monotonic() - began)
    return {test: 5 + int(10 * took[test]) for test in sorted(tests, key=lambda test: took[test])}


def survivors(path: pathlib.Path, source: str, those: list[Mutant], call: Callable[[str], int], groups: list[list[str]],
              took: dict[str, float], jobs: int) -> list[Mutant]:
    """Those of the mutants that no test notices. The groups of tests are asked in their order; took are the s of tests that ran on sound code."""
    tests: dict[str, int] = {}
    for group in groups:
        tests.update(timed(path, call, group, took))
    running: dict[int, Mutant] = {}
    codes: dict[Mutant, int] = {}
    told = time.monotonic()

    def reap() -> None:
        pid, status = os.wait()
        codes[running.pop(pid)] = os.waitstatus_to_exitcode(status)

    for mutant in those if tests else ():
        if len(running) >= jobs:
            reap()
        running[start(call, tests, Broken(path, source, mutant))] = mutant
        if time.monotonic() - told > TELL_S:
            told = time.monotonic()
            alive = sum(code in (0, FOREIGN) for code in codes.values())
            print("... %s: %d of %d, %d alive" % (path, len(codes), len(those), alive), file=sys.stderr, flush=True)
    while running:
        reap()
    if FOREIGN in codes.values():
        print("%s is imported by none of %s" % (path, _names(tests)))
    return [mutant for mutant in those if codes.get(mutant, 0) in (0, FOREIGN)]


def _names(tests) -> str:
    return ", ".join(pathlib.Path(test).stem for test in tests)


def rows_of(path: pathlib.Path) -> list[tuple[str, str]]:
    """(source line, what) of each row of tests/survivors.txt on a file; a row is `file | source line | what | reason`."""
    rows = []
    for text in ACCEPTED.read_text().splitlines() if ACCEPTED.exists() else ():
        parts = [part.strip() for part in text.split(" | ")]
        if len(parts) == 4 and parts[3] and parts[0] == str(path.resolve().relative_to(ROOT)):
            rows.append((parts[1], parts[2]))
    return rows


def listed(source: str, alive: list[Mutant], rows: list[tuple[str, str]]) -> list[Mutant]:
    """Those that have a row, each a row of its own. What is left in rows afterwards is noticed by a test, or is not there."""
    lines, known = source.splitlines(), []
    for mutant in alive:
        row = lines[mutant.line - 1].strip(), mutant.what
        if row in rows:
            rows.remove(row)
            known.append(mutant)
    return known


def judge(path: pathlib.Path, stories: bool, jobs: int, took: dict[str, float]) -> tuple[int, int, int]:
    """Tries one file and prints what survives: (mutants, killed, listed)."""
    began, source, rows = time.monotonic(), path.read_text(), rows_of(path)
    own, others, host, long = tests_of(path)
    all_of = mutants(source)
    alive = survivors(path, source, all_of, call_tests, [own, others], took, jobs)
    by_units = len(all_of) - len(alive)
    known = listed(source, alive, rows)
    if stories:
        rest = [mutant for mutant in alive if mutant not in known]
        for call, tests in (call_pytest, host), (call_tests, long):
            rest = survivors(path, source, rest, call, [tests], took, jobs) if rest else rest
        alive = [mutant for mutant in alive if mutant in rest or mutant in known]
    for mutant in alive:
        if mutant not in known:
            print("survives %s | %s | %s (line %d)" % (path, source.splitlines()[mutant.line - 1].strip(), mutant.what, mutant.line))
    for row in rows:
        print("no such survivor: %s | %s | %s" % (path, *row))
    print("%s: killed %d of %d by unit tests%s, %d of the others listed, %d s (%s)" % (
        path, by_units, len(all_of), ", %d more by host tests and stories" % (len(all_of) - by_units - len(alive)) if stories else " alone",
        len(known), time.monotonic() - began, _names(own + others) or "there are none"), flush=True)
    return len(all_of), len(all_of) - len(alive), len(known)


def main(*words: str) -> int:
    ask = argparse.ArgumentParser(description="Breaks the code and asks the tests who noticed.")
    ask.add_argument("--stories", action="store_true", help="put what the unit tests let live to host tests and stories too")
    ask.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    ask.add_argument("where", nargs="+", type=pathlib.Path)
    order = ask.parse_args(words)
    for path in order.where:
        if not path.exists():
            ask.error("there is no %s" % path)
    sys.path[:0] = [str(ROOT / part) for part in ("tools/host", "lib", "", "build/vendor", "build/page", "tests")]
    import hypothesis  # noqa: F401  loaded once, before the forks
    import pytest  # noqa: F401
    import shim  # noqa: F401
    total = killed = known = 0
    took: dict[str, float] = {}
    for path in [f for w in order.where for f in (sorted(w.glob("*.py")) if w.is_dir() else [w]) if f.name != "__init__.py"]:
        of, dead, rows = judge(path, order.stories, order.jobs, took)
        total, killed, known = total + of, killed + dead, known + rows
    asked = "unit tests, host tests and stories" if order.stories else "unit tests alone"
    print("killed %d of %d (%.1f %%) by %s; of the %d others %d are listed" % (
        killed, total, 100 * killed / max(total, 1), asked, total - killed, known))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
