"""Looking for a meter on the network: answers that come, that do not, and that belong to somebody else."""
import asyncio
import socket

import pytest
from app import clock, lookup
from test_mdns import SERVICE, packet, word

NAME = "p1meter-0c3d11.local"


class Responder:
    """On a port of loopback; answers(question) gives the packets to send back."""

    def __init__(self, answers):
        self.answers = answers
        self.heard = []
        for port in range(23530, 23560):
            where = socket.getaddrinfo("127.0.0.1", port, 0, socket.SOCK_DGRAM)[0]
            self.sock = socket.socket(where[0], where[1])
            try:
                self.sock.bind(where[-1])
                break
            except OSError:
                self.sock.close()
        self.sock.setblocking(False)
        lookup.at[:] = ["127.0.0.1", port]

    async def run(self):
        while True:
            try:
                data, who = self.sock.recvfrom(1500)
            except OSError:
                await clock.sleep_ms(5)
                continue
            self.heard.append(data)
            for answer in self.answers(data):
                self.sock.sendto(answer, who)


def play(answers, story):
    async def main():
        responder = Responder(answers)
        task = asyncio.create_task(responder.run())
        try:
            return await story(responder)
        finally:
            task.cancel()
            responder.sock.close()
    return asyncio.run(main())


def right(question):
    """The packet of a meter, as an answer to this question."""
    return question[:2] + packet()[2:]


def wrong(question):
    return bytes((question[0] ^ 0x40, question[1] ^ 0x11)) + packet()[2:]


def test_a_service_is_found_with_its_address():
    async def story(responder):
        assert await lookup.browse(SERVICE) == [(NAME, 80, "192.168.1.77")]
        assert SERVICE.split(".")[0].encode() in responder.heard[0]
    play(lambda q: [right(q)], story)


def test_a_name_is_found_whatever_its_capitals():
    async def story(responder):
        assert await lookup.resolve("P1meter-0C3D11.local") == "192.168.1.77"
    play(lambda q: [b"\0\0" + packet()[2:]], story)


def test_among_strangers_and_nonsense_the_right_answer_counts():
    async def story(responder):
        start = clock.ticks_ms()
        assert await lookup.resolve(NAME) == "192.168.1.77"
        assert clock.ticks_diff(clock.ticks_ms(), start) < lookup.WAIT_MS
    play(lambda q: [b"", b"x" * 1400, wrong(q), q, packet()[:50], right(q)], story)


@pytest.mark.parametrize("answers", (lambda q: [], lambda q: [wrong(q)] * 30, lambda q: [b"\xff" * 100] * 30))
def test_when_nobody_answers_it_takes_its_time_and_no_more(answers):
    async def story(responder):
        start = clock.ticks_ms()
        assert await lookup.resolve(NAME, 300) == ""
        assert 250 <= clock.ticks_diff(clock.ticks_ms(), start) < 2000
        assert await lookup.browse(SERVICE, 300) == []
    play(answers, story)


def test_a_meter_that_tells_its_address_only_when_asked_is_asked():
    whole = packet()
    without = word(0) + whole[2:10] + word(2) + whole[12:-16]   # the last record, of 16 bytes, is the address

    async def story(responder):
        assert await lookup.browse(SERVICE) == [(NAME, 80, "192.168.1.77")]
        assert len(responder.heard) == 2
    play(lambda q: [right(q)] if b"p1meter" in q else [q[:2] + without[2:]], story)


def test_without_a_network_nobody_answers():
    async def story():
        lookup.at[:] = ["255.255.255.255", 9]   # not allowed without asking for it
        assert await lookup.resolve(NAME, 300) == ""
    asyncio.run(story())
