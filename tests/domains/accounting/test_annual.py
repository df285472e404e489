"""The annual report: every row proved, the same bytes a hundred changes later, every figure with its cards."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import pytest
from django.utils import timezone

from gongjia.core.action import actions
from gongjia.core.problems import Refused
from gongjia.core.resource import NotFound
from gongjia.core.undo import undo_batch
from gongjia.domains.accounting.annual import Asked, Report, reckon
from gongjia.domains.accounting.filing import checks, compute, content_of, digest_of, proved_rows, read
from gongjia.domains.accounting.models import FiledReport
from gongjia.domains.accounting.stepping import NOTHING, Vector, plus
from gongjia.ledger.asof import Moment, Wanted, totals
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Unit, User
from tests.city import City
from tests.domains.accounting.books import card, post
from tests.people import Town

KNOWN = dt.datetime(2026, 1, 15, 15, 59, tzinfo=dt.UTC)
END = dt.date(2025, 12, 31)


def report_of(unit: str, year: int = 2025, known: dt.datetime = KNOWN, **more: Any) -> Report:
    return reckon(Asked(Unit.objects.get(code=unit).pk, year, known), **more)


def test_every_row_and_every_check_of_the_city_holds(demo_city: City) -> None:
    report = report_of("YC")
    assert report.proved > 100
    assert [check.words for check in checks(report.tables) if not check.holds] == []


def test_the_end_of_the_year_is_what_the_ledger_was_on_its_last_day(demo_city: City) -> None:
    closing = report_of("YC").tables["overview"].whole().closing
    held = totals(Moment(END, KNOWN), "unit", Wanted())
    assert closing == tuple(sum(getattr(total, name) for total in held) for name in ("cards", "quantity", "cost", "accumulated"))


def test_the_end_of_one_year_is_the_beginning_of_the_next(demo_city: City) -> None:
    before, after = (report_of("YC", year).tables["overview"].rows for year in (2024, 2025))
    assert {key: row.closing for key, row in before.items()} == {key: row.opening for key, row in after.items() if row.opening != NOTHING}


def test_a_county_and_its_units_add_up_to_their_part_of_the_city(demo_city: City) -> None:
    county, city = report_of("SQ"), report_of("YC")
    for key, row in county.tables["units"].rows.items():
        assert row.closing == city.tables["units"].rows[key].closing


def test_every_figure_has_its_cards(demo_city: City) -> None:
    sums: dict[tuple[str, str, str], tuple[Vector, Vector]] = {}

    def seen(topic: str, row: str, what: str, pk: int, up: Vector, down: Vector) -> None:
        a, b = sums.get((topic, row, what), (NOTHING, NOTHING))
        sums[topic, row, what] = (plus(a, up), plus(b, down))

    tables = report_of("SQ", seen=seen).tables
    for (topic, key, what), moved in sums.items():
        row = tables[topic].rows[key]
        end = what in ("opening", "closing")
        told = (getattr(row, what), NOTHING) if end else (row.added.get(what, NOTHING), row.taken.get(what, NOTHING))
        assert told == moved, (topic, key, what)


EDITS = {"cost": "1234.56", "account_subject": "1701", "on_books": False, "acquisition": "donation", "quantity": "3", "accumulated": "1"}
CHANGES = (*EDITS, "idle", "category", "disposed", "register", "undo")
DAYS = [dt.date(2025, 6, 1), dt.date(2024, 3, 1), dt.date(2026, 11, 24)]


def change(root: User, random: Random, number: int, ids: list[int], classes: list[int], batches: list[Any]) -> None:
    """Do one thing to the ledger, some of it entered for a day of the year that was reported."""
    kind, pk, on = CHANGES[number % len(CHANGES)], random.choice(ids), random.choice(DAYS)
    if kind == "undo":
        undo_batch(root, batches.pop())
        return
    office = {"unit": Unit.objects.get(code="YC-JG").pk, "number": f"N{number}", "name": "新", "cost": "9", "acquired_on": "2025-05-05"}
    done: dict[str, tuple[str, dict[str, Any]]] = {
        "register": ("ledger.register_asset", office),
        "idle": ("ledger.change_status", {"id": pk, "status": "idle"}),
        "disposed": ("ledger.change_status", {"id": pk, "status": "disposed"}),
    }
    value = random.choice(classes) if kind == "category" else EDITS.get(kind)
    key, raw = done.get(kind) or ("ledger.edit_asset", {"id": pk, kind: value})
    batches.append(actions[key].run_many(root, [raw], on=on).batch)


def test_the_report_of_a_year_has_the_same_bytes_after_a_hundred_later_changes(demo_city: City) -> None:
    root, random = User.objects.create_superuser("root"), Random(7)
    unit, known = Unit.objects.get(code="YC").pk, timezone.now()
    before = [compute(unit, 2025, moment) for moment in (KNOWN, known)]
    ids = list(Asset.objects.live().order_by("pk").values_list("pk", flat=True)[:400])
    classes, batches = list(Category.objects.values_list("pk", flat=True)[:20]), list[Any]()
    for number in range(100):
        change(root, random, number, ids, classes, batches)
    assert [compute(unit, 2025, moment) for moment in (KNOWN, known)] == before
    assert compute(unit, 2025, timezone.now()) != before[1]


@pytest.mark.django_db
def test_a_filed_report_is_kept_with_its_digest_and_a_second_one_is_another_version(town: Town) -> None:
    card(town)
    post(town, "2026-10")
    first = actions["accounting.file_report"].run(town.clerk, {"unit": "YC-SW", "year": 2026})
    card(town, "B")
    second = actions["accounting.file_report"].run(town.clerk, {"unit": "YC-SW", "year": 2026, "note": "补报"})
    one, two = (FiledReport.objects.get(pk=pk) for pk in (first, second))
    assert (one.version, one.cards, two.version, two.cards) == (1, 1, 2, 2)
    assert one.digest == digest_of(one.content.encode()) == digest_of(compute(one.unit_id, 2026, one.known_at))


@pytest.mark.django_db
def test_a_report_is_read_back_from_its_bytes(town: Town) -> None:
    card(town)
    post(town, "2026-10")
    report = report_of("YC-SW", 2026, timezone.now())
    again = read(content_of(report))
    assert again.asked == report.asked
    assert proved_rows(again.tables) > 0
    assert again.tables["stock"].rows["A0201"].added["depreciate"] == (0, 0, 0, 10000)


@pytest.mark.django_db
def test_what_happened_in_the_year_is_told_by_kind(town: Town) -> None:
    old = card(town, "OLD", acquired_on="2024-05-01")
    card(town, "NEW")
    actions["ledger.edit_asset"].run(town.clerk, {"id": old, "cost": "8000"})
    actions["ledger.change_status"].run(town.clerk, {"id": old, "status": "disposed"})
    row = report_of("YC-SW", 2026, timezone.now()).tables["overview"].rows["A02"]
    assert row.opening == (1, 100, 720000, 0)
    assert row.added == {"register": (1, 100, 720000, 0), "revalue": (0, 0, 80000, 0)}
    assert row.taken == {"dispose": (1, 100, 800000, 0)}


@pytest.mark.django_db
def test_a_transfer_to_another_unit_leaves_the_one_and_enters_the_other(town: Town) -> None:
    root = User.objects.create_superuser("root")
    pk = card(town, acquired_on="2024-05-01")
    actions["ledger.transfer_asset"].run(root, {"id": pk, "unit": "YC-DA"}, request_key="R-1")
    giver, taker = (report_of(code, 2026, timezone.now()).tables for code in ("YC-SW", "YC-DA"))
    assert giver["disposal"].rows["moved_out"].closing == taker["allocation"].rows["moved_in"].closing == (1, 100, 720000, 0)
    assert report_of("YC", 2026, timezone.now()).tables["units"].rows[str(town.archive.pk)].added["transfer"][0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("year", [2027, 1949])
def test_a_year_to_come_cannot_be_filed(town: Town, year: int) -> None:
    with pytest.raises((Refused, NotFound)):
        actions["accounting.file_report"].run(town.clerk, {"unit": "YC-SW", "year": year})
