"""What templates are handed: plain shapes with defaults, so that a page never asks for what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Tone = Literal["", "plain", "breach", "doubt", "order", "info"]


@dataclass(frozen=True)
class Link:
    """A button, a menu entry, a chip."""

    label: Any
    url: str
    key: str = ""
    kind: str = ""
    on: bool = False
    count: int | None = None
    icon: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Fold:
    """Menu entries of one package under one word; open where one of them is the page at hand."""

    label: Any
    pages: list[Link]

    @property
    def on(self) -> bool:
        return any(page.on for page in self.pages)

    @property
    def count(self) -> int:
        return sum(page.count or 0 for page in self.pages)


@dataclass(frozen=True)
class Figure:
    """A large number with its unit; `url` opens the rows it counts."""

    label: Any
    value: str
    unit: Any = ""
    note: Any = ""
    href: str = ""
    tone: Tone = ""


@dataclass(frozen=True)
class Step:
    """One thing to do next."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Cell:
    """One value as words; `tone` draws it as a tag."""

    text: str
    tone: Tone = ""
    classes: str = ""
    small: str = ""
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """One labelled value of a detail page."""

    label: Any
    text: str
    tone: Tone = ""
    url: str = ""

    @property
    def filled(self) -> bool:
        return self.text not in ("", "–")


@dataclass(frozen=True)
class Group:
    """Facts or fields under one heading."""

    label: Any
    facts: Sequence[Fact] = ()
    fields: Sequence[Any] = ()


@dataclass(frozen=True)
class Pager:
    """How many there are, and where the next ones are."""

    says: str
    first_url: str = ""
    next_url: str = ""


@dataclass
class Field:
    """One field of a form, with what was typed and what is wrong with it."""

    name: str
    label: Any
    kind: str
    id: str = ""
    help: Any = ""
    unit: Any = ""
    choices: Sequence[tuple[str, Any]] = ()
    required: bool = False
    max_length: int | None = None
    ref: str = ""
    anywhere: bool = False
    value: Any = ""
    words: str = ""
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.id = self.id or f"id-{self.name}"
