"""What the ledger shows on detail pages: value and age of a card, its movements, the cards of a place and of a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gongjia.core.panel import Panel, declare_panel
from gongjia.core.periods import today
from gongjia.ledger.ages import months_between, share
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.history import movements
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS

SHOWN = 50
CARDS = 20


def value(user: Any, key: str, card: Any) -> dict[str, Any] | None:
    """Net value, how far it is written down, and age against the depreciation term."""
    begun = card.in_service_on or card.acquired_on
    age = months_between(begun, card.disposed_on or today()) if begun else None
    return {
        "card": card,
        "begun": begun,
        "age": age,
        "written": share(card.accumulated, card.cost),
        "idle": _idle_days(card),
        "count": None,
    }


def _idle_days(card: Asset) -> int | None:
    idle = card.status == AssetStatus.IDLE and card.idle_since
    return (today() - card.idle_since).days if idle and card.idle_since else None


def timeline(user: Any, key: str, card: Any) -> dict[str, Any] | None:
    """The movements of a card, newest first, and the question what it was on another day."""
    found = movements(card.pk, SHOWN)
    return {"movements": found, "card": card, "today": today(), "count": None}


def cards_of(user: Any, cards: QuerySet[Any]) -> dict[str, Any] | None:
    """Return what the table of cards draws, or nothing where there are none."""
    rows = list(cards.select_related("unit", "custodian").order_by("name", "pk")[: CARDS + 1])
    count = len(rows) if len(rows) <= CARDS else cards.count()
    return {"cards": rows[:CARDS], "count": count, "more": count > CARDS} if rows else None


def cards_in_place(user: Any, key: str, place: Any) -> dict[str, Any] | None:
    """The cards in a place and everything below it."""
    within = Q(place=place.pk) | Q(place__path__startswith=place.path) if place.path else Q(place=place.pk)
    return cards_of(user, ASSETS.queryset(user).filter(within))


def cards_of_person(user: Any, key: str, person: Any) -> dict[str, Any] | None:
    """The cards that a person uses."""
    return cards_of(user, ASSETS.queryset(user).filter(custodian=person.pk))


declare_panel(Panel("ledger.value", _("价值与年限"), "ledger.asset", "ledger/panel_value.html", value, order=10))
declare_panel(Panel("ledger.movements", _("变动"), "ledger.asset", "ledger/panel_movements.html", timeline, order=30))
declare_panel(Panel("ledger.place_cards", _("存放在这里的资产"), "org.place", "ledger/panel_cards.html", cards_in_place, order=40))
declare_panel(Panel("ledger.person_cards", _("名下资产"), "org.person", "ledger/panel_cards.html", cards_of_person, order=40))
