from datetime import date
from pathlib import Path

import pytest

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.errors import BadTable
from gongjia.standards.rulebook.loading import load
from tests.standards.books import CHAIRS, book, folder, shipped

BAD = {
    "unknown_field": ("clause: 第一条", "clauze: 第一条"),
    "missing_field": ("  verification: repost\n", ""),
    "unknown_tag": ("verification: repost", "verification: hearsay"),
    "bad_date": ("from: 2020-01-01", "from: soon"),
    "bad_value": ('price: "500"', "price: 500.5"),
    "no_value": ('price: "500", ', ""),
    "unknown_comparison": ("compare: at_most", "compare: roughly"),
}


def chairs(old: str, new: str) -> Rulebook:
    assert old in CHAIRS
    return book(chairs=CHAIRS.replace(old, new))


@pytest.mark.parametrize("code", BAD)
def test_a_malformed_table_is_refused_with_its_place(code: str):
    with pytest.raises(BadTable) as raised:
        chairs(*BAD[code])
    assert (raised.value.flaw.code, raised.value.flaw.file) == (code, "chairs.yaml")


def test_a_file_that_is_not_yaml_is_named():
    with pytest.raises(BadTable, match=r"chairs\.yaml"):
        book(chairs="key: [")


def test_a_bare_year_binds_from_its_last_day():
    version = chairs("from: 2020-01-01", "from: 2020").tables["chairs"].versions[0]
    assert (version.start, version.start_known) == (date(2020, 12, 31), "year")


def test_a_bare_month_binds_from_its_last_day():
    version = chairs("from: 2020-01-01", 'from: "2020-02"').tables["chairs"].versions[0]
    assert (version.start, version.start_known) == (date(2020, 2, 29), "month")


def test_a_row_takes_clause_and_verification_from_its_version_unless_it_has_its_own():
    rows = chairs("label: 其他", "label: 其他, verification: memory").tables["chairs"].versions[0].rows
    assert [(row.clause, row.verification) for row in rows] == [("第一条", "repost"), ("第一条", "memory")]


def test_a_local_table_takes_keys_and_values_from_its_topic():
    local = "key: local\ntopic: chairs" + CHAIRS[CHAIRS.index("\ntitle") : CHAIRS.index("keys:")] + CHAIRS[CHAIRS.index("versions:") :]
    found = book(chairs=CHAIRS, local=local)
    assert found.tables["local"].keys == ("tier",)
    assert [table.key for table in found.topic("chairs")] == ["chairs", "local"]


def test_a_topic_that_does_not_exist_is_refused():
    with pytest.raises(BadTable, match="tables"):
        book(chairs=CHAIRS.replace("key: chairs", "key: chairs\ntopic: tables"))


def test_two_tables_with_one_key_are_refused():
    with pytest.raises(BadTable, match="chairs"):
        book(first=CHAIRS, second=CHAIRS)


def test_a_folder_is_read_once(tmp_path: Path):
    tables = folder(tmp_path, chairs=CHAIRS)
    assert load(tables) is load(tables)


def test_a_row_is_found_again_by_what_a_finding_stores():
    assert shipped().row("office_room_area@2014-11-24", 1).label == "部级正职"


def test_an_unknown_version_is_a_key_error():
    with pytest.raises(KeyError):
        shipped().find("office_room_area@1900-01-01")


def test_a_category_leads_to_its_item_and_to_the_groups_that_count_it():
    assert set(shipped().categories("item", "A02021001")) == {"printer_a3_mono", "printers_a3", "printers"}


def test_a_category_leads_to_its_depreciation_class_by_prefix():
    assert shipped().categories("depreciation_class", "A02010105") == ("computer",)
    assert shipped().categories("depreciation_class", "A07000000") == ()
