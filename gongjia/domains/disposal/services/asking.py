"""The seven ways out, each by request only; a granted one marks the card, and what happened is entered when it has happened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.disposal import rules
from gongjia.domains.disposal.choices import Way
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.disposal.resources import DISPOSALS
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, DisposalReason, EntryKind
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.services import whole_cards

STUCK = (AssetStatus.TO_DISPOSE, AssetStatus.DISPOSED, AssetStatus.LENT, AssetStatus.LEASED_OUT)
WHY, DECIDED, WORTH = _("理由"), _("集体决策"), _("评估")


class Dispose(Input, of=Disposal):
    """A card that is to leave, why, and who decided it."""

    id: Annotated[int, Ref("ledger.asset")] = given(label=_("资产"))
    reason: str = given(group=WHY)
    explanation: str = given(group=WHY)
    opinion: str = given("", group=WHY, help=_("因技术原因淘汰或无法维修的，必须填写鉴定意见，并附鉴定材料。"))
    decision: str = given(group=DECIDED, help=_("处置国有资产应当集体决策（国务院令第738号第十九条）。"))
    decided_on: dt.date = given(group=DECIDED)


class DisposeToSomebody(Dispose, of=Disposal):
    """A card that goes to somebody."""

    recipient: str = given(group=WHY)


class DisposeForValue(Dispose, of=Disposal):
    """A card that is disposed of for value."""

    appraisal: str = given(group=WORTH, help=_("转让、拍卖、置换应当评估（国务院令第738号第三十六条）。"))
    appraised: Decimal = given(group=WORTH)


class DisposeForValueToSomebody(DisposeForValue, of=Disposal):
    """A card that is disposed of for value to somebody known."""

    recipient: str = given(group=WHY)


class OnItsWay(Input, of=Asset):
    """A card that is to be disposed of, or has been."""

    id: int
    status: str
    disposal: str = ""
    disposal_reason: str = ""
    disposed_on: dt.date | None = None
    on_books: bool = True


def granted(way: Way) -> Callable[[Context, Sequence[Any]], list[int]]:
    """Return the service that writes what was granted and marks the cards."""

    def dispose(context: Context, rows: Sequence[Any]) -> list[int]:
        cards = Asset.objects.in_bulk([row.id for row in rows])
        units = [cards[row.id].unit_id for row in rows]
        known: dict[str, Any] = {"number": numbered("CHZ", context.on.year, len(rows)), "asset_id": [row.id for row in rows]}
        known |= {"unit_id": units, "status_before": [cards[row.id].status for row in rows], "way": way.value}
        create_rows(context, DISPOSALS, rows, units, **known, granted_on=context.on, request_key=context.request_key)
        marked = [OnItsWay(id=row.id, status=AssetStatus.TO_DISPOSE.value) for row in rows]
        entries.append_changes(context, change_rows(context, ASSETS, marked), EntryKind.STATUS, str(way.label))
        return [row.id for row in rows]

    return dispose


def foreseen(way: Way) -> Callable[[Context, Sequence[Any]], list[int]]:
    """Return what the request leads to: the cards disposed of today, for the standards to judge."""

    def gone(context: Context, rows: Sequence[Any]) -> list[int]:
        form = rules.LEDGER_WAYS[way.value]
        out: dict[str, Any] = {"status": AssetStatus.DISPOSED.value, "disposal": form, "disposed_on": context.on, "on_books": False}
        change_rows(context, ASSETS, [OnItsWay(id=row.id, disposal_reason=row.reason, **out) for row in rows])
        return [row.id for row in rows]

    return gone


def checked(way: Way) -> Callable[[Context, Sequence[Any]], list[Problem]]:
    """Return the check of what a way needs: a card that is there, a ground that fits, the papers."""

    def check(context: Context, rows: Sequence[Any]) -> list[Problem]:
        states = dict(Asset.objects.filter(pk__in=[row.id for row in rows]).values_list("pk", "status"))
        return [problem for index, row in enumerate(rows) for problem in _problems(context, way, index, row, states[row.id])]

    return check


def _problems(context: Context, way: Way, index: int, row: Any, status: str) -> list[Problem]:
    found = []
    if status in STUCK:
        text = _now("这件资产现在是“%(state)s”，不能申请处置。") % {"state": AssetStatus(status).label}
        found.append(Problem("not_at_hand", text, "id", index))
    if not rules.ground_fits(way.value, row.reason):
        fitting = "、".join(str(DisposalReason(ground).label) for ground in rules.GROUNDS[way.value])
        text = _now("%(way)s的理由应是：%(fitting)s。") % {"way": way.label, "fitting": fitting}
        found.append(Problem("ground", text, "reason", index, value=row.reason))
    if rules.needs_opinion(row.reason) and not row.opinion:
        found.append(Problem("no_opinion", _now("这一理由须有技术鉴定意见。"), "opinion", index))
    if row.decided_on > context.on:
        found.append(Problem("in_future", _now("集体决策日期在今天之后。"), "decided_on", index, value=row.decided_on))
    if getattr(row, "appraised", Decimal(0)) < 0:
        found.append(Problem("negative", _now("评估值不能小于 0。"), "appraised", index))
    return found


INPUTS: dict[Way, tuple[str, type[Dispose], Any]] = {
    Way.SCRAP: ("scrap_asset", Dispose, _("申请报废")),
    Way.SALE: ("sell_asset", DisposeForValueToSomebody, _("申请出售")),
    Way.AUCTION: ("auction_asset", DisposeForValue, _("申请拍卖")),
    Way.DONATION: ("donate_asset", DisposeToSomebody, _("申请捐赠")),
    Way.EXCHANGE: ("exchange_asset", DisposeForValueToSomebody, _("申请置换")),
    Way.TRANSFER_FREE: ("transfer_free", DisposeToSomebody, _("申请无偿划转")),
    Way.WRITE_OFF: ("write_off_asset", Dispose, _("申请损失核销")),
}


def _declare(way: Way) -> None:
    name, inputs, label = INPUTS[way]
    service = granted(way)
    service.__annotations__["rows"] = Sequence[inputs]  # type: ignore[valid-type]
    made = action(
        f"disposal.{name}",
        label=label,
        subject="ledger.asset",
        by_request=True,
        claims=whole_cards,
        foresight=foreseen(way),
        danger=True,
    )(service)
    made.check(checked(way))
    made.when(lambda card: card.status not in STUCK)
    ASSETS.offer(made.key)


for _way in Way:
    _declare(_way)
