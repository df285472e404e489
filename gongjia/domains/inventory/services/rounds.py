"""A round is opened over the cards that are there, stopped when everybody has looked, and closed when nothing is left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem, Refused
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.inventory.choices import Found, RoundState, Settled
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.domains.inventory.resources import ROUNDS
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Asset
from gongjia.org.models import Place, Unit

COPIED = {"pk": "asset_id", "unit_id": "unit_id", "name": "name", "category_id": "category_id", "quantity": "quantity", "cost": "cost"}
COPIED |= {"place_id": "book_place_id", "custodian_id": "book_custodian_id"}


class OpenRound(Input, of=Round):
    """A round over a unit and everything below it, or a part of that."""

    title: str = given()
    unit: Annotated[int, Ref("org.unit")] = given()
    place: Annotated[int | None, Ref("org.place")] = given(None, help=_("楼栋、楼层或房间；不填则盘全部地点。"))
    category: str = given("", help=_("分类代码的开头，如 A0201；不填则盘全部分类。"))
    due_on: dt.date = given()


class RoundOf(Input):
    """A round."""

    id: Annotated[int, Ref("inventory.round")] = given(label=_("盘点任务"))


class NewState(Input, of=Round):
    """The state that a round goes into, and since when."""

    id: int
    state: str
    counted_on: dt.date | None = None
    ended_on: dt.date | None = None


def cards_of(unit: int, place: int | None, category: str) -> QuerySet[Asset]:
    """Return the cards that a round is about: live, not disposed of, of the unit's tree, below the place, of the class."""
    path = Unit.objects.values_list("path", flat=True).get(pk=unit)
    rows = Asset.objects.live().exclude(status=AssetStatus.DISPOSED).filter(unit__path__startswith=path)
    if place:
        rows = rows.filter(place__path__startswith=Place.objects.values_list("path", flat=True).get(pk=place))
    return rows.filter(category__code__startswith=category) if category else rows


@action("inventory.open_round", label=_("开始盘点"), subject="inventory.round", unit="unit")
def open_rounds(context: Context, rows: Sequence[OpenRound]) -> list[int]:
    """Open rounds, each with a line for every card that is to be seen."""
    numbers = numbered("PD", context.on.year, len(rows))
    ids = create_rows(context, ROUNDS, rows, number=numbers, opened_on=context.on)
    for pk, row in zip(ids, rows, strict=True):
        cards = list(cards_of(row.unit, row.place, row.category).order_by("pk").values_list(*COPIED))
        columns: dict[str, Any] = dict(zip(COPIED.values(), (list(column) for column in zip(*cards, strict=True)), strict=False))
        bulk.insert(CountLine, len(cards), round_id=pk, **columns)
    return ids


@open_rounds.check
def round_is_about_something(context: Context, rows: Sequence[OpenRound]) -> list[Problem]:
    """Refuse a round without a card, and one that ends before it begins."""
    problems = []
    for index, row in enumerate(rows):
        if row.due_on < context.on:
            problems.append(Problem("dates", _now("截止日期已经过去。"), "due_on", index, value=row.due_on))
        if not cards_of(row.unit, row.place, row.category).exists():
            problems.append(Problem("no_cards", _now("这个范围里没有资产卡片。"), "unit", index))
    return problems


@action("inventory.stop_counting", label=_("停止清点"), subject="inventory.round")
def stop_counting(context: Context, rows: Sequence[RoundOf]) -> list[int]:
    """Stop counting: what nobody has seen is missing."""
    for row in rows:
        CountLine.objects.filter(round=row.id, found=Found.PENDING).update(found=Found.MISSING)
    change_rows(context, ROUNDS, [NewState(id=row.id, state=RoundState.COUNTED.value, counted_on=context.on) for row in rows])
    return [row.id for row in rows]


stop_counting.when(lambda round_: round_.state == RoundState.OPEN)


@stop_counting.check
def is_open(context: Context, rows: Sequence[RoundOf]) -> list[Problem]:
    """Refuse to stop what is not going on."""
    return _in_state(rows, RoundState.OPEN, _now("这次盘点已经停止清点。"))


@action("inventory.close_round", label=_("办结盘点"), subject="inventory.round")
def close_rounds(context: Context, rows: Sequence[RoundOf]) -> list[int]:
    """Close rounds whose differences are all settled."""
    for row in rows:
        left = open_differences(row.id).count()
        if left:
            text = _now("还有 %(count)s 项差异没有处理：盘盈建卡，盘亏核销，移动的按实登记。") % {"count": left}
            raise Refused([Problem("open_differences", text, "id")])
    change_rows(context, ROUNDS, [NewState(id=row.id, state=RoundState.CLOSED.value, ended_on=context.on) for row in rows])
    return [row.id for row in rows]


close_rounds.when(lambda round_: round_.state == RoundState.COUNTED)


@close_rounds.check
def is_counted(context: Context, rows: Sequence[RoundOf]) -> list[Problem]:
    """Refuse to close what is still being counted, or is closed."""
    return _in_state(rows, RoundState.COUNTED, _now("先停止清点；已办结的不能再办结。"))


def open_differences(round_id: int) -> QuerySet[CountLine]:
    """Return the lines of a round that differ from the books and are not settled."""
    differing = (Found.MISSING, Found.SURPLUS, Found.MOVED)
    return CountLine.objects.filter(round=round_id, found__in=differing, settled=Settled.OPEN)


def _in_state(rows: Sequence[RoundOf], state: RoundState, text: str) -> list[Problem]:
    fitting = set(Round.objects.filter(pk__in=[row.id for row in rows], state=state).values_list("pk", flat=True))
    return [Problem("state", text, "id", index) for index, row in enumerate(rows) if row.id not in fitting]
