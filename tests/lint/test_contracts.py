"""The import contract that reads the list of domains."""

from pathlib import Path

from gongjia.domains import DOMAINS
from scripts.lint.contracts import layers_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_domain_is_the_lowest_layer() -> None:
    names = [tail.name for layer in layers_of(["offices", "reception"]) for tail in layer.module_tails]
    assert names == ["reception", "offices"]


def test_every_domain_in_the_tree_is_listed_and_every_listed_one_is_there() -> None:
    folders = {path.parent.name for path in (ROOT / "gongjia" / "domains").glob("*/apps.py")}
    assert folders == set(DOMAINS)
