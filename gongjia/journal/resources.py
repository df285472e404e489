"""What may be read of seals: their hashes are meant for everybody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.journal.models import Seal

SEALS = resource(
    Resource(
        key="journal.seal",
        model=Seal,
        label=_("日志存证"),
        title="number",
        lookup=(),
        live="",
        order="-number",
        group="oversight",
        icon="lock",
        empty=_("还没有存证。每天夜里自动存证一次；有权限的人也可以立即存证。"),
        columns=(
            Column("number", sort=True),
            Column("at", sort=True, filter=True),
            Column("first"),
            Column("entries"),
            Column("hash"),
            Column("previous", shown=False),
            Column("root", shown=False),
            Column("key", shown=False),
            Column("signature", shown=False),
        ),
    )
)
