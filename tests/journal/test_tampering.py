"""What happens to an exported journal is found and named: every byte, every line, every block, the tail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from gongjia.journal import sealing, verify
from gongjia.journal.exporting import journal_lines
from gongjia.journal.models import Block, Seal
from gongjia.journal.verify import hash_of, leaf_of, parse_entry, root_of
from tests.journal.conftest import check, kinds

pytestmark = pytest.mark.django_db


def entries_of(lines: list[bytes]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.startswith(b"entry\t")]


def seals_of(lines: list[bytes]) -> list[int]:
    return [at for at, line in enumerate(lines) if line.startswith(b"seal\t")]


def test_an_untouched_journal_is_in_order(lines: list[bytes], sealed: list[Seal]):
    made, found = check(lines, sealed[-1].hash)
    assert found == []
    assert (made.seals, made.entries, made.anchored, made.head) == (3, 25, 3, sealed[-1].hash)


def flips(line: bytes) -> Iterator[bytes]:
    """Every way of changing one byte, by one bit."""
    for at, byte in enumerate(line):
        yield line[:at] + bytes([byte ^ 1]) + line[at + 1 :]


def test_one_altered_byte_anywhere_is_found(lines: list[bytes], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(verify, "is_signed", lru_cache(verify.is_signed))  # each signature is judged once
    for at in (0, *seals_of(lines)[1:2], *entries_of(lines)[2:3], *entries_of(lines)[-1:], len(lines) - 1):
        for changed in flips(lines[at]):
            assert kinds([*lines[:at], changed, *lines[at + 1 :]]), (at, changed)


def test_an_altered_line_is_named_and_nothing_else(lines: list[bytes]):
    for at in entries_of(lines):
        found = check([*lines[:at], lines[at].replace(b'"', b"'", 1)[:-3] + b"x}\n", *lines[at + 1 :]])[1]
        assert [problem.kind for problem in found] == ["altered"]
        assert found[0].facts["line"] == at + 1 and found[0].facts["no"] == parse_entry(0, lines[at]).no


def test_a_removed_line_is_named(lines: list[bytes]):
    for at in entries_of(lines):
        entry = parse_entry(0, lines[at])
        found = check([*lines[:at], *lines[at + 1 :]])[1]
        missing = [(one.facts["from"], one.facts["to"]) for one in found if one.kind == "missing"]
        assert missing == [(entry.no, entry.no)]
        assert {one.kind for one in found} == {"missing", "block"}


def renumbered(lines: list[bytes]) -> list[bytes]:
    """The same lines with numbers that run through, as a careful forger would write them."""
    out, no = [], 0
    for line in lines:
        no += line.startswith(b"entry\t")
        out.append(b"\t".join([b"entry", b"%d" % no, *line.split(b"\t", 3)[2:]]) if line.startswith(b"entry\t") else line)
    return out


def test_a_removed_line_with_the_others_renumbered_names_its_block(lines: list[bytes]):
    at = entries_of(lines)[5]
    found = check(renumbered([*lines[:at], *lines[at + 1 :]]))[1]
    blocks = [one.facts for one in found if one.kind == "block"]
    assert [(one["seal"], one["block"], one["sealed"], one["found"]) for one in blocks] == [(1, 2, 4, 3)]


def test_two_lines_that_changed_places_are_named(lines: list[bytes]):
    first, second = entries_of(lines)[1:3]
    swapped = list(lines)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    for tampered in (swapped, renumbered(swapped)):
        found = check(tampered)[1]
        assert "moved" in {one.kind for one in found} <= {"moved", "number"}


def test_a_line_moved_to_another_block_is_named(lines: list[bytes]):
    first, *_rest, last = entries_of(lines)[:9]
    found = check([*lines[:first], *lines[first + 1 : last + 1], lines[first], *lines[last + 1 :]])[1]
    assert {(one.kind, one.facts.get("no", one.facts.get("from"))) for one in found if one.kind != "block"} == {
        ("added", 1),
        ("missing", 1),
    }


def test_a_repeated_line_is_named(lines: list[bytes]):
    at = entries_of(lines)[4]
    found = check([*lines[:at], lines[at], *lines[at:]])[1]
    assert [(one.kind, one.facts["no"]) for one in found] == [("added", parse_entry(0, lines[at]).no)]


def appended(lines: list[bytes]) -> bytes:
    """A well-made line that was never sealed."""
    text = lines[entries_of(lines)[-1]].split(b"\t", 3)[3].rstrip(b"\n").replace(b'"cost_delta":"', b'"cost_delta":"9')
    text = text.replace(b'{"ledger":', b'{"ledger":9')
    return b"entry\t26\t" + leaf_of(text).hex().encode() + b"\t" + text + b"\n"


def test_appended_lines_are_named(lines: list[bytes]):
    assert [(one.kind, one.facts["no"]) for one in check([*lines[:-1], appended(lines), lines[-1]])[1]] == [("added", 26)]
    assert kinds([*lines, appended(lines)]) == ["after_end"]


def forged(line: bytes) -> bytes:
    """The line with other words and the leaf that belongs to them."""
    _kind, no, _leaf, text = line.rstrip(b"\n").split(b"\t", 3)
    text = text.replace("桌".encode(), "椅".encode()).replace(b'"seq":', b'"seq":7')
    return b"\t".join((b"entry", no, leaf_of(text).hex().encode(), text)) + b"\n"


def test_a_line_forged_with_its_leaf_names_the_block(lines: list[bytes]):
    for at in entries_of(lines):
        found = check([*lines[:at], forged(lines[at]), *lines[at + 1 :]])[1]
        assert [one.kind for one in found] == ["block"]
        assert found[0].facts["from"] <= parse_entry(0, lines[at]).no <= found[0].facts["to"]


def reforged(lines: list[bytes], at: int, **more: str) -> list[bytes]:
    """The first entry forged, and with it its block's root, the seal's root and the seal's hash."""
    first, seal = entries_of(lines)[0], seals_of(lines)[0]
    out = [*lines[:first], forged(lines[first]), *lines[first + 1 :]]
    _kind, _hash, signature, text = lines[seal].rstrip(b"\n").split(b"\t", 3)
    head = json.loads(text)
    head["blocks"][0][3] = root_of([parse_entry(0, out[line]).computed for line in entries_of(lines)[:4]]).hex()
    head["root"] = root_of([bytes.fromhex(block[3]) for block in head["blocks"]]).hex()
    text = json.dumps(head, separators=(",", ":")).encode()
    return [*out[:seal], b"\t".join((b"seal", hash_of(text).encode(), signature, text)) + b"\n", *out[seal + 1 :]]


def test_a_leaf_forged_up_to_the_hash_of_its_seal_names_the_seal(lines: list[bytes]):
    found = check(reforged(lines, 0))[1]
    assert {(one.kind, one.facts["seal"]) for one in found} == {("signature", 1), ("chain", 2)}


def test_a_file_that_was_cut_anywhere_is_found(lines: list[bytes]):
    for at in range(1, len(lines)):
        assert "cut" in kinds(lines[:at]), at


def test_a_cut_within_a_seal_names_what_is_missing(lines: list[bytes]):
    found = check(lines[: entries_of(lines)[7]])[1]
    assert [(one.facts["from"], one.facts["to"]) for one in found if one.kind == "missing"] == [(8, 8), (9, 10), (11, 14), (15, 16)]


def without_tail(lines: list[bytes]) -> list[bytes]:
    """The last seal taken off, and an end that hides it."""
    at = seals_of(lines)[2]
    return [*lines[:at], b"end\t2\t21\t" + lines[seals_of(lines)[1]].split(b"\t")[1] + b"\n"]


def test_a_hidden_cut_of_the_tail_is_told_by_the_head_that_was_handed_out(lines: list[bytes], sealed: list[Seal]):
    found = check(without_tail(lines), sealed[-1].hash)[1]
    assert [(one.kind, one.facts["head"]) for one in found] == [("tail", sealed[-1].hash)]


def test_without_a_head_a_hidden_cut_of_the_tail_cannot_be_told(lines: list[bytes], sealed: list[Seal]):
    made, found = check(without_tail(lines))
    assert (found, made.head) == ([], sealed[1].hash), "which is why heads are handed out"


@pytest.mark.parametrize("drop", [0, 1])
def test_a_missing_seal_in_the_middle_is_told(lines: list[bytes], drop: int):
    begin, end = seals_of(lines)[drop : drop + 2]
    assert "order" in kinds([*lines[:begin], *lines[end:]])


def test_seals_that_changed_places_are_told(lines: list[bytes]):
    one, two, three = seals_of(lines)
    assert kinds([*lines[:one], *lines[two:three], *lines[one:two], *lines[three:]]).count("order") == 3


def test_a_journal_signed_anew_by_another_key_is_told_by_the_key_and_by_the_head(lines: list[bytes], sealed: list[Seal], other: Callable):
    copy = other()
    assert kinds(copy) == [], "a stranger's journal is in order by itself"
    assert kinds(copy, sealed[-1].hash) == ["tail"]
    assert {one.kind for one in check(copy, keys=[sealed[0].key])[1]} == {"key"}


@pytest.fixture
def other(key_folder: Path, settings: Any) -> Callable[[], list[bytes]]:
    """The same entries sealed by somebody else."""

    def made() -> list[bytes]:
        Block.objects.all().delete()
        Seal.objects.all().delete()
        settings.GONGJIA_JOURNAL_KEY = key_folder / "another"
        sealing.seal()
        return list(journal_lines())

    return made
