"""A table of a source document, as typed values: what the YAML files say once they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongjia.standards.rulebook.forms import Form

OPEN_END = date.max
VERIFICATIONS = ("verified", "repost", "secondary", "memory", "parameter")
MAY_BLOCK = frozenset({"verified", "repost"})
COMPARISONS = ("at_most", "at_least", "more_than", "none")


@dataclass(frozen=True, slots=True)
class Text:
    """One label in both languages; Chinese is the source."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True, slots=True)
class Source:
    """The document that a version was taken from."""

    document: str
    number: str = ""
    issuer: str = ""
    url: str = ""
    number_verified: bool = True


@dataclass(frozen=True, slots=True)
class Value:
    """A column of limits: its unit, the fact it is held against and how."""

    name: str
    title: Text
    unit: Text
    fact: str = ""
    compare: str = "none"
    places: int = 0
    keys: tuple[str, ...] = ()
    text: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Units that satisfy every stated part; tier is the superior's for a vertical unit."""

    tier: frozenset[str] = frozenset()
    nature: frozenset[str] = frozenset()
    division: tuple[str, ...] = ()
    vertical: bool | None = None

    @property
    def stated(self) -> int:
        return sum((bool(self.tier), bool(self.nature), bool(self.division), self.vertical is not None))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; a key column that it leaves out means "any"."""

    cells: Mapping[str, tuple[str, ...]]
    values: Mapping[str, Form | Text]
    label: str = ""
    clause: str = ""
    clause_verified: bool = False
    verification: str = "memory"
    soft: bool = False
    note: str = ""

    @property
    def grounds(self) -> bool:
        """Whether the row is sure and strict enough to block (可作处理依据)."""
        return self.verification in MAY_BLOCK and not self.soft


@dataclass(frozen=True, slots=True)
class Version:
    """What the table said in one period, whom that bound, and whom it may guide (参照)."""

    id: str
    source: Source
    start: date
    end: date
    rows: tuple[Row, ...]
    binds: tuple[Condition, ...] = ()
    guides: tuple[Condition, ...] = ()
    jurisdiction: Text = Text("", "")
    clause: str = ""
    clause_verified: bool = False
    verification: str = "memory"
    start_known: str = "day"
    note: str = ""

    def in_force(self, on: date) -> bool:
        return self.start <= on <= self.end


@dataclass(frozen=True, slots=True)
class Table:
    """One table of limits; tables of the same topic answer the same question for different units."""

    key: str
    topic: str
    title: Text
    keys: tuple[str, ...]
    values: Mapping[str, Value]
    versions: tuple[Version, ...]
    note: str = ""
    file: str = ""

    def version(self, version_id: str) -> Version:
        """The version of that id; raises KeyError for an unknown one."""
        for version in self.versions:
            if version.id == version_id:
                return version
        raise KeyError(version_id)


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a code table, with whatever else its line says."""

    code: str
    title: Text
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A closed list of codes: the vocabulary of a key column, or an editable list for forms."""

    key: str
    title: Text
    source: Source
    verification: str
    codes: Mapping[str, Code]
    note: str = ""
    file: str = ""

    def of_category(self, category: str) -> tuple[str, ...]:
        """The codes whose category prefix fits, the longest prefix first."""
        hits = [
            (len(prefix), code.code)
            for code in self.codes.values()
            for prefix in code.more.get("categories", ())
            if category.startswith(prefix)
        ]
        return tuple(code for _, code in sorted(hits, key=lambda hit: -hit[0]))
