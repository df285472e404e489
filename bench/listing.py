"""Lists: pages of a million cards through the HTML and JSON views, over a printed mix of scope, search, sort and filter."""

from __future__ import annotations

import sys
import time

from bench import world
from bench.figures import Figure, percentile

import msgspec  # isort: skip
from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from django.db.models import Count  # isort: skip
from django.test import Client  # isort: skip

from gongjia.core.resource import resources
from gongjia.ledger.models import Asset
from gongjia.org.models import RoleGrant, Unit, User

REPEATS = 5
WORDS = ("办公", "电脑", "打印", "计算", "桌", "文件", "jsj", "dyj")
SHARES = (1, 5, 10, 50)


def viewers() -> dict[str, User]:
    """Return auditors of the largest subtrees that hold at most the whole, a fifth, a tenth, a fiftieth of the cards."""
    own = dict(Asset.objects.order_by().values_list("unit__path").annotate(n=Count("pk")))
    cards = {unit: sum(n for path, n in own.items() if path.startswith(unit.path)) for unit in Unit.objects.all()}
    made = {}
    for share in SHARES:
        unit = max((unit for unit in cards if cards[unit] * share <= sum(own.values())), key=lambda unit: cards[unit])
        name = f"{cards[unit]:,}"
        made[name] = User.objects.create_user(f"bench-{share}", name=name)
        RoleGrant.objects.create(user=made[name], role="auditor", unit=unit, valid_from="2020-01-01")
    return made


def mix() -> list[tuple[str, str]]:
    """Return the printed mix: every sortable column both ways, words and initials, filters, a search with either."""
    sortable = [column.name for column in resources["ledger.asset"].by_name.values() if column.sort]
    sorts = [(f"sort {sign}{name}", f"sort={sign}{name}") for name in sortable for sign in ("", "-")]
    searches = [(f"search {word}", f"q={word}") for word in WORDS]
    others = [("plain", ""), ("idle", "status=idle"), ("cost", "cost__gte=20000")]
    others += [("search + sort", "q=办公&sort=-cost"), ("search + idle", "q=办公&status=idle")]
    return [*others, *sorts, *searches]


def measure(door: str, address: str, people: dict[str, User]) -> list[float]:
    """Return the milliseconds of every request of the mix, warm, and print each line of it."""
    times: list[float] = []
    for who, user in people.items():
        client = Client(SERVER_NAME="localhost")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for label, query in mix():
            own = [one(client, f"{address}?{query}") for _turn in range(REPEATS)]
            times += own
            world.note(f"{connection.vendor:10} {door:4} {who:>9} {label:20} {min(own):7.1f} … {max(own):7.1f} ms")
    return times


def one(client: Client, address: str) -> float:
    begun = time.perf_counter()
    answer = client.get(address)
    taken = (time.perf_counter() - begun) * 1000
    if answer.status_code != 200:
        sys.exit(f"{address} answered {answer.status_code}")
    return taken


def raw_limit() -> float:
    """Return the milliseconds of the plain page as raw SQL and a fast JSON encoder: nobody can be faster."""
    sql = (
        "SELECT id, number, name, unit_id, category_id, cost, acquired_on, status "
        "FROM ledger_asset WHERE closed_on IS NULL ORDER BY id DESC LIMIT 50"
    )
    times = []
    for _turn in range(50):
        begun = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            msgspec.json.encode(cursor.fetchall())
        times.append((time.perf_counter() - begun) * 1000)
    return percentile(times, 0.5)


def main() -> None:
    settings.ALLOWED_HOSTS.append("localhost")
    scale = int(sys.argv[1])
    world.filled(scale)
    people = viewers()
    limit = raw_limit()
    for door, address in (("HTML", "/ledger/asset/"), ("JSON", "/api/ledger/asset")):
        times = measure(door, address, people)
        p95, half = percentile(times, 0.95), percentile(times, 0.5)
        asked = f"{len(times)} requests over {len(mix())} kinds x {len(people)} viewers"
        what = f"{scale:,} assets on {connection.vendor}, {door} view, p95 of {asked}"
        world.emit(
            Figure(
                "list",
                what,
                p95,
                "ms",
                at_most=150,
                peer=f"raw SQL + msgspec for the plain page ({limit:.2f} ms), median",
                ratio=half / limit,
            )
        )


if __name__ == "__main__":
    main()
