"""docs/how-to-add-a-domain.md, done to the letter in a copy of the project: five modules, one line, and everything works."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to-add-a-domain.md"
EXAMPLE = re.compile(r"^`(gongjia/\S+\.py)`\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
MODULES = {"models.py", "services.py", "resources.py", "checks.py", "indicators.py"}
COPIED = ("gongjia", "tests", "scripts", "manage.py", "pyproject.toml")


def run(folder: Path, *command: str) -> str:
    """Run a command of Python in the copy; what it printed is the failure's message."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GONGJIA_", "DJANGO_", "DATABASE_URL", "PYTEST_"))}
    done = subprocess.run([sys.executable, *command], cwd=folder, env=kept | {"PYTHONPATH": str(folder)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project after somebody followed the page to the letter."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name, **({"ignore": shutil.ignore_patterns("__pycache__")} if copy is shutil.copytree else {}))
    for name, text in EXAMPLE.findall(PAGE.read_text(encoding="utf-8")):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    package = folder / "gongjia/domains/parking"
    (package / "migrations").mkdir()
    for name in ("__init__.py", "migrations/__init__.py"):
        (package / name).touch()
    run(folder, "manage.py", "makemigrations", "parking", "-v", "0")
    return folder


def test_it_takes_five_modules_beside_the_application_and_one_line(followed: Path):
    package = followed / "gongjia/domains/parking"
    assert {path.name for path in package.glob("*.py")} == MODULES | {"apps.py", "__init__.py"}
    assert [path.name for path in (package / "migrations").glob("0*.py")] == ["0001_initial.py"]
    shipped = (ROOT / "gongjia/domains/__init__.py").read_text(encoding="utf-8")
    words = [line.strip() for line in (followed / "gongjia/domains/__init__.py").read_text(encoding="utf-8").splitlines()]
    assert [word for word in words if word not in shipped] == ['"parking",']


@pytest.mark.slow
def test_everything_works_for_it_and_the_contracts_hold_it(followed: Path):
    contracts = [f"tests/contracts/test_{name}.py" for name in ("declarations", "permissions", "doors")]
    told = run(followed, "-m", "pytest", "-p", "no:cacheprovider", "tests/howto/parking.py", *contracts, "-k", "parking")
    assert re.search(r"\d{2} passed", told)


@pytest.mark.slow
def test_import_linter_reads_the_same_line(followed: Path):
    assert order_of_domains(followed) == "KEPT"
    intruder = followed / "gongjia/domains/offices/intruding.py"
    intruder.write_text("from gongjia.domains.parking import models\n\n__all__ = ['models']\n", encoding="utf-8")
    assert order_of_domains(followed) == "BROKEN", "offices stand above parking in the list"
    intruder.unlink()


def order_of_domains(folder: Path) -> str:
    """Return what import-linter says of the contract that reads the list."""
    linter = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    told = subprocess.run(linter, cwd=folder, env=os.environ | {"PYTHONPATH": str(folder)}, capture_output=True, text=True).stdout
    return re.findall(r"^Domains use only those listed above them (\w+)", told, re.MULTILINE)[0]
