"""维修: the cost of a repair; where it makes the thing better or last longer, the card's cost and months grow with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.custody.models import Repair
from gongjia.domains.custody.resources import REPAIRS
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.services import EditAsset


class RecordRepair(Input, of=Repair):
    """A repair that was done."""

    asset: Annotated[int, Ref("ledger.asset")] = given(synonyms=("资产编号",))
    fault: str = given(synonyms=("故障", "故障描述"))
    work: str = given(synonyms=("维修内容",))
    vendor: str = given("", synonyms=("维修单位", "维修商"))
    done_on: dt.date = given(synonyms=("完成日期", "维修日期"))
    cost: Decimal = given(synonyms=("维修费用", "费用", "金额"))
    capitalised: bool = given(False, help=_("改良并延长使用、增加效能的后续支出计入原值；日常维修不计入。"))
    months_added: int = given(0, help=_("只有计入原值的才延长。"))
    voucher: str = given("", synonyms=("会计凭证号",))


@action("custody.record_repair", label=_("登记维修"), subject="custody.repair", unit="asset")
def record_repairs(context: Context, rows: Sequence[RecordRepair]) -> list[int]:
    """Record repairs, and let the cards grow by those that count as cost."""
    cards = Asset.objects.in_bulk({row.asset for row in rows})
    owners = [cards[row.asset].unit_id for row in rows]
    ids = create_rows(context, REPAIRS, rows, owners, unit_id=owners, **context.provenance())
    grown = {}
    for row in (row for row in rows if row.capitalised):
        card = cards[row.asset]
        card.cost += row.cost
        card.depreciation_months = (card.depreciation_months or 0) + row.months_added or None
        grown[card.pk] = EditAsset(id=card.pk, cost=card.cost, depreciation_months=card.depreciation_months)
    entries.append_changes(context, change_rows(context, ASSETS, list(grown.values())), EntryKind.REVALUE, _now("维修计入原值"))
    return ids


@record_repairs.check
def repair_makes_sense(context: Context, rows: Sequence[RecordRepair]) -> list[Problem]:
    """Refuse a cost below nothing, a day to come, months without cost, and what is no longer there."""
    gone = set(Asset.objects.filter(pk__in={row.asset for row in rows}, status=AssetStatus.DISPOSED).values_list("pk", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.cost < 0:
            problems.append(Problem("negative", _now("费用不能小于 0。"), "cost", index, value=row.cost))
        if row.done_on > context.on:
            problems.append(Problem("in_future", _now("完成日期在今天之后。"), "done_on", index, value=row.done_on))
        if row.months_added and not row.capitalised:
            problems.append(Problem("not_capitalised", _now("没有计入原值的维修不延长折旧年限。"), "months_added", index))
        if row.asset in gone:
            problems.append(Problem("disposed", _now("这件资产已经处置。"), "asset", index))
    return problems
