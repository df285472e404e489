"""What may be read of reform plans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.reform.models import Plan, PlanStep

PLANS = resource(
    Resource(
        key="reform.plan",
        icon="hierarchy-2",
        model=Plan,
        label=_("机构改革方案"),
        title="title",
        scope="unit",
        search=("number", "title", "document"),
        lookup=("number",),
        create="reform.draft_plan",
        edit="reform.edit_plan",
        actions=("reform.carry_out_plan", "reform.sign_plan", "reform.reverse_plan"),
        group="handling",
        empty=_("单位合并、划出、更名、撤销时，在这里编一个方案：资产、人员、任职、房间、车辆、预算、在途申请和借用一次划转，前后平衡。"),
        columns=(
            Column("number", sort=True, link="reform.plan"),
            Column("title"),
            Column("unit", path="unit__name", label=_("主管单位"), filter=True),
            Column("document"),
            Column("effective_on", sort=True, filter=True),
            Column("state", filter=True),
            Column("signed_on", shown=False),
            Column("signed_by", shown=False),
            Column("request_key", shown=False),
        ),
    )
)

STEPS = resource(
    Resource(
        key="reform.planstep",
        icon="list-details",
        model=PlanStep,
        label=_("方案步骤"),
        title="verb",
        scope="plan__unit",
        lookup=(),
        create="reform.add_step",
        actions=("reform.remove_step",),
        group="handling",
        columns=(
            Column("plan", path="plan__number", label=_("方案编号"), filter=True),
            Column("order", sort=True),
            Column("verb", filter=True, link="reform.planstep"),
            Column("unit", path="unit__name", label=_("单位")),
            Column("target", path="target__name"),
            Column("place", path="place__name"),
            Column("new_name"),
        ),
    )
)
