"""The closed lists of findings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    COMPLIANT = "compliant", _("合规")
    BREACH = "breach", _("超标")
    DOUBT = "doubt", _("疑点")
    CANNOT_DECIDE = "cannot_decide", _("无法判定")
    NO_RULE = "no_rule", _("不适用")


class FindingState(models.TextChoices):
    OPEN = "open", _("待整改")
    EXCUSED = "excused", _("例外")
    CURED = "cured", _("已消除")


class RectificationState(models.TextChoices):
    ASSIGNED = "assigned", _("已交办")
    DOING = "doing", _("整改中")
    DONE = "done", _("已整改")


class Group(models.TextChoices):
    """The kinds of checks, as the findings page sorts them."""

    OFFICES = "offices", _("办公用房")
    VEHICLES = "vehicles", _("公务用车")
    ASSETS = "assets", _("设备家具")
    CONTRADICTIONS = "contradictions", _("相互矛盾")


class Verification(models.TextChoices):
    VERIFIED = "verified", _("已核原文")
    REPOST = "repost", _("转载")
    SECONDARY = "secondary", _("二手资料，待核")
    MEMORY = "memory", _("待核")
    PARAMETER = "parameter", _("系统参数，不是条文")


class Standing(models.TextChoices):
    BINDING = "binding", _("适用")
    REFERENCE = "reference", _("参照")
