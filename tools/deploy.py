"""Puts the firmware on a board: deploy.py [--tty TTY] [--image FILE]. `make deploy` calls it.

With an image: writes it to the flash with esptool, from 0x1000 on; settings
stay. Without one: compiles our own modules with mpy-cross, folded as they are
in the image (tools/fold.py), and copies them to the board's file system with
mpremote, where they go before the frozen ones.
That is for trying a change on a board that already has an image; remove the
files again with `mpremote rm` and the image rules.
"""
import argparse
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from tools import fold  # noqa: E402

OUT = ROOT / "build/mpy"
FOLDED = ROOT / "build/folded"


def plan(root: pathlib.Path) -> list[tuple[pathlib.Path, str]]:
    """(source, its place on the board) of every module; boot.py stays what is frozen, for it must always run."""
    found = [(p, str(p.relative_to(root / "lib").with_suffix(".mpy"))) for p in sorted((root / "lib").rglob("*.py"))]
    found += [(p, str(p.relative_to(root).with_suffix(".mpy"))) for p in sorted((root / "hal").glob("*.py")) if not p.name.startswith("sim")]
    page = root / "build/page/webfiles.py"
    return found + ([(page, "webfiles.mpy")] if page.exists() else [])


def image_command(tty: str | None, image: str) -> list[str]:
    """The words that write an image with its bootloader and partition table."""
    where = ["--port", tty] if tty else []
    return [sys.executable, "-m", "esptool", "--chip", "esp32", *where, "write-flash", "0x1000", image]


def copy_command(tty: str | None) -> list[str]:
    """The words that copy build/mpy to the board and start it again."""
    where = ["connect", tty] if tty else []
    return [sys.executable, "-m", "mpremote", *where, "cp", "-r", str(OUT) + "/", ":/", "+", "reset"]


def compile_all() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    fold.fold_all(ROOT, FOLDED)
    for source, place in plan(ROOT):
        copy = FOLDED / source.relative_to(ROOT)
        source = copy if copy.exists() else source   # the page has nothing to fold
        (OUT / place).parent.mkdir(parents=True, exist_ok=True)
        name = "webfiles.py" if place == "webfiles.mpy" else place[:-4] + ".py"
        subprocess.run([sys.executable, "-m", "mpy_cross", "-O3", "-march=xtensawin", "-s", name, "-o", str(OUT / place), str(source)], check=True)


def main() -> int:
    words = argparse.ArgumentParser(description="Puts the firmware on a board.")
    words.add_argument("--tty", help="serial port of the board; the first one found when left out")
    words.add_argument("--image", help="an image made by `make image`; without it the modules are copied")
    asked = words.parse_args()
    if asked.image:
        if not pathlib.Path(asked.image).is_file():
            sys.exit("deploy: no image %s" % asked.image)
        return subprocess.run(image_command(asked.tty, asked.image)).returncode
    compile_all()
    return subprocess.run(copy_command(asked.tty)).returncode


if __name__ == "__main__":
    sys.exit(main())
