"""`make pictures`: the page, the world and the display as people see them, as PNG into build/pictures/.

A charger and its world run for a minute while a car charges beside a kettle;
then a real browser looks at both in the sizes of a phone and of a desk, at
every tab of the page. The display is drawn from the golden frames. What the
README shows is charger-desk-light and world-desk-light, copied to docs/pictures.
"""
import json
import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path[:0] = [ROOT]
os.chdir(ROOT)

from playwright.sync_api import sync_playwright  # noqa: E402

from tools import lcd_png  # noqa: E402
from tools.rig import Rig  # noqa: E402

SIZES = (("phone", 390, 844), ("desk", 1280, 800))
CHROMIUM = "/usr/bin/chromium"
TABS = ("meters", "plan", "setup", "log")
GOLDEN = "tests/golden/"
PLAN = {"week": "Mo-Fr 23:00-07:00 Smart 16; Sa,Su 10:00-16:00 Solar", "goal_kwh": 20}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def put(rig, wishes: dict) -> None:
    """Settings for the charger. ValueError when it refuses one."""
    status, said = rig.ask(rig.port, "POST", "/set", json.dumps(wishes))
    if status != 200:
        raise ValueError(said.decode())


def display(folder: str) -> None:
    """Every golden frame of the display."""
    for name in sorted(os.listdir(GOLDEN)):
        if name.endswith(".txt") and name != "trace.txt":
            with open(GOLDEN + name) as f:
                frame = lcd_png.frame_of(f.read())
            with open("%s/display-%s.png" % (folder, name[:-4]), "wb") as out:
                out.write(lcd_png.png(frame))


def act(rig) -> None:
    """A minute worth looking at: a car in Smart with a meter, sun on the roof, a kettle that comes and goes."""
    put(rig, {"ev_meter": "Eastron3P", "ev_addr": 12})
    rig.post("/settings?mode=3&current_max=16")
    rig.sim(house_a=[3.2, 1.4, 0.8], sun_a=[4.5, 4.5, 4.5], car={"plugged": True})
    rig.until(lambda p: p["evse.c1"] == 1)
    time.sleep(20)
    rig.sim(house_a=[15.8, 1.4, 0.8])
    time.sleep(14)


def main(folder: str) -> None:
    os.makedirs(folder, exist_ok=True)
    display(folder)
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
        put(rig, PLAN)
        for name, page in pages:
            for tab in TABS if name.startswith("charger") else ():
                page.click("#t-" + tab)
                time.sleep(1)
                file = "%s/%s.png" % (folder, name.replace("charger", tab))
                page.screenshot(path=file, full_page=True)
                print(file)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build/pictures")
