"""What a request asks for as a table: the action's inputs as columns, records by their names, amounts in figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from gongjia.core.action import Action
from gongjia.core.inputs import InputField, describe
from gongjia.core.resource import Resource, resources
from gongjia.web.addresses import title_path
from gongjia.web.references import openable
from gongjia.web.shapes import Cell
from gongjia.web.wording import NOTHING, NUMERIC, label_with_unit, number, words

Names = Mapping[tuple[str, int], tuple[str, str]]


@dataclass(frozen=True)
class Head:
    """The head of one column."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Rows in words; every row has a cell for each head."""

    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]


def table_of(action: Action, rows: Sequence[Mapping[str, Any]], user: Any = None) -> Table:
    """Return the rows of a request; columns that no row fills are left out, and `user` gets links to what it may open."""
    shown = [one for one in describe(action.input_type) if any(row.get(one.name) not in (None, "") for row in rows)]
    pairs = {(ref, row[one.name]) for one in shown for row in rows if (ref := ref_of(action, one)) and isinstance(row.get(one.name), int)}
    names, links = _names(pairs), openable(user, pairs) if user is not None else {}
    heads = [Head(_label(action, one), one.kind in NUMERIC) for one in shown]
    return Table(heads, [[_cell(action, one, row.get(one.name), names, links) for one in shown] for row in rows])


def ref_of(action: Action, field: InputField) -> str:
    """Return the resource that an input names a record of; an `id` names one of the action's subject."""
    return field.ref or (action.subject if field.name == "id" else "")


def _label(action: Action, field: InputField) -> str:
    if field.name == "id" and action.subject in resources:
        return str(resources[action.subject].label)
    return label_with_unit(field)  # type: ignore[arg-type]


def _names(pairs: set[tuple[str, int]]) -> Names:
    """Return title and code of the records named, with one query a table."""
    wanted: dict[str, set[int]] = {}
    for key, pk in pairs:
        if key in resources:
            wanted.setdefault(key, set()).add(pk)
    return {(key, pk): found for key, pks in wanted.items() for pk, found in named(resources[key], pks).items()}


def named(resource: Resource, pks: set[int]) -> dict[int, tuple[str, str]]:
    """Return the name and the code of records by their keys; a request shows them to those who act on it."""
    code = resource.lookup[0] if resource.lookup else "pk"
    name = _name_path(resource)
    rows = resource.model._base_manager.filter(pk__in=pks).values(*dict.fromkeys(["pk", name, code]))
    return {row["pk"]: (str(row[name]), str(row[code])) for row in rows}


def _name_path(resource: Resource) -> str:
    """Return the path of a record's own name, or of its title where it has none."""
    own = {field.name for field in resource.model._meta.concrete_fields}
    return "name" if "name" in own else title_path(resource)


def _cell(action: Action, field: InputField, value: Any, names: Names, links: Mapping[tuple[str, int], str]) -> Cell:
    pair = (ref_of(action, field), value)
    if pair in names:
        title, code = names[pair]
        return Cell(title, small=code if code != title else "", url=links.get(pair, ""))
    if value in (None, ""):
        return Cell(NOTHING, classes="void")
    if field.kind in NUMERIC:
        return Cell(_figure(field, value), classes="n")
    return Cell(words(value, field))  # type: ignore[arg-type]


def _figure(field: InputField, value: Any) -> str:
    try:
        return number(Decimal(str(value)), 2 if field.kind == "money" else None)
    except InvalidOperation:
        return str(value)
