from pathlib import Path

import pytest
import yaml

from gongjia.standards.rulebook.lint import lint
from tests.standards.books import CHAIRS, folder

CASES = """
table: chairs
cases:
- name: 中央 800 元
  on: 2024-06-01
  given: {tier: central, unit_price: "801"}
  expect: {verdict: breach, limit: "800"}
"""
SECOND = CHAIRS[CHAIRS.index("- from") :]
FLAWS = {
    "float": ('price: "500"', "price: {each: 0.5, of: heads}"),
    "repeated_name": ("label: 其他", "label: 其他, label: 别的"),
    "ends_before_start": ("from: 2020-01-01", "from: 2020-01-01\n  to: 2019-01-01"),
    "unknown_code": ("tier: central", "tier: imperial"),
    "key_not_unique": ('{price: "500"', '{tier: central, price: "500"'),
    "binds_nobody": ("  binds: [{nature: [administrative]}]\n  guides: [{nature: [institution]}]\n", ""),
    "overlap": (SECOND, SECOND + SECOND.replace("2020-01-01", "2021-01-01")),
    "gap": (SECOND, SECOND.replace("2020-01-01", "2020-01-01\n  to: 2020-06-30") + SECOND.replace("2020-01-01", "2021-01-01")),
    "missing_clause": ("clause: 第一条", "clause_verified: true"),
    "foreign_key": ("places: 2}", "places: 2, keys: []}"),
    "missing_field": ("source: {document: 《椅子标准》, number: 测试〔2020〕1号}\n", ""),
    "unknown_tag": ("verification: repost", "verification: rumour"),
    "no_vocabulary": ("keys: [tier]", "keys: [tier, colour]"),
}


def flaws(tmp_path: Path, table: str, cases: str = CASES) -> set[str]:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "chairs.yaml").write_text(cases, encoding="utf-8")
    return {flaw.code for flaw in lint(folder(tmp_path / "tables", chairs=table), tmp_path / "cases")}


def test_the_shipped_tables_and_cases_are_clean():
    assert [str(flaw) for flaw in lint()] == []


def test_a_sound_table_has_no_flaw(tmp_path: Path):
    assert flaws(tmp_path, CHAIRS) == set()


@pytest.mark.parametrize("code", FLAWS)
def test_lint_finds(code: str, tmp_path: Path):
    old, new = FLAWS[code]
    assert old in CHAIRS
    assert code in flaws(tmp_path, CHAIRS.replace(old, new))


def test_a_case_that_comes_out_otherwise_is_a_flaw(tmp_path: Path):
    assert flaws(tmp_path, CHAIRS, CASES.replace('limit: "800"', 'limit: "900"')) == {"case_fails"}


def test_a_table_without_cases_is_a_flaw(tmp_path: Path):
    assert flaws(tmp_path, CHAIRS, CASES[: CASES.index("- name")] + "  []\n") == {"no_cases"}


def test_a_case_with_an_unknown_expectation_is_a_flaw(tmp_path: Path):
    assert "bad_case" in flaws(tmp_path, CHAIRS, CASES.replace("verdict:", "outcome:"))


def test_one_bad_file_does_not_hide_another(tmp_path: Path):
    tables = folder(tmp_path, first="key: first\ntitle: x", second="key: second\ntitle: y")
    assert {flaw.file for flaw in lint(tables, tmp_path / "none")} == {"first.yaml", "second.yaml"}


JUNK = [None, 1, "x", [], {}, [1], {"a": 1}, True, 2.5, [[1, 2]], [{}]]
FIELDS = ["key", "title", "source", "keys", "values", "versions"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_file_of_quite_another_shape_is_a_flaw_and_never_a_crash(field: str, tmp_path: Path):
    for number, junk in enumerate(JUNK):
        table = yaml.safe_dump(yaml.safe_load(CHAIRS) | {field: junk}, allow_unicode=True)
        found = {flaw.file for flaw in lint(folder(tmp_path / str(number), chairs=table), tmp_path / "none")}
        assert "chairs.yaml" in found
