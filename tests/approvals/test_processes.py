"""Real processes on either database: kill -9 between the last signature and the deed, and two clients racing for one item."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]
ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of processes that share a database which nobody else sees."""
    environment = {**os.environ, "GONGJIA_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    name = f"{connection.settings_dict['NAME']}_killed"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}")
    yield {**environment, "DATABASE_URL": url.geturl()}
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def process(environment: dict[str, str], script: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(Path(__file__).with_name(script)), *words]
    return subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.mark.slow
def test_a_killed_approval_left_nothing_half_done_and_is_done_once_afterwards(tmp_path: Path) -> None:
    with database_of_its_own(tmp_path) as environment:
        killed = process(environment, "killed.py", "approve")
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        again = process(environment, "killed.py", "restart")
    assert again.stdout.splitlines() == ["running 1 acts, 0 cards, 0 entries", "done 3 acts, 1 cards, 1 entries"], again.stderr


@pytest.mark.slow
def test_of_two_clients_one_wins_and_the_other_is_told(tmp_path: Path) -> None:
    with database_of_its_own(tmp_path) as environment:
        raced = process(environment, "racing.py")
    *races, last = raced.stdout.splitlines()
    assert races == ["['told', 'won']"] * 12, raced.stderr
    assert last == "6 6 6 6", "six cards, each held once, signed once, on its way"
