"""What may be read of repairs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.maintenance.models import Contract, Crew, Item, Part, Plan, Project, Review, Selection, Ticket

UNIT = Column("unit", path="unit__name", label=_("单位"), filter=True)
WHERE, WORK, VERDICT = _("报修"), _("维修"), _("确认")
WHAT, GROUNDS, MONEY = _("项目"), _("依据"), _("预算与决算")

CREWS = resource(
    Resource(
        key="maintenance.crew",
        icon="users-group",
        model=Crew,
        label=_("维修队伍"),
        title="name",
        scope="unit",
        search=("code", "name"),
        lookup=("code", "name"),
        natural_key=("unit", "code"),
        create="maintenance.register_crew",
        edit="maintenance.edit_crew",
        empty=_("这里放自有班组和承修单位，派单时从中选。"),
        columns=(
            Column("code", sort=True, link="maintenance.crew"),
            Column("name", sort=True),
            UNIT,
            Column("kind", filter=True),
            Column("head", path="head__name", label=_("负责人")),
            Column("contact", sensitive=True),
            Column("trades"),
        ),
    )
)

PLANS = resource(
    Resource(
        key="maintenance.plan",
        icon="calendar-event",
        model=Plan,
        label=_("预防性维护计划"),
        title="name",
        scope="unit",
        search=("code", "name", "place__name"),
        lookup=("code",),
        natural_key=("unit", "code"),
        create="maintenance.register_plan",
        edit="maintenance.edit_plan",
        actions=("maintenance.issue_tickets", "maintenance.close_plan"),
        empty=_("这里放按月、按季、按年重复的维护工作；到期前自动生成工单。"),
        columns=(
            Column("code", sort=True, link="maintenance.plan"),
            Column("name", sort=True),
            UNIT,
            Column("place", path="place__name", label=_("地点")),
            Column("trade", filter=True),
            Column("every"),
            Column("next_due", sort=True, filter=True),
            Column("lead_days", shown=False),
            Column("crew", path="crew__name", label=_("维修队伍")),
            Column("work", shown=False),
        ),
    )
)

TICKETS = resource(
    Resource(
        key="maintenance.ticket",
        icon="tools",
        model=Ticket,
        label=_("维修工单"),
        title="number",
        scope="unit",
        search=("number", "fault", "place__name", "place__code", "asset__number"),
        lookup=("number",),
        create="maintenance.report_fault",
        actions=(
            "maintenance.dispatch_ticket",
            "maintenance.accept_ticket",
            "maintenance.finish_ticket",
            "maintenance.confirm_ticket",
            "maintenance.reopen_ticket",
            "maintenance.cancel_ticket",
        ),
        bulk_actions=("maintenance.dispatch_ticket", "maintenance.cancel_ticket"),
        group="handling",
        empty=_("这里放日常维修的工单。用手机扫门牌或资产标签就能报修。"),
        columns=(
            Column("number", sort=True, link="maintenance.ticket", group=WHERE),
            Column("state", filter=True, group=WHERE),
            Column("fault", group=WHERE),
            Column("trade", filter=True, group=WHERE),
            Column("urgency", filter=True, group=WHERE),
            UNIT,
            Column("place", path="place__name", label=_("地点"), group=WHERE),
            Column("asset", path="asset__number", label=_("资产编号"), group=WHERE, shown=False),
            Column("reporter", path="reporter__name", label=_("报修人"), group=WHERE, shown=False),
            Column("contact", group=WHERE, shown=False, sensitive=True),
            Column("reported_at", sort=True, filter=True, group=WHERE),
            Column("due_at", sort=True, filter=True, group=WHERE),
            Column("plan", path="plan__name", label=_("维护计划"), group=WHERE, shown=False),
            Column("crew", path="crew__name", label=_("维修队伍"), group=WORK),
            Column("worker", path="worker__name", label=_("维修人员"), group=WORK, shown=False),
            Column("done_at", sort=True, filter=True, group=WORK),
            Column("work", group=WORK, shown=False),
            Column("hours", group=WORK, shown=False),
            Column("labour", group=WORK, shown=False),
            Column("parts_cost", group=WORK, shown=False),
            Column("rating", filter=True, sort=True, group=VERDICT),
            Column("remark", group=VERDICT, shown=False),
            Column("reopened", group=VERDICT, shown=False),
        ),
    )
)

PARTS = resource(
    Resource(
        key="maintenance.part",
        icon="package",
        model=Part,
        label=_("维修材料"),
        title="name",
        scope="unit",
        lookup=(),
        group="",
        create="maintenance.record_part",
        columns=(
            Column("ticket", path="ticket__number", label=_("工单号"), link="maintenance.part"),
            Column("name"),
            UNIT,
            Column("quantity"),
            Column("unit_price"),
            Column("amount", sort=True, filter=True),
        ),
    )
)

PROJECTS = resource(
    Resource(
        key="maintenance.project",
        icon="building-community",
        model=Project,
        label=_("大中修项目"),
        title="name",
        scope="unit",
        search=("number", "name", "place__name"),
        lookup=("number",),
        create="maintenance.apply_project",
        edit="maintenance.edit_project",
        actions=(
            "maintenance.check_project",
            "maintenance.return_project",
            "maintenance.review_project",
            "maintenance.conclude_review",
            "maintenance.refuse_project",
            "maintenance.approve_project",
            "maintenance.start_project",
            "maintenance.complete_project",
            "maintenance.settle_project",
        ),
        group="handling",
        empty=_("这里放大中修项目，从申报、初审、会审、排序到预算、实施、决算。未经审批不得安排预算、不得实施。"),
        columns=(
            Column("number", sort=True, link="maintenance.project", group=WHAT),
            Column("name", sort=True, group=WHAT),
            UNIT,
            Column("year", sort=True, filter=True, group=WHAT),
            Column("state", filter=True, group=WHAT),
            Column("place", path="place__name", label=_("楼栋或房间"), group=WHAT),
            Column("trade", filter=True, group=WHAT),
            Column("scale", filter=True, group=WHAT),
            Column("cause", filter=True, group=GROUNDS, shown=False),
            Column("scope", group=WHAT, shown=False),
            Column("area", group=GROUNDS, shown=False),
            Column("extension_area", group=GROUNDS, shown=False),
            Column("original_area", group=GROUNDS, shown=False),
            Column("damage", group=GROUNDS, shown=False),
            Column("safety", group=GROUNDS, shown=False),
            Column("energy", group=GROUNDS, shown=False),
            Column("built_year", group=GROUNDS, shown=False),
            Column("repaired_on", group=GROUNDS, shown=False),
            Column("obligatory", filter=True, group=GROUNDS, shown=False),
            Column("variant", group=GROUNDS, shown=False),
            Column("needs", path="needs__number", label=_("先行项目"), group=GROUNDS, shown=False),
            Column("applied_on", sort=True, filter=True, group=GROUNDS),
            Column("deadline", group=GROUNDS, shown=False),
            Column("late_reason", group=GROUNDS, shown=False),
            Column("state_note", group=GROUNDS, shown=False),
            Column("estimate", sort=True, filter=True, group=MONEY),
            Column("approved", sort=True, group=MONEY),
            Column("contractor", group=MONEY, shown=False),
            Column("contract", group=MONEY, shown=False),
            Column("started_on", group=MONEY, shown=False),
            Column("built_on", group=MONEY, shown=False),
            Column("final", sort=True, group=MONEY),
            Column("settled_on", group=MONEY, shown=False),
        ),
    )
)

ITEMS = resource(
    Resource(
        key="maintenance.item",
        icon="list-details",
        model=Item,
        label=_("估算分项"),
        title="name",
        scope="unit",
        lookup=(),
        group="",
        create="maintenance.add_item",
        columns=(
            Column("project", path="project__number", label=_("项目编号"), link="maintenance.item"),
            Column("name"),
            UNIT,
            Column("trade", filter=True),
            Column("amount", sort=True, filter=True),
            Column("ticket", path="ticket__number", label=_("对应工单")),
        ),
    )
)

REVIEWS = resource(
    Resource(
        key="maintenance.review",
        icon="message",
        model=Review,
        label=_("会审意见"),
        title="pk",
        scope="unit",
        lookup=(),
        group="",
        columns=(
            Column("project", path="project__number", label=_("项目编号"), link="maintenance.review"),
            UNIT,
            Column("reviewer", path="reviewer__name", label=_("评审人")),
            Column("opinion", filter=True),
            Column("damage"),
            Column("safety"),
            Column("note"),
            Column("reviewed_on", sort=True, filter=True),
        ),
    )
)

SELECTIONS = resource(
    Resource(
        key="maintenance.selection",
        icon="scale",
        model=Selection,
        label=_("年度项目遴选"),
        title="year",
        scope="unit",
        lookup=(),
        group="",
        columns=(
            Column("year", sort=True, filter=True, link="maintenance.selection"),
            UNIT,
            Column("line", path="line__name", label=_("预算指标")),
            Column("budget"),
            Column("state", filter=True),
            Column("made_at", sort=True),
            Column("made_by", path="made_by__name", label=_("计算人")),
        ),
    )
)

CONTRACTS = resource(
    Resource(
        key="maintenance.contract",
        icon="file-text",
        model=Contract,
        label=_("物业服务合同"),
        title="number",
        scope="unit",
        search=("number", "provider", "place__name"),
        lookup=("number",),
        natural_key=("unit", "number"),
        create="maintenance.register_contract",
        edit="maintenance.edit_contract",
        actions=("maintenance.close_contract",),
        empty=_("这里放物业服务合同：服务哪些面积、一年多少钱。单价与服务情况、同类单位的对比在“物业费对比”。"),
        columns=(
            Column("number", sort=True, link="maintenance.contract"),
            Column("provider", sort=True),
            UNIT,
            Column("services", filter=True),
            Column("place", path="place__name", label=_("服务区域")),
            Column("area", sort=True),
            Column("yearly_price", sort=True),
            Column("starts_on", sort=True, filter=True),
            Column("ends_on", sort=True, filter=True),
            Column("note", shown=False),
        ),
    )
)
