"""States and words of a request, a step, a seat and a decision."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RouteState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    LIVE = "live", _("启用")
    RETIRED = "retired", _("停用")


class RequestState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    RUNNING = "running", _("审批中")
    RETURNED = "returned", _("退回修改")
    GRANTED = "granted", _("已批准，待执行")
    STUCK = "stuck", _("已批准，执行受阻")
    DONE = "done", _("已办结")
    REFUSED = "refused", _("未批准")
    WITHDRAWN = "withdrawn", _("已撤回")
    VOID = "void", _("已作废")


OPEN_STATES = (RequestState.RUNNING, RequestState.RETURNED, RequestState.GRANTED, RequestState.STUCK)
"""States in which a request holds its reservations."""


class StepState(models.TextChoices):
    OPEN = "open", _("待办")
    DONE = "done", _("已办")
    SKIPPED = "skipped", _("已跳过")
    CANCELLED = "cancelled", _("已取消")


class SigningMode(models.TextChoices):
    ALL = "all", _("会签：全部同意")
    ANY = "any", _("或签：一人同意")
    RATIO = "ratio", _("会签：达到比例")


class SeatKind(models.TextChoices):
    ASSIGNED = "assigned", _("应签")
    BEFORE = "before", _("前加签")
    AFTER = "after", _("后加签")


class SeatState(models.TextChoices):
    WAITING = "waiting", _("等待")
    SIGNED = "signed", _("已签")
    REFUSED = "refused", _("不同意")
    SKIPPED = "skipped", _("已跳过")


class Verb(models.TextChoices):
    SUBMIT = "submit", _("提交")
    APPROVE = "approve", _("同意")
    REFUSE = "refuse", _("不同意")
    RETURN = "return", pgettext_lazy("approval", "退回")
    WITHDRAW = "withdraw", _("撤回")
    ADD_SIGNER = "add_signer", _("加签")
    REMIND = "remind", _("催办")
    COPY = "copy", _("抄送")
    VOID = "void", _("作废")
    SKIP = "skip", _("自动跳过")
    ESCALATE = "escalate", _("逾期升级")
    CARRY_OUT = "carry_out", _("执行")
    STUCK = "stuck", _("执行受阻")
