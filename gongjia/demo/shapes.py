"""What a card of the invented city is before it is written, and the household of the body that owns it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from gongjia.demo.units import UnitPlan


@dataclass(frozen=True)
class Item:
    """A line of items.yaml with the price limit and service life that a standard gives it."""

    category: str
    name: str
    measure: str
    per_person: float
    price: int
    months: int
    who: str
    item: str
    life: int
    models: tuple[str, ...]
    brands: tuple[str, ...]


@dataclass
class Household:
    """A body with the keys that its cards need: people at work as
    (person, room, leads, department), its rooms, who left, rooms of others, and the body whose things may come over."""

    plan: UnitPlan
    key: int
    people: list[tuple[int, int | None, bool, str]]
    rooms: list[int]
    leavers: list[int]
    foreign_rooms: list[int]
    elsewhere: int


@dataclass(slots=True)
class Card:
    """One card as it stands today; `was` and `moves` say how it came to stand so."""

    number: str
    item: Item
    unit: int
    category: int | None
    acquired_on: dt.date | None
    cost: Decimal
    accumulated: Decimal
    place: int | None
    custodian: int | None
    department: str
    model: str
    brand: str
    serial: str
    months: int
    status: str = "in_use"
    booking: str = "booked"
    value_type: str = "cost"
    place_text: str = ""
    idle_since: dt.date | None = None
    disposal: str = ""
    disposed_on: dt.date | None = None
    was: dict[str, Any] = field(default_factory=dict)
    moves: list[tuple[str, dt.date, str, Any, Any]] = field(default_factory=list)
