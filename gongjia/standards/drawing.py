"""A verdict as its panel draws it: tags with colours, the bar in numbers, links only to what the reader may open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.check import checks
from gongjia.standards.choices import Outcome, Standing
from gongjia.standards.explaining import Explanation, code_title, explain, language
from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.forms import Form
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.showing import cell
from gongjia.web.references import openable
from gongjia.web.shapes import Fact, Link, Step, Tone

TONES: dict[str, Tone] = {
    Outcome.BREACH: "breach",
    Outcome.DOUBT: "doubt",
    Outcome.CANNOT_DECIDE: "doubt",
    Outcome.COMPLIANT: "order",
    Outcome.NO_RULE: "plain",
}


@dataclass(frozen=True)
class Gauge:
    """Limit and actual in per cent of the bar's width; what lies between them is over (or short)."""

    limit: float
    actual: float
    limit_words: str
    actual_words: str
    broken: Tone = ""

    @property
    def start(self) -> float:
        return min(self.limit, self.actual)

    @property
    def width(self) -> float:
        return round(abs(self.limit - self.actual), 2)


@dataclass(frozen=True)
class Quote:
    """The clause as printed: of whom, in which words, what it allows, where it stands and how well that is known."""

    words: str
    allows: str
    document: str
    since: str
    marks: Sequence[tuple[str, Tone]]
    note: str
    url: str


@dataclass(frozen=True)
class Verdict:
    """Everything that `standards/verdict.html` draws."""

    e: Explanation
    tone: Tone
    grounds_tone: Tone
    gauge: Gauge | None
    quote: Quote | None
    evidence: Sequence[Fact]
    steps: Sequence[Step]
    acts: Sequence[Link]
    ends: str
    url: str = ""


def tone_of(found: Any) -> Tone:
    """The colour of an outcome; what is excused is plain."""
    return "plain" if getattr(found, "excuse", None) is not None else TONES.get(found.outcome, "plain")


def draw(found: Any, user: Any, acts: Sequence[Link] = (), *, url: str = "", alternatives: bool = True) -> Verdict:
    """Return the panel of a finding or an answer, in the active language."""
    e, tone = explain(found, alternatives=alternatives), tone_of(found)
    pairs = [(line.resource, line.pk) for line in e.evidence] + [(step.resource, step.pk) for step in e.advice]
    open_to = openable(user, pairs)
    return Verdict(
        e=e,
        tone=tone,
        grounds_tone="info" if e.grounds else "doubt" if found.outcome in (Outcome.BREACH, Outcome.DOUBT) else "plain",
        gauge=_gauge(found, e, tone),
        quote=_quote(load(), found, e),
        evidence=[Fact(line.label, line.text, url=open_to.get((line.resource, line.pk), "")) for line in e.evidence],
        steps=[Step(step.text, open_to.get((step.resource, step.pk), "")) for step in e.advice],
        acts=acts,
        ends=_ends(found, e),
        url=url,
    )


def _gauge(found: Any, e: Explanation, tone: Tone) -> Gauge | None:
    if e.bar is None or max(e.bar) <= 0:
        return None
    limit, actual = e.bar
    top = max(limit, actual) * 1.19
    broken = tone if found.outcome in (Outcome.BREACH, Outcome.DOUBT) else ""
    words = _("上限 %(n)s") if not _at_least(found) else _("下限 %(n)s")
    return Gauge(
        round(limit / top * 100, 2), round(actual / top * 100, 2), words % {"n": e.bound}, _("实际 %(n)s") % {"n": e.value}, broken
    )


def _at_least(found: Any) -> bool:
    check = checks[found.check_key]
    compare = load().value(check.table, check.limit).compare if check.table else check.compare
    return compare != "at_most"


def _quote(book: Rulebook, found: Any, e: Explanation) -> Quote | None:
    clause = e.clause
    if clause is None:
        return None
    row = book.row(clause.version, clause.row) if clause.row else None
    check = checks[found.check_key]
    tiers = _("、").join(code_title(book, "tier", code) for code in row.cells.get("tier", ())) if row else ""
    value = row.values.get(check.limit) if row else None
    allows = ""
    if isinstance(value, Form) and value.has_number:
        unit = book.value(check.table, check.limit).unit.in_language(language())
        allows = f"{cell(book, value, language())} {unit}".strip()
    words = " · ".join(part for part in (tiers, clause.words) if part)
    marks: list[tuple[str, Tone]] = [(clause.verification_label, "order" if clause.verification in ("verified", "repost") else "doubt")]
    if clause.standing_label:
        marks.append((clause.standing_label, "info" if found.standing == Standing.BINDING else "doubt"))
    document = f"{clause.document} {clause.number}".strip()
    url = reverse("standards:table", args=[clause.table]) + f"?version={clause.version}#row-{clause.row}"
    return Quote(words, allows, document, _since(clause), marks, clause.note, url)


def _since(clause: Any) -> str:
    """Clause number and date of the version; an unseen number says so."""
    number = clause.clause if clause.clause_seen or not clause.clause else _("%(clause)s（条号待核）") % {"clause": clause.clause}
    until = _("%(a)s 至 %(b)s") % {"a": clause.start, "b": clause.end} if clause.end else _("%(date)s 起") % {"date": clause.start}
    return " · ".join(part for part in (number, until, clause.jurisdiction) if part)


def _ends(found: Any, e: Explanation) -> str:
    parts = [e.clause.version] if e.clause else []
    parts.append(_("核查 %(day)s") % {"day": e.judged_on.isoformat()})
    if e.record:
        parts.append(_("记录号 %(record)s") % {"record": e.record})
    return " · ".join([*parts, _("可复算")])
