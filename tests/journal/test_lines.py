"""A line has one byte form, on every database: what is sealed is what is exported."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongjia.core.models import AuditEntry, Batch
from gongjia.journal import rules
from gongjia.journal.streams import STREAMS
from gongjia.ledger.models import Asset, Entry
from tests.people import Town

AT = dt.datetime(2026, 11, 24, 2, 0, 0, 120, tzinfo=dt.UTC)


def line(stream: str) -> str:
    return next(found for each in STREAMS if each.key == stream for _pk, found in each.lines(0, 10**9)).decode()


@pytest.mark.django_db
def test_the_line_of_an_audit_entry_is_this_and_no_other():
    batch = Batch.objects.create(action="ledger.edit_asset", origin="form")
    state = {"b": "桌", "a": None, "c": [1, {"z": "1.50", "y": True}]}
    made = AuditEntry.objects.create(at=AT, action="ledger.edit_asset", batch=batch, subject="ledger.asset", subject_id=7, before=state)
    start = f'{{"audit":{made.pk},"at":"2026-11-24T02:00:00.000120Z","actor_id":null,"action":"ledger.edit_asset","batch_id":{batch.pk},'
    rest = '"subject":"ledger.asset","subject_id":7,"unit_id":null,"before":{"a":null,"b":"桌","c":[1,{"y":true,"z":"1.50"}]},"after":null}'
    assert line("audit") == start + rest


@pytest.mark.django_db
def test_the_line_of_a_ledger_entry_is_this_and_no_other(town: Town):
    card = Asset.objects.create(number="1", name="桌", unit=town.water)
    amounts = {"quantity_delta": "1.5", "cost_delta": "-1234.05", "depreciation_delta": 0}
    made = Entry.objects.create(
        asset=card, kind="revalue", seq=1, effective_on="2026-11-02", recorded_at=AT.replace(microsecond=0), **amounts
    )
    text = line("ledger")
    assert text.startswith(f'{{"ledger":{made.pk},"asset_id":{card.pk},"kind":"revalue","seq":1,"effective_on":"2026-11-02","recorded_at":')
    assert '"recorded_at":"2026-11-24T02:00:00.000000Z"' in text
    assert '"quantity_delta":"1.50","cost_delta":"-1234.05","depreciation_delta":"0.00"' in text


def test_every_column_of_a_sealed_table_is_in_its_line():
    for stream in STREAMS:
        columns = {field.attname for field in stream.model._meta.local_concrete_fields}
        assert {"id", *stream.forms} == columns, "a new column needs a new form of the line, and the old form for what is sealed"


@pytest.mark.parametrize(
    ("stored", "said"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123456, "-1234.56"), (10**15, "10000000000000.00"), ("x", "x"), (None, None)],
)
def test_amounts_are_digits_with_two_decimals(stored: object, said: object):
    assert rules.hundredths(stored) == said


def test_an_instant_reads_the_same_from_both_databases():
    assert rules.instant(AT) == rules.instant("2026-11-24 02:00:00.000120") == "2026-11-24T02:00:00.000120Z"
    assert rules.instant("2026-11-24 02:00:00") == "2026-11-24T02:00:00.000000Z"
    assert rules.instant(AT.astimezone(timezone.get_default_timezone())) == rules.instant(AT)


def test_what_is_no_json_no_instant_and_no_text_still_makes_a_line():
    forms = {"at": rules.instant, "before": rules.fields, "note": rules.plain}
    for row in ((1, "yesterday", "{no json", "\ud800"), (1, 5, b"\xff", b"\xff"), (1, None, '{"a":"\\ud800"}', "x")):
        assert rules.line_of("audit", forms, row).startswith(b'{"audit":1,')


@given(st.lists(st.integers(0, 2**40), unique=True, max_size=50))
def test_ids_come_out_as_they_were_packed(ids: list[int]):
    assert rules.unpack(rules.pack(sorted(ids))) == sorted(ids)


def test_ids_that_were_tampered_with_are_no_ids():
    packed = rules.pack([1, 2, 3])
    assert rules.unpack(b"") == rules.unpack(packed[:-9]) == rules.unpack(b"junk") == []
