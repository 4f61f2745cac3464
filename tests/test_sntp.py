"""What a time server is asked, and what may pass for its answer."""
import pytest
from proto import sntp

NOON_2026 = 1795262400


def answer(number, utc_s=NOON_2026, first=0x24, stratum=2, size=48):
    out = bytearray(size)
    out[0], out[1] = first, stratum
    s = (utc_s + sntp.SINCE_1900) & 0xFFFFFFFF
    for i in range(4):
        out[24 + i] = number >> 8 * (3 - i) & 255
        out[40 + i] = s >> 8 * (3 - i) & 255
    return bytes(out)


def test_the_question_is_a_clients_of_version_4():
    q = sntp.question(0x12345678)
    assert len(q) == 48 and q[0] == 0x23 and q[40:44] == b"\x12\x34\x56\x78" and q[44:] == bytes(4) and q[1:40] == bytes(39)


def test_the_answer_is_seconds_since_1970():
    assert sntp.answer(answer(7), 7) == NOON_2026


def test_the_counter_that_begins_anew_in_2036_is_understood():
    in_2040 = 2208988800
    assert sntp.answer(answer(7, in_2040), 7) == in_2040


@pytest.mark.parametrize("data", [b"", answer(7)[:47], answer(8), answer(7, first=0x23), answer(7, first=0xE4), answer(7, stratum=0), answer(7, stratum=16),
                                  answer(7, utc_s=-sntp.SINCE_1900)])
def test_whatever_else_comes_is_refused(data):
    with pytest.raises(ValueError):
        sntp.answer(data, 7)
