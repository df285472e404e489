"""Forms derived from an action's input type: what is drawn, and what a post hands to the action."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjia.core.action import Action
from gongjia.core.inputs import InputField, describe
from gongjia.core.problems import Problem
from gongjia.core.resource import Resource, resources
from gongjia.web.addresses import title_path
from gongjia.web.detailing import value_at
from gongjia.web.shapes import Field, Group
from gongjia.web.wording import unit_of

KEYED = re.compile(r" #(\d+)$")


@dataclass
class FormPage:
    """Everything that `web/form.html` draws."""

    title: Any
    submit: Any
    back: str
    draft_key: str
    groups: Sequence[Group]
    says: Any = ""
    trail: Sequence[tuple[Any, str]] = ()
    problems: Sequence[Problem] = ()
    version: int | None = None
    chosen: str = ""
    weigh_url: str = ""


def inputs_of(action: Action) -> list[InputField]:
    """Return the inputs that a person fills in: all but the row itself."""
    return [one for one in describe(action.input_type) if one.name != "id"]


def posted(action: Action, data: QueryDict) -> dict[str, str]:
    """Return what was typed, by input; an unticked box is a clear no."""
    return {one.name: data.get(one.name, "false" if one.kind == "bool" else "").strip() for one in inputs_of(action)}


def raw_of(action: Action, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return what the action is handed: a look-up's `code #key`, chosen where one code has two rows, becomes the key."""
    refs = {one.name for one in inputs_of(action) if one.kind == "ref"}
    return {name: int(found[1]) if name in refs and (found := KEYED.search(value)) else value for name, value in typed.items()}


def initial(action: Action, row: Any | None, data: QueryDict) -> dict[str, str]:
    """Return what a fresh form holds: the row's values when it edits, else what the address suggests."""
    if row is None or not _edits_fields(action, row):
        return {one.name: data.get(one.name) or _default(action, one) for one in inputs_of(action)}
    return {one.name: data.get(one.name) or written(one, value_at(row, one.name)) for one in inputs_of(action)}


def _default(action: Action, one: InputField) -> str:
    """Return the input's own default as it would be typed."""
    default = action.input_type.model_fields[one.name].get_default()
    return written(one, default) if isinstance(default, (str, int, bool, Decimal, dt.date)) else ""


def _edits_fields(action: Action, row: Any) -> bool:
    """Say whether the action's inputs are the row's own fields, so that their present values belong in the form."""
    return action.input_type.of is not None and isinstance(row, action.input_type.of)


def written(one: InputField, value: Any) -> str:
    """Write a value as a person would type it."""
    if value is None:
        return ""
    if one.kind == "bool":
        return "true" if value else "false"
    if one.kind == "ref":
        target = resources.get(one.ref)
        return str(value_at(value, target.lookup[0]) if target and target.lookup else value)
    return value.isoformat() if one.kind in ("date", "instant") else str(value)


def changed(action: Action, before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs that a person changed; an edit carries nothing else."""
    required = {one.name for one in inputs_of(action) if one.required}
    return {name: value for name, value in after.items() if value != before.get(name, "") or name in required}


def filled(action: Action, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the inputs of a new row: what was left empty takes its default, what is required is missed by name."""
    required = {one.name for one in inputs_of(action) if one.required}
    return {name: value for name, value in typed.items() if value != "" or name in required}


def groups_of(action: Action, values: Mapping[str, str], problems: Sequence[Problem]) -> list[Group]:
    """Return the fields by group, in their declared order, with what was typed and what is wrong."""
    grouped: dict[str, list[Field]] = {}
    for one in inputs_of(action):
        errors = [str(problem.message) for problem in problems if problem.field == one.name]
        grouped.setdefault(str(one.group or ""), []).append(field_of(one, values.get(one.name, ""), errors))
    return [Group(label, fields=fields) for label, fields in grouped.items()]


def field_of(one: InputField, value: str, errors: list[str]) -> Field:
    """Return one input as a form draws it."""
    shown: Any = value in ("true", "on", "1", "True") if one.kind == "bool" else value
    return Field(
        name=one.name,
        label=one.label,
        kind=one.kind,
        help=_help(one),
        unit=unit_of(one),
        choices=one.choices,
        required=one.required,
        max_length=one.max_length,
        ref=one.ref if one.ref in resources else "",
        anywhere=one.anywhere and one.ref in resources and resources[one.ref].directory is not None,
        value=shown,
        errors=errors,
    )


def _help(one: InputField) -> str:
    """Return the help, and the limit said before it is hit."""
    told = [str(one.help)] if one.help else []
    if one.max_length and one.kind == "long_text":
        told.append(_("最多 %(n)s 个字。") % {"n": one.max_length})
    if one.places and one.kind == "decimal":
        told.append(_("保留 %(n)s 位小数。") % {"n": one.places})
    return " ".join(told)


def row_problems(problems: Sequence[Problem]) -> list[Problem]:
    """Return what refuses, each sentence once."""
    seen: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        if problem.refuses:
            seen.setdefault((problem.field, str(problem.message)), problem)
    return list(seen.values())


def title_of(action: Action, resource: Resource, row: Any | None) -> str:
    """Return the form's title: the act, and on what."""
    name = value_at(row, title_path(resource)) if row is not None else ""
    return _("%(act)s：%(name)s") % {"act": action.label, "name": name} if name else str(action.label)
