"""What the mapping page shows and sends back: a field, a unit and a date style for each column."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gongjia.core.inputs import describe
from gongjia.importer.fields import Target
from gongjia.importer.mapping import WHY
from gongjia.importer.models import ImportSession
from gongjia.importer.targets import ledger

UNITS = {"money": ("元", "千元", "万元", "亿元"), "area": ("m2", "sqft", "mu", "hectare"), "decimal": ("元", "万元")}
UNIT_WORDS = {"m2": "m²", "sqft": "sq ft", "mu": "亩", "hectare": "公顷"}
ORDERS = ("", "ymd", "mdy", "dmy")
PAGE_KEYS = frozenset({"unit", "date", "empty"})


@dataclass
class Choice:
    """One column of the file on the mapping page."""

    index: int
    letter: str
    title: str
    samples: list[str]
    filled: int
    field: str = ""
    kind: str = ""
    why: str = ""
    score: float = 0.0
    units: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    unit: str = ""
    order: str = ""
    pivot: str = ""
    empty: str = ""
    steps: list[str] = dataclasses.field(default_factory=list)


def options(rule: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for step in rule.get("transforms", ()) for key, value in step.items()}


def single(rule: Mapping[str, Any], letter: str) -> bool:
    return list(rule["columns"]) == [f"${letter}"]


def choices_of(session: ImportSession) -> list[Choice]:
    """Return the columns with what is decided about each."""
    targets = {target.name: target for target in ledger(session.into).targets}
    rules = session.plan.get("rules", [])
    made = []
    for column in session.shape.get("columns", ()):
        rule = next((rule for rule in rules if single(rule, column["letter"])), None)
        title = column["title"] or _("（无列名）")
        choice = Choice(column["index"], column["letter"], title, column["samples"], column["filled"])
        made.append(filled_in(choice, rule, targets) if rule else choice)
    return made


def filled_in(choice: Choice, rule: Mapping[str, Any], targets: Mapping[str, Target]) -> Choice:
    steps = options(rule)
    style = steps.get("date") or {}
    target = targets[rule["field"]]
    choice.field, choice.kind, choice.score = rule["field"], target.kind, rule.get("score", 0)
    choice.why = _(WHY.get(rule.get("why", ""), "")) if rule.get("why") else ""
    choice.units = [(unit, UNIT_WORDS.get(unit, unit)) for unit in UNITS.get(target.kind, ())]
    choice.unit, choice.order = steps.get("unit", ""), style.get("order", "")
    choice.pivot = "" if style.get("pivot") is None else str(style["pivot"])
    choice.empty = "、".join(steps.get("empty", ()))
    choice.steps = sorted(set(steps) - PAGE_KEYS)
    return choice


def extra_rules(session: ImportSession) -> list[dict[str, Any]]:
    """Return the rules that no single column stands for: joined columns, and further uses of one column."""
    letters = {f"${choice.letter}": choice for choice in choices_of(session)}
    made = ledger(session.into)
    shown = set()
    extra = []
    for number, rule in enumerate(session.plan.get("rules", [])):
        one = rule["columns"][0]
        if len(rule["columns"]) == 1 and one not in shown:
            shown.add(one)
            continue
        titles = " + ".join(letters[name].title if name in letters else name for name in rule["columns"])
        extra.append({"number": number, "titles": titles, "label": made.label(rule["field"])})
    return extra


def read_decisions(session: ImportSession, data: QueryDict) -> dict[str, Any]:
    """Return the plan as the page sent it back; steps that the page does not show are kept."""
    old = session.plan.get("rules", [])
    kept = {rule["number"] for rule in extra_rules(session) if data.get(f"extra-{rule['number']}")}
    names = {target.name for target in ledger(session.into).targets}
    rules = []
    for column in session.shape.get("columns", ()):
        name = data.get(f"field-{column['index']}", "")
        if name in names:
            before = next((rule for rule in old if single(rule, column["letter"]) and rule["field"] == name), None)
            rules.append(decided(column, name, before, data))
    rules += [rule for number, rule in enumerate(old) if number in kept]
    fixed = {name: data[f"fixed-{name}"].strip() for name in names if data.get(f"fixed-{name}", "").strip()}
    return {**session.plan, "rules": rules, "fixed": {**hidden_constants(session, data), **fixed}}


def hidden_constants(session: ImportSession, data: QueryDict) -> dict[str, Any]:
    """Keep constants that the page did not show."""
    return {name: value for name, value in session.plan.get("fixed", {}).items() if f"fixed-{name}" not in data}


def decided(column: Mapping[str, Any], name: str, before: Mapping[str, Any] | None, data: QueryDict) -> dict[str, Any]:
    """Return one column's rule with the page's unit, date style and words for nothing."""
    index = column["index"]
    steps = {key: value for key, value in options(before or {}).items() if key not in PAGE_KEYS}
    if unit := data.get(f"unit-{index}", ""):
        steps["unit"] = unit
    style = {**(options(before or {}).get("date") or {}), "order": data.get(f"order-{index}", "")}
    pivot = data.get(f"pivot-{index}", "").strip()
    style.pop("pivot", None)
    if pivot.isdecimal() and len(pivot) <= 2:
        style["pivot"] = int(pivot)
    if any(value not in ("", None) for value in style.values()):
        steps["date"] = {key: value for key, value in style.items() if value not in ("", None)}
    if words := [word for word in data.get(f"empty-{index}", "").replace(",", "、").split("、") if word.strip()]:
        steps["empty"] = words
    why = before.get("why", "hand") if before else "hand"
    return {
        "field": name, "columns": [f"${column['letter']}"], "transforms": [{key: value} for key, value in steps.items()],
        "optional": bool(before and before.get("optional")), "score": before.get("score", 1) if before else 1, "why": why,
    }  # fmt: skip


def missing_fields(session: ImportSession) -> list[Target]:
    """Return the required fields that neither a column nor a constant fills."""
    have = {rule["field"] for rule in session.plan.get("rules", ())} | set(session.plan.get("fixed", {}))
    return [target for target in ledger(session.into).targets if target.required and target.name not in have]


def constants_of(session: ImportSession) -> list[tuple[Target, Any]]:
    """Return the fields that stand for all rows: what is fixed, and what is required and open."""
    fixed = session.plan.get("fixed", {})
    made = ledger(session.into)
    return [(made.by_name[name], value) for name, value in fixed.items() if name in made.by_name] + [
        (t, "") for t in missing_fields(session)
    ]


def field_options(into: str) -> list[tuple[str, str]]:
    """Return the fields to choose from, with their labels in the reader's language."""
    fields = describe(ledger(into).create.input_type)
    return [(made.name, f"{made.label}{' *' if made.required else ''}") for made in fields]


def map_values(session: ImportSession, data: QueryDict) -> dict[str, Any]:
    """Add the values that the page translated (`value-FIELD:TEXT` → code) to the rules of their fields."""
    rules = [dict(rule) for rule in session.plan.get("rules", ())]
    for name, chosen in data.items():
        if not name.startswith("value-") or not chosen:
            continue
        target, _sep, text = name.removeprefix("value-").partition(":")
        for rule in rules:
            if rule["field"] == target:
                steps = options(rule)
                steps["values"] = {**steps.get("values", {}), text: chosen}
                rule["transforms"] = [{key: value} for key, value in steps.items()]
    return {**session.plan, "rules": rules}
