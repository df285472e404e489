"""States of a round, and what was found of each card."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundState(models.TextChoices):
    OPEN = "open", _("盘点中")
    COUNTED = "counted", _("已停止清点，待处理")
    CLOSED = "closed", _("已办结")


class Found(models.TextChoices):
    PENDING = "pending", _("未盘")
    FOUND = "found", _("相符")
    MOVED = "moved", _("在别处")
    MISSING = "missing", _("盘亏")
    SURPLUS = "surplus", _("盘盈")
    FOREIGN = "foreign", _("不在本次范围")


class Settled(models.TextChoices):
    OPEN = "", _("待处理")
    ACCEPTED = "accepted", _("已按实登记")
    REGISTERED = "registered", _("已建卡入账")
    WRITTEN_OFF = "written_off", _("已批准核销")
    RECOVERED = "recovered", _("已找到")


class Cause(models.TextChoices):
    """What a difference is explained by; customary causes, not a list of an official text."""

    NOT_RECORDED = "not_recorded", _("移动后未登记")
    NOT_BOOKED = "not_booked", _("购入或受赠后未入账")
    LOST = "lost", _("遗失或被盗")
    SCRAPPED = "scrapped", _("已报废未销账")
    MISCOUNTED = "miscounted", _("清点差错")
    OTHER = "other", _("其他")
