"""领导干部办公室备案: a unit hands in the list of its leaders' rooms once a year, the office of affairs receives or returns it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.usage.choices import FilingState
from gongjia.domains.usage.listing import columns_of, seats
from gongjia.domains.usage.models import FiledRoom, Filing
from gongjia.domains.usage.resources import FILINGS
from gongjia.domains.usage.services.publishing import filed, year_problems
from gongjia.org.models import Unit


class FileLeaders(Input, of=Filing):
    """The yearly list of a unit's leaders and their rooms."""

    unit: Annotated[int, Ref("org.unit")] = given()
    year: int = given()
    note: str = given("")


class FilingOf(Input, of=Filing):
    """A list that was handed in."""

    id: Annotated[int, Ref("usage.filing")] = given(label=_("领导办公室备案"))
    note: str = given("")


@action("usage.file_leaders", label=_("报送备案"), subject="usage.filing", unit="unit")
def file_leaders(context: Context, rows: Sequence[FileLeaders]) -> list[int]:
    """Freeze the leaders' rooms of today and hand them in (第十九条)."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    found = [[seat for seat in seats(units[row.unit], context.on) if seat.leads] for row in rows]
    numbers = [numbered("BA", row.year)[0] for row in rows]
    leaders = [len({(seat.person, seat.title) for seat in lines}) for lines in found]
    ids = create_rows(context, FILINGS, rows, number=numbers, submitted_on=context.on, leaders=leaders)
    for pk, lines in zip(ids, found, strict=True):
        bulk.insert(FiledRoom, len(lines), filing_id=pk, **columns_of(lines))
    return ids


@file_leaders.check
def leaders_are_filed_once(context: Context, rows: Sequence[FileLeaders]) -> list[Problem]:
    """Refuse a second list of a year unless the first was returned, another year, a secret unit, and a unit without leaders' rooms."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    problems = []
    for index, row in enumerate(rows):
        problems += year_problems(context, row.year, index)
        if filed(row.unit, row.year):
            problems.append(Problem("duplicate_key", _now("这个单位这一年已经报送。"), "year", index))
        if units[row.unit].secret:
            problems.append(Problem("secret", _now("涉密单位的领导办公室不在本系统备案。"), "unit", index))
        elif not any(seat.leads for seat in seats(units[row.unit], context.on)):
            problems.append(Problem("nothing", _now("这个单位没有登记领导干部的办公室。"), "unit", index))
    return problems


@action("usage.receive_filing", label=_("受理备案"), subject="usage.filing")
def receive_filings(context: Context, rows: Sequence[FilingOf]) -> list[int]:
    """Receive lists."""
    return _move(context, rows, FilingState.RECEIVED, received_on=context.on, receiver=context.actor_id)


@action("usage.return_filing", label=_("退回补正"), subject="usage.filing")
def return_filings(context: Context, rows: Sequence[FilingOf]) -> list[int]:
    """Return lists with what is to be put right; the unit hands in a new one."""
    return _move(context, rows, FilingState.RETURNED)


class _Moved(Input, of=Filing):
    id: int
    state: str
    note: str = ""
    received_on: dt.date | None = None
    receiver: int | None = None


def _move(context: Context, rows: Sequence[FilingOf], state: FilingState, **more: object) -> list[int]:
    noted = [{"note": row.note} if row.note else {} for row in rows]
    moved = [_Moved(id=row.id, state=state.value, **told, **more) for row, told in zip(rows, noted, strict=True)]  # type: ignore[arg-type]
    change_rows(context, FILINGS, moved)
    return [row.id for row in rows]


for _act in (receive_filings, return_filings):
    _act.when(lambda made: made.state == FilingState.SUBMITTED)


@receive_filings.check
@return_filings.check
def waits(context: Context, rows: Sequence[FilingOf]) -> list[Problem]:
    """Refuse a list that was received or returned already."""
    done = dict(Filing.objects.filter(pk__in=[row.id for row in rows]).exclude(state=FilingState.SUBMITTED).values_list("pk", "state"))
    text = _now("这份备案不在待受理状态。")
    return [Problem("not_waiting", text, "id", index) for index, row in enumerate(rows) if row.id in done]


@return_filings.check
def says_why(context: Context, rows: Sequence[FilingOf]) -> list[Problem]:
    """Refuse to return a list without a word."""
    return [Problem("missing", _now("写明退回原因。"), "note", index) for index, row in enumerate(rows) if not row.note]
