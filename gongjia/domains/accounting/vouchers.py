"""A month as a voucher: what ought to be charged, what stands, and the difference, by class and account subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.money import yuan
from gongjia.domains.accounting import rules
from gongjia.domains.accounting.charging import SAMPLES, Key, Plan, day_of, posted_lines
from gongjia.domains.accounting.choices import Reason
from gongjia.domains.accounting.closings import words
from gongjia.domains.accounting.models import PostingLine
from gongjia.domains.accounting.past import CLASS
from gongjia.domains.accounting.sheets import Sheet
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Unit
from gongjia.web.addresses import row_url


@dataclass
class Line:
    """One line: label, cards, what stands posted, what ought to be; in 分."""

    label: str
    subject: str
    cards: int = 0
    posted: int = 0
    due: int = 0
    url: str = ""

    @property
    def change(self) -> int:
        return self.due - self.posted

    @property
    def money(self) -> dict[str, Any]:
        return {"posted": yuan(self.posted), "due": yuan(self.due), "change": yuan(self.change)}


def category_labels() -> dict[int | None, str]:
    """Return code and name of every class."""
    found: dict[int | None, str] = {pk: f"{code} {name}" for pk, code, name in Category.objects.values_list("pk", "code", "name")}
    return {**found, None: _("未分类")}


def standing_cards(month: int, path: str) -> dict[Key, int]:
    """Return how many cards each line counted in its unit's last version."""
    rows = PostingLine.objects.filter(posting__month=day_of(month), posting__unit__path__startswith=path).order_by("posting__version")
    found = rows.values_list("posting__unit", "category", "account_subject", "cards")
    return {(unit, category, subject): cards for unit, category, subject, cards in found}


def both(month: int, path: str, plan: Plan | None) -> dict[Key, Line]:
    """Return every line of a month; without a plan, what stands is what is due."""
    posted, cards = posted_lines(month, path), standing_cards(month, path)
    found = {}
    for key in posted.keys() | (plan.lines.keys() if plan else set()):
        stands = posted[key].amount if key in posted else 0
        due = stands if plan is None else plan.lines[key].amount if key in plan.lines else 0
        count = cards.get(key, 0) if plan is None else plan.lines[key].cards if key in plan.lines else 0
        found[key] = Line("", key[2], count, stands, due)
    return found


def _merged(lines: Mapping[Key, Line], place: Any, label: Any, query: Any, month: int) -> list[Line]:
    """Add up lines under what `place` makes of their key."""
    found: dict[Any, Line] = {}
    for key, line in lines.items():
        whole = found.setdefault(place(key), Line(label(key), line.subject, url=charged_url(month, **query(key))))
        whole.cards += line.cards
        whole.posted += line.posted
        whole.due += line.due
    return sorted(found.values(), key=lambda line: (line.subject, line.label))


def charged_url(month: int, **more: Any) -> str:
    """Return the address of the cards that a posted figure counts."""
    return f"{reverse('accounting:charged')}?{urlencode({'month': words(month), **more})}"


def by_class(lines: Mapping[Key, Line], month: int) -> list[Line]:
    """Return the voucher's lines: account subject and second-level class."""
    codes = dict(Category.objects.values_list("pk", "code"))
    names = {
        code[:CLASS]: name for code, name in Category.objects.filter(level__lte=2).order_by("-level", "edition").values_list("code", "name")
    }

    def prefix(key: Key) -> str:
        return codes.get(key[1], "")[:CLASS] if key[1] else ""

    def label(key: Key) -> str:
        return f"{prefix(key)} {names.get(prefix(key), '')}".strip() or _("未分类")

    return _merged(lines, lambda key: (key[2], prefix(key)), label, lambda key: {"class": prefix(key) or "-", "subject": key[2]}, month)


def by_category(lines: Mapping[Key, Line], month: int) -> list[Line]:
    """Return one line a class and account subject, as it is posted."""
    labels = category_labels()
    return _merged(
        lines,
        lambda key: (key[2], key[1]),
        lambda key: labels.get(key[1], ""),
        lambda key: {"category": key[1] or 0, "subject": key[2]},
        month,
    )


def by_unit(lines: Mapping[Key, Line], month: int) -> list[Line]:
    """Return one line a unit."""
    names = dict(Unit.objects.filter(pk__in={key[0] for key in lines}).values_list("pk", "name"))
    return _merged(lines, lambda key: key[0], lambda key: names[key[0]], lambda key: {"unit": key[0]}, month)


def total(lines: list[Line]) -> Line:
    """Return the foot of a table."""
    return Line(_("合计"), "", sum(x.cards for x in lines), sum(x.posted for x in lines), sum(x.due for x in lines))


@dataclass(frozen=True)
class Why:
    """One reason with how many cards it concerns, what they cost, and some of them."""

    code: str
    label: str
    cards: int
    cost: Any
    undecided: bool
    samples: list[tuple[str, str]]


def reasons(plan: Plan) -> list[Why]:
    """Return why cards are charged or not; the undecided ones come first, with cards to look at."""
    found = [_why(plan, code, str(Reason(code).label), sum2.cards, sum2.amount) for code, sum2 in plan.reasons.items()]
    if plan.samples.get("uneven"):
        label = _("已提折旧与均摊额不符：有月份没有计提，或年限改过")
        found.append(_why(plan, "uneven", label, len(plan.samples["uneven"]), 0))
    return sorted(found, key=lambda why: (not why.undecided, why.code != rules.CHARGED, -why.cards))


def _why(plan: Plan, code: str, label: str, cards: int, cost: int) -> Why:
    ids = plan.samples.get(code, [])
    rows = Asset.objects.filter(pk__in=ids).order_by("pk").values_list("pk", "number", "name")
    samples = [(f"{number} {name}", row_url("ledger.asset", pk)) for pk, number, name in rows]
    return Why(code, label, cards, yuan(cost), code in rules.UNDECIDED or code == "uneven", samples)


def capped(cards: int) -> str:
    """Return a count that stops at the size of the samples."""
    return f"{cards}+" if cards >= SAMPLES else str(cards)


def terms(plan: Plan) -> list[dict[str, Any]]:
    """Return the rows of the standard that gave cards their term, with the clause."""
    counts: dict[Any, int] = {}
    for (_unit, term), cards in plan.terms.items():
        counts[term] = counts.get(term, 0) + cards
    return [{"words": term.words, "months": term.months, "citation": term.citation, "cards": cards} for term, cards in counts.items()]


def sheets(lines: list[Line], units: list[Line]) -> list[Sheet]:
    """Return the voucher as sheets: by class and subject, and by unit."""
    heads = [_("资产分类"), _("会计科目"), _("卡片"), _("已记账（元）"), _("应计提（元）"), _("差额（元）")]

    def rows(found: list[Line]) -> list[list[Any]]:
        return [[x.label, x.subject, x.cards, x.posted / 100, x.due / 100, x.change / 100] for x in [*found, total(found)]]

    return [(_("按分类"), heads, rows(lines)), (_("按单位"), [_("单位"), *heads[1:]], rows(units))]
