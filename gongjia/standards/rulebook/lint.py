"""What a careful reader would object to in the tables: everything wrong at once, where loading stops at the first."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.cases import read_cases, run_case
from gongjia.standards.rulebook.errors import N_, BadTable, Flaw
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.loading import CASES, TABLES, answers_another, files, is_code_table, parse, read_rulebook
from gongjia.standards.rulebook.schema import MAY_BLOCK, OPEN_END, Condition, Row, Table, Version


def lint(tables: Path = TABLES, cases: Path = CASES) -> list[Flaw]:
    """Every flaw of a folder of tables and of its cases; an empty list is a clean bill."""
    raw, flaws = _parsed(files(tables))
    book, more = _readable(raw)
    flaws += more
    if book is None:
        return flaws
    for table in book.tables.values():
        flaws += list(lint_table(book, table))
    flaws += list(_lint_code_tables(book))
    return flaws + list(_lint_cases(book, cases))


def _parsed(paths: Iterable[Path]) -> tuple[dict[str, Any], list[Flaw]]:
    raw: dict[str, Any] = {}
    flaws: list[Flaw] = []
    for path in paths:
        try:
            raw[path.name] = parse(path)
            flaws += list(_repeated_names(path))
            flaws += list(_floats(path.name, raw[path.name]))
        except BadTable as bad:
            flaws.append(bad.flaw)
    return raw, flaws


def _repeated_names(path: Path) -> Iterator[Flaw]:
    """Names that YAML would silently take twice, the last one winning."""
    nodes = [yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            names = [key.value for key, _ in node.value]
            for name in sorted({name for name in names if names.count(name) > 1}):
                line = node.start_mark.line + 1
                yield Flaw(path.name, f"line {line}", "repeated_name", N_("同一处写了两次：%(name)s"), {"name": name})
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def _floats(file: str, found: Any, where: str = "") -> Iterator[Flaw]:
    """Numbers that were read as binary fractions: a decimal must be quoted to stay exact."""
    if isinstance(found, float):
        yield Flaw(file, where, "float", N_("小数没有加引号：%(value)s"), {"value": found})
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(found, dict):
        parts = found.items()
    elif isinstance(found, list):
        parts = enumerate(found, 1)
    for name, part in parts:
        yield from _floats(file, part, f"{where}.{name}".lstrip("."))


def _readable(raw: Mapping[str, Any]) -> tuple[Rulebook | None, list[Flaw]]:
    """The book of all files that can be read, leaving out one bad file at a time."""
    raw = dict(raw)
    flaws: list[Flaw] = []
    while raw:
        try:
            return read_rulebook(raw), flaws
        except BadTable as bad:
            flaws.append(bad.flaw)
            if raw.pop(bad.flaw.file, None) is None:
                break
            raw = {name: found for name, found in raw.items() if _has_topic(found, raw)}
    return None, flaws


def _has_topic(found: Any, raw: Mapping[str, Any]) -> bool:
    """Whether the table that a file answers is still there; its own flaw is told already."""
    if is_code_table(found) or not answers_another(found):
        return True
    return any(isinstance(other, dict) and other.get("key") == found["topic"] for other in raw.values())


def lint_table(book: Rulebook, table: Table) -> Iterator[Flaw]:
    """The flaws of one readable table."""
    for version in table.versions:
        yield from _lint_version(book, table, version)
    for key in table.keys:
        if not book.vocabulary(key):
            yield Flaw(table.file, "keys", "no_vocabulary", N_("没有与键列同名的代码表：%(key)s"), {"key": key})
    ids = [version.id for version in table.versions]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        yield Flaw(table.file, name, "key_not_unique", N_("版本号重复，请写 id：%(key)s"), {"key": name})
    for first, second in combinations(table.versions, 2):
        yield from _lint_neighbours(table, first, second)
    yield from _lint_gaps(table)


def _lint_version(book: Rulebook, table: Table, version: Version) -> Iterator[Flaw]:
    def flaw(kind: str, message: str, where: str = "", **params: Any) -> Flaw:
        return Flaw(table.file, f"{version.id}{where}", kind, message, params)

    if version.start > version.end:
        yield flaw("ends_before_start", N_("止日早于起日"))
    if not version.binds and not version.guides:
        yield flaw("binds_nobody", N_("既不约束也不供参照：缺 binds 或 guides"))
    if version.verification != "parameter" and not version.source.document:
        yield flaw("missing_source", N_("没有写来源文件"))
    if table.topic != table.key and any(not each.division for each in version.binds) and version.jurisdiction.zh == "":
        yield flaw("no_jurisdiction", N_("地方的表须写管辖范围"))
    for condition in (*version.binds, *version.guides):
        for code in _unknown_traits(book, condition):
            yield flaw("unknown_code", N_("代码表里没有：%(code)s"), code=code)
    for number, row in enumerate(version.rows, 1):
        for kind, message, params in _row_flaws(book, table, row):
            yield flaw(kind, message, f" row {number}", **params)
    for value in table.values:
        for key in _repeated_keys(book, table, version, value):
            yield flaw("key_not_unique", N_("两行的键相同：%(key)s"), key=f"{value}: {key}")


def _unknown_traits(book: Rulebook, condition: Condition) -> Iterator[str]:
    for name, codes in (("tier", condition.tier), ("nature", condition.nature)):
        yield from sorted(code for code in codes if code not in book.vocabulary(name))
    yield from (prefix for prefix in condition.division if not (prefix.isdigit() and 2 <= len(prefix) <= 6))


def _row_flaws(book: Rulebook, table: Table, row: Row) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, codes in row.cells.items():
        for code in codes:
            if book.vocabulary(name) and code not in book.vocabulary(name):
                yield "unknown_code", N_("代码表里没有：%(code)s"), {"code": f"{name}: {code}"}
        for value in row.values:
            if name not in table.values[value].keys:
                yield "foreign_key", N_("“%(value)s”不按“%(key)s”区分"), {"value": value, "key": name}
    if row.verification in MAY_BLOCK and row.clause_verified and not row.clause:
        yield "missing_clause", N_("条号标为已见，却没有写"), {}
    for value, cell in row.values.items():
        if isinstance(cell, Form) and any(piece.limit(max(piece.x_from, 0)) < 0 for piece in cell.segments):
            yield "negative_limit", N_("限额为负：%(value)s"), {"value": value}


def _repeated_keys(book: Rulebook, table: Table, version: Version, value: str) -> list[tuple[str, ...]]:
    """Keys that two equally exact rows claim; a row with fewer open cells rightly goes first."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    repeated = []
    for row in version.rows:
        if value not in row.values:
            continue
        for key in product(*(row.cells.get(name, ("*",)) for name in table.values[value].keys)):
            if (len(row.cells), key) in seen:
                repeated.append(key)
            seen.add((len(row.cells), key))
    return repeated


def _lint_neighbours(table: Table, first: Version, second: Version) -> Iterator[Flaw]:
    """Two versions for the very same units must not be in force on the same day."""
    if set(first.binds) & set(second.binds) and first.start <= second.end and second.start <= first.end:
        params = {"other": second.id}
        yield Flaw(table.file, first.id, "overlap", N_("与 %(other)s 同时约束同样的单位"), params)


def _lint_gaps(table: Table) -> Iterator[Flaw]:
    """A closed version is followed by the next one on the day after."""
    starts = {version.start for version in table.versions}
    for version in table.versions:
        later = [other for other in table.versions if other.start > version.end]
        if version.end != OPEN_END and later and version.end + timedelta(days=1) not in starts:
            yield Flaw(table.file, version.id, "gap", N_("止日之后有空档"), {})


def _lint_code_tables(book: Rulebook) -> Iterator[Flaw]:
    """Every code table has codes of one spelling; a category prefix is a letter and digits."""
    for table in book.codes.values():
        for code in table.codes.values():
            for prefix in code.more.get("categories", ()):
                if not (prefix[:1].isalpha() and prefix[1:].isdigit()):
                    yield Flaw(table.file, code.code, "bad_category", N_("分类代码写法不对：%(code)s"), {"code": prefix})


def _lint_cases(book: Rulebook, folder: Path) -> Iterator[Flaw]:
    """Every table has cases, and every case comes out as written."""
    covered = set()
    for path in files(folder):
        try:
            for case in read_cases(book, path.name, parse(path)):
                covered.add(case.table)
                if wrong := run_case(book, case):
                    params = {"found": ", ".join(f"{name}: {want} ≠ {got}" for name, (want, got) in wrong.items())}
                    yield Flaw(path.name, case.name, "case_fails", N_("案例不符：%(found)s"), params)
        except BadTable as bad:
            yield bad.flaw
    for table in book.tables.values():
        if table.key not in covered:
            yield Flaw(table.file, "", "no_cases", N_("没有案例文件"), {})
