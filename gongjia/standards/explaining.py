"""Findings and answers in words: outcome, bar, clause as printed, arithmetic, evidence, and what to do; made when they are read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.check import Alternative, Check, checks
from gongjia.core.facts import FactColumn, facts
from gongjia.core.resource import resources
from gongjia.org.models import Unit
from gongjia.standards.asking import PLACES
from gongjia.standards.choices import Outcome, Standing, Verification
from gongjia.standards.engine.evaluate import compare_of
from gongjia.standards.naming import code_title, fact_title, keyed, language, titles
from gongjia.standards.reckoning import arithmetic
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import OPEN_END
from gongjia.web.wording import number


@dataclass(frozen=True)
class Line:
    """One labelled piece of evidence, with the record it leads to."""

    label: str
    text: str
    resource: str = ""
    pk: int = 0


@dataclass(frozen=True)
class Clause:
    """The row of the table as printed, and where it stands."""

    words: str
    document: str
    number: str
    clause: str
    clause_seen: bool
    start: dt.date
    end: dt.date | None
    verification: str
    verification_label: str
    standing_label: str
    jurisdiction: str
    table: str
    version: str
    row: int
    note: str = ""

    @property
    def source(self) -> str:
        """Document, number, clause and date in one line."""
        clause = self.clause if self.clause_seen or not self.clause else f"{self.clause}（{_('条号待核')}）"
        parts = [f"{self.document} {self.number}".strip(), clause, _("%(date)s 起") % {"date": self.start.isoformat()}]
        return " · ".join(part for part in parts if part)


@dataclass(frozen=True)
class Explanation:
    """Everything that a verdict shows, in the reader's language."""

    outcome: str
    outcome_label: str
    check_label: str
    title: str
    headline: str
    who: str
    value: str
    bound: str
    over: str
    percent: str
    bar: tuple[float, float] | None
    grounds: bool
    grounds_label: str
    clause: Clause | None
    arithmetic: str
    evidence: tuple[Line, ...]
    reason: str
    advice: tuple[Alternative, ...]
    record: str
    judged_on: dt.date


@dataclass(frozen=True)
class Brief:
    """One line of a list of findings."""

    title: str
    detail: str
    value: str
    bound: str
    over: str
    percent: str
    outcome_label: str
    check_label: str


# -- figures -----------------------------------------------------------------------------------------------------------


def unit_of(book: Rulebook, check: Check) -> str:
    """The unit in which value and limit are printed."""
    if not check.table:
        return str(check.unit)
    return book.value(check.table, check.limit).unit.in_language(language()).split("/")[0].split(" per ")[0]


def figure(value: Decimal | None, unit: str) -> str:
    """A figure with its unit; nothing is a dash."""
    return "–" if value is None else f"{number(value)} {unit}".strip()


def percent(found: Any) -> str:
    """By how much the value departs from the limit: `+40 %`."""
    if found.value is None or not found.bound:
        return "–"
    share = (found.value - found.bound) * 100 / found.bound
    return f"{'+' if share > 0 else '−' if share < 0 else ''}{abs(share):.0f} %"


def briefs(found: Sequence[Any]) -> list[Brief]:
    """The lines of a list of findings, with one query a kind of subject."""
    named = [(each.subject, each.subject_id) for each in found] + [pair for each in found for pair in keyed(each)]
    book, names = load(), titles(named)
    return [_brief(book, each, names) for each in found]


def _brief(book: Rulebook, found: Any, names: Mapping[tuple[str, int], str]) -> Brief:
    check = checks[found.check_key]
    unit = unit_of(book, check)
    return Brief(
        title=names.get((found.subject, found.subject_id), ""),
        detail=fact_title(book, check, found.fact_key, names) or reason_text(book, check, found),
        value=figure(found.value, unit),
        bound=figure(found.bound, unit),
        over=figure(found.over, unit),
        percent=percent(found),
        outcome_label=outcome_label(found),
        check_label=str(check.label),
    )


def outcome_label(found: Any) -> str:
    """The outcome as a word; an excused one says until when."""
    excuse = getattr(found, "excuse", None)
    if excuse is not None:
        return _("例外 · 至 %(date)s") % {"date": excuse.valid_to.isoformat()}
    return str(Outcome(found.outcome).label)


# -- the whole ---------------------------------------------------------------------------------------------------------


def explain(found: Any, alternatives: bool = True) -> Explanation:
    """Everything about a Finding or an Answer, in the active language, from its keys and numbers alone."""
    book, check = load(), checks[found.check_key]
    unit = unit_of(book, check)
    name = getattr(found, "name", "") or titles([(found.subject, found.subject_id)]).get((found.subject, found.subject_id), "")
    title = " · ".join(part for part in (name, fact_title(book, check, found.fact_key)) if part) or str(check.label)
    known = found.value is not None and found.bound is not None
    return Explanation(
        outcome=found.outcome,
        outcome_label=outcome_label(found),
        check_label=str(check.label),
        title=title,
        headline=_headline(book, check, found, title, unit),
        who=_who(book, found),
        value=figure(found.value, unit),
        bound=figure(found.bound, unit),
        over=figure(found.over, unit),
        percent=percent(found),
        bar=(float(found.bound), float(found.value)) if known else None,
        grounds=found.blocks,
        grounds_label=_grounds(found),
        clause=clause_of(book, found),
        arithmetic=arithmetic(book, check, found),
        evidence=tuple(_evidence(book, check, found)),
        reason=reason_text(book, check, found),
        advice=tuple(_advice(book, check, found, alternatives)),
        record=f"F-{found.pk}" if getattr(found, "pk", None) else "",
        judged_on=found.judged_on,
    )


def _headline(book: Rulebook, check: Check, found: Any, title: str, unit: str) -> str:
    if found.outcome in (Outcome.CANNOT_DECIDE, Outcome.NO_RULE):
        return _("%(title)s：%(words)s") % {"title": title, "words": reason_text(book, check, found) or outcome_label(found)}
    if found.bound == 0 and found.outcome != Outcome.COMPLIANT:
        return _("%(title)s：%(words)s") % {"title": title, "words": check.label}
    given = {"title": title, "value": figure(found.value, unit), "over": figure(found.over, unit), "bound": figure(found.bound, unit)}
    if found.outcome == Outcome.COMPLIANT:
        return (_("%(title)s：%(value)s，标准 %(bound)s") if found.bound is not None else _("%(title)s：%(value)s，标准不设数")) % given
    text = {"at_most": _("%(title)s：%(value)s，超出 %(over)s"), "at_least": _("%(title)s：%(value)s，不足 %(bound)s")}
    return text.get(compare_of(book, check), _("%(title)s：%(value)s，未超过 %(bound)s")) % given


def _who(book: Rulebook, found: Any) -> str:
    """The people concerned, and the unit with its tier."""
    members = [line["member"] for line in found.inputs.get("lines", ()) if line.get("member")]
    names = titles(("org.person", pk) for pk in members)
    people = [names[("org.person", pk)] for pk in members if ("org.person", pk) in names]
    unit = Unit.objects.filter(pk=found.unit_id).first() if found.unit_id else None
    shown = [*people[:4], *([_("等 %(count)s 人") % {"count": len(people)}] if len(people) > 4 else [])]
    place = _("%(unit)s（%(tier)s）") % {"unit": unit.name, "tier": unit.get_tier_display()} if unit is not None else ""
    return " · ".join(part for part in ("、".join(shown) if language() != "en" else ", ".join(shown), place) if part)


def _grounds(found: Any) -> str:
    """Whether the verdict may be used as grounds, or why not; nothing to say of one that could not be reached."""
    if found.outcome in (Outcome.CANNOT_DECIDE, Outcome.NO_RULE):
        return ""
    if found.blocks:
        return _("可作处理依据")
    if found.standing == Standing.REFERENCE:
        return _("参照，只提示")
    if not found.table_version:
        return _("只提示")
    return _("系统参数，不是条文") if found.verification == Verification.PARAMETER else _("待核，只提示")


def clause_of(book: Rulebook, found: Any) -> Clause | None:
    """The row that a verdict cites, as printed; None for a contradiction that no document speaks of."""
    if not found.table_version:
        return None
    table, version = book.find(found.table_version)
    row = version.rows[found.row_number - 1] if found.row_number else None
    tag = row.verification if row else version.verification
    return Clause(
        words=row.label if row else table.title.in_language(language()),
        document=version.source.document,
        number=version.source.number,
        clause=(row.clause if row else "") or version.clause,
        clause_seen=row.clause_verified if row else version.clause_verified,
        start=version.start,
        end=None if version.end == OPEN_END else version.end,
        verification=tag,
        verification_label=str(Verification(tag).label),
        standing_label=str(Standing(found.standing).label) if found.standing else "",
        jurisdiction=version.jurisdiction.in_language(language()),
        table=table.key,
        version=version.id,
        row=found.row_number,
        note=row.note if row else "",
    )


def _evidence(book: Rulebook, check: Check, found: Any) -> Iterable[Line]:
    """The facts that were judged, each with its label and, where it names a record, the way to it."""
    columns = {column.name: column for column in facts[check.facts].columns}
    for name, value in found.inputs.items():
        if name in columns and not columns[name].hidden and value not in (None, ""):
            yield from _line(book, columns[name], value)
    lines = found.inputs.get("lines", ())
    names = titles(("org.person", line["member"]) for line in lines if line.get("member"))
    for line in lines:
        if ("org.person", line.get("member")) in names:
            yield Line(_key_words(book, line["key"]), names[("org.person", line["member"])], "org.person", line["member"])


def _key_words(book: Rulebook, key: str) -> str:
    """The key of a row of the table, each part in words."""
    tables = {part: next((table for table in ("level", "tier") if part in book.vocabulary(table)), "") for part in key.split("|")}
    parts = [code_title(book, table, part) for part, table in tables.items()]
    return " · ".join(part for part in parts if part) or _("未登记职务")


def _line(book: Rulebook, column: FactColumn, value: Any) -> Iterable[Line]:
    label = str(column.label or column.name)
    if column.codes in resources:
        ids = [int(part) for part in str(value).split(",") if part.isdigit() and int(part)]
        names = titles((column.codes, pk) for pk in ids)
        for pk in ids:
            yield Line(label, names.get((column.codes, pk), str(pk)), column.codes, pk)
    else:
        yield Line(label, fact_words(book, column, value))


def fact_words(book: Rulebook, column: FactColumn, value: Any) -> str:
    """One fact in words: codes by their titles, scaled integers as figures."""
    if column.codes:
        return code_title(book, column.codes, str(value))
    if column.type == "bool":
        return _("是") if value else _("否")
    if column.type in ("text", "date"):
        return str(value)
    unit = {"money": _("元"), "area": "m²"}.get(column.type, "")
    return figure(Decimal(value).scaleb(-PLACES.get(column.type, 0)), unit)


def reason_text(book: Rulebook, check: Check, found: Any) -> str:
    """Why it could not be decided, in words."""
    kind, _sign, name = found.reason.partition(":")
    if kind in ("missing", "unreadable"):
        text = _("缺少“%(name)s”") if kind == "missing" else _("“%(name)s”不可用")
        return text % {"name": input_label(book, check, name)}
    if kind == "set_elsewhere":
        return _("标准由别处规定：%(words)s") % {"words": _elsewhere(book, found)}
    return {"no_row": _("标准表里没有对应的行"), "not_listed": _("标准没有列入这一品目")}.get(kind, "")


def _elsewhere(book: Rulebook, found: Any) -> str:
    """The words of the row that leaves the limit to others."""
    line = next((line for line in found.inputs.get("lines", ()) if line["reason"] == "set_elsewhere"), None)
    version, number = (line["version"], line["row"]) if line else (found.table_version, found.row_number)
    if not number:
        return ""
    row = book.row(version, number)
    return next((cell.words for cell in row.values.values() if isinstance(cell, Form) and cell.kind == "elsewhere"), row.label)


def input_label(book: Rulebook, check: Check, name: str) -> str:
    """What an input is called: by its fact column, its code table, its quantity, or the value of the table."""
    column = next((c for c in facts[check.facts].columns if c.name == name and c.label), None)
    if column is not None:
        return str(column.label)
    if name in book.codes:
        return book.codes[name].title.in_language(language())
    quantity = book.codes["quantity"].codes.get(name)
    if quantity is not None:
        return quantity.title.in_language(language())
    if check.value_label:
        return str(check.value_label)
    return book.value(check.table, check.limit).title.in_language(language()) if check.table else name


def _advice(book: Rulebook, check: Check, found: Any, alternatives: bool) -> Iterable[Alternative]:
    if found.outcome in (Outcome.COMPLIANT, Outcome.NO_RULE):
        return
    if found.outcome == Outcome.CANNOT_DECIDE and found.reason.startswith("missing:"):
        text = _("补录“%(name)s”后自动重判。") % {"name": input_label(book, check, found.reason.partition(":")[2])}
        yield Alternative(text, found.subject, found.subject_id)
        return
    if alternatives and check.alternatives is not None and found.subject_id:
        yield from check.alternatives(found.subject_id, {"bound": found.bound, "value": found.value, **found.inputs})
    if check.advice:
        yield Alternative(str(check.advice))
