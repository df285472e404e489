"""A table as text: what `standards show` prints, and the list of tables in the documentation."""

from collections.abc import Callable, Iterator
from datetime import date
from unicodedata import east_asian_width

from gongjia.standards.rulebook.arithmetic import formula
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.errors import N_
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.schema import OPEN_END, Condition, Row, Table, Text, Version

Say = Callable[[str], str]
TAGS = {
    "verified": N_("原文核实"),
    "repost": N_("转载所见"),
    "secondary": N_("间接来源·待核"),
    "memory": N_("未核实·待核"),
    "parameter": N_("参数"),
}


def show(book: Rulebook, key: str, language: str = "zh", say: Say = str) -> str:
    """The table of limits or codes of that key as text; raises KeyError for an unknown key."""
    if key in book.codes:
        return _codes(book, key, language)
    table = book.tables[key]
    lines = [f"{table.title.in_language(language)}  [{table.key}]", *_noted(table.note)]
    for version in sorted(table.versions, key=lambda version: version.start, reverse=True):
        lines += ["", *_heading(book, version, language, say), "", *_grid(book, table, version, language, say)]
    return "\n".join(lines) + "\n"


def _noted(note: str) -> list[str]:
    return [note.strip()] if note else []


def _codes(book: Rulebook, key: str, language: str) -> str:
    table = book.codes[key]
    rows = [[code.code, code.title.in_language(language)] for code in table.codes.values()]
    head = [f"{table.title.in_language(language)}  [{table.key}]", table.source.document, *_noted(table.note), ""]
    return "\n".join([*head, *_aligned(rows)]) + "\n"


def _heading(book: Rulebook, version: Version, language: str, say: Say) -> Iterator[str]:
    yield citation(version, say)
    yield f"{period(version, say)}  {say(TAGS[version.verification])}"
    for label, conditions in ((say(N_("约束")), version.binds), (say(N_("参照")), version.guides)):
        if conditions:
            yield f"{label}: " + "; ".join(units(book, each, language, say) for each in conditions)
    yield from _noted(version.note)


def citation(version: Version, say: Say = str) -> str:
    """Document, number and clause, each with 待核 where it was not seen."""
    source = version.source
    number = "" if source.number_verified else say(N_("文号待核"))
    return " ".join(part for part in (source.document, source.number, number, version.clause, clause_mark(version, say)) if part)


def clause_mark(cited: Version | Row, say: Say = str) -> str:
    """条号待核, unless the number of the clause was seen or there is no clause to see."""
    return "" if cited.clause_verified or cited.verification == "parameter" else say(N_("条号待核"))


def period(version: Version, say: Say = str) -> str:
    """From when to when, and how well the start is known."""
    start = {"year": f"{version.start.year}", "month": f"{version.start:%Y-%m}"}.get(version.start_known)
    shown = start or version.start.isoformat()
    known = {"assumed": say(N_("起始日为假定")), "year": say(N_("只见年份"))}.get(version.start_known, "")
    return f"{shown} – {'' if version.end == OPEN_END else version.end.isoformat()}" + (f" ({known})" if known else "")


def units(book: Rulebook, condition: Condition, language: str, say: Say = str) -> str:
    """Whom a condition means, in the words of the code tables."""
    parts = [
        "/".join(book.codes[name].codes[code].title.in_language(language) for code in book.vocabulary(name) if code in codes)
        for name, codes in (("tier", condition.tier), ("nature", condition.nature))
        if codes
    ]
    parts += ["/".join(_division(book, code, language) for code in condition.division)] if condition.division else []
    return " · ".join(parts) or say(N_("全部单位"))


def _division(book: Rulebook, code: str, language: str) -> str:
    """A division by its name and code; one that the code table does not name by its code alone."""
    known = book.codes["division"].codes if "division" in book.codes else {}
    return f"{known[code].title.in_language(language)} {code}" if code in known else code


def _grid(book: Rulebook, table: Table, version: Version, language: str, say: Say) -> Iterator[str]:
    keys = [key for key in table.keys if any(key in row.cells for row in version.rows)]
    names = [name for name in table.values if any(name in row.values for row in version.rows)]
    head = [book.codes[key].title.in_language(language) if key in book.codes else key for key in keys]
    head += [_column(table, name, language) for name in names] + ["", ""]
    rows = [
        [_cell(book, key, row, language) for key in keys]
        + [cell(book, row.values[name], language) if name in row.values else "" for name in names]
        + [_marks(row, version, say), row.note]
        for row in version.rows
    ]
    yield from _aligned([head, *rows])


def _marks(row: Row, version: Version, say: Say) -> str:
    tag = "" if row.verification == version.verification else say(TAGS[row.verification])
    return " ".join(part for part in (say(N_("原则上")) if row.soft else "", tag) if part)


def _column(table: Table, name: str, language: str) -> str:
    value = table.values[name]
    unit = value.unit.in_language(language)
    return value.title.in_language(language) + (f" ({unit})" if unit else "")


def _cell(book: Rulebook, key: str, row: Row, language: str) -> str:
    codes = book.codes[key].codes if key in book.codes else {}
    return "/".join(codes[code].title.in_language(language) if code in codes else code for code in row.cells.get(key, ()))


def cell(book: Rulebook, value: Form | Text, language: str) -> str:
    """What a cell says, a formula with the name of what it is computed from."""
    if isinstance(value, Text):
        return value.in_language(language)
    if not value.has_number:
        return value.words
    if not value.of:
        return str(value.printed)
    of = book.codes["quantity"].codes[value.of]
    sign = str(of.more.get("sign", value.of))
    return f"{formula(value, sign)}  ({sign} = {of.title.in_language(language)})"


def _aligned(rows: list[list[str]]) -> Iterator[str]:
    """Columns of equal width, a Chinese character counting as two."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(part + " " * (width - _width(part)) for part, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def overview(book: Rulebook, on: date) -> Iterator[tuple[Table, Version, dict[str, int], bool]]:
    """Every version with the number of its rows by verification, and whether it is in force."""
    for table in sorted(book.tables.values(), key=lambda table: (table.topic, table.key != table.topic, table.key)):
        for version in sorted(table.versions, key=lambda version: version.start, reverse=True):
            counts: dict[str, int] = {}
            for row in version.rows:
                counts[row.verification] = counts.get(row.verification, 0) + 1
            yield table, version, counts, version.in_force(on)
