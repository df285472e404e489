"""Titles: registered as the certificate says, or filed as unclear until they are settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.problems import Problem
from gongjia.core.undo import restore_records
from gongjia.core.writing import change_rows, create_rows
from gongjia.domains.leasing.models import TitleFiling
from gongjia.domains.leasing.resources import FILINGS, TITLES
from gongjia.domains.offices.models import Title
from gongjia.org.models import Place


class RegisterTitle(Input, of=Title):
    """What a certificate says of a place."""

    place: Annotated[int, Ref("org.place")] = given(synonyms=("房屋编号", "不动产编号", "房屋"))
    number: str = given("", synonyms=("权证号", "不动产权证号"))
    holder: str = given(synonyms=("权利人",))
    registered: bool = given(True, synonyms=("已确权",))
    certified_area: Decimal | None = given(None, synonyms=("证载建筑面积", "证载面积"))
    valid_from: dt.date = given(synonyms=("登记日期",))
    note: str = given("", synonyms=("备注",))


class FileTitle(Input, of=TitleFiling):
    """A place whose title is unclear."""

    place: Annotated[int, Ref("org.place")] = given(synonyms=("房屋编号", "房屋"))
    problem: str = given(synonyms=("权属问题",))
    filed_on: dt.date = given(synonyms=("备案日期",))
    document: str = given("", synonyms=("备案文号",))


class SettleFiling(Input, of=TitleFiling):
    """A filing that is settled."""

    id: Annotated[int, Ref("leasing.filing")] = given(label=_("权属备案"))
    settled_on: dt.date | None = given(None)
    document: str | None = given(None)


class Superseded(Input):
    """A title that a later one takes the place of."""

    id: int
    valid_to: dt.date


def _units(places: Sequence[int]) -> list[int]:
    units = dict(Place.objects.filter(pk__in=set(places)).values_list("pk", "unit"))
    return [units[place] for place in places]


@action("leasing.register_title", label=_("登记权属"), subject="leasing.title", unit="place", undo=restore_records)
def register_titles(context: Context, rows: Sequence[RegisterTitle]) -> list[int]:
    """Register titles; the one before each ends on that day."""
    before = Title.objects.known().filter(place__in=[row.place for row in rows], valid_to__isnull=True).values_list("pk", "place")
    days = {row.place: row.valid_from for row in rows}
    change_rows(context, TITLES, [Superseded(id=pk, valid_to=days[place]) for pk, place in before])
    return create_rows(context, TITLES, rows, _units([row.place for row in rows]), recorded_at=timezone.now())


@register_titles.check
def title_makes_sense(context: Context, rows: Sequence[RegisterTitle]) -> list[Problem]:
    """Refuse a registered title without its number, and two titles of one place at once."""
    problems, seen = [], set()
    for index, row in enumerate(rows):
        if row.registered and not row.number:
            problems.append(Problem("number", _now("已确权的，写明权证号；还没有证的，把“已确权”改为否。"), "number", index))
        if row.place in seen:
            problems.append(Problem("duplicate_key", _now("这处房屋在这一批里出现了两次。"), "place", index))
        seen.add(row.place)
    return problems


@action("leasing.file_title", label=_("权属备案"), subject="leasing.filing", unit="place", undo=restore_records)
def file_titles(context: Context, rows: Sequence[FileTitle]) -> list[int]:
    """File unclear titles with the manager."""
    units = _units([row.place for row in rows])
    return create_rows(context, FILINGS, rows, units, unit_id=units, **context.provenance())


@file_titles.check
def filed_once(context: Context, rows: Sequence[FileTitle]) -> list[Problem]:
    """Refuse a place that is filed already."""
    open_ones = TitleFiling.objects.live().filter(settled_on__isnull=True, place__in={row.place for row in rows})
    taken = set(open_ones.values_list("place", flat=True))
    problems = []
    for index, row in enumerate(rows):
        if row.place in taken:
            problems.append(Problem("duplicate_key", _now("这处房屋已经备案，尚未办结。"), "place", index))
        taken.add(row.place)
    return problems


@action("leasing.settle_filing", label=_("办结权属备案"), subject="leasing.filing", undo=restore_records)
def settle_filings(context: Context, rows: Sequence[SettleFiling]) -> list[int]:
    """Record that filings are settled."""
    change_rows(context, FILINGS, rows)
    return [row.id for row in rows]
