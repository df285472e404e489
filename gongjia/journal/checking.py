"""Checking: the live rows, or an exported file, against the seals; by the same file that an outsider uses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongjia.journal.exporting import journal_lines
from gongjia.journal.key import own_public_keys
from gongjia.journal.verify import LONGEST, Problem, Verifier

KEPT = 200
Progress = Callable[[int], None]


@dataclass
class Checked:
    """What a check found: the first problems, and how many there are."""

    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    seals: int = 0
    entries: int = 0
    seal: int = 0
    head: str = ""
    key: str = ""
    anchored: int = 0
    is_journal: bool = True

    def say(self, problem: Problem) -> None:
        self.count += 1
        if len(self.problems) < KEPT:
            self.problems.append(problem)

    def read(self, verifier: Verifier) -> Checked:
        for name in ("seals", "entries", "seal", "head", "key", "anchored", "is_journal"):
            setattr(self, name, getattr(verifier, name))
        return self

    def as_json(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in ("seals", "entries", "seal", "head", "key", "anchored")}
        return {**kept, "problems": self.count, "found": [[problem.kind, problem.facts] for problem in self.problems]}


def check_rows(heads: Iterable[str] = (), keys: Iterable[str] = (), progress: Progress = lambda done: None) -> Checked:
    """Check the rows of the database against its seals; a row that stands among sealed ones without a seal is named too."""
    found = Checked()
    verifier = Verifier(found.say, heads, _trusted(keys))
    lines = journal_lines(lambda stream, pk: found.say(Problem("stray", {"stream": stream, "id": pk})), progress)
    return found.read(verifier.read(lines))


def check_file(file: Path, heads: Iterable[str] = (), keys: Iterable[str] = ()) -> Checked:
    """Check an exported file; raises OSError when it cannot be read."""
    found = Checked()
    with file.open("rb") as source:
        return found.read(Verifier(found.say, heads, _trusted(keys)).read(iter(lambda: source.readline(LONGEST), b"")))


def _trusted(keys: Iterable[str]) -> list[str]:
    """Return the keys that may sign: those given, else this installation's own."""
    return [key for key in keys if key] or own_public_keys()
