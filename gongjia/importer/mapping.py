"""Which column is which field: headings compared through a thesaurus, with a score and the reason for it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from gongjia.importer.dates import suggest_order
from gongjia.importer.fields import Target
from gongjia.importer.headers import Heading, Table
from gongjia.importer.numbers import UNITS, unit_name
from gongjia.importer.words import N_

BRACKETS = re.compile(r"[(\[【{〔<]([^)\]】}〕>]*)[)\]】}〕>]")
TRAILING_UNIT = re.compile(r"[/:]\s*(\S{1,4})$")
NOISE = re.compile(r"[\s_\-.,:;/\\*#'\"?!、，。：；·（）()]+")
FLOOR = 0.6
WHY = {
    "same": N_("列名与字段名相同"),
    "alias": N_("列名是字段的另一种叫法"),
    "part": N_("列名的一部分与字段名相同"),
    "near": N_("列名与字段名相近"),
    "hand": N_("由你指定"),
    "profile": N_("按导入方案"),
}


@dataclass(slots=True)
class Match:
    """One column taken for one field, how sure that is, why, and the steps its cells need."""

    heading: Heading
    target: Target
    score: float
    why: str
    transforms: list[dict[str, Any]] = field(default_factory=list)
    optional: bool = False


def normalise(text: str) -> str:
    """Return a heading without case, width, brackets, spaces and punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return NOISE.sub("", BRACKETS.sub("", plain)) or NOISE.sub("", plain)


def unit_in(title: str) -> str:
    """Return the unit that a heading names: 原值（万元）, 面积/㎡, Square Feet."""
    plain = unicodedata.normalize("NFKC", title)
    candidates = [*BRACKETS.findall(plain), *TRAILING_UNIT.findall(plain)]
    for candidate in candidates:
        if unit := unit_name(candidate.removeprefix("单位").lstrip(":：")):
            return unit
    return "sqft" if re.search(r"square\s*f(ee|oo)t|\bsq\.?\s*ft|平方英尺", plain, re.IGNORECASE) else ""


@lru_cache(maxsize=1)
def thesaurus() -> dict[str, frozenset[int]]:
    """Return each known word, normalised, with the numbers of the lines it stands in."""
    lines = yaml.safe_load(Path(__file__).with_name("thesaurus.yaml").read_text("utf-8"))
    meanings: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            meanings.setdefault(normalise(str(word)), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in meanings.items()}


def is_known(title: str) -> bool:
    """True for a heading that the thesaurus knows."""
    return normalise(title) in thesaurus()


class Vocabulary:
    """The words of one target: names, labels and synonyms of its fields."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = list(targets)
        self.words = {t.name: own_words(t) for t in self.targets}
        self.all = {word for words in self.words.values() for word in words}

    def knows(self, title: str) -> bool:
        """True for a heading that names one of the fields, or that the thesaurus knows."""
        plain = normalise(title)
        return plain in self.all or plain in thesaurus()

    def score(self, title: str, target: Target) -> tuple[float, str]:
        """Return how well a heading names a field, and why."""
        return max((score_word(part, self.words[target.name], weight) for part, weight in parts(title)), default=(0.0, ""))


def own_words(target: Target) -> set[str]:
    return {normalise(word) for word in (target.name, target.label, *target.synonyms)} - {""}


def parts(title: str) -> list[tuple[str, float]]:
    """A joined heading 使用信息/使用人 is weighed whole and by its last part."""
    whole = [(normalise(title), 1.0)]
    return [*whole, (normalise(title.rsplit("/", 1)[1]), 0.95)] if "/" in title else whole


def score_word(word: str, own: set[str], weight: float) -> tuple[float, str]:
    if not word:
        return 0.0, ""
    if word in own:
        return weight, "same"
    meanings = thesaurus().get(word, frozenset())
    if meanings and any(meanings & thesaurus().get(mine, frozenset()) for mine in own):
        return 0.9 * weight, "alias"
    return max(near(word, mine, weight) for mine in own)


def near(word: str, mine: str, weight: float) -> tuple[float, str]:
    """A contained word counts by its share, a misspelt one by its likeness."""
    short, long = sorted((word, mine), key=len)
    least = 2 if re.search(r"[\u4e00-\u9fff]", short) else 5
    if len(short) >= least and short in long:
        return weight * (0.5 + 0.4 * len(short) / len(long)), "part"
    if len(short) >= 6 and (ratio := SequenceMatcher(None, word, mine).ratio()) > 0.84:
        return weight * ratio * 0.85, "near"
    return 0.0, ""


def propose(table: Table, targets: Sequence[Target]) -> list[Match]:
    """Match columns to fields, the surest first, each used once; steps that the heading or the values ask for are added.

    A column that names a record or a plain text equally well feeds both: the record where it is known, the text always.
    """
    vocabulary = Vocabulary(targets)
    scored = [
        (*vocabulary.score(heading.title, target), heading, target)
        for heading in table.headings
        if heading.nth == 1 and heading.title
        for target in targets
    ]
    ranked = sorted((s for s in scored if s[0] >= FLOOR), key=lambda s: (-s[0], s[2].index))
    matches: list[Match] = []
    columns: set[int] = set()
    fields: set[str] = set()
    for score, why, heading, target in ranked:
        if heading.index not in columns and target.name not in fields:
            columns.add(heading.index)
            fields.add(target.name)
            matches.append(Match(heading, target, round(score, 2), why, hinted(table, heading, target)))
    for score, why, heading, target in ranked:
        twin = next((match for match in matches if match.heading is heading and score >= match.score - 0.1), None)
        if twin and twin.target.ref and not twin.target.required and target.kind in ("text", "long_text") and target.name not in fields:
            twin.optional = True
            fields.add(target.name)
            matches.append(Match(heading, target, round(score, 2), why))
    return sorted(matches, key=lambda match: match.heading.index)


def hinted(table: Table, heading: Heading, target: Target) -> list[dict[str, Any]]:
    """Return the transforms that the heading's unit or the column's own dates call for."""
    if target.kind in ("money", "area", "decimal"):
        unit = unit_in(heading.title)
        return [{"unit": unit}] if unit and UNITS[unit] != 1 else []
    if target.kind == "date":
        order = suggest_order(table.values(heading.index))
        return [{"date": {"order": order}}] if order else []
    return []
