"""The page on importing names every transform, every key of a profile and every module of the way."""

import re
from pathlib import Path

import yaml

from gongjia.importer import transforms
from gongjia.importer.profile import KEYS, parse

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([\w.]+)`", PAGE))


def test_every_transform_is_documented() -> None:
    assert transforms.KNOWN <= NAMED


def test_every_key_of_a_profile_is_documented() -> None:
    assert KEYS <= NAMED


def test_every_module_that_the_page_names_is_there() -> None:
    modules = {name for name in NAMED if name.endswith(".py")}
    assert modules and all((ROOT / "gongjia" / "importer" / name).is_file() for name in modules)


def test_the_example_is_a_profile() -> None:
    example = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert example and parse(yaml.safe_load(example[1])).into == "vehicles.vehicle"
