"""Names of invented people, put together from a fixed list of characters."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gongjia.demo.units import read


def invented_names(random: Random) -> Iterator[str]:
    """Yield names without end, each at most once until every combination has been used."""
    lists = read("names.yaml")
    seen: set[str] = set()
    while True:
        name = random.choice(lists["surnames"]) + random.choice(lists["first"]) + random.choice(lists["second"])
        if len(seen) < 200_000 and name in seen:
            continue
        seen.add(name)
        yield name
