"""The closed lists of the warehouse; the reasons for taking in are those that the rules name, grades are the product's own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ItemState(models.TextChoices):
    REGISTERED = "registered", _("待盘活")
    ACCEPTED = "accepted", _("待鉴定")
    APPRAISED = "appraised", _("待入仓")
    STORED = "stored", _("在仓")
    PUBLISHED = "published", _("已发布")
    LENT = "lent", _("借出")
    OUT = "out", _("已出仓")


WAITING = (ItemState.REGISTERED, ItemState.ACCEPTED, ItemState.APPRAISED)
IN_STOCK = (ItemState.STORED, ItemState.PUBLISHED, ItemState.LENT)


class Source(models.TextChoices):
    """Why an asset comes to the warehouse."""

    IDLE = "idle", _("闲置")
    UNDERUSED = "underused", _("低效运转")
    OVER_STANDARD = "over_standard", _("超标准配置")
    TEMPORARY = "temporary", _("临时机构")
    EVENT = "event", _("大型会议活动")
    REFORM = "reform", _("机构改革或办公用房腾退")
    OVER_AGE = "over_age", _("达年限仍可用")
    DONATED = "donated", _("接受捐赠")
    DISSOLVED = "dissolved", _("单位撤并清算")
    CONFISCATED = "confiscated", _("罚没（须按国家规定）")
    OTHER = "other", _("其他")


class Storage(models.TextChoices):
    PHYSICAL = "physical", _("实体仓")
    VIRTUAL = "virtual", _("虚拟仓（实物留原单位）")


class Grade(models.TextChoices):
    """Condition as appraised; the letters sort from best to worst."""

    NEW = "a", _("全新")
    GOOD = "b", _("良好")
    FAIR = "c", _("可用")
    REPAIR = "d", _("需维修")
    SPENT = "e", _("无使用价值")


USABLE = (Grade.NEW, Grade.GOOD, Grade.FAIR)


class Terms(models.TextChoices):
    """What may be done with a published item."""

    BOTH = "both", _("可借用，可调剂")
    LEND = "lend", _("只借用")
    KEEP = "keep", _("只调剂")


class Damage(models.TextChoices):
    NONE = "none", _("完好")
    WORN = "worn", _("正常损耗")
    DAMAGED = "damaged", _("损坏")
    LOST = "lost", _("丢失")


class PassageKind(models.TextChoices):
    IN = "in", _("入仓")
    LEND = "lend", _("借出")
    RETURN = "return", _("归还")
    REALLOCATE = "reallocate", _("调剂出仓")
    DISPOSE = "dispose", _("处置出仓")
    WITHDRAW = "withdraw", _("撤回")


LEFT = (PassageKind.LEND, PassageKind.REALLOCATE, PassageKind.DISPOSE)
"""What 出仓 counts: loans, reallocations and disposals."""


class OccasionKind(models.TextChoices):
    BODY = "body", _("临时机构")
    TASK = "task", _("工作专班")
    MEETING = "meeting", _("大型会议")
    EVENT = "event", _("大型活动")
    CENSUS = "census", _("普查调查")


class WishState(models.TextChoices):
    OPEN = "open", _("待满足")
    MET = "met", _("已满足")
    CLOSED = "closed", _("已撤销")


class Urgency(models.TextChoices):
    USUAL = "1", _("一般")
    SOON = "2", _("较急")
    URGENT = "3", _("紧急")


class DealKind(models.TextChoices):
    REALLOCATE = "reallocate", _("调剂")
    LEND = "lend", _("借用")


class PriceSource(models.TextChoices):
    PURCHASES = "purchases", _("本地同类近年入账价的中位数")
    CEILING = "ceiling", _("配置标准价格上限")
    COST = "cost", _("该件原值")


class PlanState(models.TextChoices):
    PROPOSED = "proposed", _("待确认")
    ACCEPTED = "accepted", _("已采纳")
    DROPPED = "dropped", _("已放弃")


class PairState(models.TextChoices):
    PROPOSED = "proposed", _("建议")
    PINNED = "pinned", _("固定")
    FORBIDDEN = "forbidden", _("禁止")
