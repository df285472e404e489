"""Space that the public takes in, lets out, provides and disposes of; who manages it; and titles that are not clear."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField, MoneyField
from gongjia.core.records import Record
from gongjia.domains.leasing.choices import (
    DisposalWay,
    EndCause,
    IdleGround,
    IncomeKind,
    LettingKind,
    LettingOrigin,
    ProvisionWay,
    TermKind,
)


class SpaceManager(Record):
    """本级机关事务管理部门: who registers, provides and disposes of the space of a subtree of units."""

    over = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("管理范围"), related_name="+")
    manager = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("机关事务管理部门"), related_name="+")
    document = models.CharField(_("依据文号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("房产管理部门")
        constraints = [models.UniqueConstraint(fields=["over"], condition=Q(closed_on__isnull=True), name="space_manager_once")]

    def __str__(self) -> str:
        return str(self.manager)


class LeaseTerm(Record):
    """One term of a lease taken in: when it was granted, from when to when, for how much."""

    number = models.CharField(_("编号"), max_length=60, unique=True)
    lease = models.ForeignKey("offices.Lease", models.PROTECT, verbose_name=_("租赁合同"), related_name="terms")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("承租单位"), related_name="+", db_index=False)
    kind = models.CharField(_("种类"), max_length=8, choices=TermKind)
    starts_on = models.DateField(_("租期起"))
    ends_on = models.DateField(_("租期止"))
    annual_rent = MoneyField(_("年租金"))
    usable_area = AreaField(_("使用面积"), null=True, blank=True)
    ended_before = models.DateField(_("续租前租期止"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=400, blank=True)
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("租期")
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="lease_term_dates")]
        indexes = [models.Index(fields=["unit", "id"], name="lease_term_unit")]

    def __str__(self) -> str:
        return self.number


class LeaseEnd(Record):
    """A lease that was given up: when and why."""

    lease = models.OneToOneField("offices.Lease", models.PROTECT, verbose_name=_("租赁合同"), related_name="end")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("承租单位"), related_name="+", db_index=False)
    ended_on = models.DateField(_("退租日期"))
    cause = models.CharField(_("退租原因"), max_length=8, choices=EndCause)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("退租")
        indexes = [models.Index(fields=["unit", "id"], name="lease_end_unit")]

    def __str__(self) -> str:
        return f"{self.lease} {self.ended_on}"


class RentPayment(Record):
    """Rent that was paid for a year of a lease."""

    lease = models.ForeignKey("offices.Lease", models.PROTECT, verbose_name=_("租赁合同"), related_name="payments")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("承租单位"), related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField(_("所属年度"))
    amount = MoneyField(_("金额"))
    paid_on = models.DateField(_("付款日期"))
    voucher = models.CharField(_("付款凭证号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("支付租金")
        indexes = [models.Index(fields=["unit", "year"], name="rent_unit_year")]

    def __str__(self) -> str:
        return f"{self.lease} {self.year}"


class SpaceLetting(Record):
    """房屋出租出借: space that somebody outside uses; by the manager, or left over from before by a using unit."""

    number = models.CharField(_("编号"), max_length=60, unique=True)
    place = models.ForeignKey("org.Place", models.PROTECT, verbose_name=_("房屋"), related_name="lettings")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("出租（出借）单位"), related_name="+", db_index=False)
    origin = models.CharField(_("来源"), max_length=8, choices=LettingOrigin, default=LettingOrigin.MANAGER)
    kind = models.CharField(_("种类"), max_length=6, choices=LettingKind)
    party = models.CharField(_("承租（借用）方"), max_length=160)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    area = AreaField(_("出租（出借）面积"))
    starts_on = models.DateField(_("起始日期"))
    due_on = models.DateField(_("应收回日期"))
    annual_rent = MoneyField(_("年租金"), default=0)
    contract = models.CharField(_("合同编号"), max_length=80, blank=True)
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    taken_back_on = models.DateField(_("收回日期"), null=True, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("房屋出租出借")
        constraints = [models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="space_letting_dates")]
        indexes = [
            models.Index(fields=["unit", "id"], name="space_letting_unit"),
            models.Index(fields=["due_on"], name="space_letting_due", condition=Q(taken_back_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.number


class IdleSpace(Record):
    """闲置房源: space that is not needed, and why; it is offered first and goes one of six ways."""

    place = models.ForeignKey("org.Place", models.PROTECT, verbose_name=_("房屋"), related_name="idle_spaces")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("登记单位"), related_name="+", db_index=False)
    ground = models.CharField(_("闲置情形"), max_length=12, choices=IdleGround)
    since = models.DateField(_("闲置起"))
    usable_area = AreaField(_("闲置使用面积"))
    floor_area = AreaField(_("闲置建筑面积"), null=True, blank=True)
    rooms = models.PositiveIntegerField(_("闲置房间数量"), default=0)
    evidence = models.CharField(_("依据"), max_length=200, blank=True)
    settled_on = models.DateField(_("了结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("闲置房源")
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(settled_on__isnull=True, closed_on__isnull=True), name="idle_space_once")
        ]
        indexes = [models.Index(fields=["unit", "id"], name="idle_space_unit")]

    def __str__(self) -> str:
        return str(self.place)


class SpaceDisposal(Record):
    """处置利用: which of the six ways idle space goes, as granted, and when it was done."""

    number = models.CharField(_("编号"), max_length=60, unique=True)
    idle = models.ForeignKey(IdleSpace, models.PROTECT, verbose_name=_("闲置房源"), related_name="disposals")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("登记单位"), related_name="+", db_index=False)
    way = models.CharField(_("处置利用方式"), max_length=12, choices=DisposalWay)
    receiver = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("接收单位"), related_name="+")
    party = models.CharField(_("对方"), max_length=160, blank=True)
    value = MoneyField(_("评估价"), null=True, blank=True)
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    reason = models.CharField(_("理由"), max_length=400, blank=True)
    granted_on = models.DateField(_("批准日期"))
    completed_on = models.DateField(_("完成日期"), null=True, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("房屋处置利用")
        indexes = [models.Index(fields=["unit", "id"], name="space_disposal_unit")]

    def __str__(self) -> str:
        return self.number


class SpaceIncome(Record):
    """Income of a letting or a disposal, and its way to the treasury: 收支两条线."""

    letting = models.ForeignKey(SpaceLetting, models.PROTECT, null=True, blank=True, verbose_name=_("出租出借"), related_name="incomes")
    disposal = models.ForeignKey(SpaceDisposal, models.PROTECT, null=True, blank=True, verbose_name=_("处置利用"), related_name="incomes")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    kind = models.CharField(_("种类"), max_length=8, choices=IncomeKind, default=IncomeKind.RENT)
    year = models.PositiveSmallIntegerField(_("所属年度"))
    amount = MoneyField(_("金额"))
    received_on = models.DateField(_("收款日期"))
    remitted_on = models.DateField(_("上缴日期"), null=True, blank=True)
    voucher = models.CharField(_("缴款书号"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("房屋收入")
        constraints = [
            models.CheckConstraint(
                condition=Q(letting__isnull=False, disposal__isnull=True) | Q(letting__isnull=True, disposal__isnull=False),
                name="space_income_of_one",
            )
        ]
        indexes = [models.Index(fields=["unit", "year"], name="space_income_unit_year")]

    def __str__(self) -> str:
        return f"{self.letting or self.disposal} {self.received_on}"


class Provision(Record):
    """配置: space that a unit was granted, by which way; when it moved in, and when the space it left was handed over."""

    number = models.CharField(_("编号"), max_length=60, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("申请单位"), related_name="+", db_index=False)
    way = models.CharField(_("配置方式"), max_length=12, choices=ProvisionWay)
    purpose = models.CharField(_("用途"), max_length=200)
    city = models.CharField(_("城市"), max_length=80)
    wanted_area = AreaField(_("需要使用面积"))
    granted_area = AreaField(_("配置使用面积"), null=True, blank=True)
    excess_area = AreaField(_("超出部分使用面积"), null=True, blank=True)
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("配置的房屋"), related_name="provisions")
    old_place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("原有房屋"), related_name="+")
    project = models.CharField(_("建设项目批准文号"), max_length=80, blank=True)
    granted_on = models.DateField(_("批准日期"))
    moved_in_on = models.DateField(_("迁入日期"), null=True, blank=True)
    handed_over_on = models.DateField(_("原房移交日期"), null=True, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("办公用房配置")
        indexes = [models.Index(fields=["unit", "id"], name="provision_unit")]

    def __str__(self) -> str:
        return self.number


class TitleFiling(Record):
    """权属备案: a place whose papers are missing or whose title is unclear, filed with the manager."""

    place = models.ForeignKey("org.Place", models.PROTECT, verbose_name=_("不动产"), related_name="title_filings")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("使用单位"), related_name="+", db_index=False)
    problem = models.CharField(_("权属问题"), max_length=200)
    filed_on = models.DateField(_("备案日期"))
    document = models.CharField(_("备案文号"), max_length=80, blank=True)
    settled_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("权属备案")
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(settled_on__isnull=True, closed_on__isnull=True), name="title_filing_once"
            )
        ]
        indexes = [models.Index(fields=["unit", "id"], name="title_filing_unit")]

    def __str__(self) -> str:
        return str(self.place)
