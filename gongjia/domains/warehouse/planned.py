"""The page of a plan: its figures beside first come, its pairs by wish, and the requests that it becomes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from gongjia.core.action import actions
from gongjia.core.asking import Asked, ask
from gongjia.domains.warehouse.cards import Card, cards_of
from gongjia.domains.warehouse.choices import PairState
from gongjia.domains.warehouse.models import MatchPair, MatchPlan, Wish
from gongjia.domains.warehouse.nearness import standpoint

SHOWN = 200


@dataclass
class Row:
    """One wish with the items proposed for it."""

    wish: Wish
    pairs: list[tuple[MatchPair, Card]] = field(default_factory=list)


def rows_of(user: Any, plan: MatchPlan) -> list[Row]:
    """Return the first wishes of a plan with their pairs, as seen from where each is wanted."""
    pairs = plan.pairs.select_related("wish__unit", "wish__place", "wish__category", "item__asset__unit", "item__building")
    found: dict[int, Row] = {}
    for pair in pairs.order_by("wish", "-worth", "pk")[: SHOWN * 3]:
        row = found.setdefault(pair.wish_id, Row(pair.wish))
        row.pairs.append((pair, cards_of(user, [pair.item], standpoint(pair.wish.unit, pair.wish.place))[0]))
    return list(found.values())[:SHOWN]


def draft_requests(user: Any, plan: MatchPlan) -> list[Asked]:
    """Draft one request for each unit that gets something by the plan."""
    wanted = plan.pairs.filter(state__in=[PairState.PROPOSED, PairState.PINNED]).select_related("wish").order_by("wish__unit", "wish", "pk")
    by_unit: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for pair in wanted:
        row = {"id": pair.item_id, "unit": pair.wish.unit_id, "purpose": pair.wish.purpose or pair.wish.name}
        by_unit[pair.wish.unit_id].append(row | ({"place": pair.wish.place_id} if pair.wish.place_id else {}))
    return [ask(user, actions["warehouse.reallocate_item"], rows) for rows in by_unit.values()]
