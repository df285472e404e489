"""The closed lists of the use of office space."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """Why a room comes back; the codes are those of the rulebook's table of terms."""

    LEFT = "left", _("调离或退休")
    CONCURRENT = "concurrent_post_ended", _("免去兼任职务")


class HandBackState(models.TextChoices):
    OPEN = "open", _("待腾退")
    DONE = "done", _("已腾退")
    DROPPED = "dropped", _("不再需要")


class Condition(models.TextChoices):
    INTACT = "intact", _("完好")
    MINOR = "minor", _("有小损坏")
    REPAIR = "repair", _("需要维修")


class CertificateState(models.TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已收回")


class Ground(models.TextChoices):
    """Why a room cannot be made smaller for now: grounds in its structure, never in its user."""

    BEARING_WALL = "bearing_wall", _("承重墙，不能分隔")
    DAYLIGHT = "daylight", _("分隔后没有采光或通风")
    HERITAGE = "heritage", _("文物或历史建筑，不得改动")
    SERVICES = "services", _("管线、消防分区所限")
    OTHER = "other", _("其他结构原因")


class ReviewResult(models.TextChoices):
    STANDS = "stands", _("结构原因仍在")
    GONE = "gone", _("可以整改，例外终止")


class FilingState(models.TextChoices):
    SUBMITTED = "submitted", _("已报送")
    RECEIVED = "received", _("已备案")
    RETURNED = "returned", _("退回补正")


class InspectionState(models.TextChoices):
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已办结")


class Seen(models.TextChoices):
    PENDING = "pending", _("未查")
    GOOD = "good", _("正常")
    ISSUE = "issue", _("有问题")


class IssueKind(models.TextChoices):
    OTHER_USER = "other_user", _("使用人与登记不符")
    OTHER_USE = "other_use", _("擅自改变用途")
    LET_OUT = "let_out", _("出租出借")
    OVER_FITTED = "over_fitted", _("超标准装修或配置")
    IDLE = "idle", _("长期闲置")
    DAMAGE = "damage", _("损坏或安全隐患")
    OTHER = "other", _("其他")


class IssueState(models.TextChoices):
    OPEN = "open", _("待整改")
    MENDED = "mended", _("已整改，待复查")
    CLOSED = "closed", _("复查通过")
