"""Runs everything and counts: python tests/all.py [STAGE...]. `make test` and `make check` call it.

Stages in their order: ruff, mypy, arrows, pytest (CPython, with the real
counterparts in tests/host), micropython and device (the shared tests, one
process a file, so each has the whole heap). A stage that cannot run here is
told in a line and its tests are counted as skipped. The last line is the sum;
the exit code says whether anything failed.
"""
import os
import pathlib
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = sys.executable
FILE_DEADLINE_S = 300  # a test file that hangs is a failed one
WORKERS = "3"          # of pytest: with four on two cores, peers in real time come late; a file stays with one
DEVICE_HEAP = "112k"   # what the ESP32 leaves to Python beside Wi-Fi


class Count:
    """What passed, failed and was skipped, over all stages."""

    def __init__(self) -> None:
        self.passed = self.failed = self.skipped = 0

    def add(self, passed: int, failed: int, skipped: int = 0) -> None:
        self.passed += passed
        self.failed += failed
        self.skipped += skipped

    def __str__(self) -> str:
        return "%d passed, %d failed, %d skipped" % (self.passed, self.failed, self.skipped)


def shared() -> list[str]:
    """The tests that every interpreter runs."""
    return sorted(str(p.relative_to(ROOT)) for folder in ("tests", "tests/stories") for p in (ROOT / folder).glob("test_*.py"))


def command(*words: str) -> tuple[int, int]:
    """One tool that is right or wrong as a whole: (passed, failed)."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print((done.stdout + done.stderr).rstrip())
    return (0, 1) if done.returncode else (1, 0)


def ruff(count: Count) -> None:
    count.add(*command(PYTHON, "-m", "ruff", "check", "-q", "."))


def mypy(count: Count) -> None:
    """Twice: the firmware sees the chip's modules, the tools see CPython's."""
    top = [name for name in ("main.py", "boot.py") if (ROOT / name).exists()]
    simulator = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "hal").glob("sim*.py"))
    count.add(*command(PYTHON, "-m", "mypy", "--config-file", "tools/mypy_chip.ini", "lib", "hal", "tests/run.py", *top))
    count.add(*command(PYTHON, "-m", "mypy", "--config-file", "tools/mypy_host.ini", "tools", "tests/all.py", *simulator))


def arrows(count: Count) -> None:
    count.add(*command(PYTHON, "tools/arrows.py", "--quiet"))


def pytest(count: Count) -> None:
    report = ROOT / "build/pytest.xml"
    report.unlink(missing_ok=True)
    subprocess.run([PYTHON, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadfile", "--junitxml", str(report)], cwd=ROOT)
    if not report.exists():
        return count.add(0, 1)
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total, bad, skipped = int(suite.get("tests", 0)), int(suite.get("failures", 0)) + int(suite.get("errors", 0)), int(suite.get("skipped", 0))
        count.add(total - bad - skipped, bad, skipped)
        if not total:
            count.add(0, 1)


def build(interpreter: str) -> str:
    """Has make bring an interpreter. "" when it is there, or why it is not."""
    done = subprocess.run(["make", "-s", interpreter], cwd=ROOT, capture_output=True, text=True)
    missing = (ROOT / interpreter).parent / "missing"
    if done.returncode:
        return "failed: " + (done.stdout + done.stderr).strip()
    return missing.read_text().strip() if missing.exists() else ""


def one_file(words: list[str], path: str) -> tuple[str, int, int, int]:
    """Runs one file in a process of its own: (what it said, passed, failed, skipped)."""
    try:
        done = subprocess.run(words + ["tests/run.py", path], cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=FILE_DEADLINE_S)
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return "FAILED %s: no end after %d s" % (path, FILE_DEADLINE_S), 0, 1, 0
    found = re.search(r"^(\d+) passed, (\d+) failed, (\d+) skipped\s*\Z", said, re.M)
    if not found or (done.returncode and not int(found[2])):
        return "FAILED %s: ended with %d\n%s" % (path, done.returncode, said), 0, 1, 0
    return said[:found.start()], int(found[1]), int(found[2]), int(found[3])


def on(count: Count, name: str, interpreter: str, *options: str) -> None:
    """The shared tests on one MicroPython."""
    files = shared()
    why = build(interpreter)
    if why:
        failed = why.startswith("failed")
        print("left out on %s: %d test files (%s)" % (name, len(files), why))
        return count.add(0, int(failed), len(files))
    words = [interpreter, *options]
    mine = Count()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for said, *numbers in pool.map(lambda path: one_file(words, path), files):
            print(said, end="")
            mine.add(*numbers)
    print("%s: %s in %d files" % (name, mine, len(files)))
    count.add(mine.passed, mine.failed, mine.skipped)


STAGES = {
    "ruff": ruff, "mypy": mypy, "arrows": arrows, "pytest": pytest,
    "micropython": lambda count: on(count, "micropython", "build/mp32/micropython"),
    "device": lambda count: on(count, "device", "build/device/micropython", "-X", "heapsize=" + DEVICE_HEAP),
}


def main(names: list[str]) -> int:
    count = Count()
    for name in names or STAGES:
        if name not in STAGES:
            sys.exit("all.py: no stage %s; there are %s" % (name, ", ".join(STAGES)))
        began = time.monotonic()
        if name == "pytest" and not names:  # a whole session on each interpreter is among its tests
            build("build/mp32/micropython"), build("build/device/micropython")
        failed = count.failed
        STAGES[name](count)
        print("-- %s: %s, %.0f s" % (name, "good" if failed == count.failed else "NOT GOOD", time.monotonic() - began), flush=True)
    print(count)
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
