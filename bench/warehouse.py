"""The shop window: pages of a hundred thousand published items, over a printed mix of words, filters, orders and viewers."""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Iterator

from bench import world
from bench.figures import Figure, percentile

from django.conf import settings  # isort: skip
from django.db import connection, transaction  # isort: skip
from django.test import Client  # isort: skip
from django.utils import timezone  # isort: skip

from gongjia.core import bulk, search
from gongjia.core.periods import today
from gongjia.demo import city
from gongjia.domains.warehouse.models import StockItem
from gongjia.domains.warehouse.resources import ITEMS
from gongjia.ledger.models import Asset
from gongjia.org.models import User

ITEMS_WANTED, CARDS, REPEATS = 100_000, 112_000, 5
VIEWERS = ("bureau", "requester", "county", "assets")
MIX = (
    "", "q=打印机", "q=办公", "q=dyj", "q=桌", "kind=A0501", "kind=A0201&grade=b", "grade=b&months=36", "months=12&terms=lend",
    "sort=new", "sort=best", "sort=longest", "q=办公&sort=best", "q=计算机&grade=b&sort=longest", "storage=physical", "emergency=1",
    "page=10", "page=40", "q=没有这样的东西", "starred=1",
)  # fmt: skip


def stock() -> int:
    """Publish a hundred thousand cards: a fifth still held for the own unit or its equals, the others open to all."""
    cards = (
        Asset.objects.live()
        .filter(place__isnull=False, stock_item__isnull=True, unit__secret=False)
        .select_related("category", "unit__parent", "place")
    )
    rows = list(cards.order_by("pk")[:ITEMS_WANTED])
    draw, now, day = random.Random(7), timezone.now(), today()
    held = [day + dt.timedelta(days=draw.randrange(0, 14)) if draw.random() < 0.2 else None for _row in rows]
    with transaction.atomic():
        bulk.insert(
            StockItem,
            len(rows),
            ids=[card.pk for card in rows],
            state="published",
            registered_on=day,
            stored_on=day,
            grade=[draw.choice("abbbcccd") for _row in rows],
            remaining_months=[draw.randrange(0, 90) for _row in rows],
            title=[card.name for card in rows],
            category_code=[card.category.code if card.category else "" for card in rows],
            acquired_on=[card.acquired_on for card in rows],
            terms=[draw.choice(("both", "both", "lend", "keep")) for _row in rows],
            storage=[draw.choice(("virtual", "virtual", "physical")) for _row in rows],
            emergency=[draw.random() < 0.01 for _row in rows],
            published_at=[now - dt.timedelta(minutes=draw.randrange(0, 500_000)) for _row in rows],
            own_until=held,
            level_until=held,
            body_path=[card.unit.path for card in rows],
            level_path=[card.unit.parent.path if card.unit.parent else "" for card in rows],
            building_id=[_part(card.place.path, 1) for card in rows],
            compound_id=[_part(card.place.path, 0) for card in rows],
        )
        search.rebuild(ITEMS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return StockItem.objects.filter(state="published").count()


def _part(path: str, place: int) -> int | None:
    parts = [int(part) for part in path.split("/") if part]
    return parts[place] if len(parts) > place else None


def asked() -> Iterator[float]:
    """Yield the milliseconds of every request of the mix, for every viewer, warm, and print each line of it."""
    for name in VIEWERS:
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(username=name), backend="django.contrib.auth.backends.ModelBackend")
        for query in MIX:
            own = [one(client, f"/warehouse/window/?{query}") for _turn in range(REPEATS + 1)][1:]
            yield from own
            world.note(f"{connection.vendor:10} {name:>9} {query:34} {min(own):7.1f} … {max(own):7.1f} ms")


def one(client: Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    return taken


def main() -> None:
    settings.ALLOWED_HOSTS.append("localhost")
    world.migrated()
    world.note(f"building a city of {CARDS:,} cards on {connection.vendor}")
    city.build(CARDS, small=True)
    count = stock()
    times = list(asked())
    what = f"{count:,} items on {connection.vendor}, the page, p95 of {len(times)} requests over {len(MIX)} kinds x {len(VIEWERS)} viewers"
    world.emit(Figure("warehouse", what, percentile(times, 0.95), "ms", at_most=150))


if __name__ == "__main__":
    main()
