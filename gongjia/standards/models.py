"""What a sweep leaves: findings as keys and numbers, dated excuses, and who mends what until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField
from gongjia.core.records import Record
from gongjia.standards.choices import FindingState, Group, Outcome, RectificationState, Standing, Verification


class Sweep(models.Model):
    """One run of the checks over all facts, as of a day; the live one, of today, moves the findings on."""

    on = models.DateField(_("核查日期"))
    unit = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("单位"), related_name="+")
    live = models.BooleanField(_("当前"), default=True)
    started_at = models.DateTimeField(_("开始时间"), default=timezone.now)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("发起人"), related_name="+")
    judged = models.BigIntegerField(_("判定数"), default=0)
    facts = models.BigIntegerField(_("核对记录数"), default=0)
    counts = models.JSONField(_("各项结论"), default=dict)
    new = models.IntegerField(_("新增"), default=0)
    standing = models.IntegerField(_("存续"), default=0)
    cured = models.IntegerField(_("消除"), default=0)
    seconds = models.FloatField(_("用时（秒）"), default=0)

    class Meta:
        verbose_name = _("核查")
        indexes = [models.Index(fields=["live", "id"], name="sweep_live")]


class Excuse(Record):
    """A dated exception: this subject may stand against this rule for a time, for a reason, with evidence attached."""

    check_key = models.CharField(_("核查项"), max_length=60)
    subject = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    fact_key = models.CharField(_("细目"), max_length=60, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"))
    valid_from = models.DateField(_("起始日期"))
    valid_to = models.DateField(_("截止日期"))
    reason = models.CharField(_("理由"), max_length=400)
    document = models.CharField(_("批准文号"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("例外")
        indexes = [models.Index(fields=["check_key", "subject_id"], name="excuse_of")]
        constraints = [models.CheckConstraint(condition=Q(valid_to__gte=models.F("valid_from")), name="excuse_ends_after_start")]


class FindingQuerySet(models.QuerySet):
    """Verbs over findings."""

    def current(self) -> FindingQuerySet:
        """Keep the findings of the live sweeps that are not cured."""
        return self.filter(snapshot__isnull=True, cured_on__isnull=True)

    def pressing(self) -> FindingQuerySet:
        """Keep the current ones that nothing excuses."""
        return self.current().filter(state=FindingState.OPEN)


class Finding(models.Model):
    """One fact against one rule: value, limit, inputs and citation as keys and numbers; the words are made when it is read.

    It is the same finding from sweep to sweep as long as check, subject and fact key are; `snapshot` is set on those of a
    sweep as of another day, which never touch the live ones.
    """

    check_key = models.CharField(_("核查项"), max_length=60)
    group = models.CharField(_("类别"), max_length=20, choices=Group, blank=True)
    subject = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    fact_key = models.CharField(_("细目"), max_length=60, blank=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), db_index=False)
    outcome = models.CharField(_("结论"), max_length=16, choices=Outcome)
    state = models.CharField(_("状态"), max_length=10, choices=FindingState, default=FindingState.OPEN)
    reason = models.CharField(_("原因"), max_length=60, blank=True)
    value = FixedDecimalField(_("实际"), places=2, null=True)
    bound = FixedDecimalField(_("标准"), places=2, null=True)
    over = FixedDecimalField(_("超出"), places=2, null=True)
    inputs = models.JSONField(_("依据"), default=dict)
    table_version = models.CharField(_("规范版本"), max_length=80, blank=True)
    row_number = models.PositiveSmallIntegerField(_("行"), default=0)
    standing = models.CharField(_("效力"), max_length=10, choices=Standing, blank=True)
    blocks = models.BooleanField(_("可作处理依据"), default=False)
    verification = models.CharField(_("核实程度"), max_length=12, choices=Verification, blank=True)
    event_on = models.DateField(_("事项日期"), null=True)
    judged_on = models.DateField(_("核查日期"))
    found_on = models.DateField(_("发现日期"))
    cured_on = models.DateField(_("消除日期"), null=True)
    first_sweep = models.ForeignKey(Sweep, models.PROTECT, verbose_name=_("首次核查"), related_name="+", db_index=False)
    last_sweep = models.ForeignKey(Sweep, models.PROTECT, verbose_name=_("最近变化的核查"), related_name="+", db_index=False)
    snapshot = models.ForeignKey(Sweep, models.PROTECT, null=True, verbose_name=_("另日核查"), related_name="findings", db_index=False)
    excuse = models.ForeignKey(Excuse, models.PROTECT, null=True, verbose_name=_("例外"), related_name="findings", db_index=False)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("核查发现")
        constraints = [
            models.UniqueConstraint(
                fields=["check_key", "subject_id", "fact_key"],
                condition=Q(snapshot__isnull=True, cured_on__isnull=True),
                name="finding_live_once",
            )
        ]
        indexes = [
            models.Index(fields=["subject_id", "subject"], name="finding_subject"),
            models.Index(fields=["unit", "state"], name="finding_unit"),
            models.Index(fields=["snapshot"], condition=Q(snapshot__isnull=False), name="finding_snapshot"),
            models.Index(fields=["excuse"], condition=Q(excuse__isnull=False), name="finding_excuse"),
        ]


class Rectification(Record):
    """Who mends a finding until when, and how far it is."""

    finding = models.ForeignKey(Finding, models.PROTECT, verbose_name=_("核查发现"), related_name="rectifications")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"))
    owner = models.ForeignKey("org.Person", models.PROTECT, null=True, blank=True, verbose_name=_("责任人"), related_name="+")
    due_on = models.DateField(_("整改期限"))
    state = models.CharField(_("进度"), max_length=10, choices=RectificationState, default=RectificationState.ASSIGNED)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    note = models.CharField(_("整改措施"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("整改")
        constraints = [models.UniqueConstraint(fields=["finding"], condition=Q(closed_on__isnull=True), name="rectification_once")]
        indexes = [models.Index(fields=["due_on", "id"], name="rectification_due")]
