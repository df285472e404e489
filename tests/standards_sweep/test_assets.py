"""Equipment and vehicles against their standards, through a real sweep."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from gongjia.core.periods import today
from gongjia.domains.vehicles.models import Quota, Vehicle
from gongjia.ledger.models import Asset
from gongjia.standards.models import Finding
from gongjia.standards.sweep import run_sweep
from tests.standards_sweep.places import SINCE, card, category, person, room, unit

pytestmark = pytest.mark.django_db
DESKTOP, DESK, COPIER, A4, A3, AIR_CONDITIONER = "A02010105", "A05010201", "A02020100", "A02021003", "A02021001", "A02061804"


def found(key: str, on: dt.date | None = None) -> list[Finding]:
    sweep = run_sweep(on, keys=[key])
    rows = Finding.objects.current() if sweep.live else sweep.findings.all()
    return list(rows.filter(check_key=key))


def vehicle(number: str, at: object, **more: object) -> Vehicle:
    dates = {"acquired": more.pop("acquired", dt.date(2020, 1, 1))}
    asset = card(number, at, "", str(more.pop("cost", "100000")), **dates, **more.pop("asset", {}))
    traits = {"purpose": "confidential", "body": "sedan", "energy": "fuel", **more}
    return Vehicle.objects.create(asset=asset, **traits)


def test_a_price_over_the_limit_is_a_breach_where_it_binds_and_a_doubt_by_reference() -> None:
    for code, tier in (("C", "central"), ("M", "municipal")):
        card(f"{code}1", unit(code, tier), DESKTOP, "5200")
    found_prices = {each.unit.code: (each.outcome, each.standing, each.bound) for each in found("ledger.price")}
    assert found_prices == {"C": ("breach", "binding", 5000), "M": ("doubt", "reference", 5000)}


def test_a_provincial_table_judges_exactly_the_units_it_binds() -> None:
    for code, tier, division in (("AH", "provincial", "340000"), ("ZJ", "provincial", "330000"), ("CQ", "central", "340000")):
        card(f"{code}1", unit(code, tier, division), DESKTOP, "4500")
    [only] = found("ledger.price")
    assert (only.unit.code, only.outcome, only.table_version) == ("AH", "breach", "equipment_anhui@2013-12-31")


def test_the_unit_price_is_the_cost_of_one_piece() -> None:
    card("1", unit("C", "central"), DESKTOP, "15000.01", quantity=3)
    [only] = found("ledger.price")
    assert only.value == Decimal("5000.01")


def test_a_card_is_judged_by_the_table_of_its_date() -> None:
    at = unit("C", "central")
    card("old", at, DESKTOP, "5500", dt.date(2015, 1, 1))
    card("new", at, DESKTOP, "5500", dt.date(2016, 7, 1))
    card("older", at, DESKTOP, "9500", dt.date(2010, 1, 1))
    assert [Asset.objects.get(pk=each.subject_id).number for each in found("ledger.price")] == ["new"]


def test_a_desk_is_as_dear_as_the_level_of_its_user_allows() -> None:
    at = unit("C", "central")
    chief, clerk = person("P1", at, "bureau_deputy"), person("P2", at)
    for number, who in (("chief", chief), ("clerk", clerk), ("nobody", None)):
        card(number, at, DESK, "4000", custodian=who)
    outcomes = {Asset.objects.get(pk=each.subject_id).number: (each.outcome, each.reason) for each in found("ledger.price")}
    assert outcomes == {"clerk": ("breach", ""), "nobody": ("cannot_decide", "missing:level")}


def test_what_only_another_provinces_table_lists_is_not_judged() -> None:
    for code, tier, division in (("AH", "provincial", "340000"), ("M", "municipal", "330900")):
        card(f"{code}1", unit(code, tier, division), AIR_CONDITIONER, "6500")
    assert [each.unit.code for each in found("ledger.price")] == ["AH"]


def test_what_the_table_of_its_day_did_not_list_is_not_judged() -> None:
    at = unit("C", "central")
    for number, day in (("then", dt.date(2015, 7, 1)), ("now", dt.date(2017, 7, 1))):
        card(number, at, A4, "9000", day)
    assert [Asset.objects.get(pk=each.subject_id).number for each in found("ledger.price")] == ["now"]


def test_a_card_without_class_or_date_cannot_be_decided() -> None:
    at = unit("C", "central")
    card("unclassed", at, "")
    card("undated", at, DESKTOP, acquired=None)
    assert sorted(each.reason for each in found("ledger.price")) == ["missing:event_on", "missing:item"]


def test_a_code_of_2013_is_read_through_the_crosswalk() -> None:
    old = card("old", unit("C", "central"), DESKTOP, "5200")
    Asset.objects.filter(pk=old.pk).update(category=category("A02010104", "2013"))
    card("server", old.unit, "A02010104", "50000")
    assert [each.subject_id for each in found("ledger.price")] == [old.pk]


@pytest.mark.parametrize(("heads", "copiers", "over"), [(20, 1, 0), (21, 3, 1), (100, 6, 1), (101, 6, 0), (130, 7, 1)])
def test_copiers_go_by_steps_of_people(heads: int, copiers: int, over: int) -> None:
    at = unit("C", "central")
    for number in range(heads):
        person(f"P{number}", at)
    card("copiers", at, COPIER, quantity=copiers)
    assert [each.over for each in found("ledger.quantity_per_head")] == [over] * bool(over)


def test_printers_of_both_sizes_are_counted_together_and_a3_apart() -> None:
    at = unit("C", "central")
    for number in range(10):
        person(f"P{number}", at)
    card("a4", at, A4, quantity=6)
    card("a3", at, A3, quantity=3)
    limits = {each.fact_key: (each.value, each.bound) for each in found("ledger.quantity_per_head")}
    assert limits == {"printers": (9, 8), "printers_a3": (3, 1)}


def test_desks_are_counted_over_the_departments_of_a_body() -> None:
    body = unit("C", "central")
    parts = [unit(f"C{n}", "central", parent=body, kind="department") for n in range(2)]
    for number, part in enumerate(parts):
        person(f"P{number}", part)
        card(f"D{number}", part, DESK, quantity=2)
    [only] = found("ledger.quantity_per_head")
    assert (only.subject_id, only.value, only.bound) == (body.pk, 4, 2)


def test_a_unit_whose_people_are_unknown_cannot_be_decided() -> None:
    card("1", unit("C", "central"), DESKTOP)
    assert [each.reason for each in found("ledger.quantity_per_head")] == ["missing:heads"]


def test_six_years_less_a_day_is_too_early_to_scrap() -> None:
    at = unit("C", "central")
    for number, day in (("early", dt.date(2023, 4, 30)), ("due", dt.date(2023, 5, 1))):
        card(number, at, DESKTOP, acquired=dt.date(2017, 5, 1), disposal="scrap", disposed_on=day, status="disposed")
    [only] = found("ledger.scrapped_early")
    assert (str(only.value), only.bound, only.event_on) == ("5.99", 6, dt.date(2023, 4, 30))


def test_depreciation_stays_within_its_range() -> None:
    at = unit("C")
    card("short", at, DESKTOP, depreciation_months=71)
    card("right", at, DESKTOP, depreciation_months=72)
    card("long", at, "A02320000", depreciation_months=121)
    assert [each.value for each in found("ledger.depreciation_years")] == [5]
    assert [each.value for each in found("ledger.depreciation_years_over")] == [11]


def test_idle_for_more_than_180_days_is_a_doubt_since_no_text_says_180() -> None:
    at = unit("C")
    for days in (180, 181):
        card(str(days), at, DESKTOP, status="idle", idle_since=today() - dt.timedelta(days))
    [only] = found("ledger.idle_too_long")
    assert (only.value, only.outcome, only.verification) == (181, "doubt", "parameter")


def test_what_a_person_who_left_still_holds_was_not_handed_over() -> None:
    at = unit("C")
    gone, here = person("P1", at, status="left", left_on=SINCE), person("P2", at)
    held = card("1", at, DESKTOP, custodian=gone)
    card("2", at, DESKTOP, custodian=here)
    assert [each.subject_id for each in found("ledger.custodian_left")] == [held.pk]


def test_a_card_in_the_room_of_another_body_is_doubtful() -> None:
    here, there = unit("A"), unit("B")
    place = room("101", there, "20").place
    card("1", here, DESKTOP, place=place)
    card("2", there, DESKTOP, place=place)
    [only] = found("ledger.asset_in_foreign_room")
    assert (only.unit, only.outcome, only.table_version) == (here, "doubt", "")


def test_vehicles_are_judged_by_their_price_and_displacement() -> None:
    at = unit("U")
    vehicle("1", at, price=Decimal("130000"), displacement=Decimal("2.0"))
    vehicle("2", at, price=Decimal("170000"), energy="electric")
    assert [(each.value, each.bound) for each in found("vehicles.price")] == [(130000, 120000)]
    assert [(each.value, str(each.bound)) for each in found("vehicles.displacement")] == [(2, "1.60")]


def test_a_vehicle_bought_before_the_rule_is_not_judged_by_it() -> None:
    vehicle("1", unit("U"), price=Decimal("330000"), acquired=dt.date(2010, 1, 1))
    assert found("vehicles.price") == []
    vehicle("2", unit("V"), price=Decimal("330000"), acquired=dt.date(2017, 12, 4))
    assert found("vehicles.price") == []


def test_a_special_vehicle_is_ruled_elsewhere() -> None:
    vehicle("1", unit("U"), purpose="special", body="truck")
    assert [each.reason for each in found("vehicles.price")] == ["set_elsewhere"]


def test_vehicles_beyond_the_quota_and_without_one() -> None:
    at = unit("U")
    Quota.objects.create(unit=at, purpose="confidential", count=1, valid_from=SINCE)
    for number in range(3):
        vehicle(str(number), at)
    vehicle("other", at, purpose="other")
    verdicts = {each.fact_key: (each.outcome, each.reason, each.over) for each in found("vehicles.quota")}
    assert verdicts == {"confidential": ("doubt", "", 2), "other": ("cannot_decide", "missing:quota", None)}


def test_a_vehicle_is_renewed_after_more_than_eight_years() -> None:
    at = unit("U")
    for number, day in (("early", dt.date(2026, 1, 1)), ("due", dt.date(2026, 1, 2))):
        vehicle(number, at, acquired=dt.date(2018, 1, 1), asset={"disposal": "sale", "disposed_on": day, "status": "disposed"})
    assert [str(each.value) for each in found("vehicles.renewed_early")] == ["8.00"]


def test_a_vehicle_replaced_by_a_new_one_was_renewed_on_its_day() -> None:
    at = unit("U")
    old = vehicle("old", at, acquired=dt.date(2019, 1, 1))
    vehicle("new", at, acquired=dt.date(2024, 1, 1), renews=old)
    assert [(each.subject_id, each.event_on) for each in found("vehicles.renewed_early")] == [(old.pk, dt.date(2024, 1, 1))]


def test_a_vehicle_without_category_cannot_be_judged() -> None:
    vehicle("1", unit("U"), purpose="")
    assert [(each.outcome, each.reason) for each in found("vehicles.unknown_category")] == [("cannot_decide", "missing:vehicle_category")]
    assert found("vehicles.price") == []
