"""The code tables of the asset card; the lists are customary, their wording is not verified against an official text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Acquisition(models.TextChoices):
    PURCHASE = "purchase", _("购置")
    TRANSFER = "transfer", _("调拨")
    DONATION = "donation", _("接受捐赠")
    EXCHANGE = "exchange", _("置换")
    CONSTRUCTION = "construction", _("自建")
    DEVELOPMENT = "development", _("自行研制")
    SURPLUS = "surplus", _("盘盈")
    FINANCE_LEASE = "finance_lease", _("融资租赁")
    OTHER = "other", _("其他")


class ValueType(models.TextChoices):
    COST = "cost", _("原值")
    PROVISIONAL = "provisional", _("暂估值")
    REPLACEMENT = "replacement", _("重置值")
    APPRAISED = "appraised", _("评估值")
    NOMINAL = "nominal", _("名义金额")


class Booking(models.TextChoices):
    BOOKED = "booked", _("已入账")
    UNBOOKED = "unbooked", _("未入账")


class AssetStatus(models.TextChoices):
    IN_USE = "in_use", _("在用")
    LEASED_OUT = "leased_out", _("出租")
    LENT = "lent", _("出借")
    IDLE = "idle", _("闲置")
    TO_DISPOSE = "to_dispose", _("待处置")
    DISPOSED = "disposed", _("已处置")


class DepreciationMethod(models.TextChoices):
    STRAIGHT = "straight", _("年限平均法")
    USAGE = "usage", _("工作量法")
    NONE = "none", _("不计提")


class Disposal(models.TextChoices):
    TRANSFER = "transfer", _("无偿划转")
    DONATION = "donation", _("对外捐赠")
    SALE = "sale", _("转让")
    EXCHANGE = "exchange", _("置换")
    SCRAP = "scrap", _("报废")
    LOSS = "loss", _("损失核销")


class DisposalReason(models.TextChoices):
    """The grounds of 国务院令第738号第二十一条, (一) in its two halves, and those of disposing of what can still be used."""

    OBSOLETE = "obsolete", _("技术原因确需淘汰")
    BEYOND_REPAIR = "beyond_repair", _("无法维修或无维修价值")
    LOSS = "loss", _("盘亏、非正常损失")
    WORN_OUT = "worn_out", _("已超过使用年限且无法满足需要")
    FORCE_MAJEURE = "force_majeure", _("不可抗力毁损、灭失")
    SURPLUS = "surplus", _("闲置或超标准配置")
    REFORM = "reform", _("机构变动")
    OTHER = "other", _("其他")


class EntryKind(models.TextChoices):
    REGISTER = "register", _("登记")
    TRANSFER = "transfer", _("调拨")
    MOVE = "move", _("移位")
    HAND_OVER = "hand_over", _("交接")
    STATUS = "status", _("状态变更")
    RECLASSIFY = "reclassify", _("重分类")
    REVALUE = "revalue", _("价值调整")
    DEPRECIATE = "depreciate", _("折旧")
    LEND = "lend", _("出借")
    RETURN = "return", _("归还")
    COUNT = "count", _("盘点")
    SPLIT = "split", _("拆分")
    DISPOSE = "dispose", _("处置")
    REVERSE = "reverse", _("冲销")
