"""What offices show on detail pages: who is in a room, what is free in a building, where a person sits, what is leased."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.domains.offices.models import Room
from gongjia.domains.offices.resources import LEASES, OCCUPANCIES, ROOMS
from gongjia.ledger.panels import cards_in_place, cards_of
from gongjia.ledger.resources import ASSETS
from gongjia.org.choices import RoomUse


def occupants(user: Any, key: str, room: Any) -> dict[str, Any] | None:
    """The people in a room now and before, with the area that falls to each."""
    rows = list(
        OCCUPANCIES.queryset(user).filter(room=room.pk).select_related("person", "person__unit").order_by("-valid_from", "-pk")[:50]
    )
    now = set(OCCUPANCIES.queryset(user).filter(room=room.pk).current().values_list("pk", flat=True))
    area = room.place.usable_area
    each = (area / len(now)).quantize(Decimal("0.01")) if area and now else None
    return {"occupancies": [(row, row.pk in now) for row in rows], "now": len(now), "each": each, "count": len(now) or None}


def occupants_of_place(user: Any, key: str, place: Any) -> dict[str, Any] | None:
    """The people in a place that is a room."""
    room = Room.objects.select_related("place").filter(pk=place.pk).first()
    return occupants(user, key, room) if room else None


@dataclass
class Floor:
    """One floor of a building: how many rooms, how many offices, which of these are free."""

    name: str
    rooms: int = 0
    offices: int = 0
    area: Decimal = Decimal(0)
    free: list[Room] = field(default_factory=list)
    free_area: Decimal = Decimal(0)

    def add(self, room: Room, used: set[int]) -> None:
        """Count a room."""
        area = room.place.usable_area or Decimal(0)
        self.rooms, self.area = self.rooms + 1, self.area + area
        if room.place.use == RoomUse.OFFICE:
            self.offices += 1
            if room.pk not in used:
                self.free.append(room)
                self.free_area += area


def floors_of(user: Any, building: Any) -> list[Floor]:
    """Return the floors of a building in their order, in two queries."""
    used = set(OCCUPANCIES.queryset(user).filter(room__building=building.pk).current().values_list("room_id", flat=True))
    floors: dict[str, Floor] = {}
    for room in ROOMS.queryset(user).filter(building=building.pk).select_related("place").order_by("place__code"):
        floors.setdefault(room.floor_name, Floor(room.floor_name)).add(room, used)
    return sorted(floors.values(), key=lambda floor: _floor_order(floor.name))


def _floor_order(name: str) -> tuple[int, str]:
    digits = "".join(letter for letter in name if letter.isdigit())
    below = name.upper().startswith(("B", "-", "地下", "负"))
    return (-int(digits) if below else int(digits), name) if digits else (0, name)


def rooms(user: Any, key: str, building: Any) -> dict[str, Any] | None:
    """Rooms and vacancy by floor."""
    floors = floors_of(user, building)
    if not floors:
        return None
    whole = Floor(str(_("合计")))
    for floor in floors:
        whole.rooms, whole.offices, whole.area = whole.rooms + floor.rooms, whole.offices + floor.offices, whole.area + floor.area
        whole.free, whole.free_area = whole.free + floor.free, whole.free_area + floor.free_area
    return {"floors": floors, "whole": whole, "count": whole.rooms}


def building_cards(user: Any, key: str, building: Any) -> dict[str, Any] | None:
    """The cards of the ledger that stand for the building itself."""
    return cards_of(user, ASSETS.queryset(user).filter(buildings__building=building.pk))


def place_cards(user: Any, key: str, row: Any) -> dict[str, Any] | None:
    """The cards inside a building or room."""
    return cards_in_place(user, key, row.place)


def leases(user: Any, key: str, building: Any) -> dict[str, Any] | None:
    """The leases by which the building is rented."""
    rows = list(LEASES.queryset(user).filter(place=building.pk).order_by("-ends_on", "-pk")[:20])
    return {"leases": rows, "count": len(rows)} if rows else None


def rooms_of_person(user: Any, key: str, person: Any) -> dict[str, Any] | None:
    """The rooms that a person uses and has used."""
    rows = list(
        OCCUPANCIES.queryset(user)
        .filter(person=person.pk)
        .select_related("room__place", "room__building__place")
        .order_by("-valid_from")[:20]
    )
    now = set(OCCUPANCIES.queryset(user).filter(person=person.pk).current().values_list("pk", flat=True))
    return {"rooms": [(row, row.pk in now) for row in rows], "count": len(now) or None} if rows else None


declare_panel(Panel("offices.occupants", _("使用人"), "offices.room", "offices/panel_occupants.html", occupants, order=20))
declare_panel(Panel("offices.place_occupants", _("使用人"), "org.place", "offices/panel_occupants.html", occupants_of_place, order=20))
declare_panel(Panel("offices.rooms", _("房间与空置"), "offices.building", "offices/panel_rooms.html", rooms, order=20))
declare_panel(Panel("offices.building_cards", _("对应的资产卡片"), "offices.building", "ledger/panel_cards.html", building_cards, order=30))
declare_panel(Panel("offices.leases", _("租赁合同"), "offices.building", "offices/panel_leases.html", leases, order=35))
declare_panel(Panel("offices.cards_in_building", _("楼内资产"), "offices.building", "ledger/panel_cards.html", place_cards, order=40))
declare_panel(Panel("offices.cards_in_room", _("室内资产"), "offices.room", "ledger/panel_cards.html", place_cards, order=40))
declare_panel(Panel("offices.person_rooms", _("使用的房间"), "org.person", "offices/panel_person_rooms.html", rooms_of_person, order=30))
