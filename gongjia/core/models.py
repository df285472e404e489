"""What the machinery itself keeps: batches, the audit, reservations, jobs, stored files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import FixedDecimalField


class Batch(models.Model):
    """One committed action: the audit entries under it were written together and can be undone together."""

    action = models.CharField(_("动作"), max_length=80)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+")
    origin = models.CharField(_("途径"), max_length=20)
    job_id = models.BigIntegerField(_("任务"), null=True)
    request_key = models.CharField(_("申请"), max_length=60, blank=True)
    at = models.DateTimeField(_("时间"), default=timezone.now)
    undone_by = models.OneToOneField("self", models.PROTECT, null=True, verbose_name=_("撤销批次"), related_name="undoes")

    class Meta:
        verbose_name = _("批次")


class AuditEntry(models.Model):
    """What one action did to one row: appended, never changed."""

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("经办人"), related_name="+", db_index=False
    )
    action = models.CharField(_("动作"), max_length=80)
    batch = models.ForeignKey(Batch, models.PROTECT, verbose_name=_("批次"), related_name="entries")
    subject = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    unit_id = models.BigIntegerField(_("单位"), null=True)
    before = models.JSONField(_("之前"), null=True)
    after = models.JSONField(_("之后"), null=True)

    class Meta:
        verbose_name = _("审计记录")
        indexes = [models.Index(fields=["subject", "subject_id", "id"], name="audit_subject")]


class Reservation(models.Model):
    """What a pending request holds until it is granted or given up: a whole record, or an amount of it."""

    subject = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    amount = FixedDecimalField(_("数量"), places=2, null=True)
    holder = models.CharField(_("持有者"), max_length=60)
    made_at = models.DateTimeField(_("预留时间"), default=timezone.now)
    until = models.DateField(_("保留至"), null=True)
    released_at = models.DateTimeField(_("释放时间"), null=True)

    class Meta:
        verbose_name = _("预留")
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"],
                condition=models.Q(released_at__isnull=True, amount__isnull=True),
                name="reservation_whole_once",
            )
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="reservation_live", condition=models.Q(released_at__isnull=True)),
            models.Index(fields=["holder"], name="reservation_holder"),
        ]


class Series(models.Model):
    """The last number that was given out in a series of documents, such as the orders of a year."""

    name = models.CharField(_("序列"), max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(_("最后编号"), default=0)

    class Meta:
        verbose_name = _("编号序列")


class Job(models.Model):
    """Long work as a row: it reports, can be cancelled, and says how it ended, even when its worker was killed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("进行中")
        DONE = "done", _("完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")
        LOST = "lost", _("中断")

    kind = models.CharField(_("种类"), max_length=60)
    key = models.CharField(_("唯一键"), max_length=120, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("发起人"), related_name="+")
    unit_id = models.BigIntegerField(_("单位"), null=True)
    params = models.JSONField(_("参数"), default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.WAITING)
    done = models.BigIntegerField(_("已完成"), default=0)
    total = models.BigIntegerField(_("总数"), null=True)
    message = models.CharField(_("说明"), max_length=400, blank=True)
    result = models.JSONField(_("结果"), null=True)
    result_file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, verbose_name=_("结果文件"), related_name="+")
    cancel_requested = models.BooleanField(_("要求取消"), default=False)
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)
    started_at = models.DateTimeField(_("开始时间"), null=True)
    heartbeat_at = models.DateTimeField(_("最近报告"), null=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True)

    class Meta:
        verbose_name = _("任务")
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="job_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(key=""), name="job_key_once"
            )
        ]

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.WAITING, self.State.RUNNING)


class StoredFile(models.Model):
    """A file kept by its content: the same bytes are stored once."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.BigIntegerField(_("字节数"))
    created_at = models.DateTimeField(_("上传时间"), default=timezone.now)

    class Meta:
        verbose_name = _("文件")


class Attachment(models.Model):
    """A stored file that hangs on a record, served only through the permission of that record."""

    subject = models.CharField(_("对象种类"), max_length=60)
    subject_id = models.BigIntegerField(_("对象"))
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name=_("文件"))
    title = models.CharField(_("标题"), max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("上传人"), related_name="+")
    at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("附件")
        indexes = [models.Index(fields=["subject", "subject_id"], name="attachment_subject")]
