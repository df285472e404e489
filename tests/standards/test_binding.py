from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import duckdb
import pytest

from gongjia.standards.rulebook.binding import Limit, Resolution, Signature, bonds, resolve, spoken_of
from gongjia.standards.rulebook.forms import LIMIT_SQL
from gongjia.standards.rulebook.judging import Verdict, judge
from tests.standards.books import CHAIRS, book, shipped

DAY = date(2024, 6, 1)
DAYS = [date(1999, 12, 30), date(2012, 1, 1), date(2014, 11, 23), date(2014, 11, 24), date(2016, 6, 30), date(2016, 7, 1), DAY]
UNITS = [
    Signature(tier, nature, division, bool(superior), superior)
    for tier, nature, division, superior in product(
        ("central", "provincial", "municipal", "county"),
        ("administrative", "institution", "enterprise"),
        ("110000", "340100", "511300", "330100"),
        ("", "central", "provincial"),
    )
]
TOPICS = [(topic, value) for topic in shipped().topics() for value in shipped().tables[topic].values]


def first_bond(unit: Signature, topic: str = "equipment") -> tuple[str, str]:
    active = [bond for bond in bonds(shipped(), topic, unit) if shipped().find(bond.version)[1].in_force(DAY)]
    return active[0].version.partition("@")[0], active[0].standing


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (Signature("provincial", division="340000"), ("equipment_anhui", "binding")),
        (Signature("municipal", division="340100", vertical=True, superior_tier="provincial"), ("equipment_anhui", "binding")),
        (Signature("provincial", division="510000"), ("equipment_sichuan", "binding")),
        (Signature("municipal", division="511300"), ("equipment_nanchong", "binding")),
        (Signature("provincial", "institution", "340000"), ("equipment_anhui", "reference")),
    ],
)
def test_a_local_table_judges_exactly_the_units_it_binds(unit: Signature, expected: tuple[str, str]):
    assert first_bond(unit) == expected


@pytest.mark.parametrize("unit", [Signature("municipal", division="340100"), Signature("provincial", division="330000")])
def test_a_unit_without_a_table_of_its_own_is_judged_by_reference(unit: Signature):
    table, standing = first_bond(unit)
    assert (table in {"equipment", "furniture"}, standing) == (True, "reference")


def test_a_central_unit_in_a_province_obeys_the_central_table():
    table, standing = first_bond(Signature("provincial", division="340000", vertical=True, superior_tier="central"))
    assert (table in {"equipment", "furniture"}, standing) == (True, "binding")


def test_units_with_the_same_bonds_share_a_regime():
    regimes = resolve(shipped(), "equipment", "price", UNITS).regimes
    assert len(regimes) == len(UNITS)
    assert len(set(regimes.values())) < 12


@pytest.mark.parametrize(("topic", "value"), TOPICS)
def test_one_limit_at_most_holds_for_a_key_on_a_day(topic: str, value: str):
    seen: set[tuple[Any, ...]] = set()
    for limit in resolve(shipped(), topic, value, UNITS).limits:
        for day in DAYS:
            if limit.valid_from <= day <= limit.valid_to:
                place = (limit.regime, limit.key, day, limit.x_from)
                assert place not in seen
                seen.add(place)


Limits = dict[tuple[int, tuple[str, ...]], list[Limit]]


def by_key(found: Resolution) -> Limits:
    kept: Limits = defaultdict(list)
    for limit in found.limits:
        kept[limit.regime, limit.key].append(limit)
    return kept


def joined(limits: list[Limit], on: date, x: int) -> list[tuple[Any, ...]]:
    return [
        (limit.version, limit.row, limit.standing, limit.blocks, (limit.num * x + limit.lift) // limit.den if limit.den else None)
        for limit in limits
        if limit.valid_from <= on <= limit.valid_to and (limit.x_from is None or limit.x_from < x <= limit.x_to)
    ]


def situations(topic: str, value: str) -> Iterator[tuple[Signature, tuple[str, ...], date]]:
    keys = shipped().value(topic, value).keys
    vocabulary = [(*shipped().vocabulary(key), "")[:: 5 if key == "item" else 2] for key in keys]
    for unit, key, on in product(UNITS[::7], product(*vocabulary), DAYS):
        if "tier" not in keys or key[keys.index("tier")] == unit.tier:
            yield unit, key, on


def single(topic: str, value: str, unit: Signature, key: tuple[str, ...], on: date) -> Verdict:
    quantities = dict.fromkeys(shipped().codes["quantity"].codes, 130)
    keys = dict(zip(shipped().value(topic, value).keys, key, strict=True))
    return judge(shipped(), topic, value, unit._asdict() | quantities | keys, on)


@pytest.mark.parametrize(("topic", "value"), TOPICS)
def test_the_join_and_the_single_case_agree(topic: str, value: str):
    found, places = resolve(shipped(), topic, value, UNITS), shipped().value(topic, value).places
    covered = {(each.regime, day) for each in found.coverage for day in DAYS if each.valid_from <= day <= each.valid_to}
    limits = by_key(found)
    for unit, key, on in situations(topic, value):
        verdict, regime = single(topic, value, unit, key, on), found.regimes[unit]
        limit = None if verdict.limit is None else int(verdict.limit.scaleb(places))
        hits = joined(limits[regime, key], on, 13000 if verdict.of == "room_area" else 130)
        assert hits == ([(verdict.version, verdict.row, verdict.standing, verdict.blocks, limit)] if verdict.row else [])
        assert ((regime, on) in covered) == (verdict.outcome != "no_rule")


def test_limits_join_to_facts_in_one_statement():
    found = resolve(shipped(), "equipment", "quantity", [Signature("central")])
    rows = [(*each.key, each.valid_from, each.valid_to, each.x_from, each.x_to, each.num, each.lift, each.den) for each in found.limits]
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE l (item TEXT, level TEXT, secrecy TEXT, valid_from DATE, valid_to DATE,"
        " x_from BIGINT, x_to BIGINT, num BIGINT, lift BIGINT, den BIGINT)"
    )
    connection.executemany("INSERT INTO l VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    asked = "SELECT 'copier' AS item, '' AS level, 'open' AS secrecy, 130 AS x, DATE '2024-06-01' AS day"
    limit = connection.sql(
        f"SELECT {LIMIT_SQL} FROM ({asked}) f JOIN l ON f.item = l.item AND f.level = l.level AND f.secrecy = l.secrecy"
        " AND f.day BETWEEN l.valid_from AND l.valid_to AND f.x > l.x_from AND f.x <= l.x_to"
    ).fetchall()
    assert limit == [(6,)]


def test_the_longer_division_prefix_goes_first():
    near = CHAIRS.replace("key: chairs", "key: near\ntopic: chairs").replace("binds: [{nature", 'binds: [{division: ["3401"], nature')
    far = CHAIRS.replace("key: chairs", "key: far\ntopic: chairs").replace("binds: [{nature", 'binds: [{division: ["34"], nature')
    found = bonds(book(chairs=CHAIRS, near=near, far=far), "chairs", Signature("municipal", division="340100"))
    assert [bond.version.partition("@")[0] for bond in found] == ["near", "far", "chairs"]


def test_only_what_some_row_speaks_of_is_in_scope():
    assert "water_dispenser" not in spoken_of(shipped(), "equipment", "quantity", "item")
    assert {"printers", "copier"} <= spoken_of(shipped(), "equipment", "quantity", "item")
