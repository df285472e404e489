"""A report as bytes: canonical, so that the same moment gives the same bytes in any year; and the checks between its tables."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjia.domains.accounting.annual import Asked, Report, reckon
from gongjia.domains.accounting.stepping import MEASURES, NOTHING, Row, Table, Vector, minus, plus, total
from gongjia.domains.accounting.topics import TOPICS
from gongjia.ledger.choices import EntryKind

FORM = "gongjia-annual-1"


def content_of(report: Report) -> bytes:
    """Return the report as canonical JSON: keys and figures only, sorted, without a name that could change."""
    asked = report.asked
    told = {
        "form": FORM,
        "unit": asked.unit,
        "opening": asked.opening.isoformat(),
        "closing": asked.closing.isoformat(),
        "known": asked.known.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "measures": list(MEASURES),
        "topics": {topic.key: _rows(report.tables[topic.key]) for topic in TOPICS},
    }
    return json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _rows(table: Table) -> dict[str, Any]:
    return {
        key: {"opening": row.opening, "closing": row.closing, "added": row.added, "taken": row.taken}
        for key, row in table.rows.items()
        if any(any(v) for v in (row.opening, row.closing, *row.added.values(), *row.taken.values()))
    }


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of the bytes."""
    return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True)
class Read:
    """A report read back from its bytes."""

    asked: Asked
    tables: dict[str, Table]


def read(content: bytes | str) -> Read:
    """Return the tables of a report's bytes."""
    told = json.loads(content)
    tables = {topic.key: Table() for topic in TOPICS}
    for topic, rows in told["topics"].items():
        for key, row in rows.items():
            kinds = [{kind: _vector(cells) for kind, cells in row[side].items()} for side in ("added", "taken")]
            tables[topic].rows[key] = Row(_vector(row["opening"]), _vector(row["closing"]), *kinds)
    known, closing = dt.datetime.fromisoformat(told["known"]), dt.date.fromisoformat(told["closing"])
    return Read(Asked(told["unit"], closing.year, known), tables)


def _vector(cells: list[int]) -> Vector:
    return cells[0], cells[1], cells[2], cells[3]


def compute(unit: int, year: int, known: dt.datetime) -> bytes:
    """Compute a report and return its bytes; raises Unbalanced where a row is not explained by its movements."""
    return content_of(reckon(Asked(unit, year, known)))


@dataclass(frozen=True)
class Check:
    """One check between tables: what ought to be equal, and whether it is."""

    words: str
    left: Vector
    right: Vector

    @property
    def holds(self) -> bool:
        return self.left == self.right


def checks(tables: dict[str, Table]) -> list[Check]:
    """Return the checks between the tables of a report."""
    whole = tables["overview"].whole()
    parts = [tables[topic.key].whole() for topic in TOPICS if topic.part]
    found = [
        Check(_("期初 + 增加 − 减少 = 期末（总体情况）"), minus(plus(whole.opening, whole.increase), whole.decrease), whole.closing),
        Check(_("存量期末 = 总体情况期末"), tables["stock"].whole().closing, whole.closing),
        Check(_("在用 + 出租 + 出借 + 闲置 + 待处置 = 存量"), tables["use"].whole().closing, whole.closing),
        Check(_("各会计科目期末之和 = 总体情况期末"), tables["subjects"].whole().closing, whole.closing),
        Check(_("各专题期末之和 = 总体情况期末"), total(row.closing for row in parts), whole.closing),
        Check(_("各单位期末之和 = 总体情况期末"), tables["units"].whole().closing, whole.closing),
    ]
    came, went = _through(tables)
    change = _cards(minus(whole.closing, whole.opening))
    return [*found, Check(_("配置合计 − 处置合计 = 期末卡片与期初卡片之差"), _cards(minus(came, went)), change)]


def _through(tables: dict[str, Table]) -> tuple[Vector, Vector]:
    """Return what came into the whole and what went out of it."""
    return tuple(tables[name].whole().increase for name in ("allocation", "disposal"))  # type: ignore[return-value]


def _cards(vector: Vector) -> Vector:
    """Keep the count alone: quantity and value also change without a card coming or going."""
    return (vector[0], *NOTHING[1:])


def proved_rows(tables: dict[str, Table]) -> int:
    """Prove every row of the tables that have a beginning and an end, and return how many there are."""
    return sum(tables[topic.key].prove(topic.key) for topic in TOPICS if not topic.flow)


def explained(row: Row) -> list[tuple[str, Vector, Vector]]:
    """Return kind, added, taken of a row, in the order of the kinds."""
    kinds = [kind for kind in EntryKind.values if kind in row.added or kind in row.taken]
    return [(kind, row.added.get(kind, NOTHING), row.taken.get(kind, NOTHING)) for kind in kinds]
