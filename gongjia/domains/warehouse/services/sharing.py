"""The way out: an item is lent or goes to another unit, each by request; what was lent comes back and is inspected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.writing import change_rows
from gongjia.domains.warehouse.changing import (
    CardChange,
    ItemChange,
    change_cards,
    change_items,
    items_of,
    keep_to,
    record_passages,
)
from gongjia.domains.warehouse.choices import USABLE, Damage, DealKind, ItemState, PassageKind, Terms
from gongjia.domains.warehouse.meeting import meet_wishes
from gongjia.domains.warehouse.models import Loan, StockItem
from gongjia.domains.warehouse.reckoning import Bargain, write_deals
from gongjia.domains.warehouse.resources import LOANS
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.org.models import Place, Unit

ITEM = _("资产")


class LendItem(Input, of=Loan):
    """A published item that a unit wants to borrow."""

    id: Annotated[int, Ref("warehouse.offer")] = given(label=ITEM)
    unit: Annotated[int, Ref("org.unit")] = given(label=_("借用单位"))
    due_on: dt.date = given()
    purpose: str = given()
    occasion: Annotated[int | None, Ref("warehouse.occasion")] = given(None, help=_("为临时机构或活动借用的，活动结束后须归还。"))
    contact: str = given("")


class ReallocateItem(Input):
    """A published item that a unit wants to keep."""

    id: Annotated[int, Ref("warehouse.offer")] = given(label=ITEM)
    unit: Annotated[int, Ref("org.unit")] = given(label=_("调入单位"))
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("存放地点"))
    custodian: Annotated[int | None, Ref("org.person")] = given(None, label=_("使用人"))
    purpose: str = given("", label=_("用途"))


class ReturnItem(Input, of=Loan):
    """A borrowed item that has come back, as it was found."""

    id: Annotated[int, Ref("warehouse.loan")] = given(label=_("借用"))
    returned_on: dt.date | None = given(None, help=_("不填则为今天。"))
    grade_in: str = given()
    damage: str = given()
    damage_note: str = given("")
    repair_cost: Decimal | None = given(None)
    compensation: Decimal | None = given(None)
    inspector: str = given("")


class ExtendLoan(Input, of=Loan):
    """A loan that ends later."""

    id: Annotated[int, Ref("warehouse.loan")] = given(label=_("借用"))
    due_on: dt.date = given()


def offer_claims(context: Context, rows: Sequence[Any]) -> list[Claim]:
    """Reserve the cards of the items asked for: of two requests for one item, one is told."""
    names = dict(StockItem.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "title"))
    return [Claim("ledger.asset", row.id, name=names.get(row.id, "")) for row in rows]


@action(
    "warehouse.lend_item",
    label=_("借用"),
    subject="warehouse.offer",
    unit="unit",
    by_request=True,
    claims=offer_claims,
    help=_("批准后出仓，到期归还并验收。归还日期可以由出借单位延长。"),
)
def lend_items(context: Context, rows: Sequence[LendItem]) -> list[int]:
    """Hand items over until a day; their cards are lent, their units keep them."""
    items = items_of(rows)
    change_cards(context, [CardChange(id=row.id, status=AssetStatus.LENT.value) for row in rows], EntryKind.LEND)
    change_items(context, [ItemChange(id=row.id, state=ItemState.LENT.value) for row in rows])
    own = [items[row.id] for row in rows]
    columns: dict[str, list[Any]] = {
        "item_id": [row.id for row in rows],
        "owner_id": [item.asset.unit_id for item in own],
        "unit_id": [row.unit for row in rows],
        "occasion_id": [row.occasion for row in rows],
        "purpose": [row.purpose for row in rows],
        "contact": [row.contact for row in rows],
        "lent_on": [context.on] * len(rows),
        "due_on": [row.due_on for row in rows],
        "grade_out": [item.grade for item in own],
        "place_before_id": [item.asset.place_id for item in own],
    }
    ids = bulk.insert(Loan, len(rows), request_key=context.request_key, **columns)
    context.trail.add_new(LOANS.key, ids, columns["owner_id"], columns)
    record_passages(context, PassageKind.LEND, own, columns["unit_id"])
    meet_wishes(context, [(row.unit, items[row.id]) for row in rows])
    return [row.id for row in rows]


@action(
    "warehouse.reallocate_item",
    label=_("调剂"),
    subject="warehouse.offer",
    unit="unit",
    by_request=True,
    claims=offer_claims,
    help=_("批准后资产卡片转到调入单位，双方同时记账；节约金额按凭证计算。"),
)
def reallocate_items(context: Context, rows: Sequence[ReallocateItem]) -> list[int]:
    """Give items to other units for good: their cards change hands, and a certificate says what that saved."""
    items = items_of(rows)
    units = Unit.objects.in_bulk({row.unit for row in rows})
    places = Place.objects.in_bulk({row.place for row in rows if row.place})
    givers = {pk: item.asset.unit for pk, item in items.items()}
    record_passages(context, PassageKind.REALLOCATE, [items[row.id] for row in rows], [row.unit for row in rows])
    bargains = [
        Bargain(items[row.id], givers[row.id], units[row.unit], DealKind.REALLOCATE, places.get(row.place))
        for row in rows
        if row.unit != givers[row.id].pk
    ]
    write_deals(context, bargains)
    change_items(context, [ItemChange(id=row.id, state=ItemState.OUT.value, left_on=context.on, published_at=None) for row in rows])
    change_cards(context, [_moved(row) for row in rows], EntryKind.TRANSFER, row_note(rows))
    meet_wishes(context, [(row.unit, items[row.id]) for row in rows])
    return [row.id for row in rows]


def row_note(rows: Sequence[ReallocateItem]) -> str:
    """Return the purpose where all rows have one and the same."""
    purposes = {row.purpose for row in rows}
    return purposes.pop()[:200] if len(purposes) == 1 else ""


def _moved(row: ReallocateItem) -> CardChange:
    return CardChange(
        id=row.id,
        unit=row.unit,
        place=row.place,
        custodian=row.custodian,
        department="",
        status=AssetStatus.IN_USE.value,
        idle_since=None,
    )


keep_to(lend_items, ItemState.PUBLISHED)
keep_to(reallocate_items, ItemState.PUBLISHED)


@lend_items.check
def is_lent(context: Context, rows: Sequence[LendItem]) -> list[Problem]:
    """Refuse a loan that ends before it begins, of what is only given away, or to the unit that owns it."""
    return [*_wrong_terms(rows, Terms.KEEP, _now("这件资产只调剂、不借用。")), *_own(rows), *_past(context, rows)]


@reallocate_items.check
def is_given(context: Context, rows: Sequence[ReallocateItem]) -> list[Problem]:
    """Refuse to give away what is only lent."""
    return _wrong_terms(rows, Terms.LEND, _now("这件资产只借用、不调剂。"))


def _wrong_terms(rows: Sequence[Any], barred: Terms, text: str) -> list[Problem]:
    found = set(StockItem.objects.filter(pk__in=[row.id for row in rows], terms=barred).values_list("pk", flat=True))
    return [Problem("wrong_terms", text, "id", index) for index, row in enumerate(rows) if row.id in found]


def _own(rows: Sequence[LendItem]) -> list[Problem]:
    owners = dict(StockItem.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "asset__unit"))
    text = _now("这件资产就是本单位的，用“撤回自用”即可。")
    return [Problem("own_item", text, "unit", index) for index, row in enumerate(rows) if owners.get(row.id) == row.unit]


def _past(context: Context, rows: Sequence[Any]) -> list[Problem]:
    text = _now("应还日期已经过了。")
    return [Problem("past", text, "due_on", index, value=row.due_on) for index, row in enumerate(rows) if row.due_on < context.on]


@action("warehouse.return_item", label=_("归还验收"), subject="warehouse.loan")
def return_items(context: Context, rows: Sequence[ReturnItem]) -> list[int]:
    """Take items back as they were found; what is good enough goes on show again, a certificate says what the loan saved."""
    loans = Loan.objects.select_related("owner", "unit").in_bulk([row.id for row in rows])
    days = {row.id: row.returned_on or context.on for row in rows}
    change_rows(context, LOANS, [ReturnItem(**{**row.model_dump(), "returned_on": days[row.id]}) for row in rows])
    items = StockItem.objects.select_related("asset__unit", "asset__category", "asset__place").in_bulk(
        [loan.item_id for loan in loans.values()]
    )
    own = [items[loans[row.id].item_id] for row in rows]
    change_cards(context, [_back(context, row, loans[row.id]) for row in rows], EntryKind.RETURN)
    change_items(context, [_shown_again(row, item) for row, item in zip(rows, own, strict=True)])
    record_passages(context, PassageKind.RETURN, own, [loans[row.id].unit_id for row in rows])
    write_deals(context, [_loan_deal(row, loans[row.id], items[loans[row.id].item_id], days[row.id]) for row in rows])
    return [row.id for row in rows]


def _back(context: Context, row: ReturnItem, loan: Loan) -> CardChange:
    status = AssetStatus.TO_DISPOSE if row.damage == Damage.LOST else AssetStatus.IDLE
    return CardChange(id=loan.item_id, status=status.value, idle_since=None if row.damage == Damage.LOST else context.on)


def _shown_again(row: ReturnItem, item: StockItem) -> ItemChange:
    fit = row.grade_in in USABLE and row.damage != Damage.LOST
    state = ItemState.PUBLISHED if fit else ItemState.STORED
    changes: dict[str, Any] = {"state": state.value, "grade": row.grade_in}
    if row.damage_note:
        changes["defect"] = row.damage_note
    if row.repair_cost is not None:
        changes["repair_cost"] = max(Decimal(0), row.repair_cost - (row.compensation or Decimal(0)))
    return ItemChange(id=item.pk, **changes)


def _loan_deal(row: ReturnItem, loan: Loan, item: StockItem, day: dt.date) -> Bargain:
    borne = max(Decimal(0), (row.repair_cost or Decimal(0)) - (row.compensation or Decimal(0)))
    return Bargain(item, loan.owner, loan.unit, DealKind.LEND, used_days=max(1, (day - loan.lent_on).days), repair=borne)


@return_items.check
def is_out(context: Context, rows: Sequence[ReturnItem | ExtendLoan]) -> list[Problem]:
    """Refuse what has come back already, and a return before the loan began."""
    loans = Loan.objects.in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        if loans[row.id].returned_on:
            problems.append(Problem("returned", _now("这件资产已经归还过。"), "id", index))
        day = getattr(row, "returned_on", None)
        if day and not loans[row.id].lent_on <= day <= context.on:
            problems.append(Problem("wrong_day", _now("归还日期应在借出之后、今天之前。"), "returned_on", index, value=day))
    return problems


@return_items.check
def damage_is_described(context: Context, rows: Sequence[ReturnItem]) -> list[Problem]:
    """Refuse damage or loss without a word on it."""
    text = _now("有损坏或丢失的，请写明情况。")
    bad = (Damage.DAMAGED, Damage.LOST)
    return [Problem("missing", text, "damage_note", index) for index, row in enumerate(rows) if row.damage in bad and not row.damage_note]


@action("warehouse.extend_loan", label=_("延长借用"), subject="warehouse.loan")
def extend_loans(context: Context, rows: Sequence[ExtendLoan]) -> list[int]:
    """Let loans end later."""
    change_rows(context, LOANS, rows)
    return [row.id for row in rows]


return_items.when(lambda loan: loan.returned_on is None)
extend_loans.when(lambda loan: loan.returned_on is None)
extend_loans.check(is_out)
extend_loans.check(_past)
