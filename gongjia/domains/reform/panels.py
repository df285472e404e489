"""What reform shows on a plan: its steps, and the balance before and after."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.access import access
from gongjia.core.panel import Panel, declare_panel
from gongjia.core.resource import resources
from gongjia.domains.reform.choices import PlanState
from gongjia.domains.reform.estates import ESTATES, measured
from gongjia.domains.reform.models import Plan
from gongjia.domains.reform.resources import PLANS
from gongjia.domains.reform.services.carrying import steps_of, units_of

MEASURES = {
    "count": _("项"),
    "quantity": _("数量"),
    "cost": _("原值（元）"),
    "accumulated": _("累计折旧（元）"),
    "usable_area": _("使用面积（m²）"),
    "floor_area": _("建筑面积（m²）"),
    "posts": _("编制（名）"),
    "vehicles": _("车辆编制（辆）"),
    "amount": _("预算数（元）"),
    "used": _("已使用（元）"),
}


def steps(user: Any, key: str, plan: Plan) -> dict[str, Any]:
    """Return the steps of a plan, and whether the user may add to them."""
    may = plan.state == PlanState.DRAFT and access(user).can("reform.add_step", plan.unit_id)
    return {"plan": plan, "steps": steps_of(plan), "may_add": may}


def balance(user: Any, key: str, plan: Plan) -> dict[str, Any]:
    """Return what the plan's units hold: now for a draft, before and after for one that was carried out."""
    before = plan.before or measured(units_of(plan), plan.request_key)
    rows = [
        (_label(estate.resource, estate.unit), MEASURES[name], value, plan.after.get(estate.key, {}).get(name))
        for estate in ESTATES
        for name, value in before.get(estate.key, {}).items()
        if value.strip("0.") or plan.after.get(estate.key, {}).get(name, "0").strip("0.")
    ]
    return {"plan": plan, "rows": rows, "even": plan.before == plan.after, "done": bool(plan.after)}


def _label(resource: str, unit: str) -> str:
    label = str(resources[resource].label)
    return _now("%(label)s（出借方）") % {"label": label} if unit == "owner" else label


declare_panel(Panel("reform.steps", _("步骤"), PLANS.key, "reform/panel_steps.html", steps, 10))
declare_panel(Panel("reform.balance", _("前后平衡"), PLANS.key, "reform/panel_balance.html", balance, 20))
