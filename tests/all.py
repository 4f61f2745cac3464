"""Runs everything and counts: python tests/all.py [STAGE...]. `make test` and `make check` call it.

Stages: ruff, mypy, arrows, pytest (CPython, with the real counterparts in
tests/host), micropython and device (the shared tests, one process a file, so
each has the whole heap). A stage is a list of jobs. Those that work share the
cores, one each, and give way to those that wait: the tests that pytest.mark.live
names run beside them all the time, several at once. A stage that cannot run
here is told in a line and its tests are counted as skipped. The last line is
the sum; the exit code says whether anything failed.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

ROOT = pathlib.Path(__file__).resolve().parent.parent
PYTHON = sys.executable
CORES = os.cpu_count() or 1
FILE_DEADLINE_S = 300  # a test file that hangs is a failed one
LIVE = "2"             # live tests at once: they wait for ten minutes in all, the longest one for 45 s
DEVICE_HEAP = "112k"   # what the ESP32 leaves to Python beside Wi-Fi
LONGEST = ("test_auto_phases.py", "test_share_wire.py", "test_solar.py", "test_solar_hours.py", "test_requests.py")  # simulate hours; begun first
GIVES_WAY = ["chrt", "--idle", "0"] if shutil.which("chrt") else ["nice", "-n", "19"] if shutil.which("nice") else []  # else peers in real time come late

Result = tuple[str, int, int, int]  # what it said, passed, failed, skipped
Job = Callable[[], Result]


class Stage:
    """`works` and `waits` are jobs; `said` and the numbers grow as they end."""

    def __init__(self, name: str, works: "list[Job]", waits: "list[Job] | None" = None, said: str = "", failed: int = 0, skipped: int = 0) -> None:
        self.name, self.works, self.waits, self.said = name, works, waits or [], said
        self.passed, self.failed, self.skipped = 0, failed, skipped
        self.left = len(self.works) + len(self.waits)
        self.lock = Lock()

    def take(self, job: Job, began: float) -> None:
        """Runs a job of this stage; the last one tells how the stage ended."""
        said, passed, failed, skipped = job()
        with self.lock:
            self.said += said
            self.passed += passed
            self.failed += failed
            self.skipped += skipped
            self.left -= 1
            if not self.left:
                self.tell(began)

    def tell(self, began: float) -> None:
        print("%s-- %s: %s, %d passed, %d failed, %d skipped, after %.0f s" % (
            self.said, self.name, "NOT GOOD" if self.failed else "good", self.passed, self.failed, self.skipped, time.monotonic() - began), flush=True)


def shared() -> list[str]:
    """The tests that every interpreter runs, those that take long first."""
    files = [p for folder in ("tests", "tests/stories") for p in (ROOT / folder).glob("test_*.py")]
    files.sort(key=lambda p: (p.name not in LONGEST, p.parent.name != "stories", p.name))
    return [str(p.relative_to(ROOT)) for p in files]


def command(*words: str) -> Result:
    """One tool that is right or wrong as a whole."""
    done = subprocess.run([*GIVES_WAY, *words], cwd=ROOT, capture_output=True, text=True)
    return ("%s\n" % (done.stdout + done.stderr).rstrip(), 0, 1, 0) if done.returncode else ("", 1, 0, 0)


def ruff() -> Stage:
    return Stage("ruff", [lambda: command(PYTHON, "-m", "ruff", "check", "-q", ".")])


def mypy() -> Stage:
    """Twice, one after the other: the firmware sees the chip's modules, the tools see CPython's."""
    top = [name for name in ("main.py", "boot.py") if (ROOT / name).exists()]
    simulator = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "hal").glob("sim*.py"))

    def both() -> Result:
        a = command(PYTHON, "-m", "mypy", "--config-file", "tools/mypy_chip.ini", "lib", "hal", "tests/run.py", *top)
        b = command(PYTHON, "-m", "mypy", "--config-file", "tools/mypy_host.ini", "tools", "tests/all.py", *simulator)
        return a[0] + b[0], a[1] + b[1], a[2] + b[2], 0
    return Stage("mypy", [both])


def arrows() -> Stage:
    return Stage("arrows", [lambda: command(PYTHON, "tools/arrows.py", "--quiet")])


def counted(report: pathlib.Path, words: list[str]) -> Result:
    """One run of pytest, counted by its report."""
    report.unlink(missing_ok=True)
    done = subprocess.run([*words, "--junitxml", str(report)], cwd=ROOT, capture_output=True, text=True, errors="replace")
    said, passed, failed, skipped = done.stdout + done.stderr, 0, 0, 0
    if not report.exists():
        return said, 0, 1, 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        total, bad, left_out = (sum(int(suite.get(k, 0)) for k in keys) for keys in (("tests",), ("failures", "errors"), ("skipped",)))
        passed, failed, skipped = passed + total - bad - left_out, failed + (bad if total else 1), skipped + left_out
    return said, passed, max(failed, 1 if done.returncode else 0), skipped


def pytest() -> Stage:
    """All files, in two runs: the live ones a test at a time wherever a worker is free, the others a file at a time."""
    files = sorted(p for p in (ROOT / "tests").rglob("test_*.py"))
    live = [str(p.relative_to(ROOT)) for p in files if "pytest.mark.live(" in p.read_text()]
    rest = [str(p.relative_to(ROOT)) for p in files if str(p.relative_to(ROOT)) not in live]
    run = [PYTHON, "-m", "pytest", "-q"]
    spread = ["-n", str(CORES // 2), "--dist", "loadfile"] if CORES > 3 else []
    return Stage("pytest", [lambda: counted(ROOT / "build/pytest.xml", GIVES_WAY + run + spread + rest)],
                 [lambda: counted(ROOT / "build/live.xml", run + ["-n", LIVE, "--dist", "loadscope", "--no-loadscope-reorder"] + live)])


def build(interpreter: str) -> str:
    """Has make bring an interpreter. "" when it is there, or why it is not."""
    done = subprocess.run(["make", "-s", interpreter], cwd=ROOT, capture_output=True, text=True)
    missing = (ROOT / interpreter).parent / "missing"
    if done.returncode:
        return "failed: " + (done.stdout + done.stderr).strip()
    return missing.read_text().strip() if missing.exists() else ""


def one_file(words: list[str], path: str) -> Result:
    """Runs one file in a process of its own."""
    try:
        done = subprocess.run([*GIVES_WAY, *words, "tests/run.py", path], cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=FILE_DEADLINE_S)
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        return "FAILED %s: no end after %d s\n" % (path, FILE_DEADLINE_S), 0, 1, 0
    found = re.search(r"^(\d+) passed, (\d+) failed, (\d+) skipped\s*\Z", said, re.M)
    if not found or (done.returncode and not int(found[2])):
        return "FAILED %s: ended with %d\n%s\n" % (path, done.returncode, said), 0, 1, 0
    return said[:found.start()], int(found[1]), int(found[2]), int(found[3])


def on(name: str, interpreter: str, *options: str) -> Stage:
    """The shared tests on one MicroPython."""
    files = shared()
    why = build(interpreter)
    if why:
        return Stage(name, [], said="left out on %s: %d test files (%s)\n" % (name, len(files), why), failed=int(why.startswith("failed")), skipped=len(files))
    return Stage(name, [lambda path=path: one_file([interpreter, *options], path) for path in files])  # type: ignore[misc]


STAGES = {
    "ruff": ruff, "mypy": mypy, "arrows": arrows, "pytest": pytest,
    "micropython": lambda: on("micropython", "build/mp32/micropython"),
    "device": lambda: on("device", "build/device/micropython", "-X", "heapsize=" + DEVICE_HEAP),
}


def main(names: list[str]) -> int:
    for name in names:
        if name not in STAGES:
            sys.exit("all.py: no stage %s; there are %s" % (name, ", ".join(STAGES)))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a test starts many processes; what is compiled is kept, beside the tree
    os.environ["PYTHONPYCACHEPREFIX"] = str(ROOT / "build/pycache")
    began = time.monotonic()
    stages = [STAGES[name]() for name in names or STAGES]  # with both interpreters, whom pytest has play whole sessions
    works = sorted(((k, stage, job) for stage in stages for k, job in enumerate(stage.works)), key=lambda row: row[0])
    waits = [(stage, job) for stage in stages for job in stage.waits]
    with ThreadPoolExecutor(CORES) as cores, ThreadPoolExecutor(max(len(waits), 1)) as beside:
        ends = [beside.submit(stage.take, job, began) for stage, job in waits] + [cores.submit(stage.take, job, began) for _, stage, job in works]
        for stage in stages:
            if not stage.left:
                stage.tell(began)
    for end in ends:
        end.result()
    failed = sum(stage.failed for stage in stages)
    print("%d passed, %d failed, %d skipped" % (sum(stage.passed for stage in stages), failed, sum(stage.skipped for stage in stages)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
