"""Ways out of the ledger and the states of a disposal."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    SCRAP = "scrap", _("报废")
    SALE = "sale", _("出售")
    AUCTION = "auction", _("拍卖")
    DONATION = "donation", _("捐赠")
    EXCHANGE = "exchange", _("置换")
    TRANSFER_FREE = "transfer_free", _("无偿划转")
    WRITE_OFF = "write_off", _("损失核销")


class State(models.TextChoices):
    GRANTED = "granted", _("已批准，待处置")
    DONE = "done", _("已处置，待核销")
    CLOSED = "closed", _("已核销")
    CANCELLED = "cancelled", _("已取消")
