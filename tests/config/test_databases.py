"""DATABASE_URL and the default database."""

from pathlib import Path

import pytest

from gongjia.config.databases import POSTGRESQL_PLANNER, database

HOME = Path("/srv/gongjia")


def test_without_an_address_the_database_is_a_file_in_the_home_folder() -> None:
    found = database("", HOME)
    assert found["ENGINE"].endswith("sqlite3")
    assert found["NAME"] == "/srv/gongjia/gongjia.sqlite3"


def test_sqlite_takes_the_write_lock_at_once_and_keeps_acknowledged_commits() -> None:
    options = database("", HOME)["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 30
    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]


def test_an_address_names_every_part_of_a_postgresql_database() -> None:
    found = database("postgresql://clerk:p%40ss@db.example:5433/city?sslmode=require", HOME)
    assert (found["USER"], found["PASSWORD"]) == ("clerk", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "city")
    assert found["OPTIONS"] == {"sslmode": "require", "options": POSTGRESQL_PLANNER}


def test_an_address_may_carry_its_own_planner_options() -> None:
    found = database("postgresql://clerk@db/city?options=-c%20jit%3Don", HOME)
    assert found["OPTIONS"] == {"options": "-c jit=on"}


def test_a_socket_folder_may_stand_for_the_host() -> None:
    found = database("postgresql://clerk@/city?host=/run/postgresql", HOME)
    assert (found["HOST"], found["PORT"]) == ("/run/postgresql", "")


def test_a_sqlite_file_may_be_named() -> None:
    assert database("sqlite:////tmp/one.sqlite3", HOME)["NAME"] == "/tmp/one.sqlite3"


def test_another_database_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="mysql"):
        database("mysql://clerk@db/city", HOME)
