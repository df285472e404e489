"""What an applicant answered to the search before buying: taken, refused with a reason, or not yet said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjia.core.inputs import Input, given
from gongjia.domains.warehouse.suiting import Candidate, Line, proposed


class TakeOrRefuse(Input):
    """The answer to one item found: it is taken, or refused with a reason that the approver sees."""

    line: int = given(label=_("第几行"))
    item: int = given(label=_("资产"))
    take: bool | None = given(None, label=_("取用"))
    reason: str = given("", label=_("不取用的理由"))
    seen_at: dt.datetime | None = given(None, label=_("查仓时间"))


@dataclass
class Answered:
    """One line of a purchase with what was said of its candidates."""

    line: Line
    taken: list[Candidate] = field(default_factory=list)
    refused: list[tuple[Candidate, str]] = field(default_factory=list)
    open: list[Candidate] = field(default_factory=list)
    fresh: list[Candidate] = field(default_factory=list)
    """Published after the applicant had looked: worth knowing, but no new question."""
    gone: list[int] = field(default_factory=list)
    """Taken, but no longer to be had."""

    @property
    def taken_quantity(self) -> Decimal:
        return sum((each.quantity for each in self.taken), Decimal(0))

    @property
    def too_many(self) -> bool:
        return self.taken_quantity > self.line.wanted

    @property
    def waits(self) -> bool:
        return bool(self.open or self.gone or self.too_many)

    def told(self) -> dict[str, Any]:
        """Return what the request keeps of the line."""
        return {
            "line": self.line.number,
            "name": self.line.name,
            "wanted": str(self.line.wanted),
            "elsewhere": self.line.elsewhere,
            "candidates": [{**each.told(), **self._said(each)} for each in self.line.candidates],
            "taken": str(self.taken_quantity),
            "buys": str(max(Decimal(0), self.line.wanted - self.taken_quantity)),
            "gone": self.gone,
            "too_many": self.too_many,
        }

    def _said(self, candidate: Candidate) -> dict[str, Any]:
        reasons = {each.pk: reason for each, reason in self.refused}
        said = "taken" if candidate in self.taken else "refused" if candidate.pk in reasons else ""
        return {"said": said, "reason": reasons.get(candidate.pk, ""), "open": candidate in self.open, "fresh": candidate in self.fresh}


def answered(lines: Sequence[Line], answers: Sequence[Mapping[str, Any]]) -> list[Answered]:
    """Sort the candidates of each line by what the answers say of them."""
    return [_answered(line, [TakeOrRefuse(**each) for each in answers if each.get("line") == line.number]) for line in lines]


def _answered(line: Line, said: Sequence[TakeOrRefuse]) -> Answered:
    found = Answered(line)
    by_pk = {each.item: each for each in said if each.take is not None}
    looked = max((each.seen_at for each in said if each.seen_at), default=None)
    found.taken = [each for each in line.candidates if each.pk in by_pk and by_pk[each.pk].take]
    known = {each.pk for each in line.candidates}
    found.gone = [each.item for each in said if each.take and each.item not in known]
    found.refused = [(c, by_pk[c.pk].reason) for c in line.candidates if c.pk in by_pk and not by_pk[c.pk].take and by_pk[c.pk].reason]
    if found.taken_quantity >= line.wanted:
        return found
    settled = {each.pk for each in found.taken} | {each.pk for each, _reason in found.refused}
    waiting = [each for each in proposed(line) if each.pk not in settled]
    found.fresh = [each for each in waiting if looked and each.published_at and each.published_at > looked]
    found.open = [each for each in waiting if each not in found.fresh]
    return found
