"""Search over Chinese: bigrams and pinyin initials made by one tokenizer, kept in FTS5 or in a tsvector."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain
from operator import add
from typing import TYPE_CHECKING, Any

import msgspec
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet
from django.db.models.expressions import RawSQL
from pypinyin import Style, lazy_pinyin

from gongjia.core.planning import Unindexed
from gongjia.core.resource import Resource, resources

if TYPE_CHECKING:
    from gongjia.core.audit import Trail

_PARTS = re.compile(r"[一-鿿㐀-䶿]+|[0-9a-z]+(?:[-_./][0-9a-z]+)*")
_SEPARATORS = re.compile(r"[-_./]")
_CHUNK = 900
_FEW = 20_000  # so many matches are gathered and looked up in a few milliseconds


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    return lazy_pinyin(character, style=Style.FIRST_LETTER)[0][:1].lower()


def _word_tokens(word: str) -> list[str]:
    """Return a code without its separators, from each of its parts on, and the tails of short numbered parts."""
    parts = _SEPARATORS.split(word)
    last = parts[-1]
    out = ["".join(parts[start:]) for start in range(len(parts) - 1)]
    out.append(last)
    if 3 < len(last) <= 8 and not last.isalpha():
        out += [last[start:] for start in range(1, len(last) - 2)]
    return out


def _chinese_tokens(run: str) -> list[str]:
    """Return characters, bigrams, and the pinyin initials from each character on."""
    initials = "".join(map(_initial, run))
    tails = [f"py{initials[start : start + 12]}" for start in range(max(1, len(initials) - 1))]
    return [*run, *map(add, run, run[1:]), *tails]


def tokens(text: str) -> str:
    """Return the index tokens of a text, separated by spaces."""
    if text.isalnum() and text.isascii():  # most codes and numbers: nothing to take apart, and seldom the same twice
        return " ".join(_word_tokens(text.lower())) if len(text) <= 8 else text.lower()
    return _tokens(text) if text.isascii() else _remembered(text)


def _tokens(text: str) -> str:
    out: list[str] = []
    for part in _PARTS.findall(text.lower()):
        out += _word_tokens(part) if part[0] <= "z" else _chinese_tokens(part)
    return " ".join(out)


_remembered = lru_cache(maxsize=50_000)(_tokens)


def terms(text: str) -> list[tuple[str, bool]]:
    """Return the terms that all must match, each with whether it matches as a prefix."""
    wanted: list[tuple[str, bool]] = []
    for part in _PARTS.findall(text.lower()):
        if part[0] > "z":
            wanted += [(part[i : i + 2], False) for i in range(len(part) - 1)] or [(part, False)]
        else:
            wanted.append((_SEPARATORS.sub("", part), True))
    return wanted


def table_of(resource: Resource) -> str:
    """Return the name of the index table of a resource."""
    return f"search_{resource.key.replace('.', '_')}"


def ensure_tables() -> None:
    """Create the index table of every searchable resource that has none."""
    with connection.cursor() as cursor:
        for resource in resources:
            if not resource.search:
                continue
            table = table_of(resource)
            if connection.vendor == "sqlite":
                # Tokens come here split and folded: "ascii" only looks for the spaces between them.
                options = "tokenize='ascii', columnsize=0, detail=none"
                cursor.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {table} USING fts5(tokens, {options})")
                # Tokens of a large import are sorted in memory before they are written: a third of the indexing time.
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('hashsize', 67108864)")
            else:
                cursor.execute(f"CREATE TABLE IF NOT EXISTS {table} (rowid bigint PRIMARY KEY, tokens tsvector NOT NULL)")
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_gin ON {table} USING gin (tokens)")


def _match(text: str) -> str:
    """Write the terms in the database's own query language; words of letters also match as pinyin initials."""
    parts = []
    for term, prefix in terms(text):
        if not prefix:
            parts.append(f'"{term}"' if connection.vendor == "sqlite" else f"'{term}'")
        elif not term.isalpha():
            parts.append(f'"{term}"*' if connection.vendor == "sqlite" else f"'{term}':*")
        elif connection.vendor == "sqlite":
            parts.append(f'("{term}"* OR "py{term}"*)')
        else:
            parts.append(f"('{term}':* | 'py{term}':*)")
    return (" AND " if connection.vendor == "sqlite" else " & ").join(parts)


class Spread(Enum):
    """How many rows of a table a text matches: few enough to start from them, more, or more than one row in four."""

    RARE = "rare"
    MANY = "many"
    COMMON = "common"


def spread(resource: Resource, text: str) -> Spread:
    """Say how widely a text is spread, from the index alone."""
    match = _match(text)
    if not resource.search or not match:
        return Spread.RARE
    found, quarter = _estimate(table_of(resource), match)
    return Spread.RARE if found <= _FEW else Spread.COMMON if found > quarter else Spread.MANY


def _estimate(table: str, match: str) -> tuple[int, int]:
    """Return how many rows match, counted until there are enough, and a quarter of all rows.

    PostgreSQL would read each matching row to count it, so there the planner's own guess is taken.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            last = _last(cursor, table)
            quarter = round(last, 2 - len(str(last))) // 4
            return _counted(table, match, max(_FEW, quarter) + 1), quarter
        cursor.execute(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {table} WHERE tokens @@ %s::tsquery UNION ALL SELECT 1 FROM {table}", [match])
        some, every = cursor.fetchone()[0][0]["Plan"]["Plans"]
        return some["Plan Rows"], every["Plan Rows"] // 4


@lru_cache(maxsize=5_000)
def _counted(table: str, match: str, enough: int) -> int:
    """Count matches until there are enough; kept, as statistics are, until the table has another size: it chooses a way, never rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT {enough})", [match])
        return cursor.fetchone()[0]


def narrow(
    resource: Resource, rows: QuerySet[Any], text: str, how: Spread = Spread.RARE, *, walked: bool = False, gathered: bool = False
) -> QuerySet[Any]:
    """Keep the rows whose indexed columns contain every term of `text`; what follows it changes the way, never the rows.

    Rare matches are where the database starts. Many are a set that rows found otherwise are held against. Common ones
    are too many even to be gathered: each row's own tokens are read, unless the rows are walked in their order, where
    one may have to pass very many before the first match. docs/decisions/0012 says why.
    """
    if not resource.search:
        return rows
    match = _match(text)
    if not match:
        return rows.none()
    table = table_of(resource)
    if how is Spread.COMMON and not walked:
        return rows.filter(_Contains(F("pk"), table=table, text=text))
    condition = f"{table} MATCH %s" if connection.vendor == "sqlite" else "tokens @@ %s::tsquery"
    if gathered and how is Spread.MANY and connection.vendor != "sqlite":
        condition += " OFFSET 0"  # else PostgreSQL may look each row of a scope up in turn, to save the sort of a few
    matches = RawSQL(f"SELECT rowid FROM {table} WHERE {condition}", [match])  # noqa: S611
    if how is Spread.RARE or connection.vendor != "sqlite":  # PostgreSQL knows how often each token occurs
        return rows.filter(pk__in=matches)
    return rows.alias(held_against=Unindexed(F("pk"), output_field=BigIntegerField())).filter(held_against__in=matches)


def _spellings(term: str, *, prefix: bool) -> list[str]:
    """Return how a term begins and ends among tokens that stand between spaces; letters may be pinyin initials."""
    if not prefix:
        return [f" {term} "]
    return [f" {term}", f" py{term}"] if term.isalpha() else [f" {term}"]


class _Contains(Func):
    """Whether the stored tokens of the row with this key contain every term: the index's answer, for one row."""

    output_field = BooleanField()

    def __init__(self, key: Any, *, table: str, text: str) -> None:
        super().__init__(key)
        self.table, self.text = table, text

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        key, params = compiler.compile(self.get_source_expressions()[0])
        return f"(SELECT tokens @@ %s::tsquery FROM {self.table} found WHERE found.rowid = {key})", [_match(self.text), *params]

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        """Read FTS5's own content table: half the time of asking FTS5 for the row."""
        key, params = compiler.compile(self.get_source_expressions()[0])
        sought = [_spellings(term, prefix=prefix) for term, prefix in terms(self.text)]
        tests = " AND ".join("(" + " OR ".join(["instr(' ' || found.c0 || ' ', %s)"] * len(each)) + ")" for each in sought)
        sql = f"EXISTS(SELECT 1 FROM {self.table}_content found WHERE found.id = {key} AND {tests})"
        return sql, [*params, *chain.from_iterable(sought)]


def write(resource: Resource, rows: Iterable[Sequence[Any]]) -> None:
    """Index rows of (pk, text, text …), replacing what stood there."""
    table = table_of(resource)
    data = [(pk, " ".join([tokens(part) for part in parts if part])) for pk, *parts in rows]
    if connection.vendor == "sqlite":
        sql = f"INSERT OR REPLACE INTO {table} (rowid, tokens) VALUES (%s, %s)"
    else:
        values = "VALUES (%s, array_to_tsvector(string_to_array(%s, ' ')))"
        sql = f"INSERT INTO {table} (rowid, tokens) {values} ON CONFLICT (rowid) DO UPDATE SET tokens = EXCLUDED.tokens"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite" and data and min(data)[0] > _last(cursor, table):
            sql = sql.replace("INSERT OR REPLACE", "INSERT")  # nothing to replace: half the time
        cursor.executemany(sql, data)


def _last(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT rowid FROM {table} ORDER BY rowid DESC LIMIT 1")
    return (cursor.fetchone() or [0])[0]


def refresh(trail: Trail) -> None:
    """Index anew what an action changed in an indexed column, and what extends it, in its transaction."""
    by_subject: dict[str, list[int]] = defaultdict(list)
    for subject, pk in zip(trail.subjects, trail.ids, strict=True):
        by_subject[subject].append(pk)
    changed = _changed(trail)
    for declared, ids in [(each, ids) for subject, ids in by_subject.items() for each in _indexes_of(subject)]:
        indexed = {name for path in declared.search for name in path.split("__")}
        if touched := [pk for pk in ids if pk not in changed or changed[pk] & indexed]:
            rebuild(declared, touched)


def _indexes_of(subject: str) -> list[Resource]:
    """Return the searchable resources whose rows a change of `subject` can concern: itself, and what shares its key."""
    model = resources[subject].model if subject in resources else None
    extended = [each for each in resources if model is not None and each.model._meta.pk.related_model is model]
    return [each for each in resources if each.search and (each.key == subject or each in extended)]


def _changed(trail: Trail) -> dict[int, set[str]]:
    """Return which columns changed, by key, of rows that were there before and still are; what extends a row shares its key."""
    ends = {pk for pk, before, after in zip(trail.ids, trail.befores, trail.afters, strict=True) if before is None or after is None}
    changed: dict[int, set[str]] = {}
    for pk, after in zip(trail.ids, trail.afters, strict=True):
        if pk not in ends and after is not None:
            changed.setdefault(pk, set()).update(name.removesuffix("_id") for name in msgspec.json.decode(after))
    return changed


def rebuild(resource: Resource, ids: Sequence[int] | None = None) -> None:
    """Index the given rows anew, or all of them."""
    rows = resource.model._base_manager.values_list("pk", *resource.search)
    if ids is None:
        write(resource, rows.iterator(chunk_size=10_000))
        return
    if len(ids) > _CHUNK and max(ids) - min(ids) == len(ids) - 1:
        write(resource, rows.filter(pk__gte=min(ids), pk__lte=max(ids)).iterator(chunk_size=10_000))
        return
    for start in range(0, len(ids), _CHUNK):
        write(resource, rows.filter(pk__in=ids[start : start + _CHUNK]))
