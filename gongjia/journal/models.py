"""A seal binds the entries since the seal before it; its blocks keep the leaf of each, so that an altered row can be named."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Seal(models.Model):
    """One link of the chain: the hash of its head stands for every entry up to here, and is handed out."""

    number = models.PositiveIntegerField(_("次序"), unique=True)
    form = models.PositiveSmallIntegerField(_("格式"), default=1)
    at = models.DateTimeField(_("存证时间"))
    previous = models.CharField(_("前一次存证号"), max_length=64)
    first = models.BigIntegerField(_("起始条"))
    entries = models.BigIntegerField(_("条数"))
    root = models.CharField(_("根"), max_length=64)
    key = models.CharField(_("公钥"), max_length=64)
    hash = models.CharField(_("存证号"), max_length=64, unique=True)
    signature = models.CharField(_("签名"), max_length=128)

    class Meta:
        verbose_name = _("存证")

    def __str__(self) -> str:
        return str(self.number)

    @property
    def last(self) -> int:
        """Return the number of the last entry that the seal binds."""
        return self.first + self.entries - 1


class Block(models.Model):
    """Up to a thousand entries of one table under a seal: their ids and leaves, packed."""

    seal = models.ForeignKey(Seal, models.PROTECT, verbose_name=_("存证"), related_name="blocks", db_index=False)
    position = models.PositiveIntegerField(_("段"))
    stream = models.CharField(_("表"), max_length=20)
    after = models.BigIntegerField(_("起始编号之前"))
    upto = models.BigIntegerField(_("截至编号"))
    size = models.PositiveIntegerField(_("条数"))
    root = models.CharField(_("根"), max_length=64)
    ids = models.BinaryField(_("编号"))
    leaves = models.BinaryField(_("叶摘要"))

    class Meta:
        verbose_name = _("存证段")
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="journal_block_once")]
        indexes = [models.Index(fields=["stream", "upto"], name="journal_block_upto")]
