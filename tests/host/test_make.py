"""The verbs and what they say where something is missing."""
import os
import pathlib
import re
import subprocess

import pytest

from tools import deploy

ROOT = pathlib.Path(__file__).resolve().parents[2]


def make(*words: str, **env: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL", "IDF_PATH", "MICROPYTHON_DIR")}
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True, env={**clean, **env}, timeout=120)


def test_make_alone_lists_every_verb_with_a_line():
    said = make().stdout
    for verb in "run test check bench bench-regulation heap deps venv image mutate arrows deploy clean".split():
        assert re.search(r"^  %s +\w.{10,}$" % verb, said, re.M), verb


@pytest.mark.parametrize("words", [(), ("BENCH=/nowhere",)])
def test_a_bench_that_is_not_there_is_told_in_one_line(words):
    done = make("-s", "bench-regulation", *words)
    assert done.returncode and "BENCH is the folder of the regulation bench" in done.stdout and "compare.py" in done.stdout


def test_an_unknown_interpreter_is_named():
    done = make("run", "ON=toaster")
    assert done.returncode and "cpython, micropython or device, not toaster" in done.stdout


def test_run_hands_every_variable_on():
    said = make("-n", "run", "PORT=1", "SPEED=3", "RS485=/dev/x", "MQTT=h:2", "STATE=s", "SERIAL=9", "CHARGERS=3").stdout
    for words in ("--port 1 ", "--world 2 ", "--on cpython", "--speed 3", "--state s", "--serial 9", "--chargers 3", "--rs485 /dev/x", "--mqtt h:2"):
        assert words in said.replace("\\\n", " "), words


def test_an_image_says_in_one_line_what_it_needs():
    done = make("image")
    assert done.returncode and "IDF_PATH" in done.stdout.splitlines()[-1] and "MICROPYTHON_DIR" in done.stdout.splitlines()[-1]


@pytest.mark.parametrize("missing", ["no-such-tool-a no-such-tool-b"])
def test_without_root_one_line_names_what_to_install(missing, tmp_path):
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "sudo").write_text("#!/bin/sh\nexit 1\n")
    for tool in tmp_path.iterdir():
        tool.chmod(0o755)
    done = subprocess.run(["sh", "tools/system.sh", *missing.split()], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PATH": "%s:%s" % (tmp_path, os.environ["PATH"])})
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1 and "apt-get install " + missing in done.stdout


@pytest.mark.parametrize("script, tool", [("device_like.sh", "gcc"), ("get_micropython.sh", "uname")])
def test_an_interpreter_that_cannot_be_had_is_told_in_one_line(script, tool, tmp_path):
    (tmp_path / tool).write_text("#!/bin/sh\n[ -t 9 ]\n")
    (tmp_path / tool).chmod(0o755)
    done = subprocess.run(["sh", "tools/" + script, str(tmp_path / "out"), "firmware/manifest.py"], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PATH": "%s:%s" % (tmp_path, os.environ["PATH"])})
    assert done.returncode == 0 and len(done.stdout.splitlines()) == 1 and "MicroPython: needs" in done.stdout
    assert (tmp_path / "out/missing").read_text() == done.stdout and not (tmp_path / "out/micropython").exists()


def test_the_slots_of_the_flash_follow_each_other_and_fit():
    end = 0
    for line in (ROOT / "firmware/partitions.csv").read_text().splitlines():
        if not line.startswith("#"):
            offset, size = (int(word, 16) for word in line.split(",")[3:5])
            assert offset >= end
            end = offset + size
    assert end == 4 * 1024 * 1024


def test_the_simulator_is_never_put_on_a_board():
    places = [place for _, place in deploy.plan(ROOT)]
    assert "settings.mpy" in places and "hal/io.mpy" in places and not [p for p in places if "sim" in p]


def frozen(manifest: str, monkeypatch) -> list[str]:
    """The files that a manifest freezes, run as MicroPython's build runs it: in its own folder."""
    files: list[str] = []

    def freeze(folder: str, names: tuple | str | None = None) -> None:
        if "$" not in folder:
            some = [names] if isinstance(names, str) else names or [str(p.relative_to(folder)) for p in pathlib.Path(folder).rglob("*.py")]
            assert all((pathlib.Path(folder) / name).exists() for name in some)
            files.extend(some)

    def include(path: str) -> None:
        if "$" not in path:
            files.extend(frozen(str(pathlib.Path(path).resolve()), monkeypatch))

    here = pathlib.Path.cwd()
    monkeypatch.chdir(pathlib.Path(manifest).parent)
    exec(pathlib.Path(manifest).read_text(), {"freeze": freeze, "include": include})
    monkeypatch.chdir(here)
    return files


@pytest.mark.parametrize("manifest", ["firmware/manifest.py", "firmware/boards/SMARTEVSE_V3/manifest.py"])
def test_the_image_holds_the_house_and_no_line_of_the_simulator(manifest, monkeypatch):
    files = frozen(str(ROOT / manifest), monkeypatch)
    for name in ("settings.py", "evse/safety.py", "hal/io.py", "main.py", "umqtt/simple.py", "umodbus/serial.py", "microdot/websocket.py"):
        assert name in files, name
    assert not [name for name in files if name.startswith(("hal/sim", "plant", "tools", "tests"))]
