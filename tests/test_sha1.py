"""SHA-1 by its published examples."""
from binascii import b2a_base64, hexlify

import pytest
from app import live
from proto import sha1


@pytest.mark.parametrize("text, wanted", [
    (b"abc", b"a9993e364706816aba3e25717850c26c9cd0d89d"), (b"", b"da39a3ee5e6b4b0d3255bfef95601890afd80709"),
    (b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", b"84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
    (b"a" * 200, b"e61cfffe0d9195a525fc6cf06ca2d77119c24a40")])
def test_known_digests(text, wanted):
    assert hexlify(sha1.digest(text)) == wanted


def test_the_answer_to_the_key_of_the_standard():
    assert live.accept("dGhlIHNhbXBsZSBub25jZQ==") == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    assert b2a_base64(sha1.digest(b"dGhlIHNhbXBsZSBub25jZQ==" + live.GUID)) == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n"
