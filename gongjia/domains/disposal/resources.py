"""What may be read of disposals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.resource import Column, Resource, resource
from gongjia.domains.disposal.models import Disposal

PAPERS, OUT = _("理由与决策"), _("处置结果")

DISPOSALS = resource(
    Resource(
        key="disposal.disposal",
        icon="logout",
        model=Disposal,
        label=_("资产处置"),
        title="number",
        scope="unit",
        search=("number", "asset__number", "asset__name", "document", "recipient"),
        lookup=("number",),
        actions=("disposal.complete", "disposal.close", "disposal.cancel"),
        bulk_actions=("disposal.complete", "disposal.close"),
        group="handling",
        empty=_("处置须先申请：在资产上选报废、出售、拍卖、捐赠、置换、无偿划转或损失核销。"),
        columns=(
            Column("number", sort=True, link="disposal.disposal"),
            Column("asset", path="asset__number", label=_("资产编号"), sort=True),
            Column("name", path="asset__name", label=_("资产名称")),
            Column("unit", path="unit__name", label=_("单位"), filter=True),
            Column("way", filter=True),
            Column("reason", filter=True),
            Column("cost", path="asset__cost", label=_("原值"), sort=True),
            Column("state", filter=True),
            Column("granted_on", sort=True, filter=True),
            Column("done_on", sort=True, filter=True, group=OUT),
            Column("income", group=OUT, filter=True),
            Column("expense", group=OUT, shown=False),
            Column("remitted_on", group=OUT, filter=True, shown=False),
            Column("remittance", group=OUT, shown=False),
            Column("voucher", group=OUT),
            Column("status_before", shown=False),
            Column("explanation", group=PAPERS, shown=False),
            Column("opinion", group=PAPERS, shown=False),
            Column("decision", group=PAPERS, shown=False),
            Column("decided_on", group=PAPERS, shown=False),
            Column("appraisal", group=PAPERS, shown=False),
            Column("appraised", group=PAPERS, shown=False),
            Column("recipient", group=PAPERS, shown=False),
            Column("document", group=PAPERS, shown=False),
            Column("request_key", group=PAPERS, shown=False),
        ),
    )
)
