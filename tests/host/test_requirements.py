"""The third-party modules: pinned, fetched, importable, and none of them in the tree."""
import hashlib
import pathlib
import subprocess

from tools import fetch

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS = fetch.wanted((ROOT / "firmware/requirements.txt").read_text())


def test_the_three_are_pinned_by_version_and_hash():
    assert sorted(name for name, _, _ in ROWS) == ["microdot", "micropython-modbus", "micropython-umqtt.simple"]


def test_what_lies_in_the_vendor_folder_is_what_the_archives_hold(tmp_path):
    kept = {hashlib.sha256(p.read_bytes()).hexdigest(): p for p in (ROOT / "build/downloads").iterdir()}
    for name, _, sha256 in ROWS:
        fetch.unpack(kept[sha256].name, kept[sha256].read_bytes(), fetch.FOLDER[name], tmp_path)
    for path in tmp_path.rglob("*.py"):
        assert (ROOT / "build/vendor" / path.relative_to(tmp_path)).read_bytes() == path.read_bytes()


def test_they_can_be_imported_on_cpython():
    import microdot
    import microdot.websocket
    import umodbus.serial
    import umqtt.simple
    assert microdot.Microdot and microdot.websocket.WebSocket and umodbus.serial.Serial and umqtt.simple.MQTTClient


def test_nothing_made_or_fetched_is_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    assert [name for name in tracked if name.startswith("build/") or name.endswith((".mpy", ".bin", ".so", ".whl", ".gz"))] == []
