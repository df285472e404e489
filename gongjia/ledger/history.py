"""A card's movements as a reader sees them, and its state on any day as known on any other."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.periods import SHANGHAI
from gongjia.core.resource import resources
from gongjia.ledger.choices import AssetStatus
from gongjia.ledger.models import Category, Entry
from gongjia.ledger.rules import FOLLOWED, State, fold
from gongjia.org.models import Person, Place, Unit
from gongjia.web import wording
from gongjia.web.addresses import row_url

LABELS = {"unit": _("单位"), "place": _("存放地点"), "custodian": _("使用人"), "category": _("资产分类"), "status": _("使用状况")}
AMOUNTS = (("quantity_delta", _("数量")), ("cost_delta", _("原值")), ("depreciation_delta", _("累计折旧")))
NAMED = {"unit": Unit, "place": Place, "custodian": Person, "category": Category}


@dataclass(frozen=True)
class Moved:
    """One followed field of a movement: what it was, what it became."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Movement:
    """One entry, in words."""

    entry: Entry
    moved: list[Moved]
    amounts: list[tuple[Any, str]]


def _words(name: str, value: Any) -> str:
    if value in (None, ""):
        return wording.NOTHING
    return str(dict(AssetStatus.choices).get(value, value)) if name == "status" else str(value)


def _moved(entry: Entry) -> list[Moved]:
    pairs = [(name, getattr(entry, f"{name}_from"), getattr(entry, f"{name}_to")) for name in FOLLOWED]
    return [Moved(LABELS[name], _words(name, before), _words(name, after)) for name, before, after in pairs if before != after]


def signed(value: Decimal, *, money: bool) -> str:
    """Return a difference with its sign."""
    return f"{'+' if value > 0 else '−'}{wording.number(abs(value), 2 if money else None)}"


def _amounts(entry: Entry) -> list[tuple[Any, str]]:
    found = [(name, label, getattr(entry, name)) for name, label in AMOUNTS]
    return [(label, signed(value, money=name != "quantity_delta")) for name, label, value in found if value]


def movements(asset_id: int, shown: int) -> list[Movement]:
    """Return the newest movements of a card, in one query."""
    related = [f"{name}_{end}" for name in NAMED for end in ("from", "to")]
    rows = Entry.objects.filter(asset=asset_id).select_related("actor", "reverses", *related).order_by("-seq")[:shown]
    return [Movement(entry, _moved(entry), _amounts(entry)) for entry in rows]


def end_of(day: dt.date) -> dt.datetime:
    """Return the last instant of a business day."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=SHANGHAI)


def state_at(asset_id: int, on: dt.date, known: dt.date) -> State:
    """Return what the card was on a day, by what had been recorded at the end of another."""
    ends = [f"{name}_{end}" for name in FOLLOWED for end in ("from", "to")]
    names = ("effective_on", "recorded_at", "seq", "quantity_delta", "cost_delta", "depreciation_delta", *ends)
    return fold(Entry.objects.filter(asset=asset_id).values(*names), on, end_of(known))


@dataclass(frozen=True)
class Followed:
    """One followed field of a state, with the way to what it names."""

    label: Any
    words: str
    url: str = ""


def followed(state: State, user: Any) -> list[Followed]:
    """Return the fields of a state in words; what this person may not see has no link."""
    return [_followed(name, state.values.get(name), user) for name in FOLLOWED]


def _followed(name: str, value: Any, user: Any) -> Followed:
    if name == "status" or value is None:
        return Followed(LABELS[name], _words(name, value))
    model = NAMED[name]
    row = model._default_manager.filter(pk=value).first()
    table = next(resource for resource in resources if resource.model is model)
    seen = table.queryset(user).filter(pk=value).exists()
    return Followed(LABELS[name], _words(name, row), row_url(table.key, value) if seen else "")
