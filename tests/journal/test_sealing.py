"""Seals bind every entry once, in order, whatever the order of commits; and the key stays outside."""

from __future__ import annotations

import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from gongjia.core.models import AuditEntry
from gongjia.core.problems import Conflict
from gongjia.journal import marks, sealing
from gongjia.journal.checking import check_rows
from gongjia.journal.exporting import journal_lines
from gongjia.journal.key import key_file
from gongjia.journal.models import Block, Seal
from gongjia.journal.rules import unpack
from gongjia.ledger.models import Entry
from tests.journal.conftest import audited, check, moved
from tests.people import Town

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")


@pytest.mark.django_db
def test_each_entry_is_sealed_once(sealed: list[Seal]):
    ids = {
        stream: [pk for block in Block.objects.filter(stream=stream).order_by("pk") for pk in unpack(bytes(block.ids))]
        for stream in ("audit", "ledger")
    }
    assert ids["audit"] == list(AuditEntry.objects.order_by("pk").values_list("pk", flat=True))
    assert ids["ledger"] == list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    assert [(seal.number, seal.first, seal.entries) for seal in sealed] == [(1, 1, 16), (2, 17, 5), (3, 22, 4)]


@pytest.mark.django_db
def test_a_seal_holds_the_hash_of_the_one_before(sealed: list[Seal]):
    assert [seal.previous for seal in sealed] == ["0" * 64, sealed[0].hash, sealed[1].hash]


@pytest.mark.django_db
def test_nothing_new_makes_no_seal(sealed: list[Seal]):
    assert sealing.seal() == []


@pytest.mark.django_db
def test_more_than_one_seal_holds_is_sealed_in_several(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sealing, "BLOCKS", 2)
    audited(19), moved(town, 2)
    assert [seal.entries for seal in sealing.seal()] == [8, 8, 5]
    assert check_rows().count == 0


@pytest.mark.django_db
def test_sealing_at_the_same_time_as_another_is_refused(sealed: list[Seal], monkeypatch: pytest.MonkeyPatch):
    audited(1)
    before = Seal.objects.filter(number=2)
    monkeypatch.setattr(sealing.Seal.objects, "order_by", lambda *_by: before)  # what was read before the other wrote its third
    with pytest.raises(Conflict, match="同时"):
        sealing.seal()


@pytest.mark.django_db
def test_the_key_is_a_file_for_its_owner_alone(sealed: list[Seal]):
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert sealed[0].key == sealed[2].key


@pytest.mark.django_db
def test_a_key_that_others_may_read_signs_nothing(sealed: list[Seal]):
    audited(1)
    key_file().chmod(0o640)
    with pytest.raises(Conflict, match="chmod"):
        sealing.seal()


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_text("no key")])
def test_a_lost_or_spoilt_key_is_not_replaced_in_silence(sealed: list[Seal], spoil: Callable[[Path], Any]):
    audited(1)
    spoil(key_file())
    with pytest.raises(Conflict, match="私钥"):
        sealing.seal()


@pytest.mark.django_db
def test_a_key_renewed_on_purpose_is_believed_here_and_questioned_elsewhere(sealed: list[Seal]):
    audited(1)
    key_file().unlink()
    renewed = sealing.seal(renew_key=True)[0]
    assert renewed.key != sealed[0].key
    assert check_rows().count == 0
    assert [one.kind for one in check(list(journal_lines()))[1]] == ["key"]
    assert check(list(journal_lines()), keys=[sealed[0].key, renewed.key])[1] == []


# -- commits out of order ------------------------------------------------------------------------------------------------


class Writer:
    """Another connection that draws its ids, and commits when it is told to."""

    def __init__(self, count: int) -> None:
        self.drawn, self.go = threading.Event(), threading.Event()
        self.ids: list[int] = []
        self._thread = threading.Thread(target=self._write, args=(count,))
        self._thread.start()
        assert self.drawn.wait(20)

    def _write(self, count: int) -> None:
        try:
            with transaction.atomic():
                self.ids = audited(count)
                self.drawn.set()
                self.go.wait(20)
        finally:
            connection.close()

    def commit(self) -> None:
        self.go.set()
        self._thread.join(20)


@pytest.fixture
def slow() -> Any:
    """A writer that began first and is not done."""
    made = Writer(3)
    yield made
    made.commit()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_ids_that_commit_out_of_order_are_all_sealed_and_no_writer_waits(slow: Writer):
    later = audited(2)
    assert max(slow.ids) < min(later), "drawn earlier, committed later"
    with pytest.raises(Conflict, match="还没有提交"):
        sealing.seal(patience=0.3)
    assert audited(1), "writers go on while sealing waits"
    slow.commit()
    assert sum(seal.entries for seal in sealing.seal()) == 6
    assert check_rows().count == 0 and sealing.seal() == []


def comes_true(said: Callable[[], bool], seconds: float = 30) -> bool:
    """Ask until it is so: other tests hold transactions of their own open in the same cluster."""
    until = time.monotonic() + seconds
    while not said() and time.monotonic() < until:
        time.sleep(0.05)
    return said()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_begins_later_does_not_hold_sealing_up():
    early, (border, highest) = audited(4), marks._mark()
    late = Writer(2)
    try:
        assert highest["audit"] == max(early)
        audited(1)
        assert comes_true(lambda: (marks._oldest_open() or 0) > border)
    finally:
        late.commit()


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_later_transaction_with_lower_ids_is_waited_for():
    """It is above every transaction that ended, where a snapshot does not list it."""
    with transaction.atomic():
        audited(1)
        lower = Writer(2)
        higher = audited(1)
    try:
        assert max(lower.ids) < min(higher)
        with pytest.raises(Conflict, match="还没有提交"):
            sealing.seal(patience=0.3)
    finally:
        lower.commit()
    assert sealing.seal()[0].entries == 4 and check_rows().count == 0


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_what_rolled_back_leaves_a_gap_that_is_no_fault():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audited(5)
        raise ZeroDivisionError
    kept = audited(2)
    assert sealing.seal()[0].entries == 2
    assert unpack(bytes(Block.objects.get().ids)) == kept and check_rows().count == 0
