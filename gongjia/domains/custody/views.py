"""The paper of a hand-over, as both sides and a witness sign it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjia.core import paper
from gongjia.domains.custody.models import HandOver
from gongjia.domains.custody.resources import HAND_OVERS
from gongjia.web.views.entry import signed_in

SOURCE = Path(__file__).parent / "typst" / "hand_over.typ"


def facts_of(made: HandOver) -> dict[str, Any]:
    """Return what stands on the paper, in its order."""
    store = _("库存")
    giver, receiver = made.giver.name if made.giver else store, made.receiver.name if made.receiver else store
    pairs = (
        (_("单号"), made.number), (_("日期"), made.on.isoformat()), (_("单位"), made.unit.name),
        (_("种类"), made.get_kind_display()), (_("交出人"), giver), (_("接收人"), receiver), (_("说明"), made.note),
    )  # fmt: skip
    cards = made.assets.select_related("place").order_by("number")
    return {
        "facts": [[str(label), str(value)] for label, value in pairs],
        "head": [str(one) for one in (_("资产编号"), _("资产名称"), _("规格型号"), _("原值（元）"), _("存放地点"))],
        "cards": [[c.number, c.name, c.model, f"{c.cost:,.2f}", c.place.name if c.place else ""] for c in cards],
        "signatures": [f"{name}：" for name in (_("交出人"), _("接收人"), _("监交人"))],
    }


@require_GET
@signed_in
def hand_over_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The hand-over as a PDF for signatures."""
    made = HAND_OVERS.get(request.user, pk)
    document = paper.pdf(SOURCE, facts_of(made), title=_("资产交接单"))
    return HttpResponse(document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{made.number}.pdf"'})
