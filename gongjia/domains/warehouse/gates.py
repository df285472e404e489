"""Share before buying, offer before disposing: the gates by which the warehouse stands before actions that know nothing of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Prepared
from gongjia.core.audit import Trail
from gongjia.core.gate import Case, Gate, Judgement, declare_gate
from gongjia.core.periods import SHANGHAI
from gongjia.core.reservations import Claim
from gongjia.domains.warehouse.answering import Answered, TakeOrRefuse, answered
from gongjia.domains.warehouse.changing import CardChange, change_cards
from gongjia.domains.warehouse.choices import IN_STOCK
from gongjia.domains.warehouse.leaving import LetGo, Offered, leave, offered_rows
from gongjia.domains.warehouse.models import StockCheck, StockItem
from gongjia.domains.warehouse.services.sharing import ReallocateItem, reallocate_items
from gongjia.domains.warehouse.suiting import OFFER, OWN, search_lines
from gongjia.ledger.choices import AssetStatus, EntryKind

SHARE_FIRST, OFFER_FIRST = "warehouse.share_first", "warehouse.offer_first"
LOSS = "disposal.write_off_asset"
DISPOSALS = tuple(
    f"disposal.{verb}"
    for verb in ("scrap_asset", "sell_asset", "auction_asset", "donate_asset", "exchange_asset", "transfer_free", "write_off_asset")
)


# -- share before buying -----------------------------------------------------------------------------------------------


def _answers(case: Case, key: str) -> Sequence[dict[str, Any]]:
    said = case.answers.get(key) or []
    return [said] if isinstance(said, dict) else said


def _lines(case: Case) -> list[Answered]:
    return answered(search_lines(case.context, case.rows), _answers(case, SHARE_FIRST))


def judge_purchase(case: Case) -> Judgement:
    """Search the warehouse for what is to be bought; what suits must be taken or refused with a reason."""
    lines = _lines(case)
    found = sum(len(line.line.candidates) for line in lines)
    taken = [each for line in lines for each in line.taken]
    refused = sum(len(line.refused) for line in lines)
    claims = [Claim("ledger.asset", each.pk, name=f"{each.number} {each.name}") for each in taken]
    data = {"searched_at": case.context.now.astimezone(SHANGHAI).isoformat(), "lines": [line.told() for line in lines], "found": found}
    counts = {"found": found, "taken": len(taken), "refused": refused}
    if not found and not any(line.gone for line in lines):
        return Judgement("clear", _now("已查仓，没有合适的闲置资产。"), data)
    if any(line.waits for line in lines):
        return Judgement("question", _now("仓里有 %(found)s 件合适的：请逐件取用，或写明不取用的理由。") % counts, data, claims)
    text = _now("已查仓：找到 %(found)s 件，取用 %(taken)s 件，说明理由不取用 %(refused)s 件。") % counts
    fresh = any(line.fresh for line in lines)
    return Judgement("warning" if refused or fresh else "clear", text, data, claims)


def settle_purchase(case: Case) -> list[Any]:
    """Take over what was taken, in the purchase's own transaction, and return the rows with what is still to be bought."""
    lines = _lines(case)
    for kind in (OFFER, OWN):
        chosen = [(case.rows[line.line.number - 1], each.pk) for line in lines for each in line.taken if each.kind == kind]
        if chosen:
            (_take_over if kind == OFFER else _use_own)(case, chosen)
    _record(case, lines)
    left = [(row, row.quantity - line.taken_quantity) for row, line in zip(case.rows, lines, strict=True)]
    return [row if rest == row.quantity else row.model_copy(update={"quantity": rest}) for row, rest in left if rest > 0]


def _take_over(case: Case, chosen: Sequence[tuple[Any, int]]) -> None:
    rows = [
        ReallocateItem(
            id=pk, unit=row.unit, place=getattr(row, "place", None), custodian=getattr(row, "custodian", None), purpose=_purpose(row)
        )
        for row, pk in chosen
    ]
    inner = replace(case.context, batch=None, trail=Trail(), expected={})
    reallocate_items.commit(inner, Prepared(rows, list(range(len(rows)))))


def _purpose(row: Any) -> str:
    return str(getattr(row, "use", "") or _now("以调剂代替购置"))[:200]


def _use_own(case: Case, chosen: Sequence[tuple[Any, int]]) -> None:
    changes = []
    for row, pk in chosen:
        where = {name: getattr(row, name) for name in ("place", "custodian") if getattr(row, name, None)}
        changes.append(CardChange(id=pk, status=AssetStatus.IN_USE.value, idle_since=None, **where))
    change_cards(case.context, changes, EntryKind.STATUS, _now("以闲置资产代替购置"))


def _record(case: Case, lines: Sequence[Answered]) -> None:
    """Write down that the warehouse was searched, for the share of purchases that were."""
    StockCheck.objects.get_or_create(
        request_key=case.context.request_key,
        defaults={
            "unit_id": case.rows[0].unit,
            "on": case.context.on,
            "wanted": int(sum((line.line.wanted for line in lines), Decimal(0))),
            "found": sum(len(line.line.candidates) for line in lines),
            "taken": int(sum((line.taken_quantity for line in lines), Decimal(0))),
            "refused": sum(len(line.refused) for line in lines),
        },
    )


declare_gate(
    Gate(
        key=SHARE_FIRST,
        label=_("先查公物仓"),
        actions=("acquisition.purchase_asset",),
        judge=judge_purchase,
        template="warehouse/gate_share_first.html",
        answer=TakeOrRefuse,
        many_answers=True,
        settle=settle_purchase,
        order=10,
    )
)


# -- offer before disposing --------------------------------------------------------------------------------------------


def judge_disposal(case: Case) -> Judgement | None:
    """Ask for what is still of use whether other units were offered it, or why not; what is lost cannot be offered."""
    if case.action.key == LOSS:
        return None
    rows = offered_rows(case.rows, _answers(case, OFFER_FIRST), case.context.on)
    if not rows:
        return None
    data = {"rows": [row.told() for row in rows]}
    if any(row.lent for row in rows):
        return Judgement("blocked", _now("有资产还借在外单位，归还验收后才能处置。"), data)
    waiting = [row for row in rows if row.asks]
    if waiting:
        text = _now("有 %(n)s 件仍有使用价值、没有经公物仓统筹：先登记入仓发布，或写明理由。")
        return Judgement("question", text % {"n": len(waiting)}, data)
    excused = [row for row in rows if row.reason]
    if excused:
        return Judgement("warning", _now("有 %(n)s 件没有经公物仓统筹，理由见下。") % {"n": len(excused)}, data)
    return Judgement("clear", _now("已经公物仓统筹，或已无使用价值。"), data)


def settle_disposal(case: Case) -> list[Any]:
    """Let what is disposed of leave the stock."""
    leave(case.context, Offered.keys(case.rows))
    return list(case.rows)


declare_gate(
    Gate(
        key=OFFER_FIRST,
        label=_("处置前先由公物仓统筹"),
        actions=DISPOSALS,
        judge=judge_disposal,
        template="warehouse/gate_offer_first.html",
        answer=LetGo,
        many_answers=True,
        settle=settle_disposal,
        order=20,
    )
)


def judge_transfer(case: Case) -> Judgement | None:
    """Stop a transfer of what stands in stock: it goes out by reallocation, which keeps the warehouse's books."""
    keys = Offered.keys(case.rows)
    here = list(StockItem.objects.filter(pk__in=keys, state__in=IN_STOCK).values_list("asset__number", flat=True))
    if not here:
        return None
    text = _now("%(number)s 在公物仓里，请走“调剂”；或先撤回自用。")
    return Judgement("blocked", text % {"number": "、".join(here[:5])}, {"numbers": here})


declare_gate(Gate(key="warehouse.in_stock", label=_("在仓资产走调剂"), actions=("ledger.transfer_asset",), judge=judge_transfer, order=20))
