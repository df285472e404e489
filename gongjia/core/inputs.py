"""The input of an action, declared once: forms, JSON schema and import columns derive from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Union, get_args, get_origin

from annotated_types import MaxLen
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from gongjia.core.kinds import Kind, kind_of

_NO_NUL = StringConstraints(pattern=r"^[^\x00]*$")  # PostgreSQL stores no text with one


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks an input that names a row of a resource: doors hand over a code, validation turns it into the primary key.

    `anywhere` lets it name any row in the resource's directory, also outside what the actor may read: the other side of a transfer.
    """

    resource: str
    anywhere: bool = False


class Input(BaseModel):
    """The input of one row of an action; `of=Model` lends labels, help, choices, units and lengths of its fields.

    A subclass with another `of` looks there first, then where its parent looks.
    """

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, arbitrary_types_allowed=True)
    of: ClassVar[tuple[type[models.Model], ...]] = ()

    def __init_subclass__(cls, of: type[models.Model] | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)  # pydantic hands class words here too; the next method uses them

    @classmethod
    def __pydantic_init_subclass__(cls, of: type[models.Model] | None = None, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if of is not None:
            cls.of = (of, *cls.of)
        if _limit_texts(cls):
            cls.model_rebuild(force=True)


def _limit_texts(cls: type[Input]) -> bool:
    """Give each text input the length of the model field of its name, and keep NUL out; say whether there was any."""
    texts = [(name, info) for name, info in cls.model_fields.items() if _plain(info.annotation) is str]
    for name, info in texts:
        kept = [part for part in info.metadata if part is not _NO_NUL and not isinstance(part, MaxLen)]
        limit = getattr(_model_field(cls, name, ""), "max_length", None)
        info.metadata[:] = [*kept, _NO_NUL, *([MaxLen(limit)] if limit else [])]
    return bool(texts)


def given(
    default: Any = ..., *, label: Any = "", help: Any = "", synonyms: Iterable[str] = (), group: Any = "", unit: str = "", lender: str = ""
) -> Any:
    """Describe one input beyond its type; `lender` ("app.Model.field") names the model field to derive from when the names differ."""
    extra = {"label": label, "help": help, "synonyms": tuple(synonyms), "group": group, "unit": unit, "lender": lender}
    return Field(default, json_schema_extra={"gongjia": extra}) if default is not ... else Field(json_schema_extra={"gongjia": extra})


@dataclass(frozen=True)
class InputField:
    """What a door needs to draw, map and explain one input."""

    name: str
    label: Any
    kind: Kind
    required: bool
    help: Any = ""
    unit: str = ""
    places: int | None = None
    choices: tuple[tuple[str, Any], ...] = ()
    max_length: int | None = None
    ref: str = ""
    anywhere: bool = False
    group: Any = ""
    synonyms: tuple[str, ...] = ()


_KINDS: dict[type, Kind] = {str: "text", int: "integer", Decimal: "decimal", dt.date: "date", dt.datetime: "instant", bool: "bool"}


def _plain(annotation: Any) -> Any:
    """Strip `X | None` and `Annotated` down to the plain type."""
    while get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation if isinstance(annotation, type) else get_args(annotation)[0] if get_args(annotation) else str


def _ref(info: FieldInfo) -> Ref | None:
    parts: list[Any] = [*info.metadata]
    for part in get_args(info.annotation):
        parts.extend(getattr(part, "__metadata__", ()))
    return next((part for part in parts if isinstance(part, Ref)), None)


def _model_field(input_type: type[Input], name: str, lender: str) -> Any | None:
    if lender:
        app, model_name, field_name = lender.split(".")
        return apps.get_model(app, model_name)._meta.get_field(field_name)
    for model in input_type.of:
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _describe_one(input_type: type[Input], name: str, info: FieldInfo) -> InputField:
    raw = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    extra: dict[str, Any] = dict(raw.get("gongjia") or {})  # type: ignore[arg-type]
    lender = _model_field(input_type, name, extra.get("lender", ""))
    ref = _ref(info)
    plain = _plain(info.annotation)
    kind = "ref" if ref else kind_of(lender) if lender is not None else _KINDS.get(plain, "text")
    return InputField(
        name=name,
        label=extra.get("label") or getattr(lender, "verbose_name", name),
        kind=kind,
        required=info.is_required(),
        help=extra.get("help") or getattr(lender, "help_text", ""),
        unit=str(extra.get("unit") or getattr(lender, "unit", "")),
        places=getattr(lender, "places", getattr(lender, "decimal_places", None)),
        choices=tuple(getattr(lender, "choices", None) or ()) if kind == "choice" else (),
        max_length=getattr(lender, "max_length", None) if kind in ("text", "long_text") else None,
        ref=ref.resource if ref else "",
        anywhere=bool(ref and ref.anywhere),
        group=extra.get("group", ""),
        synonyms=extra.get("synonyms", ()),
    )


@cache
def describe(input_type: type[Input]) -> tuple[InputField, ...]:
    """Return the fields of an input type in their declared order."""
    return tuple(_describe_one(input_type, name, info) for name, info in input_type.model_fields.items())
