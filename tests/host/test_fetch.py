"""What goes into the image from others is what its hash says, and nothing beside the modules is unpacked."""
import hashlib
import io
import pathlib
import tarfile

import pytest

from tools import fetch

HASH = "0" * 64


def archive(**files: bytes) -> bytes:
    """A source archive; __ in a name stands for a slash, a trailing _py for .py."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name.replace("__", "/").replace("_py", ".py"))
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def test_a_wrong_hash_is_refused_and_both_are_named():
    with pytest.raises(ValueError, match="x.tar.gz: sha256 is .* want " + HASH):
        fetch.verify("x.tar.gz", b"something else", HASH)


def test_the_right_hash_is_taken():
    fetch.verify("x.tar.gz", b"data", hashlib.sha256(b"data").hexdigest())


def test_an_archive_kept_from_before_is_only_used_by_its_hash(tmp_path, monkeypatch):
    (tmp_path / "kept.tar.gz").write_bytes(b"data")
    assert fetch.download("x", "1", hashlib.sha256(b"data").hexdigest(), tmp_path) == ("kept.tar.gz", b"data")


@pytest.mark.parametrize("line", ["microdot", "microdot==2.7.0", "microdot>=2 --hash=sha256:" + HASH, "microdot==2.7.0 --hash=sha256:12"])
def test_a_line_without_exact_version_and_hash_is_refused(line):
    with pytest.raises(ValueError, match="requirements"):
        fetch.wanted("# a comment\n\n" + line)


def test_only_the_modules_are_unpacked(tmp_path):
    data = archive(x1__setup_py=b"bad", x1__src__microdot__a_py=b"A", x1__tests__microdot__b_py=b"B", x1__microdot__note=b"N")
    assert fetch.unpack("x.tar.gz", data, "microdot", tmp_path) == 1
    assert [p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file()] == [pathlib.Path("microdot/a.py")]


def test_an_archive_without_the_modules_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no modules"):
        fetch.unpack("x.tar.gz", archive(x1__other_py=b""), "microdot", tmp_path)
