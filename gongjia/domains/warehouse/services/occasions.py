"""Temporary bodies and events: what was bought for them is noted, so that it comes to the warehouse afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.warehouse.models import Occasion, OccasionCard
from gongjia.domains.warehouse.resources import OCCASIONS
from gongjia.ledger.models import Asset


class RegisterOccasion(Input, of=Occasion):
    """A temporary body, meeting, event or census."""

    code: str = given(synonyms=("编号",))
    name: str = given(synonyms=("名称", "活动名称"))
    unit: Annotated[int, Ref("org.unit")] = given(synonyms=("承办单位", "单位编码"))
    kind: str = given()
    starts_on: dt.date = given()
    ends_on: dt.date = given()
    document: str = given("")


class EditOccasion(Input, of=Occasion):
    """The fields of an occasion that change."""

    id: Annotated[int, Ref("warehouse.occasion")] = given(label=_("临时机构或活动"))
    name: str | None = given(None)
    kind: str | None = given(None)
    ends_on: dt.date | None = given(None)
    document: str | None = given(None)


class ClaimCard(Input):
    """A card that was bought for an occasion."""

    id: Annotated[int, Ref("warehouse.occasion")] = given(label=_("临时机构或活动"))
    asset: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))


@action("warehouse.register_occasion", label=_("登记临时机构或活动"), subject="warehouse.occasion", unit="unit", undo=restore_records)
def register_occasions(context: Context, rows: Sequence[RegisterOccasion]) -> list[int]:
    """Register occasions."""
    return create_rows(context, OCCASIONS, rows, **context.provenance())


@register_occasions.check
def dates_are_in_order(context: Context, rows: Sequence[RegisterOccasion]) -> list[Problem]:
    """Refuse an end before the beginning, and a code that is taken."""
    taken = set(Occasion.objects.live().filter(code__in=[row.code for row in rows]).values_list("code", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.ends_on < row.starts_on:
            problems.append(Problem("wrong_day", _now("结束日期早于开始日期。"), "ends_on", index, value=row.ends_on))
        if row.code in taken:
            problems.append(Problem("duplicate_key", _now("编号“%(code)s”已经用过。") % {"code": row.code}, "code", index, value=row.code))
        taken.add(row.code)
    return problems


@action("warehouse.edit_occasion", label=_("修改临时机构或活动"), subject="warehouse.occasion", undo=restore_records)
def edit_occasions(context: Context, rows: Sequence[EditOccasion]) -> list[int]:
    """Change the given fields of occasions."""
    change_rows(context, OCCASIONS, rows)
    return [row.id for row in rows]


@action("warehouse.claim_card", label=_("登记为活动购置的资产"), subject="warehouse.occasion")
def claim_cards(context: Context, rows: Sequence[ClaimCard]) -> list[int]:
    """Note that cards were bought for an occasion and come to the warehouse when it is over."""
    columns: dict[str, Any] = {"occasion_id": [row.id for row in rows], "asset_id": [row.asset for row in rows]}
    bulk.insert(OccasionCard, len(rows), **columns)
    units = dict(Asset.objects.filter(pk__in=columns["asset_id"]).values_list("pk", "unit_id"))
    for row in rows:
        context.record(OCCASIONS.key, row.id, units[row.asset], None, {"asset": row.asset})
    return [row.id for row in rows]


@claim_cards.check
def is_unclaimed(context: Context, rows: Sequence[ClaimCard]) -> list[Problem]:
    """Refuse a card that stands under an occasion already."""
    taken = set(OccasionCard.objects.filter(asset__in=[row.asset for row in rows]).values_list("asset", flat=True))
    text = _now("这张卡片已经登记在一项活动下。")
    return [Problem("duplicate_key", text, "asset", index) for index, row in enumerate(rows) if row.asset in taken]
