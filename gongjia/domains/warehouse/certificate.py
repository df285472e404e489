"""共享凭证: one deal on A4, every figure and where it comes from; the same bytes whenever it is made."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core import paper
from gongjia.domains.warehouse.choices import PriceSource
from gongjia.domains.warehouse.models import Deal
from gongjia.domains.warehouse.reckoning import fingerprint, recomputed

SOURCE = Path(__file__).parent / "typst" / "certificate.typ"


def yuan(value: Decimal) -> str:
    """Return a sum of yuan with two decimals."""
    return f"{value:,.2f}"


def reckoning_of(deal: Deal) -> list[tuple[str, str, str]]:
    """Return the arithmetic of a deal as lines: what, how it comes about, and the amount."""
    told, inputs = recomputed(deal.inputs), deal.inputs
    share = (told.share * 100).quantize(Decimal("0.1"))
    used = (
        _("还能用 %(left)s 个月 ÷ 新品 %(life)s 个月 = %(share)s%%") % {"left": told.left_months, "life": told.life_months, "share": share}
        if told.used_days is None
        else _("借用 %(days)s 天 ÷ 新品 %(life)s 个月 = %(share)s%%") % {"days": told.used_days, "life": told.life_months, "share": share}
    )
    return [
        (_("参照价"), _source_words(inputs), yuan(told.price)),
        (_("减：新品多出的寿命"), used, yuan(-told.lost_life)),
        (_("减：搬运"), _("按距离的参数"), yuan(-told.transport)),
        (_("减：修复"), _("鉴定或验收所列"), yuan(-told.repair)),
        (_("节约"), "", yuan(told.saving)),
    ]


def _source_words(inputs: dict[str, Any]) -> str:
    if inputs["price_source"] == PriceSource.PURCHASES:
        return _("本地近年同类 %(n)s 笔入账价的中位数") % {"n": len(inputs["entries"])}
    if inputs["price_source"] == PriceSource.CEILING:
        return inputs["price_citation"] or str(PriceSource.CEILING.label)
    return str(PriceSource.COST.label)


def certificate(deal: Deal) -> bytes:
    """Return the certificate of a deal as PDF."""
    facts = [
        (_("资产"), f"{deal.inputs['number']} {deal.inputs['name']}"),
        (_("资产分类"), deal.inputs["class"]),
        (_("数量"), deal.inputs["quantity"]),
        (_("提供单位"), deal.giver.name),
        (_("使用单位"), deal.unit.name),
        (_("方式"), str(deal.get_kind_display())),
        (_("日期"), deal.on.isoformat()),
        (_("申请编号"), deal.request_key or "–"),
    ]
    lines = [{"what": what, "how": how, "amount": amount} for what, how, amount in reckoning_of(deal)]
    words = {
        "title": _("公物仓共享凭证"),
        "number": deal.number,
        "facts": [{"label": label, "value": value} for label, value in facts],
        "lines": lines,
        "foot": _("节约金额不是新品价格：已减去新品多出的寿命、搬运和修复。按同一凭证重算，得到同样的数。"),
        "mark": "SM3 " + fingerprint(deal),
        "signs": [_("提供单位（章）"), _("使用单位（章）"), _("公物仓管理单位（章）")],
        "heads": [_("项目"), _("依据"), _("金额（元）")],
    }
    return paper.pdf(SOURCE, words, title=deal.number)
