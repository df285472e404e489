import ast
from pathlib import Path

import pytest

from gongjia.standards import rulebook
from gongjia.standards.rulebook.showing import show
from tests.standards.books import shipped

KEYS = [*shipped().tables, *shipped().codes]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_table_can_be_shown(key: str, language: str):
    assert f"[{key}]" in show(shipped(), key, language).splitlines()[0]


def test_a_table_shows_document_number_clause_and_doubt():
    shown = show(shipped(), "office_room_area")
    for part in ("发改投资〔2014〕2674号", "计投资〔1999〕2250号", "条号待核", "间接来源·待核", "只见年份", "2014-11-23"):
        assert part in shown


def test_a_formula_says_what_it_is_computed_from():
    assert "⌈min(N,100)÷20⌉ + ⌈max(N−100,0)÷30⌉  (N = 编制内实有人数)" in show(shipped(), "equipment")


def test_an_unknown_key_is_a_key_error():
    with pytest.raises(KeyError):
        show(shipped(), "horses")


def test_the_rulebook_is_pure_computing():
    for path in Path(rulebook.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in getattr(node, "names", [])]
            assert not [name for name in names if name.startswith(("django", "gongjia.core"))], path.name


def test_a_division_is_shown_by_its_name():
    assert "四川省 51" in show(shipped(), "equipment_sichuan")
    assert "Panjin 2111" in show(shipped(), "office_room_area_panjin", "en")


def test_every_division_with_a_table_of_its_own_has_a_name():
    conditions = [one for table in shipped().tables.values() for version in table.versions for one in (*version.binds, *version.guides)]
    assert {code for one in conditions for code in one.division} <= set(shipped().codes["division"].codes)
