"""The filter menu of a list, and the chips of what is filtered now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.resource import Column, Resource
from gongjia.web.addresses import list_url
from gongjia.web.asked import Asked
from gongjia.web.shapes import Link
from gongjia.web.wording import NUMERIC, unit_of, words

_SIGNS = {"gte": "≥", "lte": "≤", "gt": ">", "lt": "<"}


@dataclass(frozen=True)
class Menu:
    """One filter of the menu: a choice, a range or a word."""

    name: str
    label: str
    kind: str
    input: str = "text"
    choices: tuple[tuple[str, Any], ...] = ()
    value: str = ""
    low: str = ""
    high: str = ""


def menus_of(resource: Resource, asked: Asked) -> list[Menu]:
    """Return the filters that a resource offers, with what is set."""
    return [_menu(column, asked) for column in resource.by_name.values() if column.filter]


def _menu(column: Column, asked: Asked) -> Menu:
    def now(name: str) -> str:
        return (asked.filters.get(name) or [""])[0]

    label = f"{column.label} {unit_of(column)}".strip()
    if column.kind == "choice":
        return Menu(column.name, label, "choice", choices=column.choices, value=now(column.name))
    if column.kind == "bool":
        return Menu(column.name, label, "choice", choices=(("true", _("是")), ("false", _("否"))), value=now(column.name))
    if column.kind in (*NUMERIC, "date", "instant"):
        shape = "date" if column.kind in ("date", "instant") else "text"
        return Menu(column.name, label, "range", shape, low=now(f"{column.name}__gte"), high=now(f"{column.name}__lte"))
    return Menu(column.name, label, "word", value=now(column.name))


def chips_of(resource: Resource, asked: Asked) -> list[Link]:
    """Return a chip for every filter that is on; its address is the list without it."""
    chips = []
    for name, values in asked.filters.items():
        column = resource.by_name[name.split("__")[0]]
        chips.append(Link(_chip_words(column, name.partition("__")[2], values), list_url(resource, asked.pairs(leave=[name])), key=name))
    return chips


def _chip_words(column: Column, operator: str, values: list[str]) -> str:
    if operator == "empty":
        return _("%(label)s：空") % {"label": column.label} if values[0] == "1" else _("%(label)s：不空") % {"label": column.label}
    if operator:
        return f"{column.label} {_SIGNS[operator]} {values[0]} {unit_of(column)}".strip()
    said = _("、").join(_value_words(column, value) for value in values)
    return _("%(label)s：%(value)s") % {"label": column.label, "value": said}


def _value_words(column: Column, value: str) -> str:
    """Return a filter's value as the reader wrote it, or as the table says it."""
    if column.kind in (*NUMERIC, "instant"):
        return value
    return words(value in ("true", "1", "yes") if column.kind == "bool" else value, column)
