"""Whatever is done to a journal, in whatever combination, the verifier tells it and never breaks; in order it says nothing."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjia.journal import verify
from gongjia.journal.models import Block, Seal
from gongjia.journal.rules import head_of
from tests.journal.conftest import check

SIZES = ((("audit", 4), ("audit", 4), ("ledger", 2)), (("audit", 1),), (("audit", 3), ("ledger", 4), ("ledger", 4), ("ledger", 1)))


@cache
def journal() -> tuple[bytes, ...]:
    """A journal of three seals, made without a database; ids have gaps."""
    key, lines, no, ids, before = Ed25519PrivateKey.from_private_bytes(b"k" * 32), [verify.FIRST_LINE], 0, {"audit": 0, "ledger": 0}, ""
    for number, sizes in enumerate(SIZES, 1):
        entries, blocks, first = [], [], no + 1
        for stream, size in sizes:
            leaves = []
            for _each in range(size):
                no, ids[stream] = no + 1, ids[stream] + 1 + no % 3
                text = f'{{"{stream}":{ids[stream]},"action":"a","before":null,"after":{{"name":"桌 {no}"}}}}'.encode()
                leaves.append(verify.leaf_of(text))
                entries.append(b"entry\t%d\t%b\t%b\n" % (no, leaves[-1].hex().encode(), text))
            blocks.append(Block(stream=stream, upto=ids[stream], size=size, root=verify.root_of(leaves).hex()))
        seal = Seal(number=number, at=dt.datetime(2026, 11, 24, number, tzinfo=dt.UTC), previous=before or verify.START, first=first)
        seal.entries, seal.key = no - first + 1, key.public_key().public_bytes_raw().hex()
        seal.root = verify.root_of([bytes.fromhex(block.root) for block in blocks]).hex()
        head = head_of(seal, blocks)
        before = verify.hash_of(head)
        lines.append(b"\t".join((b"seal", before.encode(), key.sign(verify.SIGNED + before.encode()).hex().encode(), head)) + b"\n")
        lines += entries
    return (*lines, f"end\t{len(SIZES)}\t{no}\t{before}\n".encode())


@pytest.fixture(autouse=True)
def signatures_are_judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify, "is_signed", lru_cache(verify.is_signed))


COUNT = len(journal())
place = st.integers(0, COUNT - 1)
OPERATIONS = st.one_of(
    st.tuples(st.just("flip"), place, st.integers(0, 10_000), st.integers(1, 255)),
    st.tuples(st.just("remove"), place, st.integers(1, 6)),
    st.tuples(st.just("move"), place, place),
    st.tuples(st.just("repeat"), place, place),
    st.tuples(st.just("cut"), place),
    st.tuples(st.just("insert"), place, st.binary(max_size=40)),
    st.tuples(st.just("forge"), place),
    st.tuples(st.just("number"), place, st.integers(0, 40)),
    st.tuples(st.just("renumber")),
    st.tuples(st.just("join"), place),
)


def done(lines: list[bytes], what: str, at: int = 0, *more: Any) -> list[bytes]:
    """The lines after one operation."""
    at = min(at, max(len(lines) - 1, 0))
    line = lines[at] if lines else b""
    rest = [*lines[:at], *lines[at + 1 :]]
    if what == "flip" and line:
        place = more[0] % len(line)
        return [*lines[:at], line[:place] + bytes([line[place] ^ more[1]]) + line[place + 1 :], *lines[at + 1 :]]
    if what == "remove":
        return [*lines[:at], *lines[at + more[0] :]]
    if what in ("move", "repeat"):
        source = rest if what == "move" else lines
        return [*source[: more[0]], line, *source[more[0] :]]
    return {
        "cut": lines[:at],
        "insert": [*lines[:at], (more or [b""])[0] + b"\n", *lines[at:]] if what == "insert" else lines,
        "forge": [*lines[:at], forged(line), *lines[at + 1 :]],
        "number": [*lines[:at], renumbered(line, more[0] if what == "number" else 0), *lines[at + 1 :]],
        "renumber": [renumbered(each, no) for no, each in enumerate(lines, -1)],
        "join": [*lines[:at], line.rstrip(b"\n"), *lines[at + 1 :]],
    }.get(what, lines)


def forged(line: bytes) -> bytes:
    parts = line.rstrip(b"\n").split(b"\t", 3)
    if len(parts) < 4 or parts[0] != b"entry":
        return line
    text = parts[3].replace("桌".encode(), "椅".encode())
    return b"\t".join((parts[0], parts[1], verify.leaf_of(text).hex().encode(), text)) + b"\n"


def renumbered(line: bytes, no: int) -> bytes:
    parts = line.split(b"\t", 3)
    return b"\t".join((parts[0], b"%d" % max(no, 0), *parts[2:])) if parts[0] == b"entry" and len(parts) == 4 else line


def head() -> str:
    return journal()[-1].decode().split("\t")[3].strip()


def test_the_journal_itself_is_in_order():
    assert check(journal(), head())[1] == []


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(OPERATIONS, min_size=1, max_size=5))
def test_any_tampering_is_told(operations: list[tuple[Any, ...]]):
    lines = list(journal())
    for operation in operations:
        lines = done(lines, *operation)
    made, found = check(lines, head())
    assert bool(found) == (b"".join(lines) != b"".join(journal())), operations
    assert made.problems == len(found) and all(str(one) for one in found)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=60), st.sampled_from(journal())), max_size=20))
def test_no_file_breaks_the_verifier(lines: list[bytes]):
    made, found = check(lines)
    assert found or b"".join(lines) == b"".join(journal()) or made.seals == 0


@pytest.mark.parametrize(
    "head_text",
    [
        b"[]", b"{}", b"null", b"[" * 100_000, b'{"seal":1e999}', b"9" * 5000, b"\xff\xfe",
        b'{"seal":1,"first":1,"previous":"","root":"","key":"","blocks":[["audit",5,1000000000000,""]]}',
        b'{"seal":1,"first":1,"previous":"","root":"","key":"","blocks":[["audit",5,true,"00"]]}',
        b'{"seal":1,"first":1,"previous":"","root":"","key":"","blocks":[[["audit"],5,1,"00"]]}',
        b'{"seal":1,"first":1.5,"previous":"","root":"","key":"","blocks":[["audit",5,1,"00"]]}',
        b'{"seal":true,"first":1,"previous":"","root":"","key":"","blocks":[["audit",5,1,"00"]]}',
        b'{"seal":1,"first":1,"previous":"","root":"","key":"","blocks":{"a":1}}',
    ],
    ids=range(13),
)  # fmt: skip
def test_a_hostile_head_is_told(head_text: bytes):
    lines = list(journal())
    lines[1] = b"\t".join((*lines[1].split(b"\t", 3)[:3], head_text)) + b"\n"
    assert {"head", "chain"} & {one.kind for one in check(lines, head())[1]}


def test_a_flood_of_foreign_lines_is_not_held():
    flood = [*journal()[:3], *[b"entry\t1\t" + b"0" * 64 + b'\t{"audit":1,"x":1}\n'] * 20_000, *journal()[3:]]
    made, found = check(flood, head())
    assert made.entries == 20_000 + 23 and len(found) >= 20_000
    assert len(made._held) <= 2 * verify.LARGEST
