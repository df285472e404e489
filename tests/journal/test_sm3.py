"""The verifier's own SM3 and Ed25519, held against the standard's vectors and against libraries."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from gongjia.journal import verify

VECTORS = {
    b"abc": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    b"abcd" * 16: "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732",
}
"""GB/T 32905, both examples."""


@pytest.mark.parametrize(("text", "digest"), VECTORS.items())
def test_sm3_gives_the_digests_of_the_standard(text: bytes, digest: str):
    assert verify.sm3(text).hex() == digest
    assert verify.DIGEST(text).hex() == digest


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this Python's OpenSSL has no SM3")
@given(st.binary(max_size=300))
def test_sm3_equals_that_of_openssl(text: bytes):
    assert verify.sm3(text) == hashlib.new("sm3", text).digest()


@pytest.mark.parametrize("length", [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128])
def test_sm3_pads_every_length_of_a_block(length: int):
    text = b"\xff" * length
    assert verify.sm3(text) == hashlib.new("sm3", text).digest()


@given(st.binary(max_size=80))
def test_a_signature_of_the_library_is_believed(text: bytes):
    key = Ed25519PrivateKey.generate()
    assert verify.is_signed(key.public_key().public_bytes_raw().hex(), text, key.sign(text).hex())


def test_a_signature_is_that_of_one_key_over_one_text():
    one, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    key, signature = one.public_key().public_bytes_raw().hex(), one.sign(b"text").hex()
    assert not verify.is_signed(key, b"texts", signature)
    assert not verify.is_signed(other.public_key().public_bytes_raw().hex(), b"text", signature)
    assert not verify.is_signed(key, b"text", other.sign(b"text").hex())


def test_a_signature_has_one_form_only():
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key().public_bytes_raw().hex(), key.sign(b"text")
    larger = (int.from_bytes(signature[32:], "little") + verify._L).to_bytes(32, "little")
    assert not verify.is_signed(public, b"text", (signature[:32] + larger).hex())
    assert not verify.is_signed(public, b"text", signature.hex().upper())
    assert not verify.is_signed("", b"text", "") and not verify.is_signed("ff" * 32, b"text", signature.hex())


def test_leaf_node_and_head_of_the_same_bytes_differ():
    text = b"x" * 64
    node = verify.root_of([text[:32], text[32:]])
    assert len({verify.leaf_of(text), node, bytes.fromhex(verify.hash_of(text)), verify.DIGEST(text)}) == 4


def test_the_root_of_three_takes_the_odd_one_up_unchanged():
    a, b, c = (verify.leaf_of(word) for word in (b"a", b"b", b"c"))
    assert verify.root_of([a, b, c]) == verify.DIGEST(b"\1" + verify.DIGEST(b"\1" + a + b) + c)
    assert verify.root_of([a]) == a
