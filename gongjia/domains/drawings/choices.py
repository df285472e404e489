"""The closed lists of drawings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DrawingState(models.TextChoices):
    WAITING = "waiting", _("待读取")
    READ = "read", _("已读取")
    FAILED = "failed", _("读不出")


class PlanState(models.TextChoices):
    """Where a version of a floor stands: one of a floor is current, and those before it are kept."""

    DRAFT = "draft", _("草稿")
    CURRENT = "current", _("现行")
    FORMER = "former", _("历史")


class Linked(models.TextChoices):
    """How a shape came to its room of the ledger."""

    NUMBER = "number", _("按编号")
    HAND = "hand", _("人工")
    COMMON = "common", _("公共部位")
    NONE = "none", _("未对应")
