"""What happened to a card that is not plain: each fault of the table of rates, told on the card itself."""

from __future__ import annotations

import datetime as dt
from bisect import bisect
from collections.abc import Callable
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Any

from gongjia.demo.constants import CARD_FAULTS, LIVE_ON, TODAY
from gongjia.demo.shapes import Card, Household

Story = Callable[[Random, Card, Household, dict[str, int]], None]
NAMES = list(CARD_FAULTS)
MARKS = list(accumulate(CARD_FAULTS.values()))
ANY = MARKS[-1]
YEAR = 365.25


def tell(random: Random, fault: float, card: Card, home: Household, classes: dict[str, int]) -> None:
    """Apply the story that stands at `fault` on the scale of the rates."""
    STORIES[NAMES[min(bisect(MARKS, fault), len(NAMES) - 1)]](random, card, home, classes)


def _ago(random: Random, card: Card, low: int, high: int) -> dt.date:
    """Return a day that many days ago, after the card was acquired and the ledger began."""
    day = TODAY - dt.timedelta(days=random.randrange(low, high))
    return min(TODAY, max(day, (card.acquired_on or LIVE_ON) + dt.timedelta(days=1), LIVE_ON + dt.timedelta(days=1)))


def _move(card: Card, kind: str, on: dt.date, field: str, former: Any) -> None:
    """Note that the field had `former` until `on` and has its present value since."""
    card.was[field] = former
    card.moves.append((kind, on, field, former, getattr(card, field)))


def _idle(random: Random, card: Card, low: int, high: int) -> None:
    card.status, card.idle_since = "idle", _ago(random, card, low, high)
    _move(card, "status", card.idle_since, "status", "in_use")


def idle_long(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    _idle(random, card, 200, 1400)


def idle_short(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    _idle(random, card, 5, 170)


def over_price(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    rise = Decimal(random.randrange(105, 180)) / 100
    depreciated = card.accumulated / card.cost if card.cost else Decimal(0)
    card.cost = Decimal(int(card.item.price * rise) // 10 * 10 + 10)
    card.accumulated = (card.cost * depreciated).quantize(Decimal("0.01"))


def _scrap(card: Card, on: dt.date) -> None:
    card.status, card.disposal, card.disposed_on = "disposed", "scrap", on
    _move(card, "dispose", on, "status", "in_use")


def scrapped_late(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    gone = _ago(random, card, 10, 1500)
    card.acquired_on = gone - dt.timedelta(days=int(card.item.life * YEAR) + random.randrange(30, 900))
    card.accumulated = card.cost
    _scrap(card, gone)


def scrapped_early(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    gone = _ago(random, card, 10, 1500)
    card.acquired_on = gone - dt.timedelta(days=int(card.item.life * YEAR * random.uniform(0.3, 0.9)))
    _scrap(card, gone)


def to_dispose(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.status = "to_dispose"
    _move(card, "status", _ago(random, card, 3, 300), "status", "in_use")


def foreign_room(random: Random, card: Card, home: Household, _classes: dict[str, int]) -> None:
    former, card.place = card.place, random.choice(home.foreign_rooms)
    _move(card, "move", _ago(random, card, 30, 900), "place", former)


def kept_by_leaver(random: Random, card: Card, home: Household, _classes: dict[str, int]) -> None:
    if home.leavers and card.item.category < "A05":  # furniture stays in its room
        card.custodian = random.choice(home.leavers)


def transferred(random: Random, card: Card, home: Household, _classes: dict[str, int]) -> None:
    _move(card, "transfer", _ago(random, card, 20, 1200), "unit", home.elsewhere)


def handed_over(random: Random, card: Card, home: Household, _classes: dict[str, int]) -> None:
    if card.custodian and home.people:
        _move(card, "hand_over", _ago(random, card, 20, 1200), "custodian", random.choice(home.people)[0])


def no_category(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.category = None


def old_code(_random: Random, card: Card, _home: Household, classes: dict[str, int]) -> None:
    card.category = classes.get(f"2013:{card.item.category}", card.category)


def no_date(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.acquired_on = None


def no_cost(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.cost = card.accumulated = Decimal(0)


def no_place(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.place, card.place_text = None, "原办公室"


def odd_years(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.months = random.choice((24, 36, 48))


def unbooked(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.booking, card.accumulated = "unbooked", Decimal(0)


def over_depreciated(_random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.accumulated = (card.cost * Decimal("1.2")).quantize(Decimal("0.01"))


def lent(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.status = "lent"
    _move(card, "lend", _ago(random, card, 20, 700), "status", "in_use")


def over_age(random: Random, card: Card, _home: Household, _classes: dict[str, int]) -> None:
    card.acquired_on = TODAY - dt.timedelta(days=int(card.item.life * YEAR * random.uniform(1.3, 1.9)))
    card.accumulated = card.cost


STORIES: dict[str, Story] = {
    story.__name__: story
    for story in (
        idle_long,
        idle_short,
        over_price,
        scrapped_late,
        scrapped_early,
        to_dispose,
        foreign_room,
        kept_by_leaver,
        transferred,
        handed_over,
        no_category,
        old_code,
        no_date,
        no_cost,
        no_place,
        odd_years,
        unbooked,
        over_depreciated,
        lent,
        over_age,
    )
}
