"""Real files through the shipped profiles: every row accounted for, every known trap reported as often as it occurs."""

import datetime as dt
from pathlib import Path

import pytest

from gongjia.domains.offices.models import Building, Lease
from gongjia.domains.vehicles.models import Vehicle
from gongjia.importer.errors import Unreadable
from gongjia.importer.reporting import Report
from gongjia.importer.running import run_import
from gongjia.ledger.models import Asset, Category
from gongjia.org.models import Person, Place
from tests import people

pytestmark = pytest.mark.django_db
FILES = {
    "gsa_buildings": ("buildings/gsa_2025-6-20-iolp-buildings-regions1-6.xlsx", "offices.building"),
    "gsa_leases": ("buildings/gsa_2025-6-20-iolp-leases-regions1-6.xlsx", "offices.lease"),
    "cheltenham_2021": ("buildings/uk_cheltenham_local_authority_land_and_assets_2021.csv", "offices.building"),
    "seattle_fleet": ("fleet/seattle_Active_Fleet_Complement.csv", "vehicles.vehicle"),
    "snipeit_assets": ("assets/snipeit/assets-sample.csv", "ledger.asset"),
    "snipeit_licenses": ("assets/snipeit/licenses-sample.csv", "ledger.asset"),
    "snipeit_users": ("assets/snipeit/users-sample.csv", "org.person"),
    "snipeit_locations": ("assets/snipeit/locations-sample.csv", "offices.building"),
    "procurement_catalogue_2022": ("codes/cn_gov_procurement_catalog_2022.csv", "ledger.category"),
}


@pytest.fixture
def chief(town: people.Town) -> people.User:
    return people.User.objects.create(username="chief", is_superuser=True)


def run(folder: Path, name: str, actor: people.User, **options: object) -> Report:
    path, into = FILES[name]
    made = run_import(folder / path, into, actor=actor, **options)  # type: ignore[arg-type]
    assert made.profile == name, "the file was not recognised"
    assert made.new + made.changed + made.unchanged + made.refused == made.rows_read
    return made


def counts(made: Report) -> tuple[int, int, int, int, int]:
    return made.rows_read, made.new, made.changed, made.unchanged, made.refused


def codes(made: Report) -> dict[str, int]:
    return {code: count for (_, code), count in made.by_code().items()}


@pytest.mark.parametrize("name", FILES)
def test_importing_the_same_file_again_changes_nothing(real_data: Path, chief: people.User, name: str) -> None:
    first, second = run(real_data, name, chief), run(real_data, name, chief)
    assert (second.new, second.changed, second.refused) == (0, 0, first.refused)


def test_gsa_buildings_are_places_and_no_cards(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "gsa_buildings", chief)
    assert counts(made) == (4451, 4451, 0, 0, 0)
    assert codes(made) == {
        "area_not_positive": 266, "not_a_building": 123, "future_year": 1,
        "empty_column": 1, "frequent_value": 1, "literal_value": 1, "leading_zeros": 1,
    }  # fmt: skip
    assert Place.objects.filter(source="gsa-iolp-buildings", holding="leased_in").count() == 3793
    assert not Asset.objects.exists()


def test_square_feet_and_leading_zeros_of_gsa_buildings(real_data: Path, chief: people.User) -> None:
    run(real_data, "gsa_buildings", chief)
    first = Building.objects.select_related("place").get(place__code="GA2338")
    assert str(first.place.floor_area) == "1657.76"
    assert Building.objects.filter(district__startswith="0").exists() and Building.objects.filter(postcode__startswith="0").exists()


def test_gsa_leases_repeat_numbers_but_no_row_is_lost(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "gsa_leases", chief)
    assert counts(made) == (4169, 4169, 0, 0, 0)
    assert {key: codes(made)[key] for key in ("repeated_lease", "lease_ended")} == {"repeated_lease": 15, "lease_ended": 20}
    window = (dt.date(2025, 6, 20), dt.date(2026, 6, 20))
    assert Lease.objects.filter(ends_on__range=window).count() == 573


def test_cheltenham_has_five_repeated_asset_codes(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "cheltenham_2021", chief)
    assert (made.rows_read, made.new) == (498, 493)
    assert (codes(made)["repeated_code"], codes(made)["postcode_missing"], codes(made)["repeated_column"]) == (5, 327, 2)


def test_seattle_fleet_traps_are_counted_exactly(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "seattle_fleet", chief)
    assert counts(made) == (4109, 4004, 0, 0, 105)
    assert codes(made) == {
        "duplicate_key": 105, "repeated_plate": 80, "plate_of_two_vehicles": 2, "plate_missing": 472, "cost_zero": 450, "date_missing": 6,
    }  # fmt: skip
    assert "第 377 行" in next(problem.message for problem in made.problems if problem.code == "duplicate_key")


def test_seattle_years_and_numbers_are_read_right(real_data: Path, chief: people.User) -> None:
    run(real_data, "seattle_fleet", chief)
    years = Vehicle.objects.filter(asset__acquired_on__lt="1970-01-01").values_list("asset__acquired_on__year", flat=True)
    assert sorted(set(years)) == [1946, 1948, 1968, 1969] and list(years).count(1946) == 3
    first = Vehicle.objects.select_related("asset").get(asset__number="01035")
    assert (str(first.asset.cost), first.asset.acquired_on) == ("14190.13", dt.date(2000, 8, 4))


def test_snipe_it_samples_go_into_their_ledgers(real_data: Path, chief: people.User) -> None:
    assert counts(run(real_data, "snipeit_users", chief)) == (100, 100, 0, 0, 0)
    assert counts(run(real_data, "snipeit_assets", chief)) == (22, 22, 0, 0, 0)
    assert counts(run(real_data, "snipeit_locations", chief)) == (19, 19, 0, 0, 0)
    assert Person.objects.filter(source="snipeit-users").count() == 100


def test_licences_are_intangible_assets(real_data: Path, chief: people.User) -> None:
    run(real_data, "procurement_catalogue_2022", chief)
    assert counts(run(real_data, "snipeit_licenses", chief)) == (50, 50, 0, 0, 0)
    assert Asset.objects.filter(category__code="A08000000", account_subject="1701").count() == 50


@pytest.mark.parametrize("name", ["accessories", "components", "consumables", "models"])
def test_what_no_ledger_takes_ends_in_one_clear_line(real_data: Path, chief: people.User, name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        run_import(real_data / f"assets/snipeit/{name}-sample.csv", "ledger.asset", actor=chief)
    assert caught.value.code == "no_ledger" and "\n" not in str(caught.value) and name in str(caught.value)


def test_the_catalogue_becomes_classes_with_its_doubtful_names_marked(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "procurement_catalogue_2022", chief)
    assert counts(made) == (4272, 4272, 0, 0, 0)
    assert codes(made) == {"suspicious_name": 446}
    rows = Category.objects.filter(source="procurement-2022")
    assert (rows.filter(is_asset_class=True).count(), rows.exclude(doubt="").count()) == (3462, 446)


def test_a_dry_run_writes_nothing(real_data: Path, chief: people.User) -> None:
    made = run(real_data, "seattle_fleet", chief, dry_run=True)
    assert (made.new, made.dry_run, made.batch) == (4004, True, None)
    assert not Vehicle.objects.exists()


def test_a_file_whose_columns_match_nothing_names_the_headers_it_read(real_data: Path, chief: people.User) -> None:
    with pytest.raises(Unreadable, match="buildingID、zip、country"):
        run_import(real_data / "energy/mave/6_P_cbe_02.csv", "ledger.asset", actor=chief)
