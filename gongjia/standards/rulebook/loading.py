"""Reads folders of YAML into one Rulebook; cached, since a process reads its tables once."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import yaml

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.errors import N_, BadTable, Flaw
from gongjia.standards.rulebook.reading import Reader
from gongjia.standards.rulebook.schema import CodeTable, Table

TABLES = Path(__file__).resolve().parent.parent / "tables"
CASES = TABLES.parent / "cases"
QUANTITIES = "quantity"
Made = TypeVar("Made")


@lru_cache(maxsize=8)
def load(*folders: Path) -> Rulebook:
    """The rulebook of the shipped tables, or of the named folders; raises BadTable at the first flaw."""
    return read_rulebook({path.name: parse(path) for path in files(*folders)})


def files(*folders: Path) -> list[Path]:
    return [path for folder in folders or (TABLES,) for path in sorted(Path(folder).glob("*.yaml"))]


def parse(path: Path) -> Any:
    """The plain content of one file; raises BadTable where it is not YAML."""
    return parse_text(path.name, path.read_text(encoding="utf-8"))


def parse_text(name: str, text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        place = str(getattr(error, "problem_mark", "") or "")
        raise BadTable(Flaw(name, place, "not_yaml", N_("不是有效的 YAML"))) from error


def read_rulebook(raw: Mapping[str, Any]) -> Rulebook:
    """Types every file: code tables first, then the tables that name a topic, then those that answer one."""
    codes = _code_tables(raw)
    places = x_places(codes)
    limits = {name: found for name, found in raw.items() if not is_code_table(found)}
    tables: dict[str, Table] = {}
    for name, found in sorted(limits.items(), key=lambda item: answers_another(item[1])):
        tables_key = str(found.get("key")) if isinstance(found, dict) else name
        if tables_key in tables or tables_key in codes:
            raise BadTable(Flaw(name, "key", "key_not_unique", N_("键重复：%(key)s"), {"key": tables_key}))
        tables[tables_key] = read_table(name, found, tables, places)
    return Rulebook(tables, codes)


def read_table(name: str, found: Any, tables: Mapping[str, Table], places: Any) -> Table:
    """One table of limits, given the tables whose topic it may answer."""
    reader = Reader(name, places)
    reader.only("", found, set(found) if isinstance(found, dict) else set())
    topic = str(found.get("topic"))
    if answers_another(found) and topic not in tables:
        reader.fail("topic", "unknown_topic", N_("没有这个主题的表：%(key)s"), key=topic)
    return _guarded(name, lambda: reader.table(found, tables[topic] if answers_another(found) else None))


def is_code_table(found: Any) -> bool:
    return isinstance(found, dict) and found.get("kind") == "codes"


def answers_another(found: Any) -> bool:
    return isinstance(found, dict) and found.get("topic", found.get("key")) != found.get("key")


def _code_tables(raw: Mapping[str, Any]) -> dict[str, CodeTable]:
    found: dict[str, CodeTable] = {}
    for name, content in raw.items():
        if is_code_table(content):
            table = _guarded(name, partial(Reader(name, lambda of: 0).codes, content))
            found[table.key] = table
    return found


def _guarded(name: str, read: Callable[[], Made]) -> Made:
    """What was read; a file of quite another shape is a BadTable too."""
    try:
        return read()
    except (TypeError, AttributeError, LookupError, ValueError) as error:
        if isinstance(error, BadTable):
            raise
        raise BadTable(Flaw(name, "", "malformed", N_("结构不对：%(value)s"), {"value": error})) from error


def x_places(codes: Mapping[str, CodeTable]) -> Any:
    """Tells the decimal places of a quantity that a formula may be over; KeyError for one that nobody declared."""
    return lambda of: int(codes[QUANTITIES].codes[of].more.get("places", 0))
