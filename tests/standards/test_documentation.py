import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from gongjia.standards.rulebook.documentation import page
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.lint import lint
from gongjia.standards.rulebook.loading import CASES, TABLES, load
from tests.standards.books import shipped

DOCS = Path(__file__).resolve().parents[2] / "docs"
EXAMPLE = re.compile(r"`((?:tables|cases)/\w+\.yaml)`\n\n```yaml\n(.*?)```", re.DOTALL)


@pytest.fixture
def followed(tmp_path: Path) -> Path:
    """A copy of the tables and cases after somebody followed the how-to to the letter."""
    shutil.copytree(TABLES, tmp_path / "tables")
    shutil.copytree(CASES, tmp_path / "cases")
    for name, text in EXAMPLE.findall((DOCS / "how-to-add-a-standard.md").read_text(encoding="utf-8")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_adding_a_standard_takes_one_table_and_one_case_file(followed: Path):
    added = {path.relative_to(followed) for path in followed.rglob("*.yaml")} - {
        path.relative_to(TABLES.parent) for folder in (TABLES, CASES) for path in folder.glob("*.yaml")
    }
    assert sorted(map(str, added)) == ["cases/equipment_example.yaml", "tables/equipment_example.yaml"]
    assert [str(flaw) for flaw in lint(followed / "tables", followed / "cases")] == []


def test_the_added_table_binds_its_own_units_at_once(followed: Path):
    given = {"tier": "provincial", "division": "990000", "item": "desktop_computer", "level": "staff", "unit_price": "4800"}
    verdict = judge(load(followed / "tables"), "equipment", "price", given, date(2024, 6, 1))
    assert (verdict.outcome, verdict.version) == ("breach", "equipment_example@2023-05-01")


def test_the_page_of_standards_tells_what_the_tables_say():
    written = (DOCS / "standards.md").read_text(encoding="utf-8")
    assert written == page(shipped()), "python -m gongjia.standards.rulebook.documentation > docs/standards.md"


def test_every_form_of_a_limit_is_documented():
    text = (DOCS / "how-to-add-a-standard.md").read_text(encoding="utf-8")
    for kind in ("each", "blocks", "marginal", "bands", "points", "text", "elsewhere"):
        assert f"`{{{kind}: " in text
