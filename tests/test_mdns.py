"""Multicast DNS, byte by byte: the packets of a meter that answers, and packets that lie."""
import pytest
from proto import mdns

SERVICE = "_hwenergy._tcp.local"


def label(text):
    return bytes((len(text),)) + text.encode()


def name(text):
    return b"".join([label(part) for part in text.split(".")]) + b"\0"


def word(n):
    return bytes((n >> 8, n & 255))


def record(who, kind, data, flush=1):
    return who + word(kind) + bytes((0x80 if flush else 0, 1)) + word(0) + word(120) + word(len(data)) + data


HEAD = word(7) + word(0x8400) + word(1) + word(1) + word(0) + word(3)
QUESTION = name(SERVICE) + word(mdns.PTR) + word(1)
AT_SERVICE = word(0xC00C)  # where the question's name lies


def packet(head=HEAD):
    """As a meter sends it: the question, PTR, and SRV, TXT and A besides, with names that point back."""
    out = head + QUESTION + record(AT_SERVICE, mdns.PTR, label("p1meter-0C3D11") + AT_SERVICE, 0)
    at = len(head + QUESTION) + 12
    out += record(word(0xC000 | at), mdns.SRV, word(0) + word(0) + word(80) + label("P1Meter-0c3d11") + word(0xC000 | 12 + 15))
    host = out.index(b"P1Meter") - 1
    out += record(word(0xC000 | at), 16, label("path=/api/v1"))
    return out + record(word(0xC000 | host), mdns.A, bytes((192, 168, 1, 77)))


def test_a_question_is_a_packet_of_its_own():
    assert mdns.question("p1.local", mdns.A, 0x1234) == b"\x12\x34\0\0\0\x01\0\0\0\0\0\0\x02p1\x05local\0\0\x01\0\x01"
    for bad in ("", "a..local", "x" * 64 + ".local"):
        with pytest.raises(ValueError):
            mdns.question(bad, mdns.A, 1)


def test_who_offers_a_service_and_where():
    assert name(SERVICE)[15:] == name("local")
    found = mdns.records(packet(), 7)
    assert (SERVICE, mdns.PTR, "p1meter-0c3d11." + SERVICE) in found
    assert mdns.offers(found, SERVICE) == [("p1meter-0c3d11.local", 80, "192.168.1.77")]
    assert mdns.address(found, "p1meter-0c3d11.local") == "192.168.1.77"
    assert mdns.address(found, "p1meter-other.local") == "" and mdns.offers(found, "_http._tcp.local") == []


def test_an_answer_to_all_is_taken_and_one_to_another_is_not():
    assert mdns.records(packet(word(0) + HEAD[2:]), 7)
    for head in (word(8) + HEAD[2:], HEAD[:2] + word(0x0400) + HEAD[4:], HEAD[:2] + word(0x8403) + HEAD[4:]):
        with pytest.raises(ValueError):
            mdns.records(packet(head), 7)


def test_a_packet_that_is_cut_anywhere_is_broken():
    whole = packet()
    for size in range(len(whole)):
        with pytest.raises(ValueError):
            mdns.records(whole[:size], 7)


@pytest.mark.parametrize("who", (
    word(0xC00C), word(0xC0FF), b"\x40" + b"a" * 64 + b"\0", (label("a") * 17) + b"\0", b"\x05ab", label("x") + word(0xC00C)))
def test_a_name_that_runs_in_circles_or_has_no_end_is_broken(who):
    head = word(7) + word(0x8400) + word(0) + word(1) + word(0) + word(0)
    with pytest.raises(ValueError):
        mdns.records(head + record(who, mdns.A, bytes(4)), 7)


def test_any_bytes_at_all_are_a_list_or_a_value_error():
    seed = 1
    whole = packet()
    for _ in range(2000):
        seed = (seed * 1103515245 + 12345) & 0x3FFFFFFF
        at = (seed >> 8) % len(whole)
        data = whole[:at] + bytes((seed >> 20 & 255,)) + whole[at + 1:]
        try:
            assert isinstance(mdns.records(data, 7), list)
        except ValueError:
            pass


def test_a_flood_of_records_is_read_to_a_limit():
    head = word(7) + word(0x8400) + word(0) + word(60000) + word(60000) + word(0)
    many = head + b"".join([record(b"\x01a\0", mdns.A, bytes(4)) for _ in range(50)])
    assert len(mdns.records(many, 7)) == mdns.RECORDS
