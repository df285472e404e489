"""What the books show on detail pages: the voucher of a posting, the depreciation of a card with its arithmetic."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.money import yuan
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.domains.accounting import rules
from gongjia.domains.accounting.charging import one_card
from gongjia.domains.accounting.choices import Reason
from gongjia.domains.accounting.closings import words
from gongjia.domains.accounting.drawing import drawn
from gongjia.domains.accounting.filing import read
from gongjia.domains.accounting.terms import Term
from gongjia.domains.accounting.vouchers import category_labels, charged_url
from gongjia.standards.citing import citation


def voucher(user: Any, key: str, posting: Any) -> dict[str, Any] | None:
    """The lines of one version, and which rows of the standard gave cards their term."""
    labels, month = category_labels(), rules.month_number(posting.month)
    lines = [
        (line, labels.get(line.category_id, ""), _cards_url(posting, line, month))
        for line in posting.lines.order_by("account_subject", "category__code")
    ]
    terms = [{**term, "term": Term(term["months"], term["version"], term["row"])} for term in posting.terms]
    return {"lines": lines, "posting": posting, "terms": terms, "month": words(month), "count": None}


def _cards_url(posting: Any, line: Any, month: int) -> str:
    return charged_url(month, within=posting.unit_id, unit=posting.unit_id, category=line.category_id or 0, subject=line.account_subject)


def depreciation(user: Any, key: str, card: Any) -> dict[str, Any] | None:
    """What the card is charged this month and why, and when it will be written down."""
    month = rules.month_number(today())
    read = one_card(card.pk, month)
    if read is None:
        return None
    asked, found = read.card, rules.charge(read.card, month)
    last = asked.start + asked.months - 1 if asked.start is not None and asked.months else None
    return {
        "reason": Reason(found.reason).label,
        "charged": found.reason == rules.CHARGED,
        "undecided": found.reason in rules.UNDECIDED,
        "amount": yuan(found.amount),
        "months": asked.months,
        "index": month - asked.start + 1 if asked.start is not None else None,
        "start": words(asked.start) if asked.start is not None else "",
        "last": words(last) if last is not None else "",
        "even": yuan(rules.half_up(asked.cost, asked.months)) if asked.months and asked.cost > 0 else None,
        "left": yuan(max(0, asked.cost - asked.before)),
        "uneven": found.uneven,
        "by_work": asked.method == "usage",
        "term": read.term.words if read.term else "",
        "citation": citation(read.term.version) if read.term else "",
        "count": None,
    }


def annual_report(user: Any, key: str, report: Any) -> dict[str, Any] | None:
    """The topics of a filed report, with its paper, its workbook and its checking."""
    return {"report": report, "made": drawn(read(report.content), report.pk), "count": None}


declare_panel(Panel("accounting.report", _("报表"), "accounting.filedreport", "accounting/panel_report.html", annual_report, order=10))
declare_panel(Panel("accounting.voucher", _("凭证"), "accounting.posting", "accounting/panel_voucher.html", voucher, order=10))
declare_panel(Panel("accounting.depreciation", _("折旧"), "ledger.asset", "accounting/panel_depreciation.html", depreciation, order=11))
