"""Commands run in this process for speed, or as real processes on a home of their own."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.utils import translation

from gongjia.cli.main import run

GONGJIA = [sys.executable, "-c", "from gongjia.cli.main import main; main()"]


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)


@pytest.fixture
def cli(db: None, capsysbinary: Any) -> Iterator[Callable[..., Ended]]:
    """Run a command in this process against the test's database."""

    def call(*arguments: str) -> Ended:
        capsysbinary.readouterr()
        code = run(list(arguments))
        seen = capsysbinary.readouterr()
        return Ended(code, seen.out.decode(), seen.err.decode())

    with translation.override(translation.get_language()):
        yield call


@dataclass(frozen=True)
class Home:
    """A home folder in which real processes run, on SQLite."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIA_", "DATABASE_URL", "DJANGO_"))}
        return {**kept, "GONGJIA_HOME": str(self.folder), "PYTHONIOENCODING": "utf-8", "GONGJIA_NIGHTLY": "off"}

    def gongjia(self, *arguments: str, stdin: str = "") -> Ended:
        done = subprocess.run([*GONGJIA, *arguments], env=self.environment, capture_output=True, text=True, input=stdin, timeout=300)
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str, stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*GONGJIA, *arguments], env=self.environment, stdout=stdout, stderr=subprocess.DEVNULL)

    def python(self, script: str, *arguments: str) -> str:
        """Run a few lines with everything loaded and return what they print."""
        begin = "import sys; from gongjia.cli.main import prepare; prepare()\n"
        done = subprocess.run(
            [sys.executable, "-c", begin + script, *arguments], env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def select(self, sql: str) -> list[tuple[Any, ...]]:
        """Read the database as it lies on the disk, without any of the program."""
        with closing(sqlite3.connect(self.folder / "gongjia.sqlite3", timeout=30)) as database:
            return database.execute(sql).fetchall()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A folder that is not there yet."""
    return Home(tmp_path / "home")


@pytest.fixture(scope="session")
def first_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with fifty cards and one stored file, made once by real processes."""
    folder = tmp_path_factory.mktemp("first")
    made = Home(folder / "home")
    (folder / "cards.csv").write_text("资产编号,资产名称\n" + "".join(f"A-{n},桌 {n}\n" for n in range(50)), encoding="utf-8")
    assert made.gongjia("import", str(folder / "cards.csv"), "--into", "ledger.asset").code == 0
    made.python("from gongjia.core.files import store_chunks; store_chunks([b'a photograph'], 'a.jpg')")
    return made


@pytest.fixture
def filled(first_home: Home, home: Home) -> Home:
    """A copy of the first home."""
    shutil.copytree(first_home.folder, home.folder)
    return home
