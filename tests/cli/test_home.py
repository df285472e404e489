"""A home folder: initialised on first use, never mixed, kept and restored whole; real processes on a real file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Home


def rows(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every ordinary table of a home's database."""
    names = home.select("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return {name: home.select(f'SELECT * FROM "{name}"') for (name,) in names}


def test_an_empty_home_is_initialised_on_first_use(home: Home):
    assert home.gongjia("export", "org.unit").out.count("\n") == 2
    assert (home.folder / "gongjia.sqlite3").exists()
    assert home.folder.stat().st_mode & 0o077 == 0


def test_what_was_restored_equals_what_was_kept(filled: Home, tmp_path: Path):
    kept = tmp_path / "kept.tar"
    assert filled.gongjia("backup", str(kept)).code == 0
    other = Home(tmp_path / "other")
    assert other.gongjia("restore", str(kept)).code == 0
    assert rows(other) == rows(filled)
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


def test_an_initialised_home_without_records_takes_the_invented_city(home: Home):
    home.gongjia("export", "org.unit")
    assert home.gongjia("demo", "--small").code == 0
    assert home.select("SELECT code FROM org_unit WHERE parent_id IS NULL AND closed_on IS NULL") == [("YC",)]
    again = home.gongjia("demo", "--small")
    assert (again.code, again.out) == (0, "")


def test_an_account_is_a_record_too(home: Home):
    home.gongjia("user", "add", "li", stdin="石桥-清溪-2026\n")
    assert "已有数据" in home.gongjia("demo", "--small").err


def test_a_database_of_an_older_version_is_not_touched_unasked(filled: Home):
    filled.python("from django.core.management import call_command; call_command('migrate', 'api', 'zero', verbosity=0)")
    ended = filled.gongjia("export", "ledger.asset")
    assert (ended.code, "gongjia migrate" in ended.err) == (2, True)
    assert filled.gongjia("migrate").code == 0
    assert filled.select("SELECT count(*) FROM api_token") == [(0,)]
