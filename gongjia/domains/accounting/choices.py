"""Why a card is charged or not, how a posting came about, and what a report tells."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjia.domains.accounting import rules


class Reason(models.TextChoices):
    CHARGED = rules.CHARGED, _("计提")
    WRITTEN_DOWN = rules.WRITTEN_DOWN, _("已提足，继续使用，不再计提")
    NOT_YET = rules.NOT_YET, _("以后月份入账，尚未开始")
    GONE = rules.GONE, _("当月或以前已减少，不再计提，不补提")
    EXEMPT = rules.EXEMPT, _("五类不提折旧的资产")
    NO_METHOD = rules.NO_METHOD, _("卡片注明不计提")
    UNBOOKED = rules.UNBOOKED, _("尚未财务入账")
    OFF_BOOKS = rules.OFF_BOOKS, _("不列入总额")
    OTHER_SUBJECT = rules.OTHER_SUBJECT, _("不属于固定资产科目 1601")
    NO_COST = rules.NO_COST, _("原值为零")
    NO_DATE = rules.NO_DATE, _("没有入账日期，也没有取得日期")
    NO_TERM = rules.NO_TERM, _("没有折旧年限，规范也没有可用的一行")
    NO_USAGE = rules.NO_USAGE, _("工作量法，但没有预计总工作量")
    OVER_TERM = rules.OVER_TERM, _("年限已满而未提足，不自动补提")
    OVER_COST = rules.OVER_COST, _("累计折旧大于原值")


class PostingKind(models.TextChoices):
    POST = "post", _("计提")
    REVERSE = "reverse", _("冲销")
