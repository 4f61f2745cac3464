"""The panel in a real Chromium, before a world of three chargers without firmware: what a hand does arrives in the plant."""
import asyncio
import threading

import pytest
from browsers import no_chromium

from tools.plant.site import Site
from tools.world.api import Api
from tools.world.pace import Pace

pytestmark = [pytest.mark.live(5, together=True), no_chromium]


class World:
    """A served world in a thread of its own."""

    def __init__(self, chargers):
        self.site = Site(chargers=chargers)
        self.port, self._up = 0, threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live)
        self._thread.start()
        assert self._up.wait(10)

    def _live(self):
        asyncio.set_event_loop(self._loop)
        pace = Pace(self.site)
        api = Api(self.site, pace, [lambda: {"on": "", "state": "none", "restarts": 0, "port": 0}] * len(self.site.spots))

        async def main():
            self._stop = asyncio.Event()
            self.port = await api.open(0)
            stepping = asyncio.create_task(pace.run())
            self._up.set()
            await self._stop.wait()
            stepping.cancel()
            await api.close()
        self._loop.run_until_complete(main())
        self._loop.close()

    def close(self):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)


@pytest.fixture
def panel(browser):
    """(page, site) of a world with three chargers. An error in the console fails the test."""
    world = World(3)
    page = browser.new_page(viewport={"width": 390, "height": 844})
    errors = []
    page.on("pageerror", lambda e: errors.append(str(e)))
    page.goto("http://127.0.0.1:%d/" % world.port)
    page.wait_for_function("now !== null")
    yield page, world.site
    page.close()
    world.close()
    assert not errors


def test_a_charger_is_chosen_and_its_car_plugged_in(panel):
    page, site = panel
    page.click("#chargers button[value='1']")
    page.wait_for_function("now.charger === 1")
    page.click("#plug")
    page.wait_for_function("now.car.plugged")
    assert [spot.car.plugged for spot in site.spots] == [False, True, False]
    page.wait_for_function("document.querySelector('#chargers button[value=\\'1\\'] b').textContent === 'B'")
    page.click("#chargers button[value='0']")
    page.wait_for_function("now.charger === 0 && document.getElementById('plug').textContent.startsWith('Plug')")


def test_a_meter_is_exchanged_clamps_are_turned_and_frames_lost(panel):
    page, site = panel
    page.select_option("#role", "circuit")
    page.select_option("#model", "InvEastrn")
    page.fill("#address", "44")
    page.click("#fit")
    page.wait_for_function("document.getElementById('meters').textContent.includes('circuit InvEastrn44')")
    assert site.metering.of("circuit").unit == 44
    assert page.is_hidden("#box")
    page.select_option("#role", "mains")
    page.select_option("#model", "Sensorbox")
    page.select_option("#source", "p1")
    page.click("#fit")
    page.wait_for_function("document.getElementById('meters').textContent.includes('mains Sensorbox10')")
    assert site.meter.source == "p1"
    page.select_option("#ct", "2 1 3")
    page.click("#turned button[value='2']")
    page.locator("[data-set='wire.loss']").fill("20")
    page.wait_for_function("now.ct.phases.join() === '2,1,3' && now.ct.turned[2] && now.wire.loss === 20")
    assert (site.metering.phases, site.metering.turned, site.faults.rates["loss"]) == ([1, 0, 2], [0, 0, 1], 200)


def test_nothing_is_wider_than_a_phone(panel):
    page, _ = panel
    page.click("#chargers button[value='2']")
    page.wait_for_function("now.charger === 2")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
