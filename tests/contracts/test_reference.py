"""Each word that a person can meet is documented: the committed reference is what the declarations say now."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gongjia.cli.main import COMMANDS
from gongjia.core.action import actions
from gongjia.core.check import checks
from gongjia.core.indicator import indicators
from gongjia.core.jobs import job_kinds
from gongjia.core.resource import resources
from gongjia.standards.rulebook.loading import load
from scripts.reference import DEVELOPMENT, ENVIRONMENT, SETTINGS, TARGET, reference

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"\b(?:GONGJIA_[A-Z_]+|DATABASE_URL)\b")


def test_the_reference_says_what_is_declared():
    assert TARGET.read_text(encoding="utf-8") == reference(), "run: python -m scripts.reference"


@pytest.mark.parametrize("registry", [resources, actions, checks, indicators, job_kinds], ids=lambda made: made.noun)
def test_every_declared_word_is_in_the_reference(registry: Any):
    written = TARGET.read_text(encoding="utf-8")
    assert [key for key in registry.keys() if f"`{key}`" not in written] == []  # noqa: SIM118 - a registry is no dict


def test_every_table_and_command_is_in_the_reference():
    written = TARGET.read_text(encoding="utf-8")
    book = load()
    assert [key for key in (*book.tables, *book.codes) if f"`{key}`" not in written] == []
    assert [name for name in COMMANDS if f"`gongjia {name}`" not in written] == []


def test_every_variable_of_the_environment_is_documented():
    files = [path for folder in ("gongjia", "scripts", "e2e") for path in (ROOT / folder).rglob("*") if path.suffix in (".py", "")]
    used = {name for path in files if path.is_file() for name in NAMED.findall(path.read_text(encoding="utf-8"))}
    assert used - set(ENVIRONMENT) - set(DEVELOPMENT) - set(SETTINGS) == set()
