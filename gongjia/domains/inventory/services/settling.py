"""What follows from a count: moves are accepted, surpluses become cards and shortages are written off, both by request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.reservations import Claim
from gongjia.core.writing import change_rows
from gongjia.domains.custody.services.moving import Held
from gongjia.domains.disposal.choices import Way
from gongjia.domains.disposal.services.asking import Dispose, granted
from gongjia.domains.inventory.choices import Found, RoundState, Settled
from gongjia.domains.inventory.models import CountLine
from gongjia.domains.inventory.resources import LINES
from gongjia.ledger import entries
from gongjia.ledger.choices import Acquisition, Booking, EntryKind, ValueType
from gongjia.ledger.numbers import card_numbers
from gongjia.ledger.resources import ASSETS
from gongjia.ledger.services import RegisterAsset, insert_cards

LINE = given(label=_("盘点明细"))


class ExplainDifference(Input, of=CountLine):
    """Why a line differs from the books."""

    id: Annotated[int, Ref("inventory.countline")] = LINE
    cause: str = given()
    explanation: str = given("")


class AcceptCount(Input):
    """A line whose card is to say where the thing is."""

    id: Annotated[int, Ref("inventory.countline")] = LINE


class SettleSurplus(Input, of=CountLine):
    """A surplus that is to become a card."""

    id: Annotated[int, Ref("inventory.countline")] = LINE
    category: Annotated[int, Ref("ledger.category")] = given()
    value: Decimal = given(help=_("重置价值或评估值；无法取得的按名义金额 1 元。"))


class SettleShortage(Dispose, of=CountLine):
    """A shortage that is to be written off."""

    id: Annotated[int, Ref("inventory.countline")] = LINE
    reason: str = given("loss", lender="disposal.Disposal.reason")
    explanation: str = given(lender="disposal.Disposal.explanation")


class Outcome(Input, of=CountLine):
    """How a line was settled."""

    id: int
    settled: str
    asset: int | None = None
    request_key: str = ""


@action("inventory.explain_difference", label=_("说明差异"), subject="inventory.countline")
def explain_differences(context: Context, rows: Sequence[ExplainDifference]) -> list[int]:
    """Say why lines differ from the books."""
    change_rows(context, LINES, rows)
    return [row.id for row in rows]


@action("inventory.accept_count", label=_("按实登记"), subject="inventory.countline")
def accept_counts(context: Context, rows: Sequence[AcceptCount]) -> list[int]:
    """Let cards say where the things were seen."""
    lines = CountLine.objects.in_bulk([row.id for row in rows])
    seen = [Held(id=lines[row.id].asset_id or 0, place=lines[row.id].place_id) for row in rows]
    entries.append_changes(context, change_rows(context, ASSETS, seen), EntryKind.COUNT)
    change_rows(context, LINES, [Outcome(id=row.id, settled=Settled.ACCEPTED.value) for row in rows])
    return [row.id for row in rows]


def line_claims(context: Context, rows: Sequence[Any]) -> list[Claim]:
    """Reserve the lines, and the cards that they are about."""
    lines = CountLine.objects.in_bulk([row.id for row in rows])
    claims = [Claim(LINES.key, row.id, name=lines[row.id].name) for row in rows]
    return claims + [Claim(ASSETS.key, line.asset_id, name=line.name) for line in lines.values() if line.asset_id]


@action("inventory.settle_surplus", label=_("申请盘盈入账"), subject="inventory.countline", by_request=True, claims=line_claims)
def settle_surplus(context: Context, rows: Sequence[SettleSurplus]) -> list[int]:
    """Register cards for what was found without one."""
    lines = CountLine.objects.in_bulk([row.id for row in rows])
    made = insert_cards(context, [_card(context, row, lines[row.id]) for row in rows])
    done: dict[str, Any] = {"settled": Settled.REGISTERED.value, "request_key": context.request_key}
    change_rows(context, LINES, [Outcome(id=row.id, asset=asset, **done) for row, asset in zip(rows, made, strict=True)])
    return [row.id for row in rows]


def _card(context: Context, row: SettleSurplus, line: CountLine) -> RegisterAsset:
    what: dict[str, Any] = {"unit": line.unit_id, "category": row.category, "name": line.name, "quantity": line.counted_quantity}
    worth: dict[str, Any] = {"cost": row.value, "value_type": ValueType.REPLACEMENT.value, "booking": Booking.UNBOOKED.value}
    how: dict[str, Any] = {"acquisition": Acquisition.SURPLUS.value, "acquired_on": context.on, "place": line.place_id}
    return RegisterAsset(number=card_numbers(line.unit_id, context.on.year, 1)[0], **what, **worth, **how)


@action(
    "inventory.settle_shortage", label=_("申请盘亏核销"), subject="inventory.countline", by_request=True, claims=line_claims, danger=True
)
def settle_shortage(context: Context, rows: Sequence[SettleShortage]) -> list[int]:
    """Grant the write-off of what was not found: a disposal of its card, which is completed and closed as any other."""
    lines = CountLine.objects.in_bulk([row.id for row in rows])
    lost = [Dispose(**{**row.model_dump(include=set(Dispose.model_fields)), "id": lines[row.id].asset_id}) for row in rows]
    granted(Way.WRITE_OFF)(context, lost)
    settled = Settled.WRITTEN_OFF.value
    change_rows(context, LINES, [Outcome(id=row.id, settled=settled, request_key=context.request_key) for row in rows])
    return [row.id for row in rows]


def differs(*found: Found) -> Callable[[CountLine], bool]:
    """Return whether a line was found so and nothing has followed from it."""
    return lambda line: line.found in found and not line.settled


explain_differences.when(differs(Found.MISSING, Found.SURPLUS, Found.MOVED))
accept_counts.when(differs(Found.MOVED, Found.FOREIGN))
settle_surplus.when(differs(Found.SURPLUS))
settle_shortage.when(differs(Found.MISSING))


def _expecting(rows: Sequence[Any], found: tuple[Found, ...], text: str) -> list[Problem]:
    lines = CountLine.objects.select_related("round").in_bulk([row.id for row in rows])
    problems = []
    for index, row in enumerate(rows):
        line = lines[row.id]
        if not differs(*found)(line):
            problems.append(Problem("not_fitting", text, "id", index))
        elif line.round.state == RoundState.CLOSED or (line.round.state == RoundState.OPEN and line.found == Found.MISSING):
            problems.append(Problem("state", _now("先停止清点；办结的盘点不能再改。"), "id", index))
    return problems


@accept_counts.check
def was_moved(context: Context, rows: Sequence[AcceptCount]) -> list[Problem]:
    """Refuse lines whose thing is where its card says, or nowhere."""
    return _expecting(rows, (Found.MOVED, Found.FOREIGN), _now("只有“在别处”而未处理的可以按实登记。"))


@settle_surplus.check
def is_surplus(context: Context, rows: Sequence[SettleSurplus]) -> list[Problem]:
    """Refuse what has a card, and values below nothing."""
    negative = [Problem("negative", _now("计价不能小于 0。"), "value", index) for index, row in enumerate(rows) if row.value < 0]
    return _expecting(rows, (Found.SURPLUS,), _now("只有未处理的盘盈可以建卡入账。")) + negative


@settle_shortage.check
def is_missing(context: Context, rows: Sequence[SettleShortage]) -> list[Problem]:
    """Refuse what was found, and what nobody has explained."""
    unexplained = set(CountLine.objects.filter(pk__in=[row.id for row in rows], cause="").values_list("pk", flat=True))
    text = _now("先说明差异原因，再申请核销。")
    found = [Problem("unexplained", text, "id", index) for index, row in enumerate(rows) if row.id in unexplained]
    return _expecting(rows, (Found.MISSING,), _now("只有未处理的盘亏可以申请核销。")) + found
