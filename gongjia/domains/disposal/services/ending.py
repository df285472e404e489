"""After the grant: the thing goes, the card is closed, income goes to the treasury, the voucher is noted; or it stays after all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows
from gongjia.domains.disposal import rules
from gongjia.domains.disposal.choices import State
from gongjia.domains.disposal.models import Disposal
from gongjia.domains.disposal.resources import DISPOSALS
from gongjia.ledger import entries
from gongjia.ledger.choices import AssetStatus, EntryKind
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS

NAMED = given(label=_("资产处置"))


class Complete(Input, of=Disposal):
    """What happened to a thing whose disposal was granted."""

    id: Annotated[int, Ref("disposal.disposal")] = NAMED
    done_on: dt.date = given()
    document: str = given("", help=_("批复文号；没有单独批复的，以本系统申请编号为准。"))
    income: Decimal = given(Decimal(0), help=_("处置收入按政府非税收入管理，上缴国库。"))
    expense: Decimal = given(Decimal(0))


class Close(Input, of=Disposal):
    """The papers that close a disposal in the books."""

    id: Annotated[int, Ref("disposal.disposal")] = NAMED
    voucher: str = given()
    remitted_on: dt.date | None = given(None)
    remittance: str = given("")


class Cancel(Input):
    """A granted disposal that does not happen."""

    id: Annotated[int, Ref("disposal.disposal")] = NAMED
    reason: str = given(label=_("取消原因"))


class NewState(Input, of=Disposal):
    """The state that a disposal goes into."""

    id: int
    state: str


class Gone(Input, of=Asset):
    """What a card says once its thing has gone, or stays."""

    id: int
    status: str
    disposal: str = ""
    disposal_reason: str = ""
    disposed_on: dt.date | None = None
    disposal_document: str = ""
    disposal_income: Decimal | None = None
    on_books: bool = True
    custodian: int | None = None
    idle_since: dt.date | None = None


@action("disposal.complete", label=_("登记处置完成"), subject="disposal.disposal", danger=True)
def complete(context: Context, rows: Sequence[Complete]) -> list[int]:
    """Record that the things have gone: the cards leave the totals."""
    made = Disposal.objects.in_bulk([row.id for row in rows])
    papers = {row.id: row.document or made[row.id].document or made[row.id].request_key for row in rows}
    whole = [Complete(**{**row.model_dump(), "document": papers[row.id]}) for row in rows]
    change_rows(context, DISPOSALS, whole)
    change_rows(context, DISPOSALS, [NewState(id=row.id, state=State.DONE.value) for row in rows])
    gone = [_gone(made[row.id], row) for row in whole]
    entries.append_changes(context, change_rows(context, ASSETS, gone), EntryKind.DISPOSE)
    return [row.id for row in rows]


def _gone(disposal: Disposal, row: Complete) -> Gone:
    form = rules.LEDGER_WAYS[disposal.way]
    out: dict[str, Any] = {"status": AssetStatus.DISPOSED.value, "on_books": False, "custodian": None, "idle_since": None}
    papers: dict[str, Any] = {"disposal": form, "disposal_reason": disposal.reason, "disposal_document": row.document}
    return Gone(id=disposal.asset_id, disposed_on=row.done_on, disposal_income=row.income, **out, **papers)


complete.when(lambda disposal: disposal.state == State.GRANTED)


@complete.check
def is_granted(context: Context, rows: Sequence[Complete]) -> list[Problem]:
    """Refuse what is not granted or is over, days out of order, and amounts below nothing."""
    made, problems = Disposal.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        disposal = made[row.id]
        if disposal.state != State.GRANTED:
            text = _now("这项处置%(state)s，不能再登记完成。") % {"state": disposal.get_state_display()}
            problems.append(Problem("not_granted", text, "id", index))
        elif not disposal.granted_on <= row.done_on <= context.on:
            problems.append(Problem("dates", _now("处置日期应在批准日期与今天之间。"), "done_on", index, value=row.done_on))
        if row.income < 0 or row.expense < 0:
            problems.append(Problem("negative", _now("收入和费用不能小于 0。"), "income", index))
    return problems


@action("disposal.close", label=_("核销"), subject="disposal.disposal")
def close(context: Context, rows: Sequence[Close]) -> list[int]:
    """Note the voucher that took the card off the books, and that the income is with the treasury."""
    change_rows(context, DISPOSALS, rows)
    change_rows(context, DISPOSALS, [NewState(id=row.id, state=State.CLOSED.value) for row in rows])
    return [row.id for row in rows]


close.when(lambda disposal: disposal.state == State.DONE)


@close.check
def is_done(context: Context, rows: Sequence[Close]) -> list[Problem]:
    """Refuse to close what has not gone, and income that has not reached the treasury (第二十五、二十六条)."""
    made, problems = Disposal.objects.in_bulk([row.id for row in rows]), []
    for index, row in enumerate(rows):
        if made[row.id].state != State.DONE:
            text = _now("这项处置%(state)s，还不能核销。") % {"state": made[row.id].get_state_display()}
            problems.append(Problem("not_done", text, "id", index))
        elif made[row.id].income and not (row.remitted_on and row.remittance):
            text = _now("有处置收入 %(income)s 元：写明上缴日期和缴款书号后才能核销。") % {"income": made[row.id].income}
            problems.append(Problem("not_remitted", text, "remitted_on", index))
    return problems


@action("disposal.cancel", label=_("取消处置"), subject="disposal.disposal", danger=True)
def cancel(context: Context, rows: Sequence[Cancel]) -> list[int]:
    """Let cards stay whose disposal was granted and does not happen."""
    made = Disposal.objects.in_bulk([row.id for row in rows])
    change_rows(context, DISPOSALS, [NewState(id=row.id, state=State.CANCELLED.value) for row in rows])
    stays = [Stays(id=made[row.id].asset_id, status=made[row.id].status_before) for row in rows]
    entries.append_changes(context, change_rows(context, ASSETS, stays), EntryKind.STATUS, _now("取消处置"))
    return [row.id for row in rows]


class Stays(Input, of=Asset):
    """A card that is what it was."""

    id: int
    status: str


cancel.when(lambda disposal: disposal.state == State.GRANTED)


@cancel.check
def is_not_done(context: Context, rows: Sequence[Cancel]) -> list[Problem]:
    """Refuse to cancel what has happened."""
    over = dict(Disposal.objects.filter(pk__in=[row.id for row in rows]).exclude(state=State.GRANTED).values_list("pk", "state"))
    text = _now("这项处置%(state)s，不能取消。")
    return [Problem("over", text % {"state": State(over[row.id]).label}, "id", index) for index, row in enumerate(rows) if row.id in over]
