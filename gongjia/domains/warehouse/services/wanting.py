"""What units want: a wish is written down once, and met when something comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.warehouse.choices import WishState
from gongjia.domains.warehouse.models import Wish
from gongjia.domains.warehouse.resources import WISHES
from gongjia.domains.warehouse.wishing import match_wishes


class MakeWish(Input, of=Wish):
    """Something that a unit wants, in the words of who wants it."""

    unit: Annotated[int, Ref("org.unit")] = given()
    name: str = given(synonyms=("资产名称", "品名"))
    category: Annotated[int | None, Ref("ledger.category")] = given(None, help=_("填了分类，匹配更准；不填则按名称找。"))
    quantity: int = given(1)
    bundle: str = given("")
    least_grade: str = given("c")
    least_months: int = given(0)
    urgency: str = given("1")
    needed_by: dt.date | None = given(None)
    place: Annotated[int | None, Ref("org.place")] = given(None)
    purpose: str = given("")


class EditWish(Input, of=Wish):
    """The fields of a wish that change."""

    id: Annotated[int, Ref("warehouse.wish")] = given(label=_("需求"))
    quantity: int | None = given(None)
    bundle: str | None = given(None)
    least_grade: str | None = given(None)
    least_months: int | None = given(None)
    urgency: str | None = given(None)
    needed_by: dt.date | None = given(None)
    purpose: str | None = given(None)


class CloseWish(Input):
    """A wish that nobody has any more."""

    id: Annotated[int, Ref("warehouse.wish")] = given(label=_("需求"))


class StateChange(Input):
    """The new state of a wish."""

    id: int
    state: str


@action("warehouse.make_wish", label=_("登记需求"), subject="warehouse.wish", unit="unit")
def make_wishes(context: Context, rows: Sequence[MakeWish]) -> list[int]:
    """Write wishes down and look at once for what meets them."""
    ids = create_rows(context, WISHES, rows, made_on=context.on, maker_id=context.actor_id, **context.provenance())
    match_wishes(context, ids)
    return ids


@make_wishes.check
def asks_for_something(context: Context, rows: Sequence[MakeWish]) -> list[Problem]:
    """Refuse to want nothing."""
    return [
        Problem("not_positive", _now("数量应大于 0。"), "quantity", i, value=row.quantity) for i, row in enumerate(rows) if row.quantity < 1
    ]


@action("warehouse.edit_wish", label=_("修改需求"), subject="warehouse.wish")
def edit_wishes(context: Context, rows: Sequence[EditWish]) -> list[int]:
    """Change the given fields of wishes and look again."""
    change_rows(context, WISHES, rows)
    match_wishes(context, [row.id for row in rows])
    return [row.id for row in rows]


@action("warehouse.close_wish", label=_("撤销需求"), subject="warehouse.wish")
def close_wishes(context: Context, rows: Sequence[CloseWish]) -> list[int]:
    """Give wishes up."""
    change_rows(context, WISHES, [StateChange(id=row.id, state=WishState.CLOSED.value) for row in rows])
    return [row.id for row in rows]
