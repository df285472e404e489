"""GET /api/<app>/<model>: pages, filters, cursors; and clear words for a question that is asked wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from gongjia.core.action import actions
from tests.api.conftest import Program
from tests.people import Town, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def cards(town: Town) -> list[int]:
    rows = [{"number": f"A-{n}", "name": "台式计算机" if n % 2 else "文件柜", "unit": "YC-SW", "cost": n} for n in range(7)]
    return actions["ledger.register_asset"].run_many(town.clerk, rows).ids


def test_a_list_has_its_rows_and_its_count(clerk: Program, cards: list[int]) -> None:
    found = clerk.get("ledger/asset").json()
    assert [row["id"] for row in found["rows"]] == cards[::-1]
    assert (found["count"], found["capped"], found["next"]) == (7, False, None)


def test_pages_follow_one_another(clerk: Program, cards: list[int]) -> None:
    seen, after = [], ""
    while True:
        found = clerk.get("ledger/asset", sort="-cost", size=3, after=after).json()
        seen += [row["id"] for row in found["rows"]]
        after = found["next"]
        if after is None:
            break
    assert seen == cards[::-1]


def test_columns_are_chosen(clerk: Program, cards: list[int]) -> None:
    rows = clerk.get("ledger/asset", columns="number,serial").json()["rows"]
    assert set(rows[0]) == {"id", "number", "serial"}


FOUND: list[tuple[dict[str, Any], int]] = [
    ({"q": "文件"}, 4),
    ({"q": "tsj"}, 3),
    ({"cost__gte": "5"}, 2),
    ({"status": ["in_use", "idle"]}, 7),
    ({"acquired_on__empty": "1"}, 7),
    ({"unit": "YC-SW"}, 7),
]
WRONG = [
    "colour=red", "sort=serial", "sort=nothing", "size=0", "size=1e9", "size=９", "columns=number,nothing", "after=xyz", "unit=没有",
    "unit=YC-DA", "cost__gte=many", "cost__gte=1e40", "cost=NaN", "acquired_on=2020-13-01", "status=broken", "cost__like=1",
    "acquired_on__empty=2",
]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), FOUND)
def test_rows_are_searched_and_filtered(clerk: Program, cards: list[int], query: dict[str, Any], count: int) -> None:
    assert clerk.get("ledger/asset", **query).json()["count"] == count


@pytest.mark.parametrize("asked", WRONG)
def test_a_wrong_question_is_answered_with_what_is_wrong(clerk: Program, cards: list[int], asked: str) -> None:
    name, value = asked.split("=")
    no = clerk.get("ledger/asset", **{name: value})
    assert no.status_code == 400
    assert [problem["field"] for problem in no.json()["problems"]] == [name]


def test_a_row_has_every_column_and_its_version(clerk: Program, cards: list[int]) -> None:
    row = clerk.get(f"ledger/asset/{cards[3]}").json()
    assert (row["id"], row["cost"], row["number"], row["version"]) == (cards[3], "3.00", "A-3", 1)


@pytest.mark.parametrize("path", ["ledger/asset/999999", "ledger/asset/99999999999999999999", "ledger/nothing", "no/thing"])
def test_what_is_not_there_is_not_found(clerk: Program, cards: list[int], path: str) -> None:
    no = clerk.get(path)
    assert no.status_code == 404
    assert no.json()["message"]


def test_a_foreign_row_reads_as_if_it_were_not_there(town: Town, cards: list[int]) -> None:
    from tests.api.conftest import program

    archivist = program(user("archivist", "asset_clerk", town.archive))
    assert archivist.get(f"ledger/asset/{cards[0]}").status_code == 404
    assert archivist.get("ledger/asset").json()["count"] == 0


def test_a_stranger_is_told_that_he_may_not(stranger: Program, cards: list[int]) -> None:
    assert stranger.get("ledger/asset").status_code == 403
    assert stranger.get(f"ledger/asset/{cards[0]}").status_code == 403
