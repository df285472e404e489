"""A second count of the breaches of a city, in plain loops over its records: written for the test, knowing nothing of the engine.

Rooms and posts are held against figures typed here from the standard; other limits come one case at a time from the rulebook.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongjia.domains.offices.models import Occupancy, Room
from gongjia.domains.vehicles.models import Quota, Vehicle
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import AuthorisedPosts, Person, Place, Post, Unit
from gongjia.standards.rulebook.binding import bonds
from gongjia.standards.rulebook.judging import judge, signature
from gongjia.standards.rulebook.loading import load
from tests.standards_sweep.recount_rooms import approved, granted, parts, seconds, since_of, stays, technical, toilets

Found = dict[tuple[int, str], str]
LEVELS = (
    "ministerial_chief",
    "ministerial_deputy",
    "bureau_chief",
    "bureau_deputy",
    "division_chief",
    "division_deputy",
    "section_chief",
    "section_deputy",
    "staff",
)
ROOM = {
    "central": (54, 42, 24, 18, 12, 12, 9, 9, 9),
    "provincial": (54, 42, 30, 24, 18, 12, 9, 9, 9),
    "municipal": (None, None, 42, 30, 24, 18, 9, 9, 9),
    "county": (None, None, None, None, 30, 24, 18, 12, 9),
    "township": (24,) * 9,
}
RULED = ("administrative", "civil_service_like", "institution")


class City:
    """All records of the city as of a day, read once."""

    def __init__(self, on: dt.date) -> None:
        self.on, self.book = on, load()
        self.units = {unit.pk: unit for unit in Unit.objects.all()}
        self.people = {person.pk: person for person in Person.objects.filter(closed_on=None)}
        self.categories = {one.pk: one for one in Category.objects.all()}

    def body(self, unit_id: int) -> Unit:
        """The legal body that a unit is or stands in."""
        above = [self.units[int(part)] for part in self.units[unit_id].path.strip(".").split(".")]
        return next(unit for unit in reversed(above) if unit.kind == "body")

    def tier(self, unit_id: int) -> str:
        body = self.body(unit_id)
        return body.superior_tier if body.vertical and body.superior_tier else body.tier

    def traits(self, unit_id: int) -> dict[str, Any]:
        body, unit = self.body(unit_id), self.units[unit_id]
        secrecy = "secret" if body.secret or unit.secret else "open"
        return {name: getattr(body, name) for name in ("tier", "nature", "division", "vertical", "superior_tier")} | {"secrecy": secrecy}

    def active(self, person: Person | None) -> bool:
        if person is None:
            return False
        return person.left_on > self.on if person.left_on else person.status == "active"

    def holds(self, dated: Any) -> bool:
        return dated.superseded_at is None and dated.valid_from <= self.on and (dated.valid_to is None or dated.valid_to > self.on)

    @cached_property
    def posts(self) -> dict[int, Post]:
        """The post that decides what a person may have: the main one, else the latest."""
        best: dict[int, Post] = {}
        for post in Post.objects.all():
            if self.holds(post) and (post.person_id not in best or _rank(post) > _rank(best[post.person_id])):
                best[post.person_id] = post
        return best

    def level(self, person_id: int | None) -> str:
        post = self.posts.get(person_id or 0)
        return post.level if post and person_id in self.people else ""

    @cached_property
    def offices(self) -> dict[int, list[Person]]:
        """The people of each office room that is not closed."""
        rooms = set(Room.objects.filter(place__closed_on=None, place__use="office").values_list("pk", flat=True))
        users: dict[int, list[Person]] = defaultdict(list)
        for each in Occupancy.objects.all():
            if self.holds(each) and each.room_id in rooms and each.person_id in self.people:
                users[each.room_id].append(self.people[each.person_id])
        return users

    @cached_property
    def cards(self) -> list[Asset]:
        """The cards of the ledger that are still held."""
        rows = Asset.objects.filter(closed_on=None).select_related("place")
        gone = {row.pk for row in rows if row.status == "disposed" and (row.disposed_on is None or row.disposed_on <= self.on)}
        return [row for row in rows if row.pk not in gone and not (row.acquired_on and row.acquired_on > self.on)]

    def codes(self, card: Asset, table: str, groups: bool = False) -> list[str]:
        known = self.book.codes[table].codes
        one = self.categories.get(card.category_id or 0)
        code = "" if one is None else one.code
        if one is not None and one.edition.startswith("2013"):
            old = self.book.codes["category_crosswalk"].codes.get(code)
            code = old.more["to"] if old else ""
        return [each for each in self.book.categories(table, code) if groups or not known[each].more.get("group")] if code else []

    def listed(self, unit_id: int, value: str, on: dt.date | None) -> set[str]:
        """The items that some table of equipment names for a column, of those that speak to the unit on the day."""
        found = bonds(self.book, "equipment", signature(self.traits(unit_id)))
        versions = [self.book.find(bond.version)[1] for bond in found]
        rows = (row for version in versions if on is None or version.in_force(on) for row in version.rows)
        return {item for row in rows if value in row.values for item in row.cells["item"]}

    def judged(self, unit_id: int, topic: str, value: str, on: dt.date | None, **case: Any) -> str:
        if on is None:
            return "undated"
        return judge(self.book, topic, value, {**self.traits(unit_id), **case}, on).outcome


def _rank(post: Post) -> tuple[bool, dt.date]:
    return post.primary, post.valid_from


def rooms(city: City) -> Iterator[tuple[int, str, str]]:
    """Offices against the sum of what their users may have."""
    place = {room.pk: room.place for room in Room.objects.select_related("place")}
    for room, users in city.offices.items():
        here = [person for person in users if city.active(person)]
        homes = [city.posts[p.pk].unit_id if p.pk in city.posts else p.unit_id for p in here]
        ruled = [city.body(home).nature in RULED for home in homes]
        limits = [_room_limit(city, person, home) for person, home in zip(here, homes, strict=True)]
        if here and any(ruled):
            yield room, "", _room_verdict(place[room].usable_area, limits, all(ruled), [city.tier(home) for home in homes])


def _room_limit(city: City, person: Person, home: int) -> int | None:
    level = city.level(person.pk)
    return 24 if city.tier(home) == "township" else ROOM[city.tier(home)][LEVELS.index(level)] if level else None


def _room_verdict(area: Decimal | None, limits: list[int | None], ruled: bool, tiers: list[str]) -> str:
    known = sum(limit for limit in limits if limit is not None)
    if area is not None and area <= known:
        return "compliant"
    if area is None or None in limits or not ruled:
        return "cannot_decide"
    # The county and municipal rows were seen in two copies; those of other tiers were not, and a township's is only a ceiling.
    return "breach" if set(tiers) <= {"municipal", "county"} else "doubt"


def leaders(city: City) -> Iterator[tuple[int, str, str]]:
    """Leaders against one room."""
    held: Counter[int] = Counter(person.pk for users in city.offices.values() for person in users if city.active(person))
    for pk, count in held.items():
        person = city.people[pk]
        if city.level(pk) not in ("", "staff") and city.body(person.unit_id).nature in RULED:
            further = any((pk, room) in granted(city) for room, users in city.offices.items() if person in users)
            yield pk, "", "breach" if count > (2 if further else 1) else "compliant"


def posts(city: City) -> Iterator[tuple[int, str, str]]:
    """Posts against the rows of the table."""
    for post in Post.objects.all():
        person = city.people.get(post.person_id)
        if person is None or not city.holds(post) or not city.active(person) or city.body(post.unit_id).nature not in RULED:
            continue
        tier = city.tier(post.unit_id)
        known = tier == "township" or (post.level and ROOM[tier][LEVELS.index(post.level)] is not None)
        yield post.person_id, str(post.unit_id), "compliant" if known else "cannot_decide"


def kept_rooms(city: City) -> Iterator[tuple[int, str, str]]:
    """Rooms of people who left more than a month ago, or whose further post ended more than two."""
    rooms, since = Room.objects.select_related("place").in_bulk(), since_of(city)
    for room, users in city.offices.items():
        for person in users:
            if city.body(rooms[room].place.unit_id).nature not in RULED:
                continue
            if not city.active(person):
                yield room, str(person.pk), _handed_back(person.left_on, 1, city.on)
            elif found := stays(city, rooms[room], person, since[room, person.pk]):
                yield room, str(person.pk), _handed_back(*found, city.on)


def _handed_back(left: dt.date | None, months: int, on: dt.date) -> str:
    if left is None:
        return "cannot_decide"
    year, month = (left.year + (left.month + months - 1) // 12, (left.month + months - 1) % 12 + 1)
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).day
    return "compliant" if on <= dt.date(year, month, min(left.day, last)) else "breach"


def areas(city: City) -> Iterator[tuple[int, str, str]]:
    """The space of each body against its authorised posts: rooms, service rooms by posts, and 9 % for plant."""
    held: dict[int, Decimal] = defaultdict(Decimal)
    known = approved(city)
    for place in Place.objects.filter(room__isnull=False, closed_on=None, use__in=("office", "service", "equipment", "technical")):
        if place.pk not in known or place.use != "technical":
            held[city.body(place.unit_id).pk] += place.usable_area or 0
    allowed: dict[int, Counter[str]] = defaultdict(Counter)
    for each in AuthorisedPosts.objects.all():
        if city.holds(each) and each.count:
            allowed[city.body(each.unit_id).pk][each.level] += each.count
    for pk, area in held.items():
        if city.units[pk].nature in RULED:
            yield pk, "", _area_verdict(city, pk, area, allowed.get(pk, Counter()))


def _area_verdict(city: City, pk: int, area: Decimal, levels: Counter[str]) -> str:
    tier, count = city.tier(pk), sum(levels.values())
    small, large, low, high = {"municipal": (200, 400, 6, 8), "county": (100, 200, 6, 8)}.get(tier, (200, 400, 7, 9))
    each = Decimal(high) if count <= small else Decimal(low) if count >= large else high - Decimal((count - small) * 2) / (large - small)
    rows = [24 if tier == "township" else ROOM[tier][LEVELS.index(level)] for level in levels]
    known = sum(row * n for row, n in zip(rows, levels.values(), strict=True) if row is not None)
    service = 0 if tier == "township" else (each * 100).__floor__() / Decimal(100) * count
    if area <= (known + service) * Decimal("1.09") and area > 0 and count:
        return "compliant"
    return "cannot_decide" if None in rows or tier == "township" or not count else "doubt"


def prices(city: City) -> Iterator[tuple[int, str, str]]:
    """Unit prices against the table of the day of purchase."""
    for card in city.cards:
        items = city.codes(card, "item")
        if (card.category_id is None or items) and (not items or items[0] in city.listed(card.unit_id, "price", card.acquired_on)):
            level = city.level(card.custodian_id)
            price = card.cost / card.quantity if card.quantity else None
            area = card.place.usable_area if card.place and card.place.kind in ("room", "shelf") and card.place.closed_on is None else None
            case = {"item": (items or [""])[0], "level": level, "unit_price": price, "room_area": area}
            yield card.pk, "", city.judged(card.unit_id, "equipment", "price", card.acquired_on, **case)


def scrapped(city: City) -> Iterator[tuple[int, str, str]]:
    """Scrapped cards against their minimum service life, counted in whole years."""
    for card in Asset.objects.filter(disposal="scrap", disposed_on__isnull=False):
        items = city.codes(card, "item")
        if items and card.acquired_on and items[0] in city.listed(card.unit_id, "life", card.disposed_on):
            day, start = card.disposed_on, card.acquired_on
            years = day.year - start.year - ((day.month, day.day) < (start.month, start.day))
            case = {"item": items[0], "level": city.level(card.custodian_id), "age": years}
            yield card.pk, "", city.judged(card.unit_id, "equipment", "life", day, **case)


def depreciation(city: City) -> Iterator[tuple[int, str, str]]:
    """Depreciation periods against the shortest allowed."""
    for card in city.cards:
        classes = city.codes(card, "depreciation_class")
        if classes and card.depreciation_months is not None and card.depreciation_method != "none" and card.value_type != "nominal":
            day = card.booked_on or card.acquired_on
            case = {"depreciation_class": classes[0], "years": card.depreciation_months // 12}
            yield card.pk, "", city.judged(card.unit_id, "depreciation_years", "min_years", day, **case)


def depreciation_over(city: City) -> Iterator[tuple[int, str, str]]:
    """Depreciation periods against the longest allowed; a part of a year counts as a year."""
    for card in city.cards:
        classes = city.codes(card, "depreciation_class")
        depreciates = card.depreciation_months is not None and card.depreciation_method != "none" and card.value_type != "nominal"
        if classes and depreciates and (day := card.booked_on or card.acquired_on):
            case = {"depreciation_class": classes[0], "years": -(-card.depreciation_months // 12)}
            yield card.pk, "", city.judged(card.unit_id, "depreciation_years", "max_years", day, **case)


def idle(city: City) -> Iterator[tuple[int, str, str]]:
    """Idle cards against the days after which one should act."""
    for card in city.cards:
        if card.status == "idle":
            days = (city.on - card.idle_since).days if card.idle_since else None
            yield card.pk, "", city.judged(card.unit_id, "idle_days", "days", city.on, idle_days=days)


def left_behind(city: City) -> Iterator[tuple[int, str, str]]:
    """Cards of people who left."""
    for card in city.cards:
        if card.custodian_id and city.body(card.unit_id).nature in RULED:
            yield card.pk, "", "compliant" if city.active(city.people.get(card.custodian_id)) else "breach"


def foreign(city: City) -> Iterator[tuple[int, str, str]]:
    """Cards in rooms of another body."""
    for card in city.cards:
        if card.place and card.place.kind in ("room", "shelf") and card.place.closed_on is None:
            yield card.pk, "", "compliant" if city.body(card.place.unit_id) == city.body(card.unit_id) else "doubt"


def quantities(city: City) -> Iterator[tuple[int, str, str]]:
    """Pieces of each item against the people of the body; bookcases go by level and are left to another test."""
    heads: Counter[int] = Counter(city.body(p.unit_id).pk for p in city.people.values() if city.active(p))
    offices = Place.objects.filter(kind="room", use="office", closed_on=None)
    rooms_of: Counter[int] = Counter(city.body(unit).pk for unit in offices.values_list("unit", flat=True))
    pieces: Counter[tuple[int, str]] = Counter()
    for card in city.cards:
        for item in city.codes(card, "item", groups=True):
            pieces[city.body(card.unit_id).pk, item] += card.quantity
    for (pk, item), count in pieces.items():
        if item in city.listed(pk, "quantity", city.on) and item != "bookcase":
            case = {"item": item, "count": count, "heads": heads.get(pk), "offices": rooms_of.get(pk)}
            yield pk, item, city.judged(pk, "equipment", "quantity", city.on, **case)


def vehicles(city: City, value: str) -> Iterator[tuple[int, str, str]]:
    """Prices or displacements of vehicles that have a category."""
    held = {card.pk: card for card in city.cards}
    for one in Vehicle.objects.exclude(purpose=""):
        if card := held.get(one.pk):
            known = one.body if one.body in ("sedan", "small", "medium", "large") or one.purpose != "special" else ""
            traits = {
                "vehicle_category": one.purpose,
                "vehicle_body": known,
                "vehicle_energy": one.energy,
                "vehicle_need": "special" if one.special_need else "ordinary",
            }
            price = one.price if one.price is not None else card.cost or None
            traits |= {"price": price, "displacement": one.displacement}
            yield one.pk, "", city.judged(card.unit_id, "vehicle_limits", value, card.acquired_on, **traits)


def fleets(city: City) -> Iterator[tuple[int, str, str]]:
    """Vehicles of each category against the quota of the body."""
    held = {card.pk: card for card in city.cards}
    count: Counter[tuple[int, str]] = Counter()
    for one in Vehicle.objects.exclude(purpose=""):
        if one.pk in held:
            count[city.body(held[one.pk].unit_id).pk, one.purpose] += 1
    quota: Counter[tuple[int, str]] = Counter()
    for each in Quota.objects.all():
        if city.holds(each):
            quota[city.body(each.unit_id).pk, each.purpose] += each.count
            count[city.body(each.unit_id).pk, each.purpose] += 0
    for (pk, purpose), vehicles_held in count.items():
        if city.units[pk].nature in RULED:
            verdict = "cannot_decide" if (pk, purpose) not in quota else "doubt" if vehicles_held > quota[pk, purpose] else "compliant"
            yield pk, purpose, verdict


def renewals(city: City) -> Iterator[tuple[int, str, str]]:
    """Vehicles that were replaced or given up against the age at which one may be: which has to be exceeded."""
    cards = {card.pk: card for card in Asset.objects.filter(closed_on=None)}
    taken_over = dict(Vehicle.objects.exclude(renews=None).order_by("-asset__acquired_on").values_list("renews", "asset__acquired_on"))
    for one in Vehicle.objects.all():
        card = cards.get(one.pk)
        day = taken_over.get(one.pk) or (card.disposed_on if card and card.disposal else None)
        if card and day and card.acquired_on:
            yield one.pk, "", city.judged(card.unit_id, "vehicle_renewal", "years", day, age=_age(card.acquired_on, day))


def _age(start: dt.date, end: dt.date) -> Decimal:
    """Full years, and a half for any day beyond them: the rule asks only whether a number of years has been exceeded."""
    full = end.year - start.year - ((end.month, end.day) < (start.month, start.day))
    return Decimal(full) if (end.month, end.day) == (start.month, start.day) else full + Decimal("0.5")


def unknown(city: City) -> Iterator[tuple[int, str, str]]:
    """Vehicles without a category."""
    held = {card.pk for card in city.cards}
    for one in Vehicle.objects.filter(purpose=""):
        if one.pk in held:
            yield one.pk, "", "cannot_decide"


RECOUNTS: dict[str, Any] = {
    "offices.room_over_entitlement": rooms,
    "offices.one_room_a_leader": leaders,
    "offices.post_without_row": posts,
    "offices.left_person_holds_room": kept_rooms,
    "offices.unit_area_over_authorised": areas,
    "offices.toilet_over": toilets,
    "offices.parts_exceed_room": parts,
    "offices.second_room_not_smaller": seconds,
    "offices.technical_without_project": technical,
    "ledger.price": prices,
    "ledger.scrapped_early": scrapped,
    "ledger.depreciation_years": depreciation,
    "ledger.depreciation_years_over": depreciation_over,
    "ledger.idle_too_long": idle,
    "ledger.custodian_left": left_behind,
    "ledger.asset_in_foreign_room": foreign,
    "ledger.quantity_per_head": quantities,
    "vehicles.price": lambda city: vehicles(city, "price"),
    "vehicles.displacement": lambda city: vehicles(city, "displacement"),
    "vehicles.quota": fleets,
    "vehicles.renewed_early": renewals,
    "vehicles.unknown_category": unknown,
}
