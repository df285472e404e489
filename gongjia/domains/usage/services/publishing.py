"""内部公示: the use of a unit's offices, shown inside once a year and frozen as it was shown."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Annotated

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjia.core import bulk
from gongjia.core.action import Context, action
from gongjia.core.inputs import Input, Ref, given
from gongjia.core.numbering import numbered
from gongjia.core.problems import Problem
from gongjia.core.writing import create_rows
from gongjia.domains.usage.listing import Seat, columns_of, seats
from gongjia.domains.usage.models import Filing, Publication, PublishedRoom
from gongjia.domains.usage.resources import PUBLICATIONS
from gongjia.org.models import Unit


class PublishUse(Input, of=Publication):
    """The yearly internal publication of a unit."""

    unit: Annotated[int, Ref("org.unit")] = given()
    year: int = given()
    place: str = given("政务内网", help=_("政务内网、公示栏等内部平台（第十九条）。"))
    until: dt.date = given()


def digest_of(lines: Sequence[Seat]) -> str:
    """Return the SHA-256 of what was shown."""
    text = json.dumps([[str(value) for value in astuple(line)] for line in lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@action("usage.publish_use", label=_("内部公示"), subject="usage.publication", unit="unit")
def publish_use(context: Context, rows: Sequence[PublishUse]) -> list[int]:
    """Freeze who uses which office today, and show it inside the unit."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    found = [seats(units[row.unit], context.on) for row in rows]
    numbers = [numbered("GS", row.year)[0] for row in rows]
    counts = {"rooms": [len({(s.building, s.room) for s in lines}) for lines in found], "people": [len(lines) for lines in found]}
    digests = [digest_of(lines) for lines in found]
    ids = create_rows(context, PUBLICATIONS, rows, number=numbers, published_on=context.on, digest=digests, **counts)
    for pk, lines in zip(ids, found, strict=True):
        bulk.insert(PublishedRoom, len(lines), publication_id=pk, **columns_of(lines))
    return ids


@publish_use.check
def once_a_year(context: Context, rows: Sequence[PublishUse]) -> list[Problem]:
    """Refuse a second publication of a year, a year that is not this or the last, and a unit without anything to show."""
    units = Unit.objects.in_bulk([row.unit for row in rows])
    problems = []
    for index, row in enumerate(rows):
        problems += year_problems(context, row.year, index)
        if row.until < context.on:
            problems.append(Problem("dates", _now("公示截止日期已经过去。"), "until", index))
        if Publication.objects.live().filter(unit=row.unit, year=row.year).exists():
            problems.append(Problem("duplicate_key", _now("这个单位这一年已经公示过。"), "year", index))
        if units[row.unit].secret:
            problems.append(Problem("secret", _now("涉密单位的用房情况不在本系统公示。"), "unit", index))
        elif not seats(units[row.unit], context.on):
            problems.append(Problem("nothing", _now("这个单位没有登记使用人的办公室，没有可公示的内容。"), "unit", index))
    return problems


def year_problems(context: Context, year: int, index: int) -> list[Problem]:
    """Refuse a year other than this one or the last: what is frozen is the state of today."""
    if context.on.year - 1 <= year <= context.on.year:
        return []
    text = _now("年度只能是 %(last)s 或 %(now)s：冻结的是今天的情况。") % {"last": context.on.year - 1, "now": context.on.year}
    return [Problem("other_year", text, "year", index, value=year)]


def filed(unit: int, year: int) -> bool:
    """Say whether a unit's leaders' rooms of a year are filed or on their way."""
    return Filing.objects.live().filter(unit=unit, year=year).exclude(state="returned").exists()
