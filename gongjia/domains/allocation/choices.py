"""The closed lists of room plans."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    PROPOSED = "proposed", _("待采纳")
    ACCEPTED = "accepted", _("已采纳")
    DROPPED = "dropped", _("已放弃")


class MarkKind(models.TextChoices):
    PINNED = "pinned", _("固定")
    FORBIDDEN = "forbidden", _("禁止")


class Reason(models.TextChoices):
    """Why somebody moves: the codes of `solver.reasons`, in words."""

    PINNED = "pinned", _("按人工固定")
    NO_ROOM = "no_room", _("现在没有房间")
    LEASE = "lease", _("腾出租来的房间")
    OVER = "over", _("现在的房间超标准")
    CROWDED = "crowded", _("现在的房间坐不下")
    ZONE = "zone", _("保密区要分开")
    TOGETHER = "together", _("和本单位的人坐到一起")
    NEEDED = "needed", _("原房间给别人用更合适")
    EMPTIED = "emptied", _("腾空整间，少占房间")
    WHOLE = "whole", _("为整体方案让位")
