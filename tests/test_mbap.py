"""The seven bytes before a Modbus TCP question and its answer."""
import pytest
from proto import mbap

ASKED = b"\x04\x00\x06\x00\x02"
WHOLE = b"\x04\x04\x01\x02\x03\x04"


def test_a_question_carries_its_number_and_its_unit():
    assert mbap.frame(0x1234, 10, ASKED) == b"\x12\x34\0\0\0\x06\x0a\x04\x00\x06\x00\x02"
    assert mbap.head(mbap.frame(65535, 255, ASKED)[:7]) == (65535, 255, 5)


@pytest.mark.parametrize("head", (b"\0\1\0\1\0\x06\x0a", b"\0\1\1\0\0\x06\x0a", b"\0\1\0\0\0\x02\x0a", b"\0\1\0\0\0\xff\x0a", b"\0\1\0\0\1\0\x0a", b"HTTP/1.", b"\0\1\0\0\0\6"))
def test_what_is_not_modbus_tcp_is_seen_at_its_head(head):
    with pytest.raises(ValueError) as e:
        mbap.head(head)
    assert str(e.value) == "protocol"


def test_registers_and_the_echo_of_a_write():
    assert mbap.inside(WHOLE, ASKED, 2) == b"\1\2\3\4"
    assert mbap.inside(b"\x06\x08\x00\x00\x02", b"\x06\x08\x00\x00\x02", 0) == b"\x08\x00\x00\x02"


@pytest.mark.parametrize("pdu, word", (
    (b"\x84\x02", "exception"), (b"\x83\x02", "function"), (b"\x03\x04\1\2\3\4", "function"), (b"\x04\x04\1\2\3", "length"), (b"\x04\x04\1\2\3\4\5", "length"),
    (b"\x04\x06\1\2\3\4", "length"), (b"\x04\x04", "length")))
def test_an_answer_to_something_else_is_refused_in_a_word(pdu, word):
    with pytest.raises(ValueError) as e:
        mbap.inside(pdu, ASKED, 2)
    assert str(e.value) == word
