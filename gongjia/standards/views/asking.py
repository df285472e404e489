"""Ask first: the verdict on a case that is in no ledger; the address holds the case, so that it can be passed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core.access import access
from gongjia.core.check import Check, checks
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import resources
from gongjia.standards.asking import AskField, ask, ask_fields
from gongjia.standards.choices import Group
from gongjia.standards.drawing import draw
from gongjia.standards.services import ASK
from gongjia.web.shapes import Field
from gongjia.web.views.entry import signed_in

MORE = ("nature", "division", "secret", "vertical", "superior_tier")
UNITS = {"area": "m²", "money": "元"}
MOST_PEOPLE = 200


@require_GET
@signed_in
def ask_page(request: HttpRequest) -> HttpResponse:
    """The form of a check, and beside it the verdict on what it says."""
    if not access(request.user).can(ASK):
        raise PermissionDenied(ASK)
    check = checks.get(request.GET.get("check", "")) or next(iter(asked_checks()[0][1]))
    typed = {name: values for name, values in request.GET.lists() if name not in ("check", "on", "asked")}
    problems: list[Problem] = []
    verdict = None
    if "asked" in request.GET:
        try:
            verdict = draw(ask(check.key, inputs_of(check, request.GET), _day(request)), request.user)
        except Refused as refusal:
            problems = list(refusal.problems)
    fields = [_field(one, typed, problems) for one in ask_fields(check) if one.name != "event_on"]
    given = {
        "check": check,
        "groups": asked_checks(),
        "title": _("先问后办"),
        "v": verdict,
        "problems": problems,
        "on": _day(request).isoformat(),
        "unit": _unit(typed, problems),
        "fields": [f for f in fields if f.name not in MORE],
        "more": [f for f in fields if f.name in MORE],
        "more_open": any(typed.get(name, [""])[0] not in ("", "administrative") for name in MORE),
        "address": request.build_absolute_uri(),
    }
    return render(request, "standards/ask.html", given)


def asked_checks() -> list[tuple[Any, list[Check]]]:
    """The checks by kind, contradictions left out: they speak of records, not of a case."""
    return [(group.label, found) for group in Group if (found := [c for c in checks if c.group == group and c.table])]


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


def inputs_of(check: Check, data: Any) -> dict[str, Any]:
    """Return what an address says of a case; people of one level are counted as `level.staff=3`."""
    names = {one.name: one for one in ask_fields(check)}
    found: dict[str, Any] = {name: data[name].strip() for name in [*names, "unit"] if data.get(name, "").strip()}
    for name, one in names.items():
        if one.many and name not in found:
            counted = [code for code, _words in one.choices for _each in range(_count(data.get(f"{name}.{code}", "")))]
            if counted:
                found[name] = counted
    return found


def _count(text: str) -> int:
    return min(int(text), MOST_PEOPLE) if text.strip().isdigit() else 0


def _field(one: AskField, typed: Mapping[str, list[str]], problems: list[Problem]) -> Field:
    value: Any = (typed.get(one.name) or [""])[0]
    kind = one.kind if one.kind in ("choice", "bool", "date", "text") else "decimal"
    if one.many:
        kind, value = "many", {code: (typed.get(f"{one.name}.{code}") or [""])[0] for code, _words in one.choices}
        for code in (typed.get(one.name) or [""])[0].split(","):
            if code in value:
                value[code] = str(_count(value[code]) + 1)
    if kind == "bool":
        value = value == "true"
    errors = [str(problem.message) for problem in problems if problem.field == one.name]
    unit = _(UNITS[one.kind]) if one.kind == "money" else UNITS.get(one.kind, "")
    return Field(one.name, one.label, kind, unit=unit, choices=one.choices, value=value, errors=errors)


def _unit(typed: Mapping[str, list[str]], problems: list[Problem]) -> Field:
    errors = [str(problem.message) for problem in problems if problem.field == "unit"]
    return Field(
        "unit",
        _("单位"),
        "ref",
        help=_("指定单位后，层级、性质、区划都按这个单位；也可以空着，自己选层级。"),
        ref="org.unit" if "org.unit" in resources else "",
        value=(typed.get("unit") or [""])[0],
        errors=errors,
    )
