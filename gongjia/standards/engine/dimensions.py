"""The small sides of every join: units with the traits that rules ask about, and categories with the codes that tables use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from gongjia.ledger.models import Category, Crosswalk
from gongjia.org.choices import UnitKind
from gongjia.org.models import Unit
from gongjia.standards.rulebook.binding import Signature
from gongjia.standards.rulebook.book import Rulebook

_TRAITS = ("tier", "nature", "division", "vertical", "superior_tier")
CROSSWALK, OLD_EDITION = "category_crosswalk", "2013"


@dataclass(frozen=True)
class Units:
    """Units as a table, and the distinct signatures that its column `signature` numbers."""

    table: pa.Table
    signatures: list[Signature]


def read_units() -> Units:
    """Read all units; a department has the traits of the body that it stands in."""
    rows = list(Unit.objects.values("pk", "path", "kind", "secret", *_TRAITS))
    by_pk = {row["pk"]: row for row in rows}
    return make_units([(row, by_pk.get(_body(row, by_pk), row)) for row in rows])


def _body(row: Mapping[str, Any], by_pk: Mapping[int, Any]) -> int:
    above = [int(part) for part in reversed(row["path"].split(".")) if part]
    return next((pk for pk in above if pk in by_pk and by_pk[pk]["kind"] == UnitKind.BODY), row["pk"])


def make_units(pairs: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Units:
    """Make the table out of (unit, body) pairs."""
    numbers: dict[Signature, int] = {}
    columns: dict[str, list[Any]] = {
        name: [] for name in ("unit_id", "body_id", "unit_path", "unit_tier", "unit_nature", "unit_secrecy", "signature")
    }
    for unit, body in pairs:
        traits = Signature(*(body[name] for name in _TRAITS))
        secrecy = "secret" if unit["secret"] or body["secret"] else "open"
        number = numbers.setdefault(traits, len(numbers))
        cells = (unit["pk"], body["pk"], unit["path"], traits.ruling_tier, traits.nature, secrecy, number)
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    types = {"unit_id": pa.int64(), "body_id": pa.int64(), "signature": pa.int32()}
    return Units(pa.table({name: pa.array(cells, types.get(name, pa.string())) for name, cells in columns.items()}), list(numbers))


def code_tables(book: Rulebook) -> list[str]:
    """Return the code tables that speak of asset categories; each becomes a column of `categories`."""
    return [key for key, table in book.codes.items() if any(code.more.get("categories") for code in table.codes.values())]


def read_categories(book: Rulebook) -> dict[str, pa.Table]:
    """Return `categories` (the one code of each table that a category is) and `category_codes` (all of them, sums included)."""
    tables = code_tables(book)
    moved = dict(Crosswalk.objects.values_list("from_category", "to_category__code"))
    rows = [
        (pk, moved.get(pk) or current_code(book, edition, code))
        for pk, edition, code in Category.objects.values_list("pk", "edition", "code")
    ]
    columns: dict[str, pa.Array] = {"category_id": pa.array([pk for pk, _code in rows], pa.int64())}
    columns["category_code"] = pa.array([code for _pk, code in rows], pa.string())
    every: list[tuple[int, str, str]] = []
    for key in tables:
        found = [book.categories(key, code) if code else () for _pk, code in rows]
        groups = {code.code for code in book.codes[key].codes.values() if code.more.get("group")}
        columns[key] = pa.array([next((code for code in codes if code not in groups), "") for codes in found], pa.string())
        every += [(pk, key, code) for (pk, _code), codes in zip(rows, found, strict=True) for code in codes]
    types = (pa.int64(), pa.string(), pa.string())
    cells = zip(*every, strict=True) if every else ((), (), ())
    names = ("category_id", "code_table", "code")
    listed = {name: pa.array(list(values), kind) for name, kind, values in zip(names, types, cells, strict=True)}
    return {"categories": pa.table(columns), "category_codes": pa.table(listed)}


def current_code(book: Rulebook, edition: str, code: str) -> str:
    """Return the 2022 code of a class: the same code means different things in different editions, so an unknown old one is nothing."""
    if not edition.startswith(OLD_EDITION):
        return code
    found = book.codes[CROSSWALK].codes.get(code) if CROSSWALK in book.codes else None
    return str(found.more.get("to", "")) if found else ""
