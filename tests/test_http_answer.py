"""An HTTP answer that comes in pieces of any size, and the many ways in which it may not be one."""
import pytest
from proto.http_answer import BODY, LINE, Answer

LENGTH = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"a\":1.5}   "
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n{\"a\"\r\n00C\r\n:1,\"b\":1.5} \r\n0\r\nX: y\r\n\r\n"
OLD = b"HTTP/1.0 200 OK\r\n\r\n{\"a\":1.5}"


class Sink:
    def __init__(self):
        self.body = b""

    def take(self, data, start, end):
        self.body += data[start:end]


def fed(raw, piece):
    """(complete, body, keep) of an answer that comes in pieces."""
    sink = Sink()
    answer = Answer(sink.take)
    for _ in range(2):   # the second time it is reused
        sink.body = b""
        answer.start()
        done = False
        for i in range(0, len(raw), piece):
            done = answer.feed(raw[i:i + piece])
    return done, sink.body, answer.keep


@pytest.mark.parametrize("piece", (1, 2, 3, 7, 64, 1000))
def test_an_answer_is_the_same_in_pieces_of_any_size(piece):
    assert fed(LENGTH, piece) == (True, b"{\"a\":1.5}   ", 1)
    assert fed(CHUNKS, piece) == (True, b"{\"a\":1,\"b\":1.5} ", 1)
    assert fed(LENGTH.replace(b"\r\n", b"\n"), piece) == (True, b"{\"a\":1.5}   ", 1)
    assert fed(OLD, piece)[:2] == (False, b"{\"a\":1.5}")
    assert fed(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", piece) == (True, b"", 1)


def test_an_answer_without_a_length_ends_with_the_connection():
    sink = Sink()
    answer = Answer(sink.take)
    assert not answer.feed(OLD)
    answer.closed()
    assert sink.body == b"{\"a\":1.5}" and not answer.keep


@pytest.mark.parametrize("raw", (b"", b"HTTP/1.1", LENGTH[:20], LENGTH[:-1], CHUNKS[:-1], CHUNKS[:60]))
def test_an_answer_that_breaks_off_is_short(raw):
    answer = Answer(Sink().take)
    assert not answer.feed(raw)
    with pytest.raises(ValueError) as e:
        answer.closed()
    assert str(e.value) == "short"


def test_a_connection_that_will_be_closed_is_not_kept():
    assert fed(LENGTH.replace(b"Content-Type: application/json", b"Connection: Close"), 50)[2] == 0
    assert fed(LENGTH.replace(b"1.1", b"1.0"), 50)[2] == 0
    assert fed(LENGTH + b"more", 1000)[2] == 0


@pytest.mark.parametrize("raw, word", (
    (b"SSH-2.0-OpenSSH\r\n", "http"), (b"HTTP/2 200 OK\r\n", "http"), (b"HTTP/1.1 403 Forbidden\r\n", "http403"), (b"HTTP/1.1 2x0 OK\r\n", "http"),
    (b"HTTP/1.1 302 Found\r\n", "http302"), (b"x" * (LINE + 1), "long"), (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 41, "long"),
    (b"HTTP/1.1 200 OK\r\nX: " + b"y" * LINE, "long"), (b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n" % (BODY + 1), "long"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n", "long"), (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n", "http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n", "http"), (b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (BODY + 1), "long"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", ""), (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n", "http"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "http"), (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000\r\n", "http")))
def test_what_is_no_answer_is_refused_in_a_word(raw, word):
    for piece in (1, 100000):
        with pytest.raises(ValueError) as e:
            answer = Answer(Sink().take)
            for i in range(0, len(raw), piece):
                answer.feed(raw[i:i + piece])
        assert not word or str(e.value) == word
