"""Writing classes and cards: card, first entry, later movements, audit and index of many cards in a few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from gongjia.core import audit, bulk, search
from gongjia.core.action import Context, context_for
from gongjia.core.writing import record_created
from gongjia.demo import books
from gongjia.demo.constants import LIVE, LIVE_ON
from gongjia.demo.seeding import ORIGIN, Keys, act, recording
from gongjia.demo.shapes import Card
from gongjia.demo.standards import codes
from gongjia.ledger.models import Asset, Crosswalk, Entry
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import User

SYSTEM = "gov-procurement"
CHUNK = 20_000
FOLLOWED = {"unit": "unit_id", "place": "place_id", "custodian": "custodian_id", "status": "status"}
ACTIONS = {
    "status": "ledger.change_status",
    "dispose": "ledger.change_status",
    "lend": "ledger.change_status",
    "transfer": "ledger.transfer_asset",
    "move": "ledger.edit_asset",
    "hand_over": "ledger.edit_asset",
}


def write_classes(actor: User, keys: Keys) -> None:
    """Register the classes of the shipped subset of 2022 and those of 2013 that became one of them."""
    old = codes("category_crosswalk")
    rows = [_class_row("2022", code["code"], code["zh"], code.get("level", 1)) for code in codes("category")]
    rows += [_class_row("2013", code["code"], code["zh"], 4) for code in old]
    ids = act(actor, "ledger.register_category", rows)
    became = {code["code"]: code["to"] for code in old}
    for row, pk in zip(rows, ids, strict=True):
        keys.classes[row["code"] if row["edition"] == "2022" else f"2013:{became[row['code']]}"] = pk
    pairs = [(keys.classes[f"2013:{to}"], keys.classes[to]) for to in became.values() if to in keys.classes]
    with recording(actor, "ledger.register_category") as context:
        columns = {"from_category_id": [a for a, _b in pairs], "to_category_id": [b for _a, b in pairs]}
        made = bulk.insert(Crosswalk, len(pairs), **columns)
        record_created(context, "ledger.crosswalk", made, [None] * len(made), columns)


def _class_row(edition: str, code: str, name: str, level: int) -> dict[str, Any]:
    return {"system": SYSTEM, "edition": edition, "code": code, "name": name, "level": level, "is_asset_class": True}


def write_cards(actor: User, cards: Iterator[Card]) -> Iterator[int]:
    """Write the cards in chunks and yield how many have been written so far."""
    written = 0
    while chunk := list(islice(cards, CHUNK)):
        _write_chunk(context_for(actor, ORIGIN, on=LIVE_ON, now=LIVE), chunk)
        written += len(chunk)
        yield written


def _write_chunk(context: Context, cards: list[Card]) -> None:
    columns = _columns(cards)
    ids = bulk.insert(Asset, len(cards), quantity=Decimal(1), created_at=context.now, **columns)
    first = _as_registered(cards, columns)
    first["accumulated"], years = books.brought_over(cards)
    context.batch = audit.open_batch("ledger.register_asset", context.actor_id, ORIGIN, None)
    _enter(context, ids, first)
    record_created(context, ASSETS.key, ids, columns["unit_id"], {**first, "quantity": [Decimal(1)] * len(ids)})
    books.write_years(context, ids, cards, years)
    audit.write(context.trail, context.batch, "ledger.register_asset", context.actor_id)
    texts = zip(ids, *(columns[name] for name in ASSETS.search), strict=True)
    search.write(ASSETS, texts)
    moves = [Move(pk, card.unit, *move) for pk, card in zip(ids, cards, strict=True) for move in card.moves]
    write_moves(context, moves)


def _columns(cards: list[Card]) -> dict[str, list[Any]]:
    dates = [card.acquired_on for card in cards]
    return {
        "number": [card.number for card in cards],
        "name": [card.item.name for card in cards],
        "category_id": [card.category for card in cards],
        "unit_id": [card.unit for card in cards],
        "acquired_on": dates,
        "model": [card.model for card in cards],
        "brand": [card.brand for card in cards],
        "serial": [card.serial for card in cards],
        "measure": [card.item.measure for card in cards],
        "cost": [card.cost for card in cards],
        "accumulated": [card.accumulated for card in cards],
        "depreciation_months": [card.months for card in cards],
        "booking": [card.booking for card in cards],
        "booked_on": [day if card.booking == "booked" else None for card, day in zip(cards, dates, strict=True)],
        "status": [card.status for card in cards],
        "on_books": [card.status != "disposed" for card in cards],
        "idle_since": [card.idle_since for card in cards],
        "department": [card.department for card in cards],
        "custodian_id": [card.custodian for card in cards],
        "place_id": [card.place for card in cards],
        "place_text": [card.place_text for card in cards],
        "in_service_on": dates,
        "disposal": [card.disposal for card in cards],
        "disposed_on": [card.disposed_on for card in cards],
    }


def _as_registered(cards: list[Card], columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the columns as they were before anything happened to the cards."""
    first = {**columns, **{name: list(columns[name]) for name in FOLLOWED.values()}}
    later = ("idle_since", "disposal", "disposed_on")
    first["on_books"] = [True] * len(cards)
    first |= {name: list(columns[name]) for name in later}
    for row, card in enumerate(cards):
        for name, value in card.was.items():
            first[FOLLOWED[name]][row] = value
            if name == "status":
                for column in later:
                    first[column][row] = "" if column == "disposal" else None
    return first


def _enter(context: Context, ids: Sequence[int], first: dict[str, list[Any]]) -> None:
    days = [day or LIVE_ON for day in first["acquired_on"]]
    bulk.insert(
        Entry,
        len(ids),
        asset_id=list(ids),
        kind="register",
        seq=1,
        effective_on=days,
        recorded_at=[_known(day) for day in days],
        unit_to_id=first["unit_id"],
        place_to_id=first["place_id"],
        custodian_to_id=first["custodian_id"],
        category_to_id=first["category_id"],
        status_to=first["status"],
        quantity_delta=Decimal(1),
        cost_delta=first["cost"],
        depreciation_delta=first["accumulated"],
        batch_id=_batch(context),
        actor_id=context.actor_id,
    )


def _known(day: dt.date) -> dt.datetime:
    """Return when a movement of that day was recorded: the same morning, or when the ledger began."""
    return LIVE if day <= LIVE_ON else dt.datetime(day.year, day.month, day.day, 1, tzinfo=dt.UTC)


def _batch(context: Context) -> int | None:
    return context.batch.pk if context.batch else None


@dataclass(frozen=True, slots=True)
class Move:
    """One later movement of a card: which field went from what to what, on which day."""

    asset: int
    unit: int
    kind: str
    on: dt.date
    field: str
    before: Any
    after: Any


def write_moves(context: Context, moves: Sequence[Move]) -> None:
    """Append one entry and one audit row for each movement, under the action that makes such movements."""
    for action in sorted({ACTIONS[move.kind] for move in moves}):
        members = [move for move in moves if ACTIONS[move.kind] == action]
        context.batch, context.trail = audit.open_batch(action, context.actor_id, ORIGIN, None), audit.Trail()
        for move in members:
            name = FOLLOWED[move.field]
            off = move.kind == "dispose"  # a disposal takes the card off the books
            before, after = ({"on_books": True}, {"on_books": False}) if off else ({}, {})
            context.record(ASSETS.key, move.asset, move.unit, {name: move.before, **before}, {name: move.after, **after})
        audit.write(context.trail, context.batch, action, context.actor_id)
        bulk.insert(
            Entry,
            len(members),
            asset_id=[m.asset for m in members],
            kind=[m.kind for m in members],
            seq=2,
            effective_on=[m.on for m in members],
            recorded_at=[_known(m.on) for m in members],
            batch_id=_batch(context),
            actor_id=context.actor_id,
            **_sides(members),
        )


def _sides(members: Iterable[Move]) -> dict[str, list[Any]]:
    sides: dict[str, list[Any]] = {}
    for field in FOLLOWED:
        column = "status" if field == "status" else f"{field}"
        empty = "" if field == "status" else None
        suffix = "" if field == "status" else "_id"
        sides[f"{column}_from{suffix}"] = [m.before if m.field == field else empty for m in members]
        sides[f"{column}_to{suffix}"] = [m.after if m.field == field else empty for m in members]
    return sides
