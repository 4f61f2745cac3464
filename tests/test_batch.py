"""What is told to the broker: everything at first, then only what changed, and counters now and then."""
import asyncio

from app.batch import Batch, text
from meters.roles import Roles
from proto import mqtt_topics as topics
from settings import Settings


class Evse:
    state, letter, offered_ma, temp_c = 0, 0, 6000, 20


class House:
    def __init__(self):
        self.evse = Evse()
        self.meters = Roles()
        self.seconds = 0


class Post:
    """Keeps what it is given, and how often it was asked to send."""

    def __init__(self):
        self.sent = []
        self.flushed = 0

    def publish(self, topic, payload, retain):
        self.sent.append((topic, payload, retain))

    def is_full(self):
        return len(self.sent) % 10 == 9

    async def flush(self):
        self.flushed += 1

    def taken(self):
        sent, self.sent = self.sent, []
        return sent


TABLE = (
    ("evse.offered_ma", "evse.offered_ma", "mA", 0, ""),
    ("mains.ma", "meters.mains.ma", "mA", 0, ""),
    ("uptime_s", "seconds", "s", 1, ""),
)


def test_the_first_batch_is_everything_and_the_second_nothing():
    house, post = House(), Post()
    batch = Batch(house, "p", TABLE)
    count = asyncio.run(batch.send(post, 0))
    sent = post.taken()
    assert count == len(sent) and post.flushed >= 1
    for one in (("p/evse/offered_ma", b"6000", True), ("p/mains/ma", b"0,0,0", True), ("p/uptime_s", b"0", True),
                ("p/ChargeCurrent", b"60", True), ("p/StateID", b"A", True), ("p/ESPTemp", b"20", False)):
        assert one in sent
    assert asyncio.run(batch.send(post, 1)) == 0 and post.taken() == []


def test_a_change_is_told_under_both_names_once():
    house, post = House(), Post()
    batch = Batch(house, "p", TABLE)
    asyncio.run(batch.send(post, 0))
    post.taken()
    house.evse.offered_ma = 7000
    house.meters.mains.ma[1] = -5
    house.seconds = 1
    assert asyncio.run(batch.send(post, 1)) == 3
    assert post.taken() == [("p/evse/offered_ma", b"7000", True), ("p/mains/ma", b"0,-5,0", True), ("p/ChargeCurrent", b"70", True)]
    assert asyncio.run(batch.send(post, 2)) == 0


def test_counters_and_unkept_topics_come_again_every_few_seconds():
    house, post = House(), Post()
    batch = Batch(house, "p", TABLE)
    asyncio.run(batch.send(post, 0))
    post.taken()
    house.seconds = 11
    asyncio.run(batch.send(post, topics.REPEAT_S))
    sent = post.taken()
    assert ("p/uptime_s", b"11", True) in sent and ("p/ESPTemp", b"20", False) in sent
    assert not [s for s in sent if s[2] and s[0] != "p/uptime_s"]


def test_values_as_payloads():
    assert [text(v) for v in (None, 0, -7, True, False, "word", [1, None, 2], (True,))] == ["", "0", "-7", "1", "0", "word", "1,,2", "1"]


def test_a_meter_that_is_not_there_is_not_told_of_until_it_is_and_emptied_when_it_goes():
    house, post = House(), Post()
    house.cfg = Settings()
    batch = Batch(house, "p", TABLE + (("circuit.w", "seconds", "W", 0, ""),))
    asyncio.run(batch.send(post, 0))
    assert [one for one in post.taken() if "circuit" in one[0]] == []
    house.cfg.circuit_meter = 4
    asyncio.run(batch.send(post, 1))
    assert post.taken() == [("p/circuit/w", b"0", True)]
    house.cfg.circuit_meter = 0
    asyncio.run(batch.send(post, 2))
    assert post.taken() == [("p/circuit/w", b"", True)]
