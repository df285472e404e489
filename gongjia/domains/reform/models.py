"""机构改革: one plan of steps that moves everything units hold, with its balance before and after to the cent."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjia.core.records import Record
from gongjia.domains.reform.choices import PlanState, Verb


class Plan(Record):
    """方案: what a reform does to units from a day on."""

    number = models.CharField(_("方案编号"), max_length=60, unique=True)
    title = models.CharField(_("方案名称"), max_length=160)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("主管单位"), related_name="+")
    document = models.CharField(_("批准文号"), max_length=80)
    effective_on = models.DateField(_("生效日期"))
    state = models.CharField(_("状态"), max_length=12, choices=PlanState, default=PlanState.DRAFT)
    before = models.JSONField(_("执行前"), default=dict)
    after = models.JSONField(_("执行后"), default=dict)
    batch = models.ForeignKey("core.Batch", models.PROTECT, null=True, verbose_name=_("批次"), related_name="+")
    carried_out_at = models.DateTimeField(_("执行时间"), null=True)
    signed_on = models.DateField(_("签署日期"), null=True, blank=True)
    signed_by = models.CharField(_("签署人"), max_length=60, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("机构改革方案")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class PlanStep(Record):
    """One thing that happens to one unit; the steps are done in their order."""

    plan = models.ForeignKey(Plan, models.PROTECT, verbose_name=_("方案"), related_name="steps")
    order = models.PositiveSmallIntegerField(_("次序"))
    verb = models.CharField(_("变动"), max_length=10, choices=Verb)
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+")
    target = models.ForeignKey("org.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("接收单位"), related_name="+")
    place = models.ForeignKey("org.Place", models.PROTECT, null=True, blank=True, verbose_name=_("只划出这个地点"), related_name="+")
    new_name = models.CharField(_("新名称"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("方案步骤")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.unit}"
