"""What a deal saved, from figures that stay: entries that are never changed, a table's row, and the item's own appraisal."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import msgspec

from gongjia.core import bulk
from gongjia.core.action import Context
from gongjia.core.numbering import numbered
from gongjia.domains.warehouse.choices import DealKind, PriceSource
from gongjia.domains.warehouse.models import Deal, StockItem
from gongjia.domains.warehouse.publishing import where
from gongjia.domains.warehouse.resources import DEALS
from gongjia.domains.warehouse.rules import CENT, Spared, median
from gongjia.domains.warehouse.terms import days, limit_of, term
from gongjia.ledger.choices import EntryKind
from gongjia.ledger.models import Entry
from gongjia.org.models import Place, Unit

LEAST_SAMPLE, MOST_SAMPLE = 3, 200
"""Fewer purchases than this say nothing of a price; more are not needed."""


@dataclass(frozen=True)
class Price:
    """What a new one would cost, where that comes from, and which entries or which row it is read from."""

    value: Decimal
    source: PriceSource
    entries: list[int] = field(default_factory=list)
    citation: str = ""


def price_of(item: StockItem, unit: Unit, on: dt.date) -> Price:
    """Return the reference price of an item's class: of the ledger's own purchases, else the ceiling, else its own cost."""
    card = item.asset
    sample = _purchases(card.category.code, on, days("price_years", on)) if card.category else []
    if len(sample) >= LEAST_SAMPLE:
        return Price(median([cost for _pk, cost in sample]) or Decimal(0), PriceSource.PURCHASES, [pk for pk, _cost in sample])
    ceiling = limit_of(unit, card.category.edition, card.category.code, "price", on) if card.category else None
    if ceiling is not None:
        return Price(ceiling.value, PriceSource.CEILING, citation=ceiling.citation)
    return Price(card.cost, PriceSource.COST)


def _purchases(code: str, on: dt.date, years: int) -> list[tuple[int, Decimal]]:
    """Return the latest registering entries of a class: pieces bought for a known price in the last years."""
    bought = Entry.objects.filter(
        asset__category__code=code, seq=1, kind=EntryKind.REGISTER, cost_delta__gt=0, quantity_delta=1, asset__acquisition="purchase"
    )
    recent = bought.filter(effective_on__gt=on.replace(year=on.year - years, day=min(on.day, 28)), effective_on__lte=on)
    return list(recent.order_by("-effective_on", "-pk").values_list("pk", "cost_delta")[:MOST_SAMPLE])


def transport_of(item: StockItem, target: Place | None, on: dt.date) -> Decimal:
    """Return what moving one item costs, by how far it goes; as far as between compounds where the way is not known."""
    building, compound = where(target)
    if building is not None and building == item.building_id:
        return term("move_building", on)
    if compound is not None and compound == item.compound_id:
        return term("move_compound", on)
    return term("move_town", on)


@dataclass(frozen=True)
class Bargain:
    """One deal to be written: which item, between whom, and what of its figures is known only now."""

    item: StockItem
    giver: Unit
    unit: Unit
    kind: DealKind
    target: Place | None = None
    used_days: int | None = None
    repair: Decimal | None = None


def inputs_of(bargain: Bargain, on: dt.date) -> dict[str, Any]:
    """Return every figure from which the saving is reckoned, as it is kept with the deal."""
    item, card = bargain.item, bargain.item.asset
    price = price_of(item, bargain.unit, on)
    life = limit_of(bargain.unit, card.category.edition, card.category.code, "life", on) if card.category else None
    months = int(life.value * 12) if life else card.depreciation_months or 0
    repair = bargain.repair if bargain.repair is not None else item.repair_cost or Decimal(0)
    return {
        "asset": card.pk,
        "number": card.number,
        "name": card.name,
        "quantity": str(card.quantity),
        "class": card.category.code if card.category else "",
        "unit_price": str(price.value),
        "price_source": price.source.value,
        "entries": price.entries,
        "price_citation": price.citation,
        "life_months": months,
        "life_citation": life.citation if life else "",
        "left_months": min(item.remaining_months or 0, months),
        "used_days": bargain.used_days,
        "transport": str(transport_of(item, bargain.target, on)),
        "repair": str(repair),
        "on": on.isoformat(),
    }


def spared(inputs: Mapping[str, Any]) -> Spared:
    """Return the reckoning of a deal from its kept figures."""
    return Spared(
        price=(Decimal(inputs["unit_price"]) * Decimal(inputs["quantity"])).quantize(CENT, ROUND_HALF_UP),
        life_months=inputs["life_months"],
        left_months=inputs["left_months"],
        transport=Decimal(inputs["transport"]),
        repair=Decimal(inputs["repair"]),
        used_days=inputs["used_days"],
    )


def recomputed_price(inputs: Mapping[str, Any]) -> Decimal:
    """Return the price of one piece, read again from the entries that the deal names; from its kept figure where it names none."""
    if not inputs["entries"]:
        return Decimal(inputs["unit_price"])
    costs = Entry.objects.filter(pk__in=inputs["entries"]).values_list("cost_delta", flat=True)
    return median(list(costs)) or Decimal(0)


def recomputed(inputs: Mapping[str, Any]) -> Spared:
    """Return the reckoning with the price read again from the ledger."""
    return spared({**inputs, "unit_price": str(recomputed_price(inputs))})


def canonical(deal: Deal) -> bytes:
    """Return the deal as bytes that are the same whenever they are made: keys in order, the reckoning read again."""
    told = recomputed(deal.inputs)
    figures = {"price": told.price, "lost_life": told.lost_life, "transport": told.transport, "repair": told.repair, "saving": told.saving}
    kept = {"number": deal.number, "kind": deal.kind, "giver": deal.giver.code, "unit": deal.unit.code, "request": deal.request_key}
    return msgspec.json.encode({**kept, "inputs": deal.inputs, "figures": figures}, order="deterministic")


def fingerprint(deal: Deal) -> str:
    """Return the SM3 of a deal's bytes."""
    return hashlib.new("sm3", canonical(deal)).hexdigest()


def write_deals(context: Context, bargains: list[Bargain]) -> list[int]:
    """Append the deals of one action with their numbers."""
    if not bargains:
        return []
    inputs = [inputs_of(bargain, context.on) for bargain in bargains]
    made = [spared(each) for each in inputs]
    numbers = numbered("GX", context.on.year, len(bargains))
    ids = bulk.insert(
        Deal,
        len(bargains),
        number=numbers,
        kind=[bargain.kind.value for bargain in bargains],
        item_id=[bargain.item.pk for bargain in bargains],
        giver_id=[bargain.giver.pk for bargain in bargains],
        unit_id=[bargain.unit.pk for bargain in bargains],
        on=context.on,
        price_source=[each["price_source"] for each in inputs],
        price=[each.price for each in made],
        saving=[each.saving for each in made],
        inputs=inputs,
        request_key=context.request_key,
        recorded_at=context.now,
    )
    for pk, number, bargain, each in zip(ids, numbers, bargains, made, strict=True):
        context.record(DEALS.key, pk, bargain.unit.pk, None, {"number": number, "price": each.price, "saving": each.saving})
    return ids
