"""The second count of what is particular to rooms: toilets, parts of rooms, further rooms, technical rooms, rooms that are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from gongjia.core.models import Attachment
from gongjia.domains.offices.models import Occupancy, Project, Room, SecondRoom
from gongjia.org.models import Person, Post

if TYPE_CHECKING:
    from tests.standards_sweep.recount import City

Line = tuple[int, str, str]
RANKS = ("staff", "section_deputy", "section_chief", "division_deputy", "division_chief", "bureau_deputy", "bureau_chief")
TOILETS = {("provincial", "bureau_chief"), ("municipal", "bureau_chief"), ("county", "division_chief")}


def granted(city: City) -> set[tuple[int, int]]:
    """Person and room of the further rooms that hold on the day."""
    rows = SecondRoom.objects.filter(closed_on=None, valid_from__lte=city.on)
    return {(row.person_id, row.room_id) for row in rows if row.valid_to is None or row.valid_to >= city.on}


def approved(city: City) -> set[int]:
    """Rooms whose project is approved and has its file."""
    files = set(Attachment.objects.filter(subject="offices.project").values_list("subject_id", flat=True))
    projects = {one.pk for one in Project.objects.filter(closed_on=None, approved_on__lte=city.on)} & files
    return {room.pk for room in Room.objects.all() if room.project_id in projects}


def technical(city: City) -> Iterator[Line]:
    """Technical rooms without a project."""
    known = approved(city)
    for room in Room.objects.filter(place__closed_on=None, place__use="technical").select_related("place"):
        if city.body(room.place.unit_id).nature in ("administrative", "civil_service_like", "institution"):
            yield room.pk, "", "compliant" if room.pk in known else "doubt"


def parts(city: City) -> Iterator[Line]:
    """Rooms that are smaller than what is in them."""
    for room in Room.objects.filter(place__closed_on=None, place__usable_area__isnull=False).select_related("place"):
        inside = (room.rest_area or 0) + (room.toilet_area or 0)
        yield room.pk, "", "doubt" if inside > room.place.usable_area else "compliant"


def toilets(city: City) -> Iterator[Line]:
    """Private toilets against the posts that may have one."""
    rooms = Room.objects.filter(toilet_area__gt=0).in_bulk()
    for pk, users in city.offices.items():
        people = [city.posts.get(user.pk) for user in users if city.active(user)]
        if pk in rooms and people:
            yield pk, "", _toilet(city, rooms[pk], [post for post in people if post])


def _toilet(city: City, room: Room, posts: list[Post]) -> str:
    best = max(posts, key=lambda post: RANKS.index(post.level) if post.level else -1, default=None)
    if best is None or not best.level:
        return "cannot_decide"
    limit = 6 if (city.tier(best.unit_id), best.level) in TOILETS else 0
    return "doubt" if room.toilet_area > limit else "compliant"


def seconds(city: City) -> Iterator[Line]:
    """Further rooms against the standard, which they must stay below."""
    for person, pk in granted(city):
        room = Room.objects.select_related("place").get(pk=pk)
        body = city.body(room.place.unit_id).pk
        for post in Post.objects.filter(person=person):
            if city.holds(post) and city.body(post.unit_id).pk == body:
                area = (room.place.usable_area or 0) + Decimal("0.01")
                yield pk, str(person), city.judged(post.unit_id, "office_room_area", "max_m2", city.on, level=post.level, area=area)


def stays(city: City, room: Room, user: Person, since: dt.date) -> tuple[dt.date, int] | None:
    """When the post ended that brought an active person into a room, and in how many months it must be back; None for who may stay."""
    body = city.body(room.place.unit_id).pk
    posts = [post for post in Post.objects.filter(person=user.pk, superseded_at=None) if city.body(post.unit_id).pk == body]
    ended = max((post for post in posts if post.valid_to and post.valid_to <= city.on), key=lambda post: post.valid_to, default=None)
    ruling = city.posts.get(user.pk)
    home = city.body(ruling.unit_id if ruling else user.unit_id).pk
    if ended is None or any(city.holds(post) for post in posts) or home == body or since >= ended.valid_to:
        return None
    return ended.valid_to, 1 if ended.primary else 2


def since_of(city: City) -> dict[tuple[int, int], dt.date]:
    """The day on which each use began."""
    return {(each.room_id, each.person_id): each.valid_from for each in Occupancy.objects.all() if city.holds(each)}
