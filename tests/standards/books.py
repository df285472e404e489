"""Small books of tables for the tests: written as YAML, read as the real ones are."""

from pathlib import Path

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load, parse_text, read_rulebook

QUANTITY = """
key: quantity
kind: codes
title: {zh: 基数, en: quantities}
source: {document: 测试}
verification: parameter
codes:
- {code: heads, zh: 人数, en: heads, places: 0, sign: N}
- {code: room_area, zh: 面积, en: area, places: 2, sign: S}
"""
TIER = """
key: tier
kind: codes
title: {zh: 层级, en: tier}
source: {document: 测试}
verification: repost
codes:
- {code: central, zh: 中央, en: central}
- {code: municipal, zh: 市级, en: municipal}
"""
NATURE = TIER.replace("key: tier", "key: nature").replace("central", "administrative").replace("municipal", "institution")
CHAIRS = """
key: chairs
title: {zh: 椅子, en: chairs}
source: {document: 《椅子标准》, number: 测试〔2020〕1号}
keys: [tier]
values:
  price: {title: {zh: 价格, en: price}, unit: {zh: 元, en: yuan}, fact: unit_price, compare: at_most, places: 2}
versions:
- from: 2020-01-01
  clause: 第一条
  verification: repost
  binds: [{nature: [administrative]}]
  guides: [{nature: [institution]}]
  rows:
  - {tier: central, price: "800", label: 中央}
  - {price: "500", label: 其他}
"""
VOCABULARY = {"quantity.yaml": QUANTITY, "tier.yaml": TIER, "nature.yaml": NATURE}


def shipped() -> Rulebook:
    """The tables that come with the software."""
    return load()


def book(**tables: str) -> Rulebook:
    """A book of the small vocabulary and the given tables."""
    texts = VOCABULARY | {f"{name}.yaml": text for name, text in tables.items()}
    return read_rulebook({name: parse_text(name, text) for name, text in texts.items()})


def folder(path: Path, **tables: str) -> Path:
    """The same, written to a folder."""
    path.mkdir(exist_ok=True)
    for name, text in (VOCABULARY | {f"{name}.yaml": text for name, text in tables.items()}).items():
        (path / name).write_text(text, encoding="utf-8")
    return path
