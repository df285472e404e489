"""What may be read of budgets."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.costs.models import BudgetLine, BudgetUse

LINES = resource(
    Resource(
        key="costs.budgetline",
        icon="coin-yuan",
        model=BudgetLine,
        label=_("预算指标"),
        title="name",
        scope="unit",
        search=("code", "name", "project"),
        lookup=("code",),
        natural_key=("unit", "code"),
        create="costs.register_line",
        edit="costs.edit_line",
        actions=("costs.return_budget",),
        empty=_("这里放各单位的年度预算指标。可以导入预算批复表，购置申请提交时即从这里预留。"),
        columns=(
            Column("code", sort=True, link="costs.budgetline"),
            Column("name", sort=True),
            Column("unit", path="unit__name", label=_("单位"), filter=True),
            Column("year", sort=True, filter=True),
            Column("subject", filter=True),
            Column("project", shown=False),
            Column("amount", sort=True, filter=True),
            Column("used", sort=True, filter=True),
            Column("note", shown=False),
        ),
    )
)

USES = resource(
    Resource(
        key="costs.budgetuse",
        icon="receipt",
        model=BudgetUse,
        label=_("预算使用"),
        title="pk",
        scope="line__unit",
        lookup=(),
        live="",
        columns=(
            Column("line", path="line__code", label=_("指标编号"), link="costs.budgetuse"),
            Column("name", path="line__name", label=_("指标名称")),
            Column("unit", path="line__unit__name", label=_("单位"), filter=True),
            Column("amount", sort=True, filter=True),
            Column("request_key", label=_("申请编号")),
            Column("reference"),
            Column("at"),
            Column("note", shown=False),
        ),
    )
)
