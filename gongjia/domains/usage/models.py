"""How office space is used: what must come back, what was certified, published, filed and inspected."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import AreaField
from gongjia.core.records import Record
from gongjia.domains.usage.choices import (
    CertificateState,
    Condition,
    FilingState,
    Ground,
    HandBackState,
    InspectionState,
    IssueKind,
    IssueState,
    Occasion,
    ReviewResult,
    Seen,
)
from gongjia.org.choices import Level, RoomUse

ROOM, UNIT, PERSON = "offices.Room", "org.Unit", "org.Person"


class HandBack(Record):
    """腾退: a room that its user must give back by a day, opened by the change of the person and closed by inspection."""

    number = models.CharField(_("腾退单号"), max_length=40, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("使用单位"), related_name="+", db_index=False)
    occupancy = models.ForeignKey("offices.Occupancy", models.PROTECT, verbose_name=_("房间使用"), related_name="hand_backs")
    room = models.ForeignKey(ROOM, models.PROTECT, verbose_name=_("房间"), related_name="hand_backs")
    person = models.ForeignKey(PERSON, models.PROTECT, verbose_name=_("使用人"), related_name="hand_backs")
    occasion = models.CharField(_("腾退情形"), max_length=24, choices=Occasion)
    event_on = models.DateField(_("办理手续日期"))
    due_on = models.DateField(_("腾退期限"), null=True)
    state = models.CharField(_("状态"), max_length=8, choices=HandBackState, default=HandBackState.OPEN)
    done_on = models.DateField(_("腾退日期"), null=True, blank=True)
    keys_returned = models.PositiveSmallIntegerField(_("交回钥匙（把）"), null=True, blank=True)
    condition = models.CharField(_("房间状况"), max_length=8, choices=Condition, blank=True)
    inspector = models.CharField(_("验收人"), max_length=60, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("腾退")
        constraints = [
            models.UniqueConstraint(fields=["occupancy"], condition=Q(state="open", closed_on__isnull=True), name="hand_back_open_once"),
            models.CheckConstraint(condition=Q(state="open") | Q(state="dropped") | Q(done_on__isnull=False), name="hand_back_done_day"),
        ]
        indexes = [
            models.Index(fields=["unit", "id"], name="hand_back_unit"),
            models.Index(fields=["state", "due_on"], name="hand_back_due"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.room}"

    def days_late(self, on: dt.date) -> int:
        """Return how many days the deadline has passed, 0 where it has not or nothing is open."""
        return max(0, (on - self.due_on).days) if self.due_on and self.state == HandBackState.OPEN else 0


class Certificate(Record):
    """办公用房分配使用凭证 and its 使用协议: which rooms a unit uses, as they were on the day of issue."""

    number = models.CharField(_("凭证编号"), max_length=40, unique=True)
    agreement = models.CharField(_("协议编号"), max_length=40, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("使用单位"), related_name="certificates")
    issuer = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("发证单位"), related_name="+")
    building = models.ForeignKey("offices.Building", models.PROTECT, null=True, blank=True, verbose_name=_("楼栋"), related_name="+")
    issued_on = models.DateField(_("发证日期"))
    valid_from = models.DateField(_("起始日期"))
    valid_to = models.DateField(_("截止日期"), null=True, blank=True)
    rooms = models.PositiveIntegerField(_("房间数"))
    usable_area = AreaField(_("使用面积"))
    legal_person = models.BooleanField(_("用于法人登记"), default=False)
    household = models.BooleanField(_("用于集体户籍"), default=False)
    repair_permit = models.BooleanField(_("用于大中修施工许可"), default=False)
    state = models.CharField(_("状态"), max_length=8, choices=CertificateState, default=CertificateState.VALID)
    revoked_on = models.DateField(_("收回日期"), null=True, blank=True)
    revoke_reason = models.CharField(_("收回原因"), max_length=200, blank=True)
    mark = models.CharField(_("验证码"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("使用凭证")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="certificate_dates"),
        ]
        indexes = [models.Index(fields=["unit", "id"], name="certificate_unit")]

    def __str__(self) -> str:
        return self.number


class CertifiedRoom(models.Model):
    """A room on a certificate, as it was then."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, verbose_name=_("使用凭证"), related_name="lines")
    room = models.ForeignKey(ROOM, models.PROTECT, verbose_name=_("房间"), related_name="certified")
    code = models.CharField(_("房间编号"), max_length=60)
    name = models.CharField(_("房间名称"), max_length=160)
    use = models.CharField(_("用途"), max_length=12, choices=RoomUse, blank=True)
    usable_area = AreaField(_("使用面积"), null=True)

    class Meta:
        verbose_name = _("凭证房间")
        constraints = [models.UniqueConstraint(fields=["certificate", "room"], name="certified_once")]


class Overage(Record):
    """结构性超面积: a room over its ceiling that its structure keeps from being divided; stands on an excuse, and is reviewed."""

    number = models.CharField(_("登记编号"), max_length=40, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("使用单位"), related_name="+")
    room = models.ForeignKey(ROOM, models.PROTECT, verbose_name=_("房间"), related_name="overages")
    excuse = models.ForeignKey("standards.Excuse", models.PROTECT, verbose_name=_("例外"), related_name="overages")
    ground = models.CharField(_("结构原因"), max_length=16, choices=Ground)
    over = AreaField(_("超出面积"))
    registered_on = models.DateField(_("登记日期"))
    review_on = models.DateField(_("下次复核日期"))
    reviewed_on = models.DateField(_("复核日期"), null=True, blank=True)
    result = models.CharField(_("复核结论"), max_length=8, choices=ReviewResult, blank=True)
    note = models.CharField(_("说明"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("结构性超面积")
        indexes = [models.Index(fields=["review_on", "id"], name="overage_review")]

    def __str__(self) -> str:
        return f"{self.number} {self.room}"


class Publication(Record):
    """内部公示: how a unit used its office space in a year, frozen on the day it was shown."""

    number = models.CharField(_("公示编号"), max_length=40, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="publications")
    year = models.PositiveSmallIntegerField(_("年度"))
    published_on = models.DateField(_("公示日期"))
    until = models.DateField(_("公示截止"))
    place = models.CharField(_("公示处"), max_length=80)
    rooms = models.PositiveIntegerField(_("房间数"))
    people = models.PositiveIntegerField(_("人数"))
    digest = models.CharField(_("摘要（SHA-256）"), max_length=64)

    class Meta:
        verbose_name = _("内部公示")
        constraints = [models.UniqueConstraint(fields=["unit", "year"], condition=Q(closed_on__isnull=True), name="publication_once")]

    def __str__(self) -> str:
        return self.number


class RoomLine(models.Model):
    """What a yearly list says of one person in one room: words and figures of that day, no links to what changes."""

    building = models.CharField(_("楼栋"), max_length=160)
    room = models.CharField(_("房间"), max_length=160)
    person = models.CharField(_("姓名"), max_length=60)
    title = models.CharField(_("职务名称"), max_length=80, blank=True)
    level = models.CharField(_("职务层次"), max_length=24, choices=Level, blank=True)
    sharing = models.PositiveSmallIntegerField(_("合用人数"), default=1)
    area = AreaField(_("使用面积"), null=True)
    ceiling = AreaField(_("标准"), null=True)

    class Meta:
        abstract = True


class PublishedRoom(RoomLine):
    """One line of an internal publication."""

    publication = models.ForeignKey(Publication, models.PROTECT, verbose_name=_("内部公示"), related_name="lines")

    class Meta:
        verbose_name = _("公示明细")


class Filing(Record):
    """领导干部办公室备案: the list of a unit and year, handed in and received."""

    number = models.CharField(_("备案编号"), max_length=40, unique=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("单位"), related_name="filings")
    year = models.PositiveSmallIntegerField(_("年度"))
    state = models.CharField(_("状态"), max_length=10, choices=FilingState, default=FilingState.SUBMITTED)
    submitted_on = models.DateField(_("报送日期"))
    received_on = models.DateField(_("备案日期"), null=True, blank=True)
    receiver = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("受理人"), related_name="+")
    leaders = models.PositiveIntegerField(_("领导人数"))
    note = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("领导办公室备案")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], condition=Q(closed_on__isnull=True) & ~Q(state="returned"), name="filing_once")
        ]

    def __str__(self) -> str:
        return self.number


class FiledRoom(RoomLine):
    """One line of a filing."""

    filing = models.ForeignKey(Filing, models.PROTECT, verbose_name=_("领导办公室备案"), related_name="lines")

    class Meta:
        verbose_name = _("备案明细")


class Inspection(Record):
    """巡检: which rooms are walked through until when."""

    number = models.CharField(_("巡检编号"), max_length=40, unique=True)
    title = models.CharField(_("巡检名称"), max_length=120)
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("受检单位"), related_name="+")
    building = models.ForeignKey("offices.Building", models.PROTECT, null=True, blank=True, verbose_name=_("只查这幢楼"), related_name="+")
    opened_on = models.DateField(_("开始日期"))
    due_on = models.DateField(_("截止日期"))
    state = models.CharField(_("状态"), max_length=8, choices=InspectionState, default=InspectionState.OPEN)
    ended_on = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("巡检")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class InspectedRoom(models.Model):
    """One room of an inspection: not seen yet, in order, or with an issue."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, verbose_name=_("巡检"), related_name="lines")
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("使用单位"), related_name="+")
    room = models.ForeignKey(ROOM, models.PROTECT, verbose_name=_("房间"), related_name="+")
    seen = models.CharField(_("结果"), max_length=8, choices=Seen, default=Seen.PENDING)
    seen_on = models.DateField(_("巡检日期"), null=True)
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("巡检人"), related_name="+")

    class Meta:
        verbose_name = _("巡检房间")
        constraints = [models.UniqueConstraint(fields=["inspection", "room"], name="inspected_once")]

    def __str__(self) -> str:
        return str(self.room)


class Issue(Record):
    """巡检问题: what was found in a room, mended until a day, and closed when somebody has looked again."""

    number = models.CharField(_("问题编号"), max_length=40, unique=True)
    line = models.ForeignKey(InspectedRoom, models.PROTECT, verbose_name=_("巡检房间"), related_name="issues")
    unit = models.ForeignKey(UNIT, models.PROTECT, verbose_name=_("使用单位"), related_name="+")
    room = models.ForeignKey(ROOM, models.PROTECT, verbose_name=_("房间"), related_name="issues")
    kind = models.CharField(_("问题种类"), max_length=12, choices=IssueKind)
    description = models.CharField(_("情况"), max_length=400)
    found_on = models.DateField(_("发现日期"))
    due_on = models.DateField(_("整改期限"))
    state = models.CharField(_("状态"), max_length=8, choices=IssueState, default=IssueState.OPEN)
    mended_on = models.DateField(_("整改日期"), null=True, blank=True)
    measure = models.CharField(_("整改措施"), max_length=400, blank=True)
    looked_on = models.DateField(_("复查日期"), null=True, blank=True)
    remark = models.CharField(_("复查意见"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("巡检问题")
        indexes = [models.Index(fields=["state", "due_on"], name="issue_due")]

    def __str__(self) -> str:
        return f"{self.number} {self.room}"
