"""Fetches the third-party modules of the firmware into build/vendor: fetch.py REQUIREMENTS VENDOR

Each line of the requirements names a project, an exact version and the
sha256 of one archive. The archive with that hash is taken from the package
index that pip uses, or from the folder beside VENDOR where it was kept the
last time. Only the modules are unpacked, never a script. The two older ones
are archives that pip cannot install, so pip has no part in it.
"""
import hashlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator

# Which folder of an archive holds the modules of a project.
FOLDER = {"micropython-umqtt.simple": "umqtt", "micropython-modbus": "umodbus", "microdot": "microdot"}
LINE = re.compile(r"([\w.-]+)==([\w.]+) --hash=sha256:([0-9a-f]{64})")


def wanted(text: str) -> list[tuple[str, str, str]]:
    """The (project, version, sha256) rows of a requirements file; ValueError for a line without all three."""
    rows = []
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            found = LINE.fullmatch(line)
            if not found:
                raise ValueError("requirements: want name==version --hash=sha256:..., not %r" % line)
            rows.append((found[1], found[2], found[3]))
    return rows


def verify(name: str, data: bytes, sha256: str) -> None:
    """ValueError unless data has this hash."""
    got = hashlib.sha256(data).hexdigest()
    if got != sha256:
        raise ValueError("%s: sha256 is %s, want %s" % (name, got, sha256))


def members(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Every (path, content) of a wheel or a source archive."""
    if name.endswith((".whl", ".zip")):
        with zipfile.ZipFile(io.BytesIO(data)) as wheel:
            for path in wheel.namelist():
                yield path, wheel.read(path)
    else:
        with tarfile.open(fileobj=io.BytesIO(data)) as tar:
            for entry in tar:
                file = tar.extractfile(entry) if entry.isfile() else None
                if file:
                    yield entry.name, file.read()


def unpack(name: str, data: bytes, folder: str, vendor: pathlib.Path) -> int:
    """Writes the .py files of folder, and nothing else, below vendor; how many."""
    count = 0
    for path, content in members(name, data):
        found = re.fullmatch(r"(?:[^/]+/)?(?:src/)?(%s/(?:\w+/)*\w+\.py)" % folder, path)
        if found:
            target = vendor / found[1]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            count += 1
    if not count:
        raise ValueError("%s: no modules in %s/" % (name, folder))
    return count


def index() -> str | None:
    """The package index that pip was told to use, or None for the library's own."""
    for key in ("install.index-url", "global.index-url"):
        got = subprocess.run([sys.executable, "-m", "pip", "config", "get", key], capture_output=True, text=True)
        if got.returncode == 0 and got.stdout.strip():
            return got.stdout.strip()
    return None


def download(project: str, version: str, sha256: str, keep: pathlib.Path) -> tuple[str, bytes]:
    """(file name, content) of the archive with this hash, kept in a folder for the next time."""
    for old in keep.glob("*"):
        if hashlib.sha256(old.read_bytes()).hexdigest() == sha256:
            return old.name, old.read_bytes()
    from pypi_simple import PyPISimple
    if "PIP_CERT" in os.environ:
        os.environ.setdefault("REQUESTS_CA_BUNDLE", os.environ["PIP_CERT"])
    where = os.environ.get("PIP_INDEX_URL") or index()
    with (PyPISimple(where.rstrip("/") + "/") if where else PyPISimple()) as client:
        for package in client.get_project_page(project, timeout=60).packages:
            if package.version == version and package.digests.get("sha256") in (sha256, None):
                file = keep / package.filename
                client.download_package(package, file, verify=False, timeout=60)  # the only hash that counts is ours
                data = file.read_bytes()
                try:
                    verify(package.filename, data, sha256)
                except ValueError:
                    file.unlink()
                    raise
                return package.filename, data
    raise ValueError("%s %s: the index has no archive with sha256 %s" % (project, version, sha256))


def main(requirements: str, vendor: str) -> None:
    new = pathlib.Path(vendor + ".new")
    keep = pathlib.Path(vendor).parent / "downloads"
    keep.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(new, ignore_errors=True)
    for project, version, sha256 in wanted(pathlib.Path(requirements).read_text()):
        name, data = download(project, version, sha256, keep)
        verify(name, data, sha256)
        print("%s %s: %d modules" % (project, version, unpack(name, data, FOLDER[project], new)))
    shutil.rmtree(vendor, ignore_errors=True)
    new.rename(vendor)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (ValueError, OSError) as e:
        sys.exit("make deps: %s" % e)
