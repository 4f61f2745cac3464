"""`make pictures`: the page, the world and the display as people see them, as PNG into docs/pictures/.

A charger and its world run for a minute while a car charges beside a kettle;
then a real browser looks at both in the sizes of a phone and of a desk.
"""
import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [ROOT]
os.chdir(ROOT)

from playwright.sync_api import sync_playwright  # noqa: E402

from tools.rig import Rig  # noqa: E402

SIZES = (("phone", 390, 844), ("desk", 1280, 800))
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def act(rig) -> None:
    """A minute worth looking at: a car in Smart, sun on the roof, a kettle that comes and goes."""
    rig.post("/settings?mode=3&current_max=16")
    rig.sim(house_a=[3.2, 1.4, 0.8], sun_a=[4.5, 4.5, 4.5], car={"plugged": True})
    rig.until(lambda p: p["evse.c1"] == 1)
    time.sleep(20)
    rig.sim(house_a=[15.8, 1.4, 0.8])
    time.sleep(14)


def main(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    with Rig() as rig, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        pages = []
        for scheme in ("light", "dark"):
            for size, width, height in SIZES:
                for name, port in (("charger", rig.port), ("world", rig.world)):
                    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                    page.goto("http://127.0.0.1:%d/" % port)
                    pages.append(("%s-%s-%s" % (name, size, scheme), page))
        act(rig)
        for name, page in pages:
            page.screenshot(path="%s/%s.png" % (folder, name))
            print(folder + "/" + name + ".png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/pictures")
