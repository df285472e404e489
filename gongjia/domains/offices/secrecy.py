"""省部级领导干部的办公室: never enters this system, through no door; it is reported on paper, by confidential post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjia.core.action import Context
from gongjia.core.problems import Problem
from gongjia.domains.offices.models import Occupancy
from gongjia.org.choices import Level
from gongjia.org.models import Post
from gongjia.org.services.people import AppointPerson, appoint_people

LEVELS = (Level.MINISTERIAL_CHIEF, Level.MINISTERIAL_DEPUTY)


def kept_out(people: Iterable[int], on: dt.date) -> set[int]:
    """Return those of the people who hold a post of 省部级 on a day or later."""
    wanted, found = sorted(set(people)), set()
    posts = Post.objects.known().filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), level__in=LEVELS)
    for start in range(0, len(wanted), 900):
        found |= set(posts.filter(person__in=wanted[start : start + 900]).values_list("person", flat=True))
    return found


def refusal(field: str, index: int) -> Problem:
    """Return the sentence that every door says."""
    text = _("省部级领导干部的办公室不进入本系统：由省级单独汇总，纸质填报、机要交寄。")
    return Problem("kept_out", text, field, index)


@appoint_people.check
def takes_no_room_up_there(context: Context, rows: Sequence[AppointPerson]) -> list[Problem]:
    """Refuse a post of 省部级 for somebody whose room is registered here: the room leaves the system first."""
    risen = {row.person for row in rows if row.level in LEVELS and (row.valid_to is None or row.valid_to > context.on)}
    housed = set(Occupancy.objects.current(context.on).filter(person__in=risen).values_list("person", flat=True))
    text = _("这个人的房间登记在本系统里；省部级领导干部的办公室不进入本系统，请先办理腾退，再登记任职。")
    return [Problem("kept_out", text, "level", index) for index, row in enumerate(rows) if row.level in LEVELS and row.person in housed]
