"""The packed page: one small file that asks for nothing else, the same bytes every time."""
import gzip
import re
import shutil
from pathlib import Path

import pytest

from tools import pack

WEB = Path(__file__).resolve().parents[2] / "web"


def test_the_first_load_is_small_and_complete():
    files = pack.rows(WEB)
    assert sum(len(row[3]) for row in files) < 20_000
    page = gzip.decompress(files[0][3]).decode()
    assert files[0][0] == "/" and files[0][1] == "text/html; charset=utf-8"
    assert "<style>" in page and "<script>" in page and "data:image/svg+xml" in page
    assert not re.findall(r'(?:src|href)="(?!#|data:)', page)
    assert "http://" not in page.replace("http://www.w3.org/2000/svg", "") and "https://" not in page


def test_the_module_holds_literals_that_come_back_as_they_were():
    files = pack.rows(WEB)
    room = {}
    exec(pack.module(files), room)
    assert list(room["FILES"]) == files
    assert pack.module(pack.rows(WEB)) == pack.module(files)


def test_another_byte_is_another_etag(tmp_path):
    shutil.copytree(WEB, tmp_path / "web")
    (tmp_path / "web/style.css").write_text((WEB / "style.css").read_text() + "b{color:red}")
    assert pack.rows(tmp_path / "web")[0][2] != pack.rows(WEB)[0][2]
    assert pack.rows(tmp_path / "web")[1] == pack.rows(WEB)[1]


@pytest.mark.parametrize("name", ["nix.js", "../secret.js"])
def test_a_missing_or_outer_file_is_named(tmp_path, name):
    shutil.copytree(WEB, tmp_path / "web")
    page = (WEB / "index.html").read_text()
    (tmp_path / "web/index.html").write_text(page.replace('src="app.js"', f'src="{name}"'))
    with pytest.raises(ValueError, match=re.escape(name)):
        pack.rows(tmp_path / "web")


def test_a_page_that_grew_too_big_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "LIMIT", 5000)
    with pytest.raises(ValueError, match="more than 5000"):
        pack.rows(WEB)


def test_scripts_lose_indents_and_comment_lines_only():
    assert pack.lean("  // no\n  a = 1; // yes\n\n    b = 'x // y';\n") == "a = 1; // yes\nb = 'x // y';"
    assert pack.lean_css("/* no\n no */ a { b: c; }\n\n d { e : f }") == "a{b: c;}d{e : f}"


@pytest.mark.parametrize(("wide", "short"), [
    ("a  = 1; // yes\n\nb = 'x // y';", "a=1;b='x // y';"),
    ('return "a  b" + x', 'return"a  b"+x'),
    ("c = a + +b - -d / 2 / e;", "c=a+ +b- -d/2/e;"),
    ("for (const k of $ in _x) g()\nh()", "for(const k of $ in _x)g()\nh()"),
    ("x = { a: 1,\n  b: [/^a b\"/, /[/ ]/] }", "x={a:1,b:[/^a b\"/,/[/ ]/]}"),
    ("if (n) `two  ${ n }`", "if(n)`two  ${ n }`"),
])
def test_the_page_carries_no_blank_that_no_browser_needs(wide, short):
    assert pack.tight(wide) == short
