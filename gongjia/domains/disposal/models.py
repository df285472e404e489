"""处置: how a card leaves the ledger, on which ground, by whose decision, for how much, and the paper that closed it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjia.core.fields import MoneyField
from gongjia.core.records import Record
from gongjia.domains.disposal.choices import State, Way
from gongjia.ledger.choices import AssetStatus, DisposalReason


class Disposal(Record):
    """One card on its way out."""

    number = models.CharField(_("处置编号"), max_length=60, unique=True)
    asset = models.ForeignKey("ledger.Asset", models.PROTECT, verbose_name=_("资产"), related_name="disposals")
    unit = models.ForeignKey("org.Unit", models.PROTECT, verbose_name=_("单位"), related_name="+", db_index=False)
    way = models.CharField(_("处置方式"), max_length=16, choices=Way)
    reason = models.CharField(_("处置理由"), max_length=16, choices=DisposalReason)
    explanation = models.CharField(_("情况说明"), max_length=400)
    opinion = models.CharField(_("技术鉴定意见"), max_length=400, blank=True)
    decision = models.CharField(_("集体决策会议文号"), max_length=80)
    decided_on = models.DateField(_("集体决策日期"))
    appraisal = models.CharField(_("评估报告文号"), max_length=80, blank=True)
    appraised = MoneyField(_("评估值"), null=True, blank=True)
    recipient = models.CharField(_("接收方"), max_length=160, blank=True)
    document = models.CharField(_("批准文号"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.GRANTED)
    status_before = models.CharField(_("处置前状况"), max_length=12, choices=AssetStatus)
    granted_on = models.DateField(_("批准日期"))
    done_on = models.DateField(_("处置日期"), null=True, blank=True)
    income = MoneyField(_("处置收入"), null=True, blank=True)
    expense = MoneyField(_("处置费用"), null=True, blank=True)
    remitted_on = models.DateField(_("收入上缴日期"), null=True, blank=True)
    remittance = models.CharField(_("缴款书号"), max_length=80, blank=True)
    voucher = models.CharField(_("核销凭证号"), max_length=40, blank=True)
    request_key = models.CharField(_("申请编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("资产处置")
        constraints = [models.UniqueConstraint(fields=["asset"], condition=~Q(state="cancelled"), name="disposal_once")]
        indexes = [models.Index(fields=["unit", "id"], name="disposal_unit"), models.Index(fields=["state", "id"], name="disposal_state")]

    def __str__(self) -> str:
        return self.number
