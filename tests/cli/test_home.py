"""A home folder: initialised on first use, never mixed, kept and restored whole; real processes on a real file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Home

CARDS = "资产编号,资产名称\n" + "".join(f"A-{n},桌 {n}\n" for n in range(50))


@pytest.fixture
def filled(home: Home) -> Home:
    """A home with fifty cards and one stored file."""
    source = home.folder.parent / "cards.csv"
    source.write_text(CARDS, encoding="utf-8")
    assert home.gongjia("import", str(source), "--into", "ledger.asset").code == 0
    home.python("from gongjia.core.files import store_chunks; store_chunks([b'a photograph'], 'a.jpg')")
    return home


def rows(folder: Path) -> dict[str, list[tuple]]:
    """Return every row of every ordinary table of a home's database."""
    with sqlite3.connect(folder / "gongjia.sqlite3") as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")]
        return {name: database.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_an_empty_home_is_initialised_on_first_use(home: Home):
    assert home.gongjia("export", "org.unit").out.count("\n") == 2
    assert (home.folder / "gongjia.sqlite3").exists()
    assert home.gongjia("check", "--json").code == 0
    assert home.folder.stat().st_mode & 0o077 == 0


def test_what_was_restored_equals_what_was_kept(filled: Home, tmp_path: Path):
    kept = tmp_path / "kept.tar"
    assert filled.gongjia("backup", str(kept)).code == 0
    other = Home(tmp_path / "other")
    assert other.gongjia("restore", str(kept)).code == 0
    assert rows(other.folder) == rows(filled.folder)
    stored = [path.relative_to(filled.folder) for path in filled.folder.glob("files/??/*")]
    assert stored
    assert all((other.folder / path).read_bytes() == (filled.folder / path).read_bytes() for path in stored)


def test_a_damaged_backup_is_refused_before_anything_is_touched(filled: Home, tmp_path: Path):
    kept = tmp_path / "kept.tar"
    filled.gongjia("backup", str(kept))
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    kept.write_bytes(content)
    other = Home(tmp_path / "other")
    ended = other.gongjia("restore", str(kept))
    assert (ended.code, ended.err.count("\n")) == (2, 1)
    assert not (other.folder / "files").exists()


def test_records_are_not_overwritten_unless_one_says_so(filled: Home, tmp_path: Path):
    kept = tmp_path / "kept.tar"
    filled.gongjia("backup", str(kept))
    assert filled.gongjia("restore", str(kept)).code == 2
    assert filled.gongjia("backup", str(kept)).code == 2, "a backup is not overwritten either"
    assert filled.gongjia("restore", str(kept), "--replace").code == 0


def test_the_invented_city_does_not_join_real_records(filled: Home):
    ended = filled.gongjia("demo", "--small")
    assert (ended.code, ended.err.count("\n")) == (2, 1)


def test_a_database_of_an_older_version_is_not_touched_unasked(filled: Home):
    filled.python("from django.core.management import call_command; call_command('migrate', 'api', 'zero', verbosity=0)")
    ended = filled.gongjia("export", "ledger.asset")
    assert (ended.code, "gongjia migrate" in ended.err) == (2, True)
    assert filled.gongjia("migrate").code == 0
    assert filled.gongjia("export", "ledger.asset").code == 0
