"""The closed lists of leasing: ways in and out in their order, grounds, kinds."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ProvisionWay(models.TextChoices):
    """How a unit gets space, in the order in which the ways must be tried."""

    REALLOCATE = "reallocate", _("调剂")
    EXCHANGE = "exchange", _("置换")
    LEASE = "lease", _("租用")
    BUILD = "build", _("建设")


class DisposalWay(models.TextChoices):
    """What becomes of idle space, in the order in which the ways are looked at."""

    REALLOCATE = "reallocate", _("调剂使用")
    CONVERT = "convert", _("转换用途")
    EXCHANGE = "exchange", _("置换")
    LET = "let", _("出租")
    AUCTION = "auction", _("拍卖")
    DEMOLISH = "demolish", _("拆除")


class IdleGround(models.TextChoices):
    """Why space is idle: any one of them is the condition for another use."""

    SURPLUS = "surplus", _("满足使用需要后仍有余量")
    UNSUITABLE = "unsuitable", _("位置或结构不适合办公")
    CLEARANCE = "clearance", _("列入规划拆迁")
    DANGEROUS = "dangerous", _("危房且无维修价值")
    RELAID = "relaid", _("布局调整后有余量")


class TermKind(models.TextChoices):
    NEW = "new", _("新租")
    RENEWAL = "renewal", _("续租")


class EndCause(models.TextChoices):
    EXPIRED = "expired", _("到期不续")
    MOVED = "moved", _("改用存量房源")
    EARLY = "early", _("提前解约")


class LettingKind(models.TextChoices):
    LEASE = "lease", _("出租")
    LEND = "lend", _("出借")


class LettingOrigin(models.TextChoices):
    MANAGER = "manager", _("机关事务管理部门统一出租出借")
    LEGACY = "legacy", _("使用单位原有，到期收回")


class IncomeKind(models.TextChoices):
    RENT = "rent", _("租金")
    PROCEEDS = "proceeds", _("处置收入")


def earlier(way: str, ways: type[models.TextChoices]) -> list[str]:
    """Return the ways that come before one, in their order."""
    return ways.values[: ways.values.index(way)]
