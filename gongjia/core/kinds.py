"""The kinds of value that a column or an input may have."""

from __future__ import annotations

from typing import Any

from django.db import models

from gongjia.core.fields import AreaField, FixedDecimalField, MoneyField

Kind = str
KINDS = ("text", "long_text", "integer", "decimal", "money", "area", "date", "instant", "bool", "choice", "ref", "json")

_BY_FIELD: tuple[tuple[type[models.Field], str], ...] = (
    (models.ForeignKey, "ref"),
    (MoneyField, "money"),
    (AreaField, "area"),
    (FixedDecimalField, "decimal"),
    (models.DecimalField, "decimal"),
    (models.DateTimeField, "instant"),
    (models.DateField, "date"),
    (models.BooleanField, "bool"),
    (models.IntegerField, "integer"),
    (models.JSONField, "json"),
    (models.TextField, "long_text"),
)


def kind_of(field: models.Field | Any) -> Kind:
    """Return the kind of a model field, as doors draw, sort, filter and export it."""
    if getattr(field, "choices", None):
        return "choice"
    return next((kind for cls, kind in _BY_FIELD if isinstance(field, cls)), "text")
