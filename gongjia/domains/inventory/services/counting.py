"""Counting: a code that was scanned becomes a seen card; what no card knows becomes a surplus. The same count sent twice is one count."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.domains.inventory.choices import Found, RoundState
from gongjia.domains.inventory.models import CountLine, Round
from gongjia.domains.inventory.resources import LINES
from gongjia.ledger.models import Asset
from gongjia.org.models import Place

ADDRESS = re.compile(r"/ledger/asset/(\d+)/?$")


class CountAsset(Input, of=CountLine):
    """One scan: the code of a label, where it was read, and what the thing looked like."""

    round: Annotated[int, Ref("inventory.round")] = given()
    code: str = given(label=_("标签内容或资产编号"))
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("实际地点"), help=_("不填表示就在账面地点。"))
    condition: str = given("good")
    counted_quantity: Decimal | None = given(None, help=_("不填表示与账面相同。"))
    counted_at: dt.datetime | None = given(None)
    client_key: str = given("")
    note: str = given("")


class RecordSurplus(Input, of=CountLine):
    """A thing without a card."""

    round: Annotated[int, Ref("inventory.round")] = given()
    name: str = given()
    category: Annotated[int | None, Ref("ledger.category")] = given(None)
    place: Annotated[int | None, Ref("org.place")] = given(None, label=_("实际地点"))
    condition: str = given("good")
    counted_quantity: Decimal = given(Decimal(1))
    value: Decimal | None = given(None, help=_("按同类资产的重置价值或评估值估计；批准建卡时可改。"))
    counted_at: dt.datetime | None = given(None)
    client_key: str = given("")
    note: str = given("")


@dataclass
class Scope:
    """What counting looks up once: the cards that the codes mean, the lines of the rounds."""

    cards: dict[tuple[int, str], Asset] = field(default_factory=dict)
    lines: dict[tuple[int, int], CountLine] = field(default_factory=dict)


def key_of(code: str) -> int | None:
    """Return the primary key that a label's address names, or None for a plain asset number."""
    found = ADDRESS.search(code.strip())
    return int(found[1]) if found else None


def looked_up(rows: Sequence[CountAsset]) -> Scope:
    """Return the cards that the codes name, within the tree of each round's unit where a number is not unique, and their lines."""
    scope, paths = Scope(), dict(Round.objects.filter(pk__in={row.round for row in rows}).values_list("pk", "unit__path"))
    for row in rows:
        pk = key_of(row.code)
        found = Asset.objects.live().filter(**({"pk": pk} if pk else {"number": row.code.strip()}))
        within = found.filter(unit__path__startswith=paths[row.round]).first() or found.first()
        if within is not None:
            scope.cards[row.round, row.code] = within
    wanted = {(round_id, card.pk) for (round_id, _code), card in scope.cards.items()}
    known = CountLine.objects.filter(round__in={pk for pk, _asset in wanted}, asset__in={asset for _pk, asset in wanted})
    scope.lines = {(line.round_id, line.asset_id or 0): line for line in known}
    return scope


@action("inventory.count_asset", label=_("清点"), subject="inventory.countline", unit="round")
def count_assets(context: Context, rows: Sequence[CountAsset]) -> list[int]:
    """Enter counts; a later count of the same card replaces an earlier one, and a count that was sent before is not entered again."""
    scope, ids = looked_up(rows), []
    for row in rows:
        card = scope.cards[row.round, row.code]
        line = scope.lines.get((row.round, card.pk)) or _outside(context, row, card)
        if not line.counted_at or line.client_key != row.client_key or not row.client_key:
            _enter(context, row, line)
        ids.append(line.pk)
    return ids


def _outside(context: Context, row: CountAsset, card: Asset) -> CountLine:
    """Make the line of a card that the round was not about: it stands in the wrong house."""
    unit = Round.objects.values_list("unit", flat=True).get(pk=row.round)
    made: dict[str, Any] = {"round_id": row.round, "unit_id": unit, "asset": card, "name": card.name, "cost": card.cost}
    return CountLine.objects.create(**made, found=Found.FOREIGN, quantity=card.quantity, book_place_id=card.place_id)


def _enter(context: Context, row: CountAsset, line: CountLine) -> None:
    before = {"found": line.found, "place_id": line.place_id, "condition": line.condition}
    line.place_id = row.place or line.book_place_id
    if line.found != Found.FOREIGN:
        line.found = Found.FOUND if line.place_id == line.book_place_id else Found.MOVED
    line.condition, line.note, line.client_key = row.condition, row.note, row.client_key
    line.counted_quantity = line.quantity if row.counted_quantity is None else row.counted_quantity  # type: ignore[assignment]
    line.counter_id, line.counted_at = context.actor_id, row.counted_at or context.now
    line.save()
    after = {"found": line.found, "place_id": line.place_id, "condition": line.condition}
    context.record(LINES.key, line.pk, line.unit_id, before, after)


@count_assets.check
def code_is_known(context: Context, rows: Sequence[CountAsset]) -> list[Problem]:
    """Refuse codes that no card has: they are entered as surplus, so that nothing is made up."""
    scope, text = looked_up(rows), _now("没有编号为“%(code)s”的卡片；请核对标签，确无卡片的登记为盘盈。")
    return [
        Problem("unknown_code", text % {"code": row.code}, "code", index, value=row.code)
        for index, row in enumerate(rows)
        if (row.round, row.code) not in scope.cards
    ]


@action("inventory.record_surplus", label=_("登记盘盈"), subject="inventory.countline", unit="round")
def record_surplus(context: Context, rows: Sequence[RecordSurplus]) -> list[int]:
    """Enter things without cards; one that was sent before is not entered again."""
    sent = [row.client_key for row in rows if row.client_key]
    known = {line.client_key: line.pk for line in CountLine.objects.filter(round__in={row.round for row in rows}, client_key__in=sent)}
    return [known.get(row.client_key) or _new_surplus(context, row) for row in rows]


def _new_surplus(context: Context, row: RecordSurplus) -> int:
    unit = _unit_of(row)
    what: dict[str, Any] = {"name": row.name, "category_id": row.category, "counted_quantity": row.counted_quantity, "value": row.value}
    where: dict[str, Any] = {"round_id": row.round, "unit_id": unit, "place_id": row.place, "condition": row.condition, "note": row.note}
    who: dict[str, Any] = {"counter_id": context.actor_id, "counted_at": row.counted_at or context.now, "client_key": row.client_key}
    line = CountLine.objects.create(found=Found.SURPLUS, **what, **where, **who)
    context.record(LINES.key, line.pk, unit, None, {"found": Found.SURPLUS.value, **what})
    return line.pk


def _unit_of(row: RecordSurplus) -> int:
    """Return the unit of the place where it stands, if that is in the round's tree, else the round's own."""
    unit, path = Round.objects.values_list("unit", "unit__path").get(pk=row.round)
    place = Place.objects.filter(pk=row.place, unit__path__startswith=path).values_list("unit", flat=True).first() if row.place else None
    return place or unit


@count_assets.check
@record_surplus.check
def round_is_going_on(context: Context, rows: Sequence[CountAsset | RecordSurplus]) -> list[Problem]:
    """Refuse counts of a round that has been stopped, and amounts below nothing."""
    going = set(Round.objects.filter(pk__in={row.round for row in rows}, state=RoundState.OPEN).values_list("pk", flat=True))
    problems = [
        Problem("not_open", _now("这次盘点已经停止清点。"), "round", index) for index, row in enumerate(rows) if row.round not in going
    ]
    below = [index for index, row in enumerate(rows) if row.counted_quantity is not None and row.counted_quantity < 0]
    return problems + [Problem("negative", _now("数量不能小于 0。"), "counted_quantity", index) for index in below]
