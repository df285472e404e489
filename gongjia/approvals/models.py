"""A request is a deferred action: its input as handed over, the route it takes, who signed what and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.approvals.choices import RequestState, RouteState, SeatKind, SeatState, SigningMode, StepState, Verb
from gongjia.core.periods import today


class Route(models.Model):
    """One way that requests of some actions take; its versions are BPMN files."""

    key = models.CharField(_("流程代码"), max_length=60, unique=True)
    name = models.CharField(_("流程名称"), max_length=120)
    actions = models.JSONField(_("适用动作"), default=list)
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, verbose_name=_("适用单位"), related_name="+")

    class Meta:
        verbose_name = _("审批流程")

    def __str__(self) -> str:
        return self.name


class RouteVersion(models.Model):
    """One BPMN file of a route; a running request keeps the version that it started with."""

    route = models.ForeignKey(Route, models.PROTECT, verbose_name=_("审批流程"), related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    digest = models.CharField("SHA-256", max_length=64)
    bpmn = models.TextField(_("流程文件"))
    state = models.CharField(_("状态"), max_length=10, choices=RouteState, default=RouteState.DRAFT)
    made_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("流程版本")
        constraints = [
            models.UniqueConstraint(fields=["route", "number"], name="route_version_once"),
            models.UniqueConstraint(fields=["route"], condition=Q(state="live"), name="route_live_once"),
        ]

    def __str__(self) -> str:
        return f"{self.route.name} v{self.number}"


class Request(models.Model):
    """申请: an action with its input, waiting for the signatures of its route."""

    key = models.CharField(_("申请编号"), max_length=40, unique=True)
    title = models.CharField(_("事项"), max_length=200)
    action = models.CharField(_("动作"), max_length=80)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("申请单位"), related_name="+", db_index=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("申请人"), related_name="+")
    reason = models.TextField(_("事由"), blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RequestState, default=RequestState.DRAFT)
    rows = models.JSONField(_("内容"), default=list)
    seen = models.JSONField(_("提交时的对象"), default=dict)
    answers = models.JSONField(_("对关口的答复"), default=dict)
    judgements = models.JSONField(_("关口结论"), default=dict)
    route_version = models.ForeignKey(RouteVersion, models.PROTECT, null=True, verbose_name=_("流程版本"), related_name="+")
    workflow = models.TextField(_("流程状态"), blank=True)
    wakes_at = models.DateTimeField(_("定时"), null=True)
    round = models.PositiveIntegerField(_("轮次"), default=0)
    made_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    made_on = models.DateField(_("建立日期"), default=today)
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    finished_at = models.DateTimeField(_("办结时间"), null=True)
    outcome = models.JSONField(_("执行结果"), default=dict)
    batch = models.ForeignKey("core.Batch", models.PROTECT, null=True, verbose_name=_("批次"), related_name="+")
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("申请")
        indexes = [
            models.Index(fields=["unit", "id"], name="request_unit"),
            models.Index(fields=["applicant", "state"], name="request_applicant"),
            models.Index(fields=["state", "id"], name="request_state"),
            models.Index(fields=["wakes_at"], name="request_wakes", condition=Q(wakes_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class Step(models.Model):
    """One work item of a request: a task of its route, in one round, with the seats that must sign."""

    request = models.ForeignKey(Request, models.PROTECT, verbose_name=_("申请"), related_name="steps")
    task = models.CharField(_("流程任务"), max_length=60)
    spec = models.CharField(_("节点"), max_length=80)
    item = models.CharField(_("分项"), max_length=60, blank=True)
    label = models.CharField(_("步骤"), max_length=120)
    round = models.PositiveIntegerField(_("轮次"), default=1)
    mode = models.CharField(_("签署方式"), max_length=6, choices=SigningMode, default=SigningMode.ANY)
    ratio = models.PositiveSmallIntegerField(_("同意比例（%）"), default=100)
    state = models.CharField(_("状态"), max_length=10, choices=StepState, default=StepState.OPEN)
    opened_at = models.DateTimeField(_("到达时间"), default=timezone.now)
    due_at = models.DateTimeField(_("办理期限"), null=True)
    escalated_at = models.DateTimeField(_("升级时间"), null=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True)

    class Meta:
        verbose_name = _("审批步骤")
        indexes = [
            models.Index(fields=["request", "state"], name="step_request"),
            models.Index(fields=["due_at"], name="step_due", condition=Q(state="open")),
        ]
        constraints = [models.UniqueConstraint(fields=["request", "task"], condition=Q(state="open"), name="step_open_once")]


class Seat(models.Model):
    """Who may or must sign a step; a co-signer sits before or after the others."""

    step = models.ForeignKey(Step, models.PROTECT, verbose_name=_("步骤"), related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("签署人"), related_name="+")
    kind = models.CharField(_("席位"), max_length=10, choices=SeatKind, default=SeatKind.ASSIGNED)
    state = models.CharField(_("状态"), max_length=10, choices=SeatState, default=SeatState.WAITING)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("加签人"), related_name="+")
    signed_at = models.DateTimeField(_("签署时间"), null=True)

    class Meta:
        verbose_name = _("席位")
        constraints = [models.UniqueConstraint(fields=["step", "user", "kind"], name="seat_once")]
        indexes = [models.Index(fields=["user"], name="seat_waiting", condition=Q(state="waiting"))]


class Decision(models.Model):
    """One act on a request: appended, never changed."""

    request = models.ForeignKey(Request, models.PROTECT, verbose_name=_("申请"), related_name="decisions")
    step = models.ForeignKey(Step, models.PROTECT, null=True, verbose_name=_("步骤"), related_name="decisions")
    verb = models.CharField(_("行为"), max_length=12, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("行为人"), related_name="+")
    on_behalf_of = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("代谁行使"), related_name="+")
    at = models.DateTimeField(_("时间"), default=timezone.now)
    round = models.PositiveIntegerField(_("轮次"), default=1)
    note = models.TextField(_("意见"), blank=True)
    data = models.JSONField(_("附带"), default=dict)

    class Meta:
        verbose_name = _("审批记录")
        ordering = ["id"]


class Delegation(models.Model):
    """A dated proxy: `proxy` may sign for `principal` between two days."""

    principal = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("委托人"), related_name="+")
    proxy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("受托人"), related_name="+")
    valid_from = models.DateField(_("自"))
    valid_to = models.DateField(_("至"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("收回时间"), null=True)

    class Meta:
        verbose_name = _("委托")
        constraints = [models.CheckConstraint(condition=Q(valid_to__gte=models.F("valid_from")), name="delegation_dates")]


class Reader(models.Model):
    """抄送: somebody who was given a request to read."""

    request = models.ForeignKey(Request, models.PROTECT, verbose_name=_("申请"), related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("抄送给"), related_name="+")
    at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("抄送")
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="reader_once")]


class Comment(models.Model):
    """A word said on a request, by anybody who may see it."""

    request = models.ForeignKey(Request, models.PROTECT, verbose_name=_("申请"), related_name="comments")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("发言人"), related_name="+")
    at = models.DateTimeField(_("时间"), default=timezone.now)
    text = models.TextField(_("内容"))

    class Meta:
        verbose_name = _("留言")
        ordering = ["id"]


class Notice(models.Model):
    """What one person is told of a request; mail and webhook go out by a job after the commit."""

    request = models.ForeignKey(Request, models.PROTECT, verbose_name=_("申请"), related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("收件人"), related_name="+", db_index=False)
    kind = models.CharField(_("种类"), max_length=20)
    made_at = models.DateTimeField(_("时间"), default=timezone.now)
    read_at = models.DateTimeField(_("阅读时间"), null=True)
    sent_at = models.DateTimeField(_("发出时间"), null=True)
    failure = models.CharField(_("未能发出的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("通知")
        indexes = [
            models.Index(fields=["user", "id"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["id"], name="notice_unsent", condition=Q(sent_at__isnull=True, failure="")),
        ]
