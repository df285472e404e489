"""Equipment and furniture cards of the invented city: how many of what each body has, each with its story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, cycle
from random import Random

from gongjia.demo import stories
from gongjia.demo.constants import BROUGHT, CARD_FAULTS, QUANTITY_FAULT, TODAY
from gongjia.demo.shapes import Card, Household, Item
from gongjia.demo.standards import item_lives, item_prices
from gongjia.demo.units import read

CENT = Decimal("0.01")
PROVINCIAL = 72  # a province's table allows less: per cent of the usual price
FURNISHED = 3740  # days since the offices were furnished anew; what is older has a story of its own
DAYS = [TODAY - dt.timedelta(days=number) for number in range(12_000)]


@lru_cache(maxsize=1)
def items() -> list[Item]:
    """Return what an office owns."""
    lists, lives, prices = read("names.yaml")["brands"], item_lives(), item_prices()
    found = []
    for category, name, measure, per_person, price, months, who, item in read("items.yaml"):
        limit = prices.get((item, "")) or prices.get((item, "staff")) or price
        code = item or name
        models = tuple(f"{category[3:5]}{code[:1].upper()}-{number}" for number in (110, 230, 350, 480, 620, 700))
        found.append(
            Item(
                category,
                name,
                measure,
                per_person,
                limit,
                months,
                who,
                item,
                lives.get(item, months // 12),
                models,
                tuple(lists[category[:5]]),
            )
        )
    return found


def plan_counts(random: Random, homes: list[Household], total: int) -> list[tuple[Household, Item, int]]:
    """Return how many pieces of each item each body has; they add up to `total`."""
    pairs = [(home, item) for home in homes for item in items()]
    shares = [_share(random, home, item) for home, item in pairs]
    scale = total / sum(shares)
    marks = [round(mark * scale) for mark in accumulate(shares)]
    return [(*pair, here - before) for pair, before, here in zip(pairs, [0, *marks], marks, strict=False)]


def _share(random: Random, home: Household, item: Item) -> float:
    heads = len(home.people)
    usual = heads * item.per_person * random.uniform(0.86, 1.04) + random.uniform(0, 0.5)
    return usual * random.uniform(1.35, 1.8) if item.item and random.random() < QUANTITY_FAULT else usual


def make_cards(random: Random, counts: list[tuple[Household, Item, int]], classes: dict[str, int]) -> Iterator[Card]:
    """Yield the cards, body by body; `classes` gives the key of each class, those of 2013 under "2013:" and the code."""
    sequence: dict[int, int] = {}
    for home, item, count in counts:
        maker = _Maker(random, home, item, classes)
        for _number in range(count):
            sequence[home.key] = sequence.get(home.key, 0) + 1
            yield maker.make(sequence[home.key])


class _Maker:
    """Makes the cards of one item in one body; what they share is worked out once."""

    def __init__(self, random: Random, home: Household, item: Item, classes: dict[str, int]) -> None:
        self.random, self.home, self.item, self.classes = random, home, item, classes
        self.people = cycle(home.people) if home.people else cycle([(None, None, False, "")])
        leaders = [person for person in home.people if person[2]]
        self.leaders = cycle(leaders) if leaders else self.people
        self.span = min(FURNISHED, int(item.life * 365.25 * 1.2))
        self.price = item.price * (PROVINCIAL if home.plan.ruling_tier == "provincial" else 100) / 100
        self.prefix = f"{home.plan.code.replace('-', '')}{item.category[1:5]}"

    def make(self, sequence: int) -> Card:
        random, item, home = self.random, self.item, self.home
        acquired = DAYS[int(random.random() ** 1.15 * self.span) + 20]
        cost = Decimal(int(self.price * (0.52 + 0.46 * random.random())) // 10 * 10)
        custodian, place, department = self._holder()
        number = f"{self.prefix}{acquired.year % 100:02d}{sequence:05d}"
        card = Card(
            number,
            item,
            home.key,
            self.classes[item.category],
            acquired,
            cost,
            straight(cost, acquired, item.months),
            place,
            custodian,
            department,
            random.choice(item.models),
            random.choice(item.brands),
            f"{random.getrandbits(36):09X}" if item.category < "A05" else "",
            item.months,
        )
        fault = random.random()
        if fault < stories.ANY:
            stories.tell(random, fault, card, home, self.classes)
        return card

    def _holder(self) -> tuple[int | None, int | None, str]:
        """Return custodian, place and department by who has such things."""
        rooms = self.home.rooms
        if self.item.who == "unit":
            return None, self.random.choice(rooms) if rooms else None, ""
        person, room, _leads, department = next(self.leaders if self.item.who == "leader" else self.people)
        if room is None and rooms:
            room = self.random.choice(rooms)
        return person if self.item.who != "room" else None, room, department


def straight(cost: Decimal, acquired: dt.date, months: int, until: dt.date = BROUGHT) -> Decimal:
    """Return the depreciation until the end of a month: even monthly parts, from the month of acquisition, never above cost."""
    passed = max(0, (until.year - acquired.year) * 12 + until.month - acquired.month + 1)
    return cost if passed >= months else (cost * passed / months).quantize(CENT)


assert abs(sum(CARD_FAULTS.values()) - stories.ANY) < 1e-9  # noqa: S101 - each fault has its story
