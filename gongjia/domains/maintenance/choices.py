"""The closed lists of repairs: trades, urgency, states of tickets and projects."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trade(models.TextChoices):
    """What is broken, for tickets and projects alike, so that the two can be held against each other."""

    ROOF = "roof", _("屋面防水")
    WALL = "wall", _("墙地面与门窗")
    WATER = "water", _("给排水")
    POWER = "power", _("供配电与照明")
    AIR = "air", _("空调通风供暖")
    LIFT = "lift", _("电梯")
    FIRE = "fire", _("消防")
    NETWORK = "network", _("弱电网络")
    STRUCTURE = "structure", _("结构安全")
    FITTING = "fitting", _("室内装修")
    EQUIPMENT = "equipment", _("家具设备")
    OTHER = "other", _("其他")


class Urgency(models.TextChoices):
    EMERGENCY = "emergency", _("抢修")
    URGENT = "urgent", _("急修")
    ORDINARY = "ordinary", _("普通")


class TicketState(models.TextChoices):
    REPORTED = "reported", _("待派单")
    DISPATCHED = "dispatched", _("待接单")
    ACCEPTED = "accepted", _("维修中")
    DONE = "done", _("待报修人确认")
    CONFIRMED = "confirmed", _("已评价")
    CANCELLED = "cancelled", _("已撤销")


OPEN = (TicketState.REPORTED, TicketState.DISPATCHED, TicketState.ACCEPTED)
FINISHED = (TicketState.DONE, TicketState.CONFIRMED)


class CrewKind(models.TextChoices):
    OWN = "own", _("自有班组")
    CONTRACTOR = "contractor", _("承修单位")


class Every(models.IntegerChoices):
    """How often a preventive plan comes round, in months."""

    MONTH = 1, _("每月")
    QUARTER = 3, _("每季")
    HALF = 6, _("每半年")
    YEAR = 12, _("每年")


class Scale(models.TextChoices):
    MAJOR = "major", _("大修")
    MEDIUM = "medium", _("中修")


class Cause(models.TextChoices):
    AGEING = "ageing", _("老化失修")
    DAMAGE = "damage", _("损坏")
    SAFETY = "safety", _("安全隐患")
    ENERGY = "energy", _("节能改造")
    FUNCTION = "function", _("功能改善")
    NEW_USER = "new_user", _("更换使用人")
    NEW_UNIT = "new_unit", _("更换使用单位")


class ProjectState(models.TextChoices):
    APPLIED = "applied", _("已申报")
    RETURNED = "returned", _("退回补正")
    CHECKED = "checked", _("初审通过")
    REFUSED = "refused", _("不予列入")
    JOINT = "joint", _("会审通过")
    CHOSEN = "chosen", _("列入年度计划")
    APPROVED = "approved", _("预算已批准")
    DOING = "doing", _("实施中")
    BUILT = "built", _("已竣工")
    SETTLED = "settled", _("已决算")


STEPS = (
    ProjectState.APPLIED,
    ProjectState.CHECKED,
    ProjectState.JOINT,
    ProjectState.CHOSEN,
    ProjectState.APPROVED,
    ProjectState.DOING,
    ProjectState.BUILT,
    ProjectState.SETTLED,
)


class Opinion(models.TextChoices):
    AGREE = "agree", _("同意列入")
    AMEND = "amend", _("补正后再议")
    REFUSE = "refuse", _("不同意")


class SelectionState(models.TextChoices):
    PROPOSED = "proposed", _("方案")
    ACCEPTED = "accepted", _("已采纳")


class Mark(models.TextChoices):
    FREE = "free", _("由计算决定")
    PINNED = "pinned", _("固定列入")
    FORBIDDEN = "forbidden", _("不列入")


class Services(models.TextChoices):
    ALL = "all", _("综合物业")
    CLEANING = "cleaning", _("保洁")
    SECURITY = "security", _("秩序维护")
    PLANT = "plant", _("设备运行维护")
    GREEN = "green", _("绿化")
