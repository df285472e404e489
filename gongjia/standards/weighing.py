"""A form's case as typed, put to the checks: the same verdicts as in the ledger, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongjia.core.problems import Refused
from gongjia.core.resource import resources
from gongjia.ledger.models import Category
from gongjia.org.models import Post, Unit
from gongjia.standards.asking import ask
from gongjia.standards.choices import Outcome
from gongjia.standards.drawing import draw
from gongjia.standards.engine.dimensions import current_code
from gongjia.standards.rulebook.loading import load

Typed = Mapping[str, Any]
Reading = str | Callable[[Any, Typed], Any]
DECIDED = (Outcome.BREACH, Outcome.DOUBT, Outcome.COMPLIANT)


@dataclass(frozen=True)
class Case:
    """One check and where its inputs stand in the form: a field's name, or a function of (user, typed)."""

    check: str
    inputs: Mapping[str, Reading]
    needs: Sequence[str]
    """The inputs without which there is nothing to say yet."""


def weigh_by(*cases: Case) -> Callable[[Any, Typed], dict[str, Any] | None]:
    """Return a weigher's function: the verdicts that can be given, None while there is none."""

    def weigh(user: Any, typed: Typed) -> dict[str, Any] | None:
        drawn = [verdict for case in cases if (verdict := _weigh(case, user, typed)) is not None]
        return {"verdicts": drawn} if drawn else None

    return weigh


def _weigh(case: Case, user: Any, typed: Typed) -> Any | None:
    inputs = {name: typed.get(read, "") if isinstance(read, str) else read(user, typed) for name, read in case.inputs.items()}
    if not all(inputs.get(name) for name in case.needs):
        return None
    try:
        answer = ask(case.check, {name: value for name, value in inputs.items() if value not in ("", None)})
    except Refused:
        return None
    return draw(answer, user) if answer.outcome in DECIDED else None


def _named(resource: str, user: Any, value: Any) -> int | None:
    return resources[resource].resolve(user, {value}).get(value) if value else None


def unit_code(user: Any, typed: Typed) -> str:
    """The code of the unit that was typed as code or name."""
    pk = _named("org.unit", user, typed.get("unit", ""))
    return Unit.objects.values_list("code", flat=True).get(pk=pk) if pk else ""


def item(user: Any, typed: Typed) -> str:
    """The item of the equipment tables that the typed asset class is."""
    pk = _named("ledger.category", user, typed.get("category", ""))
    if pk is None:
        return ""
    book = load()
    edition, code = Category.objects.values_list("edition", "code").get(pk=pk)
    codes = book.categories("item", current_code(book, edition, code))
    groups = {each.code for each in book.codes["item"].codes.values() if each.more.get("group")}
    return next((each for each in codes if each not in groups), "")


def level(user: Any, typed: Typed) -> str:
    """The post level of the typed custodian."""
    pk = _named("org.person", user, typed.get("custodian", ""))
    held = Post.objects.current().filter(person=pk, primary=True) if pk else Post.objects.none()
    return held.values_list("level", flat=True).first() or ""
