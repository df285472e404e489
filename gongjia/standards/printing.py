"""A table of the rulebook as its document prints it: merged keys, one column a limit, what is not yet checked marked on its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from typing import Any

from django.utils.translation import gettext as _

from gongjia.standards.choices import Verification
from gongjia.standards.explaining import code_title, language
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.schema import OPEN_END, Row, Table, Version
from gongjia.standards.rulebook.showing import cell, period, units
from gongjia.web.shapes import Tone

SEEN = ("verified", "repost")
Marks = tuple[tuple[str, Tone], ...]


@dataclass
class Box:
    """One cell: its words, how many rows it spans, and for a number what a draft may set it to."""

    text: str
    span: int = 1
    kind: str = ""
    name: str = ""
    number: str = ""
    was: str = ""


@dataclass
class Line:
    """One row as printed, with its number in the version."""

    number: int
    boxes: list[Box]
    words: str
    note: str
    marks: Marks
    count: int = 0
    url: str = ""


@dataclass
class Sheet:
    """One version of a table, ready to be drawn."""

    id: str
    title: str
    document: str
    number: str
    issuer: str
    url: str
    clause: str
    period: str
    jurisdiction: str
    note: str
    marks: Marks
    binds: list[str]
    guides: list[str]
    heads: list[tuple[str, str]]
    lines: list[Line]
    in_force: bool = False
    has_words: bool = True
    findings: int = field(default=0)


def tag(verification: str) -> tuple[str, Tone]:
    """The word for how well a text is known, and its colour."""
    return str(Verification(verification).label), "order" if verification in SEEN else "plain" if verification == "parameter" else "doubt"


def say(text: str) -> str:
    return _(text)


def lasting(version: Version) -> str:
    """From when to when a version holds, in words where it has no end."""
    words = period(version, say)
    return words.replace(" – ", _(" 起"), 1) if version.end == OPEN_END else words


def sheet(book: Rulebook, table: Table, version: Version, counts: Mapping[int, tuple[int, str]] | None = None) -> Sheet:
    """Return a version as printed; `counts` are findings by row with the address of their list."""
    tongue = language()
    keys = [key for key in table.keys if any(key in row.cells for row in version.rows)]
    names = [name for name in table.values if any(name in row.values for row in version.rows)]
    heads = [(_key_head(book, key), "key") for key in keys] + [(_value_head(table, name), "n") for name in names]
    lines = [_line(book, table, version, number, row, keys, names) for number, row in enumerate(version.rows, 1)]
    _merge(lines, len(keys))
    for line in lines:
        line.count, line.url = (counts or {}).get(line.number, (0, ""))
    source = version.source
    return Sheet(
        version.id,
        table.title.in_language(tongue),
        source.document,
        source.number,
        source.issuer,
        source.url,
        version.clause,
        lasting(version),
        version.jurisdiction.in_language(tongue),
        version.note,
        marks_of(version),
        [units(book, each, tongue, say) for each in version.binds],
        [units(book, each, tongue, say) for each in version.guides],
        heads,
        lines,
        has_words=any(line.words for line in lines),
        findings=sum(line.count for line in lines),
    )


def marks_of(version: Version) -> Marks:
    """What is not yet checked of a version: its text, its number, its clause."""
    marks = [tag(version.verification)]
    if version.source.number and not version.source.number_verified:
        marks.append((_("文号待核"), "doubt"))
    if not version.clause_verified and version.verification != "parameter":
        marks.append((_("条号待核"), "doubt"))
    if version.start_known in ("assumed", "year", "month"):
        marks.append((_("起始日待核"), "doubt"))
    return tuple(marks)


def _key_head(book: Rulebook, key: str) -> str:
    return book.codes[key].title.in_language(language()) if key in book.codes else key


def _value_head(table: Table, name: str) -> str:
    value = table.values[name]
    unit = value.unit.in_language(language())
    return value.title.in_language(language()) + (f" ({unit})" if unit and language() == "en" else f"（{unit}）" if unit else "")


def _line(book: Rulebook, table: Table, version: Version, number: int, row: Row, keys: Sequence[str], names: Sequence[str]) -> Line:
    boxes = [Box(_codes(book, key, row), kind="key") for key in keys]
    boxes += [_value(book, row, name) for name in names]
    marks: list[tuple[str, Tone]] = [(_("原则上"), "plain")] if row.soft else []
    if row.verification != version.verification:
        marks.append(tag(row.verification))
    if row.clause and not row.clause_verified and version.clause_verified:
        marks.append((_("条号待核"), "doubt"))
    note = " ".join(part for part in (row.clause if row.clause != version.clause else "", row.note) if part)
    return Line(number, boxes, row.label, note, tuple(marks))


def _codes(book: Rulebook, key: str, row: Row) -> str:
    return _("、").join(code_title(book, key, code) for code in row.cells.get(key, ()))


def _value(book: Rulebook, row: Row, name: str) -> Box:
    found = row.values.get(name)
    if found is None:
        return Box("", kind="n", name=name)
    number = ""
    if isinstance(found, Form) and found.kind in ("number", "each"):
        number = str(found.printed["each"] if found.kind == "each" else found.printed)
    return Box(cell(book, found, language()), kind="n", name=name, number=number)


def _merge(lines: Sequence[Line], keys: int) -> None:
    """Let equal keys of rows that follow one another span them, from the left; a spanned cell has no span of its own."""
    for place in range(keys):
        first = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or any(_text(lines[index], at) != _text(lines[first], at) for at in range(place + 1)):
                lines[first].boxes[place].span = index - first
                for line in lines[first + 1 : index]:
                    line.boxes[place].span = 0
                first = index


def _text(line: Line, place: int) -> str:
    return line.boxes[place].text


# -- versions side by side ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class History:
    """One limit through the versions: a line for each stated key, a column a version, the oldest first."""

    title: str
    versions: Sequence[tuple[str, str]]
    lines: Sequence[tuple[str, Sequence[tuple[str, bool]]]]


def history(book: Rulebook, table: Table) -> list[History]:
    """Return every limit that more than one version states."""
    versions = sorted(table.versions, key=lambda version: (version.start, version.id))
    made = [_history(book, table, name, versions) for name in table.values] if len(versions) > 1 else []
    return [each for each in made if each is not None]


def _history(book: Rulebook, table: Table, name: str, versions: Sequence[Version]) -> History | None:
    columns = [(version, _stated(version.rows, name)) for version in versions]
    columns = [(version, stated) for version, stated in columns if stated]
    if len(columns) < 2:
        return None
    keys = dict.fromkeys(key for _version, stated in reversed(columns) for key in stated)
    lines = []
    for key in keys:
        words = [cell(book, stated[key], language()) if key in stated else "–" for _version, stated in columns]
        changed = [False] + [word != before and "–" not in (word, before) for before, word in pairwise(words)]
        lines.append((_named(book, key), list(zip(words, changed, strict=True))))
    return History(_value_head(table, name), [(version.id, lasting(version)) for version, _stated_by in columns], lines)


def _stated(rows: Iterable[Row], name: str) -> dict[tuple[tuple[str, str], ...], Any]:
    """The values of a limit by every exact key that a row states."""
    return {
        exact: row.values[name]
        for row in rows
        if name in row.values
        for exact in product(*(tuple((key, code) for code in codes) for key, codes in sorted(row.cells.items())))
    }


def _named(book: Rulebook, key: tuple[tuple[str, str], ...]) -> str:
    words = [code_title(book, table, code) for table, code in sorted(key, key=lambda part: part[0] != "tier")]
    return " · ".join(words) or _("全部")
