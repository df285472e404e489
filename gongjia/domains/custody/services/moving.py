"""领用, 退库, 移交: cards that go to a person, back to the store, or from one person to another, each with its paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, record_created
from gongjia.domains.custody.choices import HandOverKind
from gongjia.domains.custody.models import HandOver
from gongjia.domains.custody.resources import HAND_OVERS
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.org.choices import PersonStatus
from gongjia.org.models import Person

GONE = (AssetStatus.TO_DISPOSE, AssetStatus.DISPOSED)
AWAY = (AssetStatus.LENT, AssetStatus.LEASED_OUT)


class IssueAsset(Input, of=Asset):
    """A card that a person takes into use."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    custodian: Annotated[int, Ref("org.person")] = given(label=_("领用人"))
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("存放地点"))
    department: str = given("")
    remark: str = given("", label=_("说明"), lender="custody.HandOver.note")


class ReturnAsset(Input, of=Asset):
    """A card that its custodian gives back to the store."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("存放地点"))
    condition: str = given("good", label=_("状况"), lender="custody.Letting.condition")
    remark: str = given("", label=_("说明"), lender="custody.HandOver.note")


class HandOverAsset(Input, of=Asset):
    """A card that goes from its custodian to another."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    custodian: Annotated[int, Ref("org.person")] = given(label=_("接收人"))
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("存放地点"), help=_("不填则留在原处。"))
    remark: str = given("", label=_("说明"), lender="custody.HandOver.note")


class Held(Input, of=Asset):
    """How a card is held from now on; only what is given changes."""

    id: int
    custodian: int | None = None
    place: int | None = None
    department: str = ""
    status: str = ""
    idle_since: Any = None


@action("custody.issue_asset", label=_("领用"), subject="ledger.asset")
def issue_assets(context: Context, rows: Sequence[IssueAsset]) -> list[int]:
    """Hand idle cards to people; they are in use from now on."""
    in_use: dict[str, Any] = {"status": AssetStatus.IN_USE.value, "idle_since": None}
    given_to = [Held(id=row.id, custodian=row.custodian, **_place(row), department=row.department, **in_use) for row in rows]
    return _move(context, HandOverKind.ISSUE, rows, given_to)


@action("custody.return_asset", label=_("退库"), subject="ledger.asset")
def return_assets(context: Context, rows: Sequence[ReturnAsset]) -> list[int]:
    """Take cards back into the store: nobody holds them, and they are idle from today."""
    back: dict[str, Any] = {"custodian": None, "department": "", "status": AssetStatus.IDLE.value, "idle_since": context.on}
    return _move(context, HandOverKind.RETURN, rows, [Held(id=row.id, **_place(row), **back) for row in rows])


@action("custody.hand_over_asset", label=_("移交"), subject="ledger.asset")
def hand_over_assets(context: Context, rows: Sequence[HandOverAsset]) -> list[int]:
    """Move cards from their custodians to others."""
    return _move(context, HandOverKind.HAND_OVER, rows, [Held(id=row.id, custodian=row.custodian, **_place(row)) for row in rows])


def _place(row: Any) -> dict[str, Any]:
    return {"place": row.place} if row.place else {}


def _move(context: Context, kind: HandOverKind, rows: Sequence[Any], wanted: Sequence[Held]) -> list[int]:
    """Change the cards and write one paper for each pair of giver and receiver."""
    cards = Asset.objects.in_bulk([row.id for row in rows])
    entries.append_changes(context, change_rows(context, ASSETS, wanted), EntryKind.HAND_OVER, str(kind.label))
    groups: dict[tuple[int, int | None, int | None, str], list[int]] = {}
    for row in rows:
        card = cards[row.id]
        groups.setdefault((card.unit_id, card.custodian_id, getattr(row, "custodian", None), row.remark), []).append(row.id)
    _write_papers(context, kind, groups)
    return [row.id for row in rows]


def _write_papers(context: Context, kind: HandOverKind, groups: dict[tuple[int, int | None, int | None, str], list[int]]) -> None:
    units, givers, receivers, notes = (list(column) for column in zip(*groups, strict=True))
    columns: dict[str, Any] = {"unit_id": units, "giver_id": givers, "receiver_id": receivers, "note": notes}
    columns |= {"number": numbered("JJ", context.on.year, len(units)), "kind": kind.value, "on": context.on}
    ids = bulk.insert(HandOver, len(units), created_at=context.now, **columns)
    record_created(context, HAND_OVERS.key, ids, units, columns)
    pairs = [(pk, asset) for pk, assets in zip(ids, groups.values(), strict=True) for asset in assets]
    bulk.insert(HandOver.assets.through, len(pairs), handover_id=[pk for pk, _a in pairs], asset_id=[asset for _p, asset in pairs])


def _cards(rows: Iterable[Any]) -> dict[int, Asset]:
    return Asset.objects.in_bulk({row.id for row in rows})


def at_hand(card: Asset) -> bool:
    """Say whether a card is in the house and stays there."""
    return card.status not in (*GONE, *AWAY)


issue_assets.when(lambda card: at_hand(card) and card.custodian_id is None)
return_assets.when(lambda card: at_hand(card) and card.custodian_id is not None)
hand_over_assets.when(lambda card: at_hand(card) and card.custodian_id is not None)


@issue_assets.check
@return_assets.check
@hand_over_assets.check
def card_is_at_hand(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse cards that are out of the house or on the way out."""
    cards, text = _cards(rows), _now("这件资产现在是“%(state)s”，不能领用、退库或移交。")
    return [
        Problem("not_at_hand", text % {"state": cards[row.id].get_status_display()}, "id", index)
        for index, row in enumerate(rows)
        if not at_hand(cards[row.id])
    ]


@issue_assets.check
def card_is_free(context: Context, rows: Sequence[IssueAsset]) -> list[Problem]:
    """Refuse to issue what somebody holds: it is handed over, or given back first."""
    held = dict(Asset.objects.filter(pk__in=[row.id for row in rows], custodian__isnull=False).values_list("pk", "custodian__name"))
    text = _now("这件资产由%(name)s使用，请用“移交”或先“退库”。")
    return [Problem("held", text % {"name": held[row.id]}, "id", index) for index, row in enumerate(rows) if row.id in held]


@return_assets.check
@hand_over_assets.check
def card_is_held(context: Context, rows: Sequence[Any]) -> list[Problem]:
    """Refuse to take back or hand over what nobody holds."""
    cards = _cards(rows)
    free = [index for index, row in enumerate(rows) if cards[row.id].custodian_id is None]
    return [Problem("not_held", _now("这件资产没有使用人；请用“领用”。"), "id", index) for index in free]


@issue_assets.check
@hand_over_assets.check
def receiver_is_here(context: Context, rows: Sequence[IssueAsset | HandOverAsset]) -> list[Problem]:
    """Refuse a receiver who has left, or whose unit is another body's: that is a transfer."""
    people = Person.objects.select_related("unit").in_bulk({row.custodian for row in rows})
    cards, problems = Asset.objects.select_related("unit").in_bulk({row.id for row in rows}), []
    for index, row in enumerate(rows):
        person, card = people[row.custodian], cards[row.id]
        if person.status != PersonStatus.ACTIVE:
            problems.append(Problem("has_left", _now("%(name)s已经离岗。") % {"name": person.name}, "custodian", index))
        elif not person.unit.path.startswith(card.unit.path):
            text = _now("%(name)s不在卡片的单位“%(unit)s”，跨单位请申请调拨。") % {"name": person.name, "unit": card.unit.name}
            problems.append(Problem("other_unit", text, "custodian", index))
    return problems


ASSETS.offer("custody.issue_asset", "custody.return_asset", "custody.hand_over_asset")
