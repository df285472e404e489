"""Resource: what may be read, as which columns. List, detail, export, JSON and import all stand on this declaration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import F, Q, QuerySet
from django.utils.text import capfirst

from gongjia.core.access import access
from gongjia.core.kinds import kind_of
from gongjia.core.planning import Unindexed
from gongjia.core.registry import Registry

_CHUNK = 900


class NotFound(Exception):
    """Raised for a row that does not exist or lies outside what the actor may see; doors answer 404."""


@dataclass(frozen=True)
class Column:
    """One readable column; label, kind, unit and choices come from the model field at `path` unless given."""

    name: str
    path: str = ""
    label: Any = ""
    kind: str = ""
    unit: str = ""
    shown: bool = True
    sort: bool = False
    filter: bool = False
    link: str = ""
    group: Any = ""
    choices: tuple[tuple[str, Any], ...] = ()
    places: int | None = None
    sensitive: bool = False
    model: Any = None


def _field_at(model: type[models.Model], path: str) -> Any | None:
    found: Any = None
    current: Any = model
    for part in path.split("__"):
        if part == "pk":
            return current._meta.pk
        found = current._meta.get_field(part)
        current = found.related_model or current
    return found


def _lender(model: type[models.Model], name: str) -> Any | None:
    """Return the model's own field of a column's name: a column `unit` that reads `unit__name` is still called 单位."""
    return next((found for found in model._meta.concrete_fields if found.name == name), None)


def _completed(model: type[models.Model], column: Column) -> Column:
    path = column.path or column.name
    model_field = _field_at(model, path)
    return Column(
        name=column.name,
        path=path,
        label=column.label or capfirst(getattr(_lender(model, column.name) or model_field, "verbose_name", column.name)),
        kind=column.kind or kind_of(model_field),
        unit=column.unit or getattr(model_field, "unit", ""),
        shown=column.shown,
        sort=column.sort,
        filter=column.filter,
        link=column.link,
        group=column.group,
        choices=column.choices or tuple(getattr(model_field, "choices", None) or ()),
        places=column.places if column.places is not None else getattr(model_field, "places", None),
        sensitive=column.sensitive,
        model=model,
    )


@dataclass
class Resource:
    """A readable table. `scope` is the path to its unit; '' means that every signed-in person may read it whole.

    `directory` selects the rows whose codes anybody may refer to, where an input names them `anywhere`; without it, none.
    Of several live rows under one code or name, the one with the greatest `newest` is meant; without it, none is.
    """

    key: str
    model: type[models.Model]
    label: Any
    columns: Sequence[Column]
    title: str = "code"
    scope: str = ""
    search: tuple[str, ...] = ()
    lookup: tuple[str, ...] = ("code",)
    newest: str = ""
    natural_key: tuple[str, ...] = ()
    order: str = "-pk"
    live: str = "closed_on"
    create: str = ""
    edit: str = ""
    actions: tuple[str, ...] = ()
    bulk_actions: tuple[str, ...] = ()
    group: str = "ledgers"
    icon: str = "table"
    help: Any = ""
    empty: Any = ""
    view_permission: str = ""
    base: Callable[[], QuerySet[Any]] | None = field(default=None, repr=False)
    directory: Q | None = None

    def __post_init__(self) -> None:
        app, name = self.key.split(".")
        self.view_permission = self.view_permission or f"{app}.view_{name}"

    def offer(self, *actions: str, bulk: bool = True) -> None:
        """Let a package above put its actions on the rows of this table, and on marked rows unless not in `bulk`."""
        self.actions = (*self.actions, *actions)
        self.bulk_actions = (*self.bulk_actions, *actions) if bulk else self.bulk_actions

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Completed columns by name, in declared order."""
        return {column.name: _completed(self.model, column) for column in self.columns}

    @cached_property
    def version_path(self) -> str:
        """Return the path to the version that a change counts up: of the row, or of the record that it extends; '' without one."""
        own = {field.name for field in self.model._meta.concrete_fields}
        if "version" in own:
            return "version"
        key = self.model._meta.pk
        extended = key.related_model._meta.concrete_fields if key.is_relation else ()
        return f"{key.name}__version" if any(field.name == "version" for field in extended) else ""

    def version_of(self, row: Any) -> int | None:
        """Return the version of a row that was read."""
        for part in self.version_path.split("__") if self.version_path else ():
            row = getattr(row, part)
        return row if self.version_path else None

    def all_rows(self) -> QuerySet[Any]:
        """Return every live row, whoever asks; only for code that decides access itself."""
        rows = self.base() if self.base else self.model._default_manager.all()
        return rows.filter(**{f"{self.live}__isnull": True}) if self.live and self._is_live_field() else rows

    def _is_live_field(self) -> bool:
        return "__" in self.live or any(f.name == self.live for f in self.model._meta.get_fields())

    def queryset(self, user: Any, unit_path: str = "", *, wide: bool = False) -> QuerySet[Any]:
        """Return the live rows that `user` may see, within the subtree `unit_path` when given: the only way to rows.

        `wide` returns the same rows but keeps the database from starting at the unit's index, which is slow when
        the visible units hold most of the table and the rows are wanted in another order.
        """
        if not access(user).can(self.view_permission):
            return self.model._default_manager.none()
        units = self.units(user, unit_path)
        if units is None:
            return self.all_rows()
        if connection.vendor == "postgresql":  # it knows how many rows each unit has, once it sees which units are meant
            return self.all_rows().filter(**{f"{self.scope}__in": list(units.values_list("pk", flat=True))})
        if wide:
            scope = Unindexed(F(self.scope), output_field=models.BigIntegerField())
            return self.all_rows().alias(scope_of=scope).filter(scope_of__in=units)
        return self.all_rows().filter(**{f"{self.scope}__in": units})

    def units(self, user: Any, unit_path: str = "") -> QuerySet[Any] | None:
        """Return the ids of the units whose rows are asked for and visible, or None when that is no restriction."""
        visible = access(user).units(self.view_permission) if self.scope else None
        if not self.scope or not unit_path:
            return visible
        unit_model = _field_at(self.model, self.scope).related_model or self.model  # type: ignore[union-attr]
        below = unit_model._default_manager.filter(path__startswith=unit_path)
        return (below if visible is None else below.filter(pk__in=visible)).values("pk")

    def get(self, user: Any, pk: int) -> Any:
        """Return one visible row or raise NotFound."""
        row = self.queryset(user).filter(pk=pk).first()
        if row is None:
            raise NotFound(self.key)
        return row

    def units_of(self, ids: Iterable[int]) -> dict[int, int | None]:
        """Return the unit of each row by primary key, in as few queries as the database's limit allows."""
        wanted, owners = list(ids), {}
        if not self.scope:
            return {}
        for start in range(0, len(wanted), _CHUNK):
            rows = self.model._base_manager.filter(pk__in=wanted[start : start + _CHUNK])
            owners.update(rows.values_list("pk", self.scope))
        return owners

    def resolve(self, user: Any, values: set[Any], *, anywhere: bool = False) -> Mapping[Any, int]:
        """Map codes (or names, where they are unique) and primary keys to primary keys of visible rows; unknown ones are left out.

        With `anywhere`, to rows of the directory as well.
        """
        rows = self.all_rows().filter(self.directory) if anywhere and self.directory else self.queryset(user)
        keys = [value for value in values if isinstance(value, int)]
        found: dict[Any, int] = {pk: pk for pk in _column(rows, "pk", keys, {})}
        # No text of PostgreSQL holds a NUL, and asking for one is an error there.
        texts = {str(value).strip(): value for value in values if not isinstance(value, int) and "\x00" not in str(value)}
        for path in self.lookup:
            missing = [text for text, value in texts.items() if value not in found]
            pairs: dict[Any, int] = {}
            twice = _column(rows.order_by(self.newest) if self.newest else rows, path, missing, pairs)
            twice = set() if self.newest else twice
            found.update({texts[text]: pk for text, pk in pairs.items() if text not in twice and text in texts})
        return found


def _column(rows: QuerySet[Any], path: str, values: Sequence[Any], pairs: dict[Any, int]) -> set[Any]:
    """Fill `pairs` with value → pk; return the values that stand for more than one row (for "pk": all that exist)."""
    seen: set[Any] = set()
    for start in range(0, len(values), _CHUNK):
        for value, pk in rows.filter(**{f"{path}__in": values[start : start + _CHUNK]}).values_list(path, "pk"):
            if path == "pk" or (value in pairs and pairs[value] != pk):
                seen.add(value)
            pairs[value] = pk
    return seen


resources: Registry[Resource] = Registry("resource")
R = TypeVar("R", bound=Resource)


def resource(made: R) -> R:
    """Declare a resource."""
    resources.add(made.key, made)
    return made
