"""A report in words: topics with named rows, figures that lead to their cards, what the movements were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.money import yuan
from gongjia.domains.accounting.annual import Asked
from gongjia.domains.accounting.filing import explained
from gongjia.domains.accounting.sheets import Sheet
from gongjia.domains.accounting.stepping import NOTHING, Row, Table, Vector, minus
from gongjia.domains.accounting.topics import BY_KEY, IN_WAYS, KINDS, NO_CLASS, OUT_WAYS, STATES, TOPICS, Topic
from gongjia.ledger.models import Category
from gongjia.org.models import Unit


@dataclass(frozen=True)
class Figures:
    """A vector as figures."""

    cards: int
    quantity: Any
    cost: Any
    accumulated: Any
    url: str = ""

    @property
    def net(self) -> Any:
        return self.cost - self.accumulated


def figures(vector: Vector, url: str = "") -> Figures:
    """Return a vector as count, quantity and yuan."""
    return Figures(vector[0], yuan(vector[1]), yuan(vector[2]), yuan(vector[3]), url)


@dataclass(frozen=True)
class Line:
    """One row in words."""

    label: str
    opening: Figures
    increase: Figures
    decrease: Figures
    closing: Figures
    kinds: list[tuple[str, Figures, Figures]]
    whole: bool = False


@dataclass(frozen=True)
class Told:
    """One topic in words; a flow has only what came in or went out."""

    key: str
    label: str
    head: str
    flow: str
    note: str
    lines: list[Line]


class Labels:
    """Names of rows, as they are now; the report itself holds keys alone."""

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}
        for code, name in Category.objects.order_by("edition", "-level").values_list("code", "name"):
            self.classes[code] = name
        self.units = {str(pk): name for pk, name in Unit.objects.values_list("pk", "name")}

    def of(self, topic: Topic, key: str) -> str:
        """Return the name of a row."""
        words: Mapping[str, Any] | None = {"in": IN_WAYS, "out": OUT_WAYS}.get(topic.flow)
        if topic.key == "use":
            words = STATES
        if topic.key == "units":
            words = self.units
        if words is not None:
            return str(words.get(key, key))
        return key if topic.key == "subjects" else self._class(key)

    def _class(self, code: str) -> str:
        if code == NO_CLASS:
            return _("未分类")
        return f"{code} {self.classes.get(code.ljust(9, '0'), '')}".strip()


def rows_url(asked: Asked, topic: str, row: str, what: str, filed: int | None = None) -> str:
    """Return the address of the cards behind a figure."""
    query = {"unit": asked.unit, "year": asked.year, "known": asked.known.isoformat(), "topic": topic, "row": row, "what": what}
    if filed is not None:
        query["report"] = filed
    return f"{reverse('accounting:annual_rows')}?{urlencode(query)}"


def told(tables: Mapping[str, Table], asked: Asked, filed: int | None = None) -> list[Told]:
    """Return the topics that have rows, each ending in its sum."""
    labels = Labels()
    return [_topic(topic, tables[topic.key], asked, labels, filed) for topic in TOPICS if tables[topic.key].rows]


def _topic(topic: Topic, table: Table, asked: Asked, labels: Labels, filed: int | None) -> Told:
    lines = [
        _line(row, labels.of(topic, key), lambda what, key=key: rows_url(asked, topic.key, key, what, filed))
        for key, row in sorted(table.rows.items(), key=lambda item: _order(topic, item))
    ]
    whole = _line(table.whole(), _("合计"), lambda _what: "", whole=True)
    return Told(topic.key, str(topic.label), str(topic.head), topic.flow, str(topic.note), [*lines, whole])


def _order(topic: Topic, item: tuple[str, Row]) -> tuple[Any, ...]:
    """Units and ways by size, classes by code."""
    key, row = item
    return (-row.closing[2], key) if topic.key == "units" or topic.flow else (0, key)


def _line(row: Row, label: str, url: Any, *, whole: bool = False) -> Line:
    kinds = [
        (str(KINDS.get(kind, kind)), figures(up, url(kind)), figures(down, url(kind)))
        for kind, up, down in explained(row)
        if (up, down) != (NOTHING, NOTHING)
    ]
    return Line(
        label,
        figures(row.opening, url("opening") if row.opening != NOTHING else ""),
        figures(row.increase),
        figures(row.decrease),
        figures(row.closing, url("closing") if row.closing != NOTHING else ""),
        kinds,
        whole,
    )


def sheets(topics: list[Told]) -> list[Sheet]:
    """Return the topics as sheets: the four columns in count, quantity and yuan, then each kind of movement."""
    return [_sheet(topic) for topic in topics]


def _sheet(topic: Told) -> Sheet:
    measures = (_("卡片"), _("数量"), _("原值（元）"), _("累计折旧（元）"))
    ends = (_("期初"), _("增加"), _("减少"), _("期末")) if not topic.flow else (_("合计"),)
    heads = [topic.head, *(f"{end} {measure}" for end in ends for measure in measures), _("变动说明")]
    rows = []
    for line in topic.lines:
        parts = (line.opening, line.increase, line.decrease, line.closing) if not topic.flow else (line.closing,)
        cells = [cell for part in parts for cell in (part.cards, float(part.quantity), float(part.cost), float(part.accumulated))]
        rows.append([line.label, *cells, kinds_words(line)])
    return topic.label, heads, rows


def kinds_words(line: Line) -> str:
    """Return the movements of a row in one sentence of figures."""
    said = []
    for label, up, down in line.kinds:
        value = up.cost - down.cost
        written = up.accumulated - down.accumulated
        parts = [f"{up.cards - down.cards:+d}"] if up.cards != down.cards else []
        parts += [f"{value:+,.2f}"] if value else []
        parts += [_("折旧 %(amount)s") % {"amount": f"{written:+,.2f}"}] if written else []
        said += [f"{label} {' / '.join(parts)}"] if parts else []
    return "；".join(said)


def change(row: Row) -> Vector:
    """Return by how much a row changed."""
    return minus(row.closing, row.opening)


def topic_label(key: str) -> str:
    return str(BY_KEY[key].label) if key in BY_KEY else key
