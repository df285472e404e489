"""Approvals in the menu, on the phone's bar, and in the bell."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.approvals.resources import REQUESTS, ROUTES
from gongjia.approvals.telling import unread
from gongjia.approvals.waiting import count
from gongjia.core.nav import Bell, NavItem, declare_bell, declare_nav

SEE = REQUESTS.view_permission

declare_nav(
    NavItem("approvals.waiting", _("待我审批"), "approvals:waiting", "handling", "approvals.sign", 1, "signature", count=count, phone=True)
)
declare_nav(NavItem("approvals.request", _("我的申请"), "approvals:mine", "handling", SEE, 2, "file-text"))
declare_nav(NavItem("approvals.route", _("审批流程"), "approvals:routes", "system", ROUTES.view_permission, 40, "route"))
declare_bell(Bell("approvals:notices", _("通知"), unread, SEE))
