"""Only addresses in numbers are dialled: a name would hold the whole program while it is looked up."""
import asyncio

import pytest
from app import dial


@pytest.mark.parametrize("host, want", (
    ("192.168.1.20", "192.168.1.20"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("localhost", "127.0.0.1"),
    ("broker.local", ""), ("", ""), ("1.2.3", ""), ("1.2.3.4.5", ""), ("256.1.1.1", ""), ("1.2.3.x", ""), ("-1.2.3.4", ""), ("1..2.3", ""),
    ("1.2.3.4444", ""), ("::1", "")))
def test_what_counts_as_an_address(host, want):
    assert dial.address(host) == want


def test_a_name_is_never_dialled():
    async def story():
        with pytest.raises(ValueError):
            await dial.dial("broker.local", 1883)
    asyncio.run(story())


def test_a_closed_port_is_an_error_at_once_or_at_the_first_word():
    async def story():
        with pytest.raises((OSError, EOFError)):
            link = await asyncio.wait_for(dial.dial("127.0.0.1", 1), 5)
            try:
                await link.write(b"x")
                await link.read(1)
            finally:
                link.close()
    asyncio.run(story())
