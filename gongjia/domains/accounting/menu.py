"""The pages of the books in the left menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.nav import NavItem, declare_nav
from gongjia.domains.accounting.resources import POSTINGS, REPORTS
from gongjia.ledger.resources import ASSETS

declare_nav(NavItem("accounting.month", _("折旧"), "accounting:month", "handling", POSTINGS.view_permission, 60, "receipt"))
declare_nav(NavItem("accounting.as_of", _("时点查询"), "accounting:as_of", "ledgers", ASSETS.view_permission, 60, "history"))
declare_nav(NavItem("accounting.annual", _("资产年报"), "accounting:annual", "decisions", REPORTS.view_permission, 60, "report"))
