"""What a label at a door or on a thing means: the place or the card that a defect is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from gongjia.ledger.resources import ASSETS
from gongjia.org.models import Place

ADDRESS = re.compile(r"/(offices/room|offices/building|org/place|ledger/asset)/(\d{1,17})/?(?:\?.*)?$")
PLACES = "org.place"


@dataclass(frozen=True)
class Target:
    """What is broken: a place, or a card and where it stands."""

    place: Place | None = None
    asset: Asset | None = None


def read_label(user: Any, code: str) -> Target | None:
    """Return what a scanned or typed code means among what the person may see; None where it means nothing."""
    found = ADDRESS.search(code)
    if found is not None:
        kind, pk = found[1], int(found[2])
        return of_card(user, pk=pk) if kind == "ledger/asset" else of_place(user, pk=pk)
    return of_place(user, code=code) or of_card(user, number=code)


def of_place(user: Any, **which: Any) -> Target | None:
    """Return the one place that is meant."""
    rows = list(resources[PLACES].queryset(user).filter(**which).select_related("unit")[:2])
    return Target(place=rows[0]) if len(rows) == 1 else None


def of_card(user: Any, **which: Any) -> Target | None:
    """Return the one card that is meant."""
    rows = list(ASSETS.queryset(user).filter(**which).select_related("place", "unit")[:2])
    return Target(rows[0].place, rows[0]) if len(rows) == 1 else None
