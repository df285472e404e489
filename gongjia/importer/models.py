"""An import under way, what is wrong in its file, and the profiles that people keep."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportSession(models.Model):
    """One file on its way into one ledger: what was decided about it, what it would do, what it did."""

    class State(models.TextChoices):
        READING = "reading", _("读取中")
        UNREADABLE = "unreadable", _("读不出")
        MAPPED = "mapped", _("待核对")
        PREVIEWING = "previewing", _("试算中")
        PREVIEWED = "previewed", _("待提交")
        COMMITTING = "committing", _("写入中")
        DONE = "done", _("已导入")
        UNDOING = "undoing", _("撤销中")
        UNDONE = "undone", _("已撤销")

    file = models.ForeignKey("core.StoredFile", models.PROTECT, verbose_name=_("文件"), related_name="+")
    name = models.CharField(_("文件名"), max_length=200)
    into = models.CharField(_("台账"), max_length=60, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("经办人"), related_name="+")
    state = models.CharField(_("状态"), max_length=12, choices=State, default=State.READING)
    sheet = models.CharField(_("工作表"), max_length=120, blank=True)
    header = models.PositiveIntegerField(_("表头行"), null=True)
    depth = models.PositiveSmallIntegerField(_("表头行数"), default=1)
    profile = models.CharField(_("导入方案"), max_length=80, blank=True)
    plan = models.JSONField(_("对应关系"), default=dict)
    shape = models.JSONField(_("表格样子"), default=dict)
    edits = models.JSONField(_("改过的格"), default=dict)
    counts = models.JSONField(_("结果"), default=dict)
    trouble = models.TextField(_("出错原因"), blank=True)
    job = models.ForeignKey("core.Job", models.PROTECT, null=True, verbose_name=_("任务"), related_name="+")
    batch = models.ForeignKey("core.Batch", models.PROTECT, null=True, verbose_name=_("批次"), related_name="+")
    marked = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, verbose_name=_("标注后的表"), related_name="+")
    created_at = models.DateTimeField(_("建立时间"), default=timezone.now)

    class Meta:
        verbose_name = _("导入")
        indexes = [models.Index(fields=["actor", "-id"], name="import_actor")]

    def cells(self) -> dict[tuple[int, int], str]:
        """Return the mended cells by data row and column."""
        return {(int(row), int(column)): text for place, text in self.edits.items() for row, column in [place.split(":")]}

    @property
    def busy(self) -> bool:
        return self.state in (self.State.READING, self.State.PREVIEWING, self.State.COMMITTING, self.State.UNDOING)

    @property
    def is_open(self) -> bool:
        """True while what will happen can still be changed."""
        return self.state in (self.State.MAPPED, self.State.PREVIEWED)


class ImportProblem(models.Model):
    """One remark of the last preview about one cell, row or column."""

    session = models.ForeignKey(ImportSession, models.CASCADE, verbose_name=_("导入"), related_name="problems")
    row = models.PositiveIntegerField(_("行"), null=True)
    place = models.CharField(_("单元格"), max_length=20, blank=True)
    column = models.CharField(_("列"), max_length=120, blank=True)
    code = models.CharField(_("代码"), max_length=60)
    level = models.CharField(_("程度"), max_length=8)
    message = models.TextField(_("说明"))
    value = models.TextField(_("内容"), blank=True)

    class Meta:
        verbose_name = _("导入问题")
        indexes = [models.Index(fields=["session", "level", "code", "id"], name="import_problem")]


class ImportProfile(models.Model):
    """A profile that somebody kept: columns, steps and constants for files of one kind."""

    name = models.CharField(_("名称"), max_length=80)
    into = models.CharField(_("台账"), max_length=60)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("保存人"), related_name="+")
    body = models.JSONField(_("内容"))
    created_at = models.DateTimeField(_("保存时间"), default=timezone.now)

    class Meta:
        verbose_name = _("导入方案")
        constraints = [models.UniqueConstraint(fields=["owner", "into", "name"], name="import_profile_name")]

    def as_plan(self) -> dict[str, Any]:
        return dict(self.body)
