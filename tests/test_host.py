"""A device is named by its address or by a name of the house; other names nobody looks up."""
import pytest
from proto import host


@pytest.mark.parametrize("text, want", (
    ("192.168.1.20", ("192.168.1.20", 502)), ("192.168.1.20:80", ("192.168.1.20", 80)), ("p1meter-0C3D11.local", ("p1meter-0c3d11.local", 502)),
    ("meter.LOCAL:65535", ("meter.local", 65535)), ("0.0.0.255:1", ("0.0.0.255", 1)), ("1.local", ("1.local", 502))))
def test_an_address_or_a_name_with_or_without_a_port(text, want):
    assert host.split(text, 502) == want


@pytest.mark.parametrize("text", (
    "", ":80", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.x", "1.2.3.4:", "1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:-1", "1.2.3.4:8a", "1.2.3.0004",
    "meter.lan", "meter", ".local", "a.b.local", "me ter.local", "m\u00e4her.local", "x" * 64 + ".local", "http://1.2.3.4", "1.2.3.4/x", "::1", "1.2.3.4:80:80"))
def test_anything_else_is_refused_and_says_what_it_should_be(text):
    with pytest.raises(ValueError) as e:
        host.split(text, 502)
    assert str(e.value).startswith("host must ")
