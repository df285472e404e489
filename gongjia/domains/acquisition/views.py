"""The paper of a receipt, as it is signed and filed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core import paper
from gongjia.domains.acquisition.models import Receipt
from gongjia.domains.acquisition.resources import RECEIPTS
from gongjia.web.views.entry import signed_in

SOURCE = Path(__file__).parent / "typst" / "receipt.typ"


def facts_of(receipt: Receipt) -> dict[str, Any]:
    """Return what stands on the paper, in its order."""
    order = receipt.order
    pairs = (
        (_("验收单号"), receipt.number), (_("验收日期"), receipt.received_on.isoformat()), (_("单位"), receipt.unit.name),
        (_("订单编号"), order.number), (_("资产名称"), order.name), (_("规格型号"), order.model),
        (_("数量"), f"{receipt.quantity.normalize():f}"), (_("单价（元）"), f"{receipt.unit_price:,.2f}"),
        (_("金额（元）"), f"{receipt.quantity * receipt.unit_price:,.2f}"),
        (_("供应商"), receipt.supplier), (_("合同编号"), receipt.contract), (_("发票号码"), receipt.invoice),
        (_("验收结论"), receipt.get_inspection_display()), (_("验收说明"), receipt.note), (_("申请编号"), order.request_key),
    )  # fmt: skip
    cards = receipt.assets.select_related("place", "custodian").order_by("number")
    return {
        "facts": [[str(label), str(value)] for label, value in pairs],
        "head": [str(one) for one in (_("资产编号"), _("产品序列号"), _("存放地点"), _("使用人"))],
        "cards": [[c.number, c.serial, c.place.name if c.place else "", c.custodian.name if c.custodian else ""] for c in cards],
        "signatures": [f"{name}：{who}" for name, who in ((_("验收人"), receipt.inspector), (_("资产管理员"), ""), (_("使用部门"), ""))],
    }


@require_GET
@signed_in
def receipt_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt as a PDF for signatures."""
    receipt = RECEIPTS.get(request.user, pk)
    made = paper.pdf(SOURCE, facts_of(receipt), title=_("固定资产验收单"))
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{receipt.number}.pdf"'})
