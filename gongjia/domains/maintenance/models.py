"""Repairs of buildings and rooms: daily tickets, preventive plans, yearly projects with their choice, property services."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField, FixedDecimalField, MoneyField
from gongjia.core.records import Record
from gongjia.domains.maintenance.choices import (
    Cause,
    CrewKind,
    Every,
    Mark,
    Opinion,
    ProjectState,
    Scale,
    SelectionState,
    Services,
    TicketState,
    Trade,
    Urgency,
)

UNIT, PLACE = "org.Unit", "org.Place"


class Crew(Record):
    """班组或承修单位: who does the work."""

    code = models.CharField(_("编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("管理单位"), db_index=False)
    kind = models.CharField(_("性质"), max_length=12, choices=CrewKind, default=CrewKind.OWN)
    head = models.ForeignKey("org.Person", models.PROTECT, null=True, blank=True, verbose_name=_("负责人"), related_name="+")
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    trades = models.CharField(_("擅长"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("维修队伍")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], condition=Q(closed_on__isnull=True), name="maint_crew_code_live")]

    def __str__(self) -> str:
        return self.name


class Plan(Record):
    """预防性维护: what comes round by the calendar, and when it is due next."""

    code = models.CharField(_("编号"), max_length=40)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), db_index=False)
    place = models.ForeignKey(PLACE, models.PROTECT, verbose_name=_("地点"), related_name="+")
    trade = models.CharField(_("类别"), max_length=12, choices=Trade)
    every = models.PositiveSmallIntegerField(_("周期"), choices=Every, default=Every.QUARTER)
    next_due = models.DateField(_("下次日期"))
    lead_days = models.PositiveSmallIntegerField(_("提前天数"), default=7)
    work = models.CharField(_("工作内容"), max_length=400)
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, verbose_name=_("维修队伍"), related_name="plans")

    class Meta:
        verbose_name = _("预防性维护计划")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], condition=Q(closed_on__isnull=True), name="maint_plan_code_live")]
        indexes = [models.Index(fields=["next_due"], name="maint_plan_due", condition=Q(closed_on__isnull=True))]

    def __str__(self) -> str:
        return self.name


class Ticket(Record):
    """维修工单: one defect from the report to the reporter's word."""

    number = models.CharField(_("工单号"), max_length=60, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    place = models.ForeignKey(PLACE, models.PROTECT, null=True, blank=True, verbose_name=_("地点"), related_name="tickets")
    asset = models.ForeignKey("ledger.Asset", models.PROTECT, null=True, blank=True, verbose_name=_("资产"), related_name="tickets")
    trade = models.CharField(_("类别"), max_length=12, choices=Trade)
    urgency = models.CharField(_("紧急程度"), max_length=12, choices=Urgency, default=Urgency.ORDINARY)
    fault = models.CharField(_("故障描述"), max_length=400)
    contact = models.CharField(_("联系方式"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=TicketState, default=TicketState.REPORTED)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("报修人"), related_name="+")
    reported_at = models.DateTimeField(_("报修时间"))
    due_at = models.DateTimeField(_("完成时限"))
    crew = models.ForeignKey(Crew, models.PROTECT, null=True, blank=True, verbose_name=_("维修队伍"), related_name="tickets")
    worker = models.ForeignKey("org.Person", models.PROTECT, null=True, blank=True, verbose_name=_("维修人员"), related_name="+")
    dispatched_at = models.DateTimeField(_("派单时间"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("接单时间"), null=True, blank=True)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    work = models.CharField(_("维修内容"), max_length=400, blank=True)
    hours = FixedDecimalField(_("工时（小时）"), places=1, null=True, blank=True)
    labour = MoneyField(_("人工费"), default=0)
    parts_cost = MoneyField(_("材料费"), default=0)
    rating = models.PositiveSmallIntegerField(_("评分"), null=True, blank=True)
    remark = models.CharField(_("评价"), max_length=400, blank=True)
    reopened = models.PositiveSmallIntegerField(_("返修次数"), default=0)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, blank=True, verbose_name=_("维护计划"), related_name="tickets")
    occasion = models.DateField(_("计划日期"), null=True, blank=True)
    client_key = models.CharField(_("终端编号"), max_length=40, blank=True, editable=False)

    class Meta:
        verbose_name = _("维修工单")
        constraints = [
            models.UniqueConstraint(fields=["plan", "occasion"], condition=Q(plan__isnull=False), name="maint_ticket_once_an_occasion"),
            models.UniqueConstraint(fields=["client_key"], condition=~Q(client_key=""), name="maint_ticket_sent_once"),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="maint_ticket_unit"),
            models.Index(fields=["state", "due_at"], name="maint_ticket_state_due"),
        ]

    def __str__(self) -> str:
        return self.number

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether the work was, or is, not done in time."""
        return (self.done_at or now) > self.due_at and self.state != TicketState.CANCELLED


class Part(Record):
    """One kind of material that a ticket used up."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, verbose_name=_("工单"), related_name="parts")
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    name = models.CharField(_("材料名称"), max_length=120)
    quantity = FixedDecimalField(_("数量"), places=2)
    unit_price = MoneyField(_("单价"))
    amount = MoneyField(_("金额"))

    class Meta:
        verbose_name = _("维修材料")
        indexes = [models.Index(fields=["unit", "id"], name="maint_part_unit")]

    def __str__(self) -> str:
        return self.name


class Project(Record):
    """大中修项目: from the application to the final account."""

    number = models.CharField(_("项目编号"), max_length=60, unique=True)
    name = models.CharField(_("项目名称"), max_length=160)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("申报单位"), related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(_("计划年度"))
    place = models.ForeignKey(PLACE, models.PROTECT, verbose_name=_("楼栋或房间"), related_name="repair_projects")
    building = models.ForeignKey(PLACE, models.PROTECT, verbose_name=_("楼栋"), related_name="+", editable=False)
    trade = models.CharField(_("部位"), max_length=12, choices=Trade)
    scale = models.CharField(_("维修级别"), max_length=8, choices=Scale)
    cause = models.CharField(_("事由"), max_length=12, choices=Cause)
    scope = models.CharField(_("维修内容"), max_length=800)
    area = AreaField(_("维修面积"), null=True, blank=True)
    extension_area = AreaField(_("增加面积"), default=0)
    original_area = AreaField(_("原建筑面积"), null=True, blank=True)
    estimate = MoneyField(_("估算金额"))
    damage = models.PositiveSmallIntegerField(_("损坏程度"), null=True, blank=True)
    safety = models.PositiveSmallIntegerField(_("安全风险"), null=True, blank=True)
    energy = FixedDecimalField(_("单位面积能耗"), places=1, unit="kWh/m²", null=True, blank=True)
    built_year = models.PositiveSmallIntegerField(_("建成年份"), null=True, blank=True)
    repaired_on = models.DateField(_("上次大修日期"), null=True, blank=True)
    obligatory = models.BooleanField(_("安全必办"), default=False)
    variant = models.CharField(_("备选方案组"), max_length=40, blank=True)
    needs = models.ForeignKey("self", models.PROTECT, null=True, blank=True, verbose_name=_("先行项目"), related_name="+")
    applied_on = models.DateField(_("申报日期"))
    deadline = models.DateField(_("申报截止日期"))
    late_reason = models.CharField(_("逾期申报理由"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=ProjectState, default=ProjectState.APPLIED)
    state_note = models.CharField(_("办理说明"), max_length=400, blank=True)
    newest_user_on = models.DateField(_("最近使用人入驻日期"), null=True, editable=False)
    user_months = models.PositiveIntegerField(_("使用人入驻月数"), null=True, editable=False)
    age_months = models.PositiveIntegerField(_("距建成或上次大修月数"), null=True, editable=False)
    fitting_percent = models.PositiveIntegerField(_("造价与同类中位数之比"), null=True, editable=False)
    split_sum = MoneyField(_("同部位合计"), default=0, editable=False)
    daily_sum = MoneyField(_("其中日常维修"), default=0, editable=False)
    line = models.ForeignKey(
        "costs.BudgetLine", models.PROTECT, null=True, blank=True, verbose_name=_("预算指标"), related_name="+", editable=False
    )
    approved = MoneyField(_("批准预算"), null=True, blank=True)
    request_key = models.CharField(_("批准申请编号"), max_length=60, blank=True, editable=False)
    contractor = models.CharField(_("施工单位"), max_length=120, blank=True)
    contract = models.CharField(_("合同编号"), max_length=80, blank=True)
    started_on = models.DateField(_("开工日期"), null=True, blank=True)
    built_on = models.DateField(_("竣工日期"), null=True, blank=True)
    final = MoneyField(_("决算金额"), null=True, blank=True)
    settled_on = models.DateField(_("决算日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("大中修项目")
        indexes = [
            models.Index(fields=["unit", "id"], name="maint_project_unit"),
            models.Index(fields=["building", "trade"], name="maint_project_part"),
            models.Index(fields=["year", "state"], name="maint_project_year"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def late(self) -> bool:
        """Say whether it was applied for after the deadline."""
        return self.applied_on > self.deadline


class Item(Record):
    """One line of a project's estimate."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("项目"), related_name="items")
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    name = models.CharField(_("分项名称"), max_length=160)
    trade = models.CharField(_("部位"), max_length=12, choices=Trade)
    amount = MoneyField(_("金额"))
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, blank=True, verbose_name=_("对应工单"), related_name="+")

    class Meta:
        verbose_name = _("估算分项")
        indexes = [models.Index(fields=["unit", "id"], name="maint_project_item_unit")]

    def __str__(self) -> str:
        return self.name


class Review(Record):
    """会审意见: what one member of the joint review says of a project."""

    project = models.ForeignKey(Project, models.PROTECT, verbose_name=_("项目"), related_name="reviews")
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("评审人"), related_name="+")
    opinion = models.CharField(_("意见"), max_length=8, choices=Opinion)
    damage = models.PositiveSmallIntegerField(_("损坏程度评分"))
    safety = models.PositiveSmallIntegerField(_("安全风险评分"))
    note = models.CharField(_("说明"), max_length=400, blank=True)
    reviewed_on = models.DateField(_("评审日期"))

    class Meta:
        verbose_name = _("会审意见")
        constraints = [
            models.UniqueConstraint(fields=["project", "reviewer"], condition=Q(closed_on__isnull=True), name="maint_review_once")
        ]
        indexes = [models.Index(fields=["unit", "id"], name="maint_review_unit")]

    def __str__(self) -> str:
        return f"{self.reviewed_on} {self.get_opinion_display()}"


class Selection(Record):
    """年度项目遴选: the projects that one budget line pays, as they were reckoned, and what people pinned."""

    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="+")
    year = models.PositiveSmallIntegerField(_("计划年度"))
    line = models.ForeignKey("costs.BudgetLine", models.PROTECT, verbose_name=_("预算指标"), related_name="+")
    budget = MoneyField(_("可用预算"))
    state = models.CharField(_("状态"), max_length=10, choices=SelectionState, default=SelectionState.PROPOSED)
    figures = models.JSONField(_("结果"), default=dict)
    made_at = models.DateTimeField(_("计算时间"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("计算人"), related_name="+")

    class Meta:
        verbose_name = _("年度项目遴选")

    def __str__(self) -> str:
        return str(self.year)


class Candidate(models.Model):
    """One project in a selection: its points and price then, whether it is in, and what a person said."""

    selection = models.ForeignKey(Selection, models.PROTECT, related_name="candidates")
    project = models.ForeignKey(Project, models.PROTECT, related_name="candidacies")
    points = models.PositiveIntegerField()
    price = MoneyField()
    mark = models.CharField(max_length=10, choices=Mark, default=Mark.FREE)
    chosen = models.BooleanField(default=False)
    ranked = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("遴选项目")
        constraints = [models.UniqueConstraint(fields=["selection", "project"], name="maint_candidate_once")]


class Contract(Record):
    """物业服务合同: who looks after which area for how much a year."""

    number = models.CharField(_("合同编号"), max_length=80)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), db_index=False)
    provider = models.CharField(_("物业企业"), max_length=120)
    services = models.CharField(_("服务内容"), max_length=12, choices=Services, default=Services.ALL)
    place = models.ForeignKey(PLACE, models.PROTECT, verbose_name=_("服务区域"), related_name="+")
    area = AreaField(_("服务面积"))
    yearly_price = MoneyField(_("年合同金额"))
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("终止日期"))
    note = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("物业服务合同")
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], condition=Q(closed_on__isnull=True), name="maint_contract_number_live"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="maint_contract_dates"),
            models.CheckConstraint(condition=Q(area__gt=0), name="maint_contract_area"),
        ]

    def __str__(self) -> str:
        return self.number
