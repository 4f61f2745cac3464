"""Draws who imports whom among the rooms, from the code itself, and says which arrow points the wrong way.

`make arrows` prints the picture; the exit code is 1 when an arrow is wrong,
`--quiet` prints only those. What each room may import is the table below, the
same as in docs/HOUSE.md. Imports inside functions count too. Tools and tests
may import all, so only what goes into the image is looked at.
"""
import ast
import pathlib
import sys
from collections.abc import Iterator

TABLES = ("settings", "points", "faults", "log", "diary")
PURE = ("evse", "energy", "meters", "proto", "ui")
CHIP = ("machine", "network", "esp32")
WAITING = ("time", "utime", "asyncio", "uasyncio", "socket", "usocket", "select", "_thread", "os", "uos")
THIRD = ("umqtt", "umodbus", "microdot")
OURS = TABLES + PURE + ("app", "hal", "main", "boot", "tools", "tests", "plant", "world")

# room: what it may import of OURS, CHIP, WAITING and THIRD; anything else of Python is free.
MAY: dict[str, tuple[str, ...]] = {name: () for name in TABLES}
MAY.update({name: TABLES for name in PURE})
MAY["meters"] += ("proto",)
MAY["app"] = TABLES + PURE + WAITING + THIRD
MAY["hal"] = CHIP + WAITING
MAY["boot"] = ("hal",) + CHIP + WAITING  # it runs before hal and puts the pins to safe
MAY["main"] = TABLES + PURE + ("app", "hal") + WAITING


def files(root: pathlib.Path) -> Iterator[tuple[str, pathlib.Path]]:
    """(room, file) of everything that goes into an image."""
    for path in sorted((root / "lib").rglob("*.py")):
        yield path.relative_to(root / "lib").parts[0].removesuffix(".py"), path
    for path in sorted((root / "hal").rglob("*.py")):
        yield "hal", path
    for name in ("boot", "main"):
        if (root / (name + ".py")).exists():
            yield name, root / (name + ".py")


def imports(path: pathlib.Path) -> Iterator[tuple[str, int]]:
    """(top-level name, line) of every import in a file; a relative one stays in its room and is left out."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "__import__":
            if node.args and isinstance(node.args[0], ast.Constant):
                yield str(node.args[0].value).split(".")[0], node.lineno


def look(root: pathlib.Path) -> tuple[dict[str, set[str]], list[str]]:
    """(room -> names it imports, one line for each arrow that points the wrong way)."""
    watched = set(OURS + CHIP + WAITING + THIRD)
    seen: dict[str, set[str]] = {}
    wrong = []
    for room, path in files(root):
        arrows = seen.setdefault(room, set())
        if room not in MAY:
            wrong.append("%s: lib has no room %s" % (path.relative_to(root), room))
            continue
        for name, line in imports(path):
            if name in watched and name != room:
                arrows.add(name)
                if name not in MAY[room]:
                    wrong.append("%s:%d: %s may not import %s" % (path.relative_to(root), line, room, name))
    return seen, wrong


def main(*options: str) -> int:
    seen, wrong = look(pathlib.Path(__file__).resolve().parent.parent)
    if "--quiet" not in options:
        for room in [r for r in ("main", "boot", "hal", "app", *PURE, *TABLES) if r in seen]:
            print("%-9s -> %s" % (room, " ".join(sorted(seen[room], key=lambda n: (n not in OURS, n))) or "nothing"))
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
