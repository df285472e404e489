"""States of plans, orders and receipts."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFT = "draft", _("编制中")
    ADOPTED = "adopted", _("已批准")


class OrderState(models.TextChoices):
    ORDERED = "ordered", _("待验收")
    PARTLY = "partly", _("部分验收")
    RECEIVED = "received", _("已验收")
    CANCELLED = "cancelled", _("已取消")


class Inspection(models.TextChoices):
    PASSED = "passed", _("合格")
    PASSED_WITH_REMARKS = "remarks", _("合格，有说明")
