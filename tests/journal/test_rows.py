"""The rows themselves against the seals: whoever writes past the program is found out, and the rows are named."""

from __future__ import annotations

import pytest
from django.db import connection

from gongjia.core.models import AuditEntry
from gongjia.journal.checking import check_rows
from gongjia.journal.models import Block, Seal
from gongjia.journal.streams import STREAMS
from gongjia.journal.verify import leaf_of
from gongjia.ledger.models import Entry
from tests.journal.conftest import audited

pytestmark = pytest.mark.django_db


def sql(text: str, *values: object) -> None:
    """Write past the program, as somebody with the database's password would."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def found() -> list[tuple[str, object]]:
    problems = check_rows().problems
    return [(one.kind, one.facts.get("id", one.facts.get("from", one.facts.get("seal")))) for one in problems if one.kind != "block"]


def test_untouched_rows_are_in_order(sealed: list[Seal]):
    checked = check_rows([sealed[1].hash])
    assert (checked.count, checked.seals, checked.entries, checked.anchored, checked.head) == (0, 3, 25, 2, sealed[2].hash)


@pytest.mark.parametrize(
    "change",
    [
        "action = 'ledger.move_asset'",
        "actor_id = (SELECT MIN(id) FROM org_user)",
        'after = \'{"name":"椅"}\'',
        "before = NULL",
        "at = '2020-01-01 00:00:00+00'",
        "subject_id = subject_id + 1",
        "unit_id = 1",
    ],
)
def test_an_altered_audit_entry_is_named(sealed: list[Seal], change: str):
    pk = AuditEntry.objects.order_by("pk")[6].pk
    sql(f"UPDATE core_auditentry SET {change} WHERE id = %s", pk)
    assert found() == [("altered", pk)]


@pytest.mark.parametrize("change", ["cost_delta = cost_delta + 1", "effective_on = '2020-01-01'", "note = 'x'", "unit_to_id = NULL"])
def test_an_altered_ledger_entry_is_named(sealed: list[Seal], change: str):
    pk = Entry.objects.order_by("pk")[2].pk
    sql(f"UPDATE ledger_entry SET {change} WHERE id = %s", pk)
    assert found() == [("altered", pk)]


def test_a_removed_row_is_named_by_its_number(sealed: list[Seal]):
    sql("DELETE FROM core_auditentry WHERE id = %s", AuditEntry.objects.order_by("pk")[6].pk)
    assert found() == [("missing", 7)]


def test_a_row_slipped_in_among_sealed_ones_is_named(sealed: list[Seal]):
    pk = AuditEntry.objects.order_by("pk")[6].pk
    sql("DELETE FROM core_auditentry WHERE id = %s", pk)
    sql("UPDATE core_auditentry SET id = %s WHERE id = %s", -5, audited(1)[0])
    assert found() == [("stray", -5), ("missing", 7)]


def test_a_row_altered_together_with_its_kept_leaf_names_the_block(sealed: list[Seal]):
    pk = AuditEntry.objects.order_by("pk")[0].pk
    sql("UPDATE core_auditentry SET action = 'x' WHERE id = %s", pk)
    block = Block.objects.order_by("pk")[0]
    leaf = leaf_of(next(line for _pk, line in STREAMS[0].lines(0, pk)))
    Block.objects.filter(pk=block.pk).update(leaves=leaf + bytes(block.leaves)[32:])
    problems = check_rows().problems
    assert [(one.kind, one.facts["seal"], one.facts["block"]) for one in problems] == [("block", 1, 1)]


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ({"entries": 17}, {"head"}),
        ({"at": "2020-01-01T00:00:00Z"}, {"head"}),
        ({"signature": "00" * 64}, {"signature"}),
        ({"hash": "00" * 32}, {"head"}),
        ({"root": "nothing"}, {"head"}),
        ({"key": "00" * 32}, {"head"}),
        ({"previous": "00" * 31 + "11"}, {"head", "chain"}),
        ({"number": 7}, {"order"}),
    ],
)
def test_an_altered_seal_is_named(sealed: list[Seal], change: dict[str, object], kinds: set[str]):
    Seal.objects.filter(number=1).update(**change)
    assert kinds <= {one.kind for one in check_rows().problems}


@pytest.mark.parametrize(
    "change", [{"ids": b""}, {"ids": b"junk"}, {"leaves": b""}, {"leaves": b"x"}, {"stream": "nothing"}, {"size": 0}, {"root": "zz"}]
)
def test_a_tampered_block_is_told_and_breaks_nothing(sealed: list[Seal], change: dict[str, object]):
    Block.objects.filter(pk=Block.objects.order_by("pk")[1].pk).update(**change)
    assert check_rows().count > 0


def test_what_was_written_after_the_last_seal_is_no_fault(sealed: list[Seal]):
    audited(3)
    assert check_rows().count == 0


def test_seals_cut_off_are_told_by_the_head_that_was_handed_out(sealed: list[Seal]):
    Block.objects.filter(seal__number=3).delete()
    Seal.objects.filter(number=3).delete()
    assert check_rows().count == 0
    assert [one.kind for one in check_rows([sealed[2].hash]).problems] == ["tail"]
