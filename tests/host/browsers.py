"""One Chromium for all tests of a file, and the page of the stand-in charger in it, on a phone.

`browser` ends with its file: as long as it is there, its library keeps an
event loop running, and the tests of other files want one of their own. A page
has a context of its own, and an error in its console fails the test.
"""
import shutil

import pytest
from web_charger import ON, Charger

CHROMIUM = "/usr/bin/chromium"
no_chromium = pytest.mark.skipif(not shutil.which(CHROMIUM), reason="no chromium here")
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield b
        b.close()


@pytest.fixture(scope="session")
def packed():
    """The page, packed as it is now."""
    from tools import pack
    assert pack.main() == 0


@pytest.fixture
def standin(packed):
    """The stand-in on CPython, a new one for each test."""
    c = Charger(list(ON)[0])
    yield c
    c.process.kill()
    c.process.wait(10)
    c.process.stdout.close()


@pytest.fixture
def page(browser, standin):
    """The page, open and live, on a phone. An error in its console fails the test."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto(f"http://127.0.0.1:{standin.port}/")
    page.wait_for_function("document.querySelector('h1').textContent === 'Charging'")
    yield page
    context.close()
    assert errors == []


def text(page, css):
    return page.inner_text(css)
