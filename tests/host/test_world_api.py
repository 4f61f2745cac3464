"""The world's API over real HTTP: good and bad requests, the panel's files, the live stream."""
import asyncio
import json

import aiohttp
import pytest

from tools.plant.site import Site
from tools.world.api import Api
from tools.world.pace import Pace


def served(story, chargers=1):
    """Runs story(session, address, site) against a world without a firmware."""
    async def run():
        site = Site(chargers=chargers)
        pace = Pace(site)
        api = Api(site, pace, [lambda: {"on": "", "state": "none", "restarts": 0}] * len(site.spots))
        port = await api.open(0)
        stepping = asyncio.create_task(pace.run())
        try:
            async with aiohttp.ClientSession() as session:
                await asyncio.wait_for(story(session, "http://127.0.0.1:%d" % port, site), 30)
        finally:
            stepping.cancel()
            await api.close()
    asyncio.run(run())


async def get(session, url):
    async with session.get(url) as reply:
        assert reply.status == 200
        return await reply.json()


def test_the_plant_is_shown_and_a_plugged_car_becomes_an_event():
    async def story(session, at, site):
        seen = await get(session, at + "/sim")
        assert (seen["letter"], seen["duty"], seen["c1"], seen["c2"], seen["lock"], seen["events"]) == ("A", 1000, 0, 0, 0, [])
        assert (seen["mains_a"], seen["speed"], seen["firmware"]["state"]) == ([0, 0, 0], 1, "none")
        async with session.post(at + "/sim", json={"car": {"plugged": True}}) as reply:
            assert reply.status == 200 and (await reply.json())["car"]["plugged"] is True
        while not seen["events"]:
            seen = await get(session, at + "/sim")
        assert seen["events"][0]["what"] == "pilot" and seen["events"][0]["value"] == "B"
    served(story)


def test_house_and_sun_add_up_on_the_mains():
    async def story(session, at, site):
        async with session.post(at + "/sim", json={"house_a": [5, 6, 7], "sun_a": [1, 1, 10]}) as reply:
            assert reply.status == 200
        seen = await get(session, at + "/sim")
        while seen["mains_a"] == [0, 0, 0]:
            seen = await get(session, at + "/sim")
        assert seen["mains_a"] == [4, 5, -3]
    served(story)


@pytest.mark.parametrize("body, status, words", [
    (b'{"moon": 1}', 400, "unknown: moon"), (b"{", 400, "not JSON"), (b"", 400, "not JSON"), (b"\xff\xfe", 400, "not JSON"),
    (b"[1]", 400, "JSON object"), (b'{"temp_c": 1e9}', 400, "temp_c: a number, -40 to 125"), (b"[" * 5000, 400, "not JSON")])
def test_bad_requests_get_a_400_that_says_why(body, status, words):
    async def story(session, at, site):
        async with session.post(at + "/sim", data=body) as reply:
            assert reply.status == status
            assert words in (await reply.json())["error"]
    served(story)


def test_an_oversized_body_and_a_wrong_path_are_refused():
    async def story(session, at, site):
        async with session.post(at + "/sim", data=b" " * 100000) as reply:
            assert reply.status == 413
        async with session.get(at + "/../sim.py") as reply:
            assert reply.status == 404
        async with session.delete(at + "/sim") as reply:
            assert reply.status == 405
    served(story)


def test_the_panel_needs_nothing_from_elsewhere():
    async def story(session, at, site):
        for path, kind in (("/", "text/html"), ("/panel.css", "text/css"), ("/panel.js", "text/javascript")):
            async with session.get(at + path) as reply:
                assert (reply.status, reply.content_type) == (200, kind)
                assert "http://" not in (await reply.text()).replace("http://www.w3.org", "") and "https://" not in await reply.text()
    served(story)


def test_the_live_stream_tells_the_plant_the_past_and_the_display():
    async def story(session, at, site):
        site.lcd(2, bytes([0xAA]) * 128)
        async with session.get(at + "/live") as reply:
            assert reply.content_type == "text/event-stream"
            first = json.loads((await reply.content.readline())[5:])
            assert (first["letter"], len(first["lcd"])) == ("A", 1368)
            await reply.content.readline()
            second = json.loads((await reply.content.readline())[5:])
            assert "lcd" not in second and second["t_ms"] > first["t_ms"]
            assert len(first["past"] + second["past"]) == 1, "one sample a second, each told once"
    served(story)


def test_the_address_or_the_body_says_which_charger_is_meant():
    async def story(session, at, site):
        async with session.post(at + "/sim?charger=1", json={"car": {"plugged": True}}) as reply:
            assert reply.status == 200 and (await reply.json())["charger"] == 1
        async with session.post(at + "/sim", json={"charger": 2, "temp_c": 40}) as reply:
            assert (await reply.json())["temp_c"] == 40
        seen = await get(session, at + "/sim")
        assert (seen["charger"], seen["car"]["plugged"], seen["temp_c"]) == (0, False, 20)
        assert [row["plugged"] for row in seen["chargers"]] == [False, True, False]
        assert (await get(session, at + "/sim?charger=2"))["temp_c"] == 40
        site.spots[1].note("lock", 1)
        assert (await get(session, at + "/sim?charger=1"))["events"][-1]["what"] == "lock"
        async with session.get(at + "/live?charger=1") as reply:
            assert json.loads((await reply.content.readline())[5:])["charger"] == 1
        for path in ("/sim?charger=3", "/sim?charger=-1", "/sim?charger=x", "/live?charger=3"):
            async with session.get(at + path) as reply:
                assert reply.status == 400 and (await reply.json())["error"] == "charger: a whole number, 0 to 2"
    served(story, chargers=3)
