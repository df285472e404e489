"""Rent by year, space let out by the manager alone, income to the treasury, titles with their gaps; and what the checks find."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client

from gongjia.core.action import actions, context_for
from gongjia.core.nav import desk_cards
from gongjia.core.problems import Refused
from gongjia.domains.leasing.gaps import by_unit, held_buildings
from gongjia.domains.leasing.models import SpaceLetting
from gongjia.domains.leasing.rules import year_of_rent
from gongjia.domains.leasing.services.renting import agreed_rent
from gongjia.standards.asking import verdicts_of
from tests.domains.leasing.letting import TODAY, Estate, do

YESTERDAY = TODAY - dt.timedelta(days=1)


def outcome(subject: str, pk: int, check: str) -> list[str]:
    return [answer.outcome for answer in verdicts_of(subject, pk, keys=[check])]


def let(estate: Estate, unit: int, action: str = "leasing.let_space", **more: Any) -> list[int]:
    place = more.pop("place", None) or estate.building("L")
    given = {"unit": unit, "place": place, "kind": "lease", "party": "便民超市", "area": "30", "annual_rent": "1000"}
    return do(action, estate.keeper, {**given, "starts_on": TODAY, "due_on": TODAY, **more})


@pytest.mark.parametrize(("year", "rent"), [(2023, "0"), (2024, "36500.00"), (2025, "18100.00"), (2026, "0")])
def test_rent_falls_to_the_years_by_days(year: int, rent: str):
    assert year_of_rent(dt.date(2024, 1, 1), dt.date(2025, 6, 30), Decimal("36500"), year) == Decimal(rent)


def test_more_rent_than_agreed_for_the_year_is_a_warning(estate: Estate):
    lease = estate.lease(starts_on=dt.date(TODAY.year, 1, 1), ends_on=dt.date(TODAY.year, 12, 31))
    assert agreed_rent(lease, TODAY.year) == Decimal("36500.00")
    raw = {"lease": lease.pk, "year": TODAY.year, "paid_on": TODAY, "amount": "36500"}
    do("leasing.pay_rent", estate.keeper, raw)
    prepared = actions["leasing.pay_rent"].prepare(context_for(estate.keeper), [{**raw, "amount": "0.01"}])
    assert [problem.code for problem in prepared.problems] == ["over_agreed"] and not prepared.refused


@pytest.mark.parametrize(("days", "outcomes"), [(0, []), (-1, ["doubt"])])
def test_a_lease_is_over_on_the_day_after_its_last(estate: Estate, days: int, outcomes: list[str]):
    lease = estate.lease(days=days)
    assert outcome("offices.lease", lease.pk, "leasing.lease_over") == outcomes


def test_a_lease_that_was_given_up_is_over_for_nobody(estate: Estate):
    lease = estate.lease(days=-1)
    do("leasing.end_lease", estate.keeper, {"id": lease.pk, "ended_on": lease.ends_on})
    assert outcome("offices.lease", lease.pk, "leasing.lease_over") == []
    with pytest.raises(Refused, match="已经退租"):
        do("leasing.end_lease", estate.keeper, {"id": lease.pk, "ended_on": TODAY})


def test_an_early_end_is_no_expiry_and_moves_the_last_day(estate: Estate):
    lease = estate.lease()
    with pytest.raises(Refused):
        do("leasing.end_lease", estate.keeper, {"id": lease.pk, "ended_on": TODAY})
    do("leasing.end_lease", estate.keeper, {"id": lease.pk, "ended_on": TODAY, "cause": "early"})
    lease.refresh_from_db()
    assert lease.ends_on == TODAY


def test_only_the_manager_lets_space_out(estate: Estate):
    with pytest.raises(Refused, match="使用单位不得出租出借"):
        let(estate, estate.town.water.pk)
    assert SpaceLetting.objects.get(pk=let(estate, estate.bureau.pk, place=estate.building("M"))[0]).origin == "manager"


@pytest.mark.parametrize(("day", "outcomes"), [(dt.date(2017, 12, 4), []), (dt.date(2017, 12, 5), ["breach"])])
def test_a_using_units_letting_breaks_the_rule_that_was_in_force_when_it_began(estate: Estate, day: dt.date, outcomes: list[str]):
    (pk,) = let(estate, estate.town.water.pk, "leasing.register_letting", starts_on=day)
    assert [one for one in outcome("leasing.letting", pk, "leasing.let_by_using_unit") if one != "no_rule"] == outcomes


def test_what_is_not_back_is_found_on_the_day_after_and_stands_on_the_desk(estate: Estate):
    (pk,) = let(estate, estate.town.water.pk, "leasing.register_letting", starts_on=YESTERDAY, due_on=YESTERDAY)
    assert outcome("leasing.letting", pk, "leasing.not_taken_back") == ["doubt"]
    card = desk_cards["leasing.not_back"].context(estate.keeper, "")
    assert card is not None and card["total"] == 1
    do("leasing.take_back", estate.keeper, {"id": pk, "taken_back_on": TODAY})
    assert outcome("leasing.letting", pk, "leasing.not_taken_back") == []
    assert desk_cards["leasing.not_back"].context(estate.keeper, "") is None


def test_income_that_stays_is_found_until_it_is_remitted(estate: Estate):
    (pk,) = let(estate, estate.bureau.pk)
    given = {"letting": pk, "year": TODAY.year, "amount": "500", "received_on": YESTERDAY}
    (income,) = do("leasing.record_income", estate.keeper, given)
    assert outcome("leasing.income", income, "leasing.income_not_remitted") == ["doubt"]
    do("leasing.remit_income", estate.keeper, {"id": income, "remitted_on": TODAY, "voucher": "J-1"})
    assert outcome("leasing.income", income, "leasing.income_not_remitted") == []


def test_a_letting_shows_its_rent_by_year(estate: Estate, client: Client):
    first = dt.date(TODAY.year - 1, 1, 1)
    (pk,) = let(estate, estate.bureau.pk, starts_on=first)
    do("leasing.record_income", estate.keeper, {"letting": pk, "year": first.year, "amount": "600", "received_on": YESTERDAY})
    client.force_login(estate.keeper)
    page = client.get(f"/leasing/letting/{pk}/").content.decode()
    assert "1,000.00" in page and "600.00" in page


def test_income_of_a_loan_or_of_nothing_is_refused(estate: Estate):
    (loan,) = let(estate, estate.bureau.pk, kind="lend", annual_rent="0")
    (rented,) = let(estate, estate.bureau.pk, place=estate.building("R"))
    for letting, amount in ((loan, "1"), (rented, "0")):
        with pytest.raises(Refused):
            raw = {"letting": letting, "year": TODAY.year, "amount": amount, "received_on": TODAY}
            do("leasing.record_income", estate.keeper, raw)


def title(estate: Estate, place: int, holder: str, number: str = "皖1号", **more: Any) -> None:
    given = {"place": place, "holder": holder, "valid_from": dt.date(2020, 1, 1), **({"number": number} if number else {})}
    do("leasing.register_title", estate.keeper, {**given, **more})


def gaps(estate: Estate) -> list[list[str]]:
    return [held.gaps for held in held_buildings(estate.keeper)]


def test_the_gaps_of_titles_close_one_by_one(estate: Estate):
    building = estate.building("A")
    assert gaps(estate) == [["no_title", "unfiled"]]
    do("leasing.file_title", estate.keeper, {"place": building, "problem": "手续不全", "filed_on": TODAY})
    assert gaps(estate) == [["no_title"]]
    title(estate, building, "市水务局", number="", registered=False)
    assert gaps(estate) == [["no_certificate"]]
    title(estate, building, "市水务局", valid_from=dt.date(2021, 1, 1))
    assert gaps(estate) == [["not_unified"]]
    title(estate, building, "市机关事务管理局", valid_from=dt.date(2022, 1, 1))
    assert gaps(estate) == [[]] and by_unit(held_buildings(estate.keeper))[0].share == 100.0


def test_the_checks_of_titles_say_the_same(estate: Estate):
    building = estate.building("A")
    assert outcome("offices.building", building, "leasing.title_unfiled") == ["breach"]
    title(estate, building, "市水务局")
    assert outcome("offices.building", building, "leasing.title_unfiled") == []
    assert outcome("offices.building", building, "leasing.title_not_unified") == ["breach"]
    title(estate, building, "市机关事务管理局", valid_from=dt.date(2021, 1, 1))
    assert "breach" not in outcome("offices.building", building, "leasing.title_not_unified")


def test_the_pages_list_leases_spaces_and_gaps_and_export_them(estate: Estate, client: Client):
    lease, excess = estate.lease(), estate.building("E", standing="excess")
    client.force_login(estate.keeper)
    page = client.get("/leasing/expiring/").content.decode()
    assert "临街业务用房" in page and "E 号楼" in page
    assert "E 号楼" in client.get(f"/leasing/expiring/{lease.pk}/").content.decode()
    rows = list(openpyxl.load_workbook(io.BytesIO(client.get("/leasing/expiring/book/").content)).active.values)
    assert (rows[1][0], rows[1][10], len(rows)) == ("Z-1", "E", 2)
    assert 'data-testid="gaps"' in client.get("/leasing/gaps/?gap=unfiled").content.decode()
    assert client.get("/leasing/gaps/book/").status_code == client.get(f"/offices/building/{excess}/").status_code == 200


def test_a_stranger_sees_none_of_it(estate: Estate, client: Client):
    client.force_login(estate.town.stranger)
    for path in ("/leasing/expiring/", "/leasing/gaps/", "/leasing/expiring/book/"):
        assert client.get(path).status_code == 403
    assert client.get(f"/leasing/expiring/{estate.lease().pk}/").status_code == 404
