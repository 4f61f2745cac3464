"""Packs web/ into build/page/webfiles.py: literals that are frozen into the image and cost no heap.

Style sheet, scripts and icon are put into index.html, so that a phone asks
for one thing only: the charger has few sockets. What is packed is gzip, made
by zopfli, which takes a second and saves four percent of flash and of every
load; the same bytes for the same input. The etag is a part of its hash.
"""
import base64
import hashlib
import re
import sys
from pathlib import Path

import zopfli.gzip

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 60_000  # bytes of the first load

TYPES = {".html": "text/html; charset=utf-8", ".svg": "image/svg+xml"}


def lean(text: str) -> str:
    """Leaves out indents, empty lines and whole-line comments of a script; nothing inside a line is touched."""
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


# What a script is made of, as far as blanks are concerned. A regex is one only where no value stands before it.
TOKEN = re.compile(r'''"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`'''
                   r"|(?:(?<=[(,=:\[!&|?])|(?<=[(,=:\[!&|?] ))/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\n\[])+/"
                   r"|//[^\n]*|\s+|[\w$]+|.", re.S)


def tight(code: str) -> str:
    """A script without comments and without the blanks that no browser needs.

    What is between quotes stays as it is, and so does a line's end where a
    statement might end. It knows no comment of several lines.
    """
    tokens = [token for token in TOKEN.findall(lean(code)) if not token.startswith("//")]
    out = ""
    for token, then in zip(tokens, tokens[1:] + ["\n"]):
        before, after = out[-1:], then[0]
        if not token.isspace():
            out += token
        elif "\n" in token:
            out += "" if before in tuple(",;{(") else "\n"
        elif (before + after).replace("$", "a").replace("_", "a").isalnum() or before == after and before in tuple("+-"):
            out += " "
    return out.strip()


def lean_css(text: str) -> str:
    """A style sheet without comments and needless blanks."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"\s*([{};])\s*", r"\1", text)).strip()


def one_page(web: Path) -> str:
    """index.html with everything it names put inside. ValueError when it names what is not there, or something outside."""
    page = (web / "index.html").read_text()

    def inside(name: str) -> str:
        file = web / name
        if "/" in name or not file.is_file():
            raise ValueError(f"index.html asks for {name}, which is not in {web}")
        return file.read_text()

    icon = re.search(r'<link rel="icon" href="([^"]+)">', page)
    if icon:
        data = base64.b64encode(inside(icon[1]).strip().encode()).decode()
        page = page.replace(icon[0], f'<link rel="icon" href="data:image/svg+xml;base64,{data}">')
    page = re.sub(r'<link rel="stylesheet" href="([^"]+)">', lambda m: f"<style>{lean_css(inside(m[1]))}</style>", page)
    page = "\n".join(line.strip() for line in page.splitlines() if line.strip())
    scripts = re.findall(r'<script src="([^"]+)"></script>\n?', page)
    code = "\n".join(tight(inside(name)) for name in scripts)
    if "</script" in code:
        raise ValueError("a script must not contain </script")
    page = re.sub(r'<script src="[^"]+"></script>\n?', "", page)
    return page.replace("</body>", f"<script>{code}</script>\n</body>")


def rows(web: Path) -> list:
    """(path, content type, etag, gzip bytes) of everything that is served. ValueError when it is too big."""
    out = []
    for path, text, kind in (("/", one_page(web), ".html"), ("/icon.svg", (web / "icon.svg").read_text(), ".svg")):
        data = zopfli.gzip.compress(text.encode(), numiterations=15)
        out.append((path, TYPES[kind], hashlib.sha256(data).hexdigest()[:12], data))
    total = sum(len(row[3]) for row in out)
    if total > LIMIT:
        raise ValueError(f"the page is {total} bytes packed, more than {LIMIT}")
    return out


def module(files: list) -> str:
    """The source of webfiles.py."""
    text = '"""The page, packed by tools/pack.py from web/: path, content type, etag, gzip bytes."""\nFILES = (\n'
    return text + "".join(f"    {row!r},\n" for row in files) + ")\n"


def main() -> int:
    try:
        files = rows(ROOT / "web")
    except ValueError as e:
        print(e)
        return 1
    target = ROOT / "build" / "page" / "webfiles.py"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(module(files))
    for path, _, etag, data in files:
        print(f"{path} {etag}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
