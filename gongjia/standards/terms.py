"""`limit('topic', 'column', key=…)` in the conditions of routes: the number that binds the request's unit on its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjia.core.terms import Ground, declare_term
from gongjia.org.models import Unit
from gongjia.standards.lifespans import traits_of
from gongjia.standards.rulebook.judging import judge
from gongjia.standards.rulebook.loading import load


def limit(ground: Ground, topic: str, column: str, **keys: Any) -> Decimal | None:
    """Return the limit of a topic's column for a unit on a day, None where no row of a table speaks of it."""
    book = load()
    unit = Unit.objects.select_related("parent").get(pk=ground.unit_id)
    fact = book.value(topic, column).fact
    verdict = judge(book, topic, column, {**traits_of(unit), **keys, fact: 0}, ground.on)
    return verdict.limit


def flaw(arguments: Sequence[Any], keys: Mapping[str, Any]) -> str:
    """Say what is wrong with a call: a topic, column or key that the rulebook does not have."""
    if len(arguments) != 2 or not all(isinstance(part, str) for part in arguments):
        return _("limit 要写明规范和栏目，例如 limit('disposal_approval', 'amount')。")
    topic, column = arguments
    try:
        found = load().value(topic, column)
    except KeyError:
        return _("规范“%(topic)s”没有栏目“%(column)s”。") % {"topic": topic, "column": column}
    foreign = sorted(set(keys) - set(found.keys))
    return _("规范“%(topic)s”没有键“%(keys)s”。") % {"topic": topic, "keys": "、".join(foreign)} if foreign else ""


declare_term("limit", limit, flaw)
