"""出租出借: only by request; with its income, its return and what it looked like then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.custody.choices import Condition, LettingKind
from gongjia.domains.custody.models import Income, Letting
from gongjia.domains.custody.resources import INCOMES, LETTINGS
from gongjia.domains.custody.services.moving import AWAY, GONE, Held, at_hand
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.services import whole_cards

STATUS = {LettingKind.LEASE.value: AssetStatus.LEASED_OUT, LettingKind.LEND.value: AssetStatus.LENT}


class LetAsset(Input, of=Letting):
    """A card that somebody outside the unit is to use for a time."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    kind: str = given()
    party: str = given()
    purpose: str = given("")
    starts_on: dt.date = given()
    due_on: dt.date = given()
    rent: Decimal = given(Decimal(0), help=_("出借填 0。"))
    contract: str = given("")
    document: str = given("")


class EndLetting(Input, of=Letting):
    """A card that came back."""

    id: Annotated[int, Ref("custody.letting")] = given(label=_("出租出借"))
    returned_on: dt.date = given()
    condition: str = given("good")


class RecordIncome(Input, of=Income):
    """Rent that came in."""

    letting: Annotated[int, Ref("custody.letting")] = given(synonyms=("出租编号",))
    amount: Decimal = given(synonyms=("金额", "租金"))
    received_on: dt.date = given(synonyms=("收款日期",))
    remitted_on: dt.date | None = given(None, help=_("出租收入是政府非税收入，应及时足额上缴国库。"), synonyms=("上缴日期",))
    voucher: str = given("", synonyms=("缴款书号",))


class RemitIncome(Input, of=Income):
    """The day and paper on which rent was handed to the treasury."""

    id: Annotated[int, Ref("custody.income")] = given(label=_("出租收入"))
    remitted_on: dt.date | None = given(None)
    voucher: str | None = given(None)


@action("custody.let_asset", label=_("申请出租出借"), subject="ledger.asset", by_request=True, claims=whole_cards, danger=True)
def let_assets(context: Context, rows: Sequence[LetAsset]) -> list[int]:
    """Let cards out as granted."""
    units = dict(Asset.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "unit"))
    owners = [units[row.id] for row in rows]
    known = {"number": numbered("CZ", context.on.year, len(rows)), "asset_id": [row.id for row in rows], "unit_id": owners}
    create_rows(context, LETTINGS, rows, owners, **known, request_key=context.request_key)
    away = [Held(id=row.id, status=STATUS[row.kind].value, idle_since=None) for row in rows]
    entries.append_changes(context, change_rows(context, ASSETS, away), EntryKind.LEND)
    return [row.id for row in rows]


let_assets.when(at_hand)


@let_assets.check
def can_be_let(context: Context, rows: Sequence[LetAsset]) -> list[Problem]:
    """Refuse a card that is out, or on its way out, dates the wrong way round, and rent on what is lent."""
    states, problems = dict(Asset.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "status")), []
    for index, row in enumerate(rows):
        if states[row.id] in (*GONE, *AWAY):
            text = _now("这件资产现在是“%(state)s”，不能出租出借。") % {"state": AssetStatus(states[row.id]).label}
            problems.append(Problem("not_at_hand", text, "id", index))
        if row.due_on < row.starts_on:
            problems.append(Problem("dates", _now("应归还日期早于起始日期。"), "due_on", index, value=row.due_on))
        if row.rent < 0 or (row.kind == LettingKind.LEND and row.rent):
            problems.append(Problem("rent", _now("租金不能小于 0；出借不收租金，收租金的是出租。"), "rent", index, value=row.rent))
    return problems


@action("custody.end_letting", label=_("登记归还"), subject="custody.letting")
def end_lettings(context: Context, rows: Sequence[EndLetting]) -> list[int]:
    """Take cards back; they are idle until somebody takes them."""
    change_rows(context, LETTINGS, [EndLetting(id=row.id, returned_on=row.returned_on, condition=row.condition) for row in rows])
    lettings = Letting.objects.in_bulk([row.id for row in rows])
    back = [
        Held(id=lettings[row.id].asset_id, status=AssetStatus.IDLE.value, idle_since=row.returned_on)
        for row in rows
        if row.condition != Condition.LOST
    ]
    entries.append_changes(context, change_rows(context, ASSETS, back), EntryKind.RETURN)
    return [row.id for row in rows]


end_lettings.when(lambda letting: letting.returned_on is None)


@end_lettings.check
def is_out(context: Context, rows: Sequence[EndLetting]) -> list[Problem]:
    """Refuse what is back already, and a return before the beginning."""
    lettings, problems = Letting.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        letting = lettings[row.id]
        if letting.returned_on:
            text = _now("已于 %(day)s 归还。") % {"day": letting.returned_on}
            problems.append(Problem("returned", text, "id", index))
        elif not letting.starts_on <= row.returned_on <= context.on:
            problems.append(Problem("dates", _now("归还日期应在起始日期与今天之间。"), "returned_on", index, value=row.returned_on))
    return problems


@action("custody.record_income", label=_("登记出租收入"), subject="custody.income", unit="letting", undo=restore_records)
def record_incomes(context: Context, rows: Sequence[RecordIncome]) -> list[int]:
    """Record rent that came in."""
    units = dict(Letting.objects.filter(pk__in=[row.letting for row in rows]).values_list("pk", "unit"))
    owners = [units[row.letting] for row in rows]
    return create_rows(context, INCOMES, rows, owners, unit_id=owners, **context.provenance())


@record_incomes.check
def income_makes_sense(context: Context, rows: Sequence[RecordIncome]) -> list[Problem]:
    """Refuse rent of nothing and of what is lent; warn when more came than was agreed."""
    lettings, problems = Letting.objects.in_bulk({row.letting for row in rows}), []
    for index, row in enumerate(rows):
        if row.amount <= 0 or lettings[row.letting].kind == LettingKind.LEND:
            problems.append(Problem("no_rent", _now("金额应大于 0，且只有出租才有租金。"), "amount", index, value=row.amount))
    return problems


@action("custody.remit_income", label=_("登记上缴"), subject="custody.income", undo=restore_records)
def remit_incomes(context: Context, rows: Sequence[RemitIncome]) -> list[int]:
    """Record that rent was handed to the treasury."""
    change_rows(context, INCOMES, rows)
    return [row.id for row in rows]


ASSETS.offer("custody.let_asset")
