"""Verdicts on demand, by the sweep's own join: of one subject in the ledgers, or of a case that is in none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjia.core.check import Check, checks
from gongjia.core.facts import FactColumn, facts
from gongjia.core.periods import today
from gongjia.core.problems import Problem, Refused
from gongjia.core.resource import resources
from gongjia.org.choices import Nature, Tier
from gongjia.org.models import Unit
from gongjia.standards.engine.dimensions import make_units
from gongjia.standards.engine.evaluate import ALL, Verdicts, compare_of, evaluate, over_of, verdicts
from gongjia.standards.engine.store import Store, empty_from, gather, open_store
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.loading import load

PLACES = {"money": 2, "area": 2, "decimal1": 1, "decimal2": 2, "decimal3": 3}
TRAITS = ("unit", "tier", "nature", "division", "vertical", "superior_tier", "secret")
_WORD = re.compile(r"[a-z_][a-z_0-9]*")
_PART = re.compile(r"part = '(\w+)'")


@dataclass(frozen=True)
class Answer:
    """One verdict, compliant or not, with the attributes of a Finding, so that both are explained alike."""

    check_key: str
    subject: str
    subject_id: int
    judged_on: dt.date
    unit_id: int = 0
    fact_key: str = ""
    outcome: str = "no_rule"
    reason: str = ""
    value: Decimal | None = None
    bound: Decimal | None = None
    over: Decimal | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    table_version: str = ""
    row_number: int = 0
    standing: str = ""
    blocks: bool = False
    verification: str = ""
    event_on: dt.date | None = None
    pk: int | None = None
    excuse: Any = None
    name: str = ""
    """What the subject is called, where it is in no ledger yet."""


@dataclass(frozen=True)
class AskField:
    """One thing to say about a case; `choices` are the codes it may hold."""

    name: str
    label: Any
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    many: bool = False


def answers(found: Verdicts, subject: str, on: dt.date, book: Rulebook) -> list[Answer]:
    """Turn verdicts in columns into one object each."""
    sign = 1 if compare_of(book, found.check) == "at_most" else -1
    made = []
    for index in range(len(found)):
        row = found.row(index)
        known = row["value"] is not None and row["bound"] is not None
        over = over_of(row["value"], row["bound"], sign) if known else None
        made.append(Answer(found.check.key, subject, judged_on=on, over=over, **row))
    return made


# -- of a subject in the ledgers ---------------------------------------------------------------------------------------


def aliases(subject: str) -> list[str]:
    """The resource key and those that share its primary key, whichever of them extends the other: a vehicle and its asset."""
    declared = resources.get(subject)
    if declared is None:
        return [subject]
    root = _root(declared.model)
    return [subject, *(each.key for each in resources if each.key != subject and _root(each.model) is root)]


def _root(model: Any) -> Any:
    """The model whose primary key a model borrows, or itself."""
    primary = model._meta.pk
    return primary.related_model if primary.is_relation else model


def verdicts_of(
    subject: str, subject_id: int, on: dt.date | None = None, book: Rulebook | None = None, keys: Collection[str] = ()
) -> list[Answer]:
    """Every verdict of one subject as of a day (or those of the checks `keys`), compliant ones too, recomputed from the ledgers."""
    day, rules, found = on or today(), book or load(), []
    names = aliases(subject)
    stores: dict[str, Store] = {}
    for check in checks:
        declared = facts[check.facts]
        if declared.subject not in names or (keys and check.key not in keys):
            continue
        if declared.key not in stores:
            units = _body(subject_id) if declared.subject == "org.unit" else [subject_id]
            stores[declared.key] = gather([declared.key], day, rules, {key: {column: units} for key, column in declared.narrow.items()})
        store = stores[declared.key]
        judged = verdicts(store, evaluate(store, check), ALL, f"f.subject_id = {int(subject_id)}")
        found += answers(judged, declared.subject, day, rules)
    return found


def recompute(finding: Any, on: dt.date | None = None) -> Answer | None:
    """The verdict of a finding's check and subject today (or on a day), or None where the facts are gone."""
    same = verdicts_of(finding.subject, finding.subject_id, on, keys=[finding.check_key])
    return next((each for each in same if each.fact_key == finding.fact_key), None)


def _body(unit_id: int) -> list[int]:
    path = Unit.objects.filter(pk=unit_id).values_list("path", flat=True).first() or "-"
    return list(Unit.objects.filter(path__startswith=path).values_list("pk", flat=True))


# -- of a case in no ledger --------------------------------------------------------------------------------------------


def used_columns(check: Check) -> list[FactColumn]:
    """The fact columns that a check reads, in their declared order."""
    declared = facts[check.facts]
    texts = [check.value, check.event_on]
    for term in check.all_terms:
        texts += [*term.keys.values(), term.weight]
    if not check.table:
        texts.append(check.limit)
    words = {word for text in texts for word in _WORD.findall(text)}
    words |= {each for term in check.all_terms for each in _quantities(load(), term.table, term.limit)}
    return [column for column in declared.columns if column.name in words and column.name not in ("subject_id", "part")]


def _quantities(book: Rulebook, topic: str, value: str) -> set[str]:
    cells = (row.values.get(value) for table in book.topic(topic) for version in table.versions for row in version.rows)
    return {cell.of for cell in cells if isinstance(cell, Form) and cell.of}


def ask_fields(check: Check) -> list[AskField]:
    """What may be said about a case of this check: the unit's traits first, then the facts that it reads."""
    book = load()
    traits = [
        AskField("tier", _("机关层级"), "choice", tuple((str(code), str(label)) for code, label in Tier.choices)),
        AskField("nature", _("单位性质"), "choice", tuple((str(code), str(label)) for code, label in Nature.choices)),
        AskField("division", _("行政区划代码"), "text"),
        AskField("secret", _("涉密单位"), "bool"),
        AskField("vertical", _("垂直管理"), "bool"),
        AskField("superior_tier", _("垂管上级层级"), "choice", tuple((str(code), str(label)) for code, label in Tier.choices)),
    ]
    reads = " ".join(expression for term in check.all_terms for expression in term.keys.values())
    shown = [each for each in traits if each.name != "secret" or "unit_secrecy" in reads]
    return shown + [_field(book, column, check.total) for column in used_columns(check) if column.name != check.ruled_by]


def _field(book: Rulebook, column: FactColumn, many: bool) -> AskField:
    codes = book.codes.get(column.codes)
    if codes is None:
        return AskField(column.name, column.label or column.name, column.type)
    listed = tuple((code.code, code.title.in_language(get_language() or "zh")) for code in codes.codes.values())
    return AskField(column.name, column.label or column.name, "choice", listed, many and column.name == "level")


def ask(check_key: str, inputs: Mapping[str, Any], on: dt.date | None = None, book: Rulebook | None = None) -> Answer:
    """The verdict on one case in no ledger, by the same join; a value with commas (or a list) speaks of several people.

    Inputs are the unit's traits (tier, nature, division, vertical, superior_tier, secret; or `unit`, a code) and the fact
    columns of the check, in units of the reader: `area=12.6`. Raises KeyError for an unknown check, Refused for an unknown
    or unreadable input.
    """
    check, day, rules = checks[check_key], on or today(), book or load()
    declared = facts[check.facts]
    rows = _rows(check, inputs, day)
    store = open_store(day, rules, make_units([(_traits(inputs), _traits(inputs))]))
    empty_from(declared, rows, store)
    asked = replace(check, where="true")
    found = answers(verdicts(store, evaluate(store, asked), (*ALL, 4)), declared.subject, day, rules)
    return found[0] if found else Answer(check.key, declared.subject, 0, day, reason="not_listed", inputs=dict(inputs))


def _traits(inputs: Mapping[str, Any]) -> dict[str, Any]:
    if inputs.get("unit"):
        found = Unit.objects.live().filter(code=inputs["unit"]).values(*TRAITS[1:]).first()
        if found is None:
            raise Refused([Problem("unknown_reference", _("没有编码为“%(code)s”的单位。") % {"code": inputs["unit"]}, "unit")])
        return {"pk": 0, "path": "", **found}
    return {
        "pk": 0,
        "path": "",
        "tier": inputs.get("tier", ""),
        "nature": inputs.get("nature") or "administrative",
        "division": str(inputs.get("division", "")),
        "vertical": _truth(inputs.get("vertical")),
        "superior_tier": inputs.get("superior_tier", ""),
        "secret": _truth(inputs.get("secret")),
    }


def _truth(value: Any) -> bool:
    return str(value).lower() in ("true", "1", "yes", "on", "是")


def _rows(check: Check, inputs: Mapping[str, Any], on: dt.date) -> list[dict[str, Any]]:
    """The facts of the case: as many rows as the longest list of values, all of one subject."""
    declared = facts[check.facts]
    columns = {column.name: column for column in declared.columns}
    wrong = [name for name in inputs if name not in columns and name not in TRAITS]
    if wrong:
        known = ", ".join(each.name for each in ask_fields(check))
        text = _("“%(name)s”不是这项核查的输入；可以给出：%(known)s。") % {"name": wrong[0], "known": known}
        raise Refused([Problem("unknown_input", text, wrong[0])])
    given = {name: _listed(value) for name, value in inputs.items() if name in columns and value not in ("", None)}
    count = max((len(values) for values in given.values()), default=1)
    base: dict[str, Any] = {"subject_id": 0, "unit_id": 0, check.ruled_by: 0}
    base |= {check.event_on: on} if check.event_on in columns else {}
    base |= {column.name: "" for column in declared.columns if column.type == "text"}
    read = {name: [_value(columns[name], value) for value in values] for name, values in given.items()}
    rows = [base | {name: values[min(index, len(values) - 1)] for name, values in read.items()} for index in range(count)]
    if "weight" in columns and "posts" in columns and "posts" not in given:
        posts = sum(row.get("weight") or 0 for row in rows)
        rows = [{**row, "posts": posts} for row in rows]
    return _spread(check, rows)


def _spread(check: Check, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Where a limit has parts, every row speaks to the first of them, and one to each other."""
    found = [part for term in check.all_terms for part in _PART.findall(term.where)]
    if not found:
        return rows
    rest = [part for part in dict.fromkeys(found) if part != found[0]]
    others = [{**rows[0], "part": part, "level": "", "weight": rows[0].get("posts")} for part in rest]
    return [{**row, "part": found[0]} for row in rows] + others


def _listed(value: Any) -> Sequence[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _value(column: FactColumn, value: Any) -> Any:
    """The value as facts carry it: a scaled integer, a date, a truth, a code."""
    try:
        if column.type == "date":
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))
        if column.type == "bool":
            return _truth(value)
        if column.type == "text":
            return str(value)
        return int((Decimal(str(value)) * 10 ** PLACES.get(column.type, 0)).to_integral_value())
    except (ValueError, InvalidOperation):
        text = _("“%(name)s”的值“%(value)s”读不懂。") % {"name": column.label or column.name, "value": value}
        raise Refused([Problem("unreadable", text, column.name, value=value)]) from None
