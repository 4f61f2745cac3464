"""What the documents name is there: files, names in the code, verbs of make, addresses, links. And no line of theirs is a leftover."""
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DOCS = ["README.md"] + sorted(str(p.relative_to(ROOT)) for p in (ROOT / "docs").glob("*.md"))
ROOMS = ("lib", "hal", "tools", "tests", "docs", "web", "firmware")
CODE = "\n".join(p.read_text() for room in ("lib", "hal", "tools", "tests") for p in (ROOT / room).rglob("*.py")) + (ROOT / "main.py").read_text()
MAKE = (ROOT / "Makefile").read_text()


def quoted(doc):
    """What stands in single backticks, fenced blocks left out."""
    text = re.sub(r"^```.*?^```", "", (ROOT / doc).read_text(), flags=re.M | re.S)
    return sorted(set(re.findall(r"`([^`\n]+)`", text)))


@pytest.mark.parametrize("doc", DOCS)
def test_every_file_named_is_there(doc):
    missing = []
    for word in quoted(doc):
        path = word.split("::")[0]
        if path.split("/")[0] in ROOMS and "/" in path and " " not in path and not set("<*…") & set(path):
            if not (ROOT / path).exists():
                missing.append(word)
    assert missing == []


@pytest.mark.parametrize("doc", DOCS)
def test_every_name_of_the_code_is_in_the_code(doc):
    """A word with an underscore, or two with a dot: each part stands in the code."""
    missing = []
    for word in quoted(doc):
        called = re.fullmatch(r"([A-Za-z_][\w.]*)(\(.*\))?", word)
        if not called or not re.search(r"_|[a-z]\.[a-z]|\(", word) or re.search(r"\.(py|md|txt|bin|html)$", word) or "::" in word:
            continue
        if word.startswith("umqtt.") or word.startswith("micropython-"):
            continue
        for part in called[1].split("."):
            if part and not re.search(r"\b%s\b" % re.escape(part), CODE):
                missing.append(word)
    assert missing == []


@pytest.mark.parametrize("doc", DOCS)
def test_every_verb_of_make_is_one(doc):
    text = (ROOT / doc).read_text()
    verbs = set(re.findall(r"^    make ([a-z]+)", text, re.M)) | set(re.findall(r"`make ([a-z]+)", text))
    assert {verb for verb in verbs if not re.search(r"^%s:" % verb, MAKE, re.M)} == set()


@pytest.mark.parametrize("doc", DOCS)
def test_every_link_leads_somewhere(doc):
    here = (ROOT / doc).parent
    links = re.findall(r"\]\(([^)#]+)\)", (ROOT / doc).read_text())
    assert [link for link in links if "://" not in link and not (here / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS)
def test_no_line_is_too_long_or_a_leftover(doc):
    for line in (ROOT / doc).read_text().splitlines():
        assert len(line) <= 170 or line.startswith("|"), line
        assert not re.search(r"\b(TODO|FIXME|XXX)\b|@\w+@", line), line


def test_the_addresses_of_the_readme_are_served():
    text = (ROOT / "README.md").read_text()
    from app.web import ROUTES
    served = [(verb, path) for verb, path, name in ROUTES]
    for verb, path in re.findall(r"`(GET|POST) (/[a-z_]+)", text):
        assert (verb, path) in served, path


def test_every_variable_of_make_in_the_readme_is_one():
    names = re.findall(r"^\| `([A-Z0-9]+)=", (ROOT / "README.md").read_text(), re.M)
    assert len(names) >= 8
    for name in names:
        assert "$(%s)" % name in MAKE, name


def test_the_limits_told_are_the_limits_there_are():
    """docs/HOUSE.md counts them up in step 4 of the tick."""
    from evse import limits
    told = re.search(r"holds one slot for everybody who may hold the brake: ([^.]+)\.", (ROOT / "docs/HOUSE.md").read_text())
    assert told and len(told[1].split(",")) == len(limits.NAME)
