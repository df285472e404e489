"""How rooms are used in the invented city: further rooms, projects, hand-backs, certificates, yearly lists, inspections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from gongjia.core import files
from gongjia.core.action import actions
from gongjia.core.periods import today
from gongjia.demo.seeding import ORIGIN
from gongjia.demo.warehouse import Keeper
from gongjia.domains.offices.entitlement import ceiling_of
from gongjia.domains.offices.models import Occupancy, Room
from gongjia.domains.usage.models import HandBack, InspectedRoom
from gongjia.domains.usage.services.overages import CHECK
from gongjia.org.models import Post, Unit, User
from gongjia.standards.models import Finding

UNITS = ("YC-JG", "YC-SL", "SQ-JG", "YC-ZW")
UNAPPROVED = 2
"""So many technical rooms at the end of the list were never approved as such."""
ENDED = (dt.date(2026, 8, 31), dt.date(2026, 10, 20))
"""Further posts that ended: the room of the first should be back, that of the second not yet."""
APPROVAL = "立项批复（虚构）：同意建设业务技术用房。\n".encode()
SHARE = Decimal("0.8")
FURTHER = 4
"""So many leaders work in a second unit: two with a further room, two whose post has ended."""
OVERAGES = (("YC", "bearing_wall"), ("SQ", "daylight"))
"""Where a room cannot be divided, and why."""
ISSUES = (
    ("other_use", "办公室改作库房，堆放旧桌椅", (2026, 11, 10), ""),
    ("damage", "窗户破损，雨天渗水", (2026, 12, 15), "已更换窗扇"),
    ("other_user", "登记使用人已轮岗，现由他人使用", (2026, 12, 20), ""),
)


def write_usage(keeper: Keeper) -> int:
    """Write the year of the rooms, and return how many hand-backs there are."""
    _projects(keeper)
    held = _concurrent(keeper)
    _further_rooms(keeper, held[:2])
    _ended_posts(keeper, held[2:])
    _parts(keeper)
    _hand_backs(keeper)
    _certificates(keeper)
    _lists(keeper)
    _inspections(keeper)
    return HandBack.objects.count()


def _projects(keeper: Keeper) -> None:
    """Approve the technical rooms but for the last ones; the approval hangs on each record."""
    keeper.day = dt.date(2026, 3, 2)
    rooms = list(Room.objects.filter(place__use="technical", place__closed_on=None).order_by("pk").values_list("pk", "place__unit"))
    units = sorted({unit for _room, unit in rooms[:-UNAPPROVED]})
    rows = [
        {
            "number": f"云发改社会〔2019〕{number + 11}号（虚构）", "name": "业务技术用房项目", "unit": unit,
            "issuer": "云川市发展和改革委员会（虚构）", "approved_on": dt.date(2019, 5, 6) + dt.timedelta(days=number),
        }
        for number, unit in enumerate(units)
    ]  # fmt: skip
    stored = files.store_chunks([APPROVAL], "立项批复.txt", "text/plain")
    made = dict(zip(units, keeper.do("offices.register_project", rows), strict=True))
    for pk in made.values():
        files.attach("offices.project", pk, stored, "立项批复.txt", keeper.actor)
    keeper.do("offices.edit_room", [{"id": room, "project": made[unit]} for room, unit in rooms[:-UNAPPROVED]])


def _concurrent(keeper: Keeper) -> list[tuple[Post, Room]]:
    """Appoint leaders to a further post elsewhere, each beside a vacant office there, in a fixed order."""
    keeper.day = dt.date(2025, 3, 3)
    rooms = _vacant(FURTHER)
    people = _leaders({room.place.unit_id for room in rooms}, len(rooms))
    rows = [
        {
            "person": post.person_id, "unit": room.place.unit_id, "title": "兼职副职", "level": post.level, "primary": False,
            "valid_from": keeper.day,
        }
        for post, room in zip(people, rooms, strict=True)
    ]  # fmt: skip
    made = keeper.do("org.appoint_person", rows)
    posts = Post.objects.select_related("unit").in_bulk(made)
    return [(posts[pk], room) for pk, room in zip(made, rooms, strict=True)]


def _vacant(number: int) -> list[Room]:
    """Return vacant offices of the city's bodies, one a body."""
    used = Occupancy.objects.known().filter(valid_to=None).values("room")
    free = Room.objects.filter(place__use="office", place__closed_on=None, place__unit__kind="body", place__unit__tier="municipal")
    free = free.filter(place__unit__nature="administrative", place__unit__vertical=False, place__unit__secret=False)
    found: dict[int, Room] = {}
    for room in free.exclude(pk__in=used).select_related("place__unit").order_by("pk"):
        found.setdefault(room.place.unit_id, room)
    return list(found.values())[:number]


def _leaders(besides: set[int], number: int) -> list[Post]:
    """Return posts of leaders with one office, one a body, of other bodies than those."""
    posts = Post.objects.current().filter(primary=True, level="division_deputy", unit__tier="municipal", unit__vertical=False)
    posts = posts.filter(person__status="active").exclude(unit__in=besides).select_related("person").order_by("pk")
    found: list[Post] = []
    for post in posts:
        rooms, others = (Occupancy.objects.known().filter(valid_to=None, person=post.person_id).count(), post.person.posts.count())
        if rooms == others == 1 and len(found) < number:
            found.append(post)
    return found


def _further_rooms(keeper: Keeper, held: Sequence[tuple[Post, Room]]) -> None:
    """Grant further rooms; a wall is taken out of the last afterwards, which makes it too large."""
    for number, (post, room) in enumerate(held):
        keeper.day = dt.date(2026, 4, 8)
        limit = ceiling_of(post.unit, post.level, keeper.day)
        if limit is None:
            continue
        keeper.do("offices.edit_room", [{"id": room.pk, "usable_area": (limit * SHARE).quantize(Decimal("0.01"))}])
        row = {"person": post.person_id, "unit": post.unit_id, "room": room.pk, "distance": f"{38 + 7 * number} 公里"}
        row |= {"reason": "每周两天在兼职单位主持工作", "document": f"云委办〔2026〕{number + 14}号（虚构）", "valid_from": keeper.day}
        keeper.do("offices.grant_second_room", [row])
        if number:
            keeper.day = dt.date(2026, 9, 10)
            keeper.do("offices.edit_room", [{"id": room.pk, "usable_area": limit + 2, "note": "拆除隔墙后重新测量"}])


def _ended_posts(keeper: Keeper, held: Sequence[tuple[Post, Room]]) -> None:
    """End further posts whose holders had a room there."""
    for (post, room), day in zip(held, ENDED, strict=False):
        keeper.do("offices.assign_room", [{"room": room.pk, "person": post.person_id, "valid_from": dt.date(2025, 3, 10)}])
        keeper.day = day
        keeper.do("org.end_post", [{"id": post.pk, "valid_to": day}])


def _parts(keeper: Keeper) -> None:
    """One room was entered without its rest room, which is larger than what is left."""
    keeper.day = dt.date(2026, 5, 12)
    room = Room.objects.filter(toilet_area__gt=0, place__use="office", place__closed_on=None).order_by("pk").first()
    if room is not None:
        keeper.do("offices.edit_room", [{"id": room.pk, "rest_area": room.place.usable_area}])


def _hand_backs(keeper: Keeper) -> None:
    """The first rooms that had to come back have come back; of the others some are late."""
    keeper.day = dt.date(2026, 11, 12)
    rows = HandBack.objects.filter(state="open", occupancy__valid_from__lt=keeper.day).order_by("event_on", "pk")
    back = {"done_on": keeper.day, "keys_returned": 2, "condition": "intact", "inspector": "钱文", "note": "清空，交回门禁卡"}
    keeper.do("usage.hand_back", [{"id": pk, **back} for pk in rows.values_list("pk", flat=True)[: max(1, rows.count() // 4)]])


def _certificates(keeper: Keeper) -> None:
    keeper.day = dt.date(2026, 1, 12)
    issuer = keeper.keys.units["YC-JG"]
    for number, code in enumerate(UNITS):
        row = {"unit": keeper.keys.units[code], "issuer": issuer, "valid_from": dt.date(2026, 1, 1), "valid_to": dt.date(2030, 12, 31)}
        keeper.do("usage.issue_certificate", [row | {"legal_person": number % 2 == 0, "household": number == 0}])


def _lists(keeper: Keeper) -> None:
    """Publish and file the year: received, waiting, returned."""
    keeper.day = dt.date(2026, 11, 3)
    units = [keeper.keys.units[code] for code in UNITS[:3]]
    keeper.do("usage.publish_use", [{"unit": unit, "year": 2026, "until": dt.date(2026, 11, 17)} for unit in units])
    filed = keeper.do("usage.file_leaders", [{"unit": unit, "year": 2026} for unit in units])
    keeper.day = dt.date(2026, 11, 9)
    keeper.do("usage.receive_filing", [{"id": filed[0]}])
    keeper.do("usage.return_filing", [{"id": filed[1], "note": "缺一名副职的房间号"}])


def _inspections(keeper: Keeper) -> None:
    """Walk half the rooms of the bureau, with issues in every state; the county has just begun."""
    keeper.day = dt.date(2026, 10, 26)
    for code, title in (("YC-JG", "四季度办公用房巡检"), ("SQ-JG", "县级办公用房巡检")):
        keeper.do("usage.open_inspection", [{"title": title, "unit": keeper.keys.units[code], "due_on": dt.date(2026, 12, 31)}])
    unit = Unit.objects.get(pk=keeper.keys.units["YC-JG"])
    lines = list(InspectedRoom.objects.filter(inspection__unit=unit).order_by("pk").values_list("pk", flat=True))
    keeper.do("usage.pass_room", [{"id": pk} for pk in lines[len(ISSUES) : len(lines) // 2]])
    for pk, (kind, text, due, measure) in zip(lines, ISSUES, strict=False):
        keeper.day = dt.date(2026, 10, 26)
        what: dict[str, Any] = {"id": pk, "kind": kind, "description": text, "due_on": dt.date(*due)}
        (issue,) = keeper.do("usage.raise_issue", [what])
        if measure:
            keeper.day = dt.date(2026, 11, 16)
            keeper.do("usage.mend_issue", [{"id": issue, "measure": measure, "mended_on": keeper.day}])


def write_overages(actor: User) -> None:
    """Of the rooms that the first sweep finds too large, one of the city and one of a county cannot be divided."""
    proof = files.store_chunks(["现场勘察记录（虚构）：两侧为承重墙，不能分隔。\n".encode()], "现场勘察记录.txt", "text/plain")
    for code, ground in OVERAGES:
        found = Finding.objects.pressing().filter(check_key=CHECK, over__gt=0, unit__path__startswith=Unit.objects.get(code=code).path)
        if (finding := found.order_by("-pk").first()) is not None:
            row = {"finding": finding.pk, "ground": ground, "note": "现场勘察，分隔须改动结构", "document": "云机管函〔2026〕77号（虚构）"}
            dates = {"valid_to": today() + dt.timedelta(days=365), "review_on": today() + dt.timedelta(days=180)}
            actions["usage.register_overage"].run(actor, {**row, **dates, "evidence": str(proof.digest)}, origin=ORIGIN)
