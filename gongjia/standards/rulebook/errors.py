"""What can be wrong with a table, as a code and parameters, never as finished text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with one place of one file; `message` is a Chinese template for `params`."""

    file: str
    where: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        return f"{place}: {self.message % self.params}"


class BadTable(ValueError):
    """A file that cannot be read as a table; carries the flaw that stopped it."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw


def N_(message: str) -> str:  # noqa: N802 - the name that message extraction looks for
    """Marks a message for extraction; it is translated where it is shown."""
    return message
