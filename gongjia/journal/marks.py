"""Up to where the tables are settled: below it every row is there that ever will be, and no writer had to wait for us to know.

Ids are drawn in one order and committed in another. On PostgreSQL a mark notes the highest visible ids and takes a transaction
number; once every transaction below that number has ended, nothing can appear at or below the ids any more: whoever begins later
draws higher ones. A writer has its number before it draws ids, for an action writes its batch first. A snapshot alone does not
do: it knows of no transaction above the last that ended, and such a one may hold lower ids. SQLite has one writer at a time, so
that what is visible is settled.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection
from django.utils.translation import gettext as _

from gongjia.core.problems import Conflict
from gongjia.journal.streams import STREAMS

PATIENCE = 120.0
_PAUSE = 0.1


def settled(patience: float = PATIENCE, meanwhile: Callable[[], None] = lambda: None) -> dict[str, int]:
    """Return the highest settled id of each stream; raises Conflict when an older transaction stays open for longer than `patience`.

    To be called outside a transaction: its number would be older than those that it must be compared with.
    """
    border, highest = _mark()
    until = time.monotonic() + patience
    while (oldest := _oldest_open()) is not None and oldest < border:
        if time.monotonic() >= until:
            raise Conflict(_("有一笔更早开始的写入还没有提交，这次不能存证；等它结束后再试。"))
        meanwhile()
        time.sleep(_PAUSE)
    return highest


def _mark() -> tuple[int, dict[str, int]]:
    """Return the highest visible ids, and a transaction number that was taken after they were seen."""
    border = "pg_current_xact_id()::text::bigint" if connection.vendor == "postgresql" else "0"
    tops = ", ".join(f"(SELECT COALESCE(MAX(id), 0) FROM {stream.model._meta.db_table})" for stream in STREAMS)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {border}, {tops}")
        number, *ids = cursor.fetchone()
    return number, {stream.key: top for stream, top in zip(STREAMS, ids, strict=True)}


def _oldest_open() -> int | None:
    """Return the number of the oldest open transaction but our own, None if there is none."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT MIN(open::text::bigint) FROM pg_snapshot_xip(pg_current_snapshot()) AS open")
        return cursor.fetchone()[0]
