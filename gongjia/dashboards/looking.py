"""One look at the house: who looks, on which day, at which subtree; and the figures of indicators as seen so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjia.core.indicator import Figure, indicators
from gongjia.core.resource import resources
from gongjia.dashboards.rollup import Group, Node, Number, groups_of, rolled
from gongjia.org.resources import UNITS
from gongjia.web.addresses import list_url
from gongjia.web.scope import WITHIN, Scope


@dataclass(frozen=True)
class Look:
    """A person's view of a subtree on a day; each indicator is counted once."""

    user: Any
    on: dt.date
    scope: Scope

    @cached_property
    def _counted(self) -> dict[str, Sequence[Figure]]:
        return {}

    def figures(self, key: str) -> Sequence[Figure]:
        """Return the figures of an indicator, none of one that no package declares."""
        if key not in self._counted:
            declared = indicators.get(key)
            self._counted[key] = list(declared.figures(self.user, self.on, self.scope.path)) if declared else []
        return self._counted[key]

    def total(self, key: str, part: str = "") -> Number:
        return sum((_value(figure, part) for figure in self.figures(key)), start=0)

    @cached_property
    def groups(self) -> dict[int, Group]:
        """The group of every unit in the subtree that this person may see."""
        rows = UNITS.queryset(self.user, self.scope.path).order_by().values_list("pk", "name", "path")
        return groups_of(Node(*row) for row in rows)

    def by_group(self, key: str, part: str = "") -> dict[Group, Number]:
        """Return an indicator's figures, or a part counted with them, added up by group."""
        return rolled(((figure.unit_id, _value(figure, part)) for figure in self.figures(key)), self.groups)

    def rows_url(self, key: str, query: str = "", group: Group | None = None) -> str:
        """Return the address of the rows that an indicator counts, of a group or of the whole subtree."""
        declared = indicators.get(key)
        if declared is None:
            return ""
        pairs = [(name, value) for name, values in QueryDict(query).lists() for value in values]
        unit = group.node.pk if group else self.scope.unit_id
        within = [(WITHIN, str(unit))] if unit else []
        own = [("unit", group.node.name)] if group and group.own else []
        return list_url(resources[declared.resource], [*within, *own, *pairs])

    def query_of(self, key: str) -> str:
        """Return the filters that all figures of an indicator share."""
        return next((figure.query for figure in self.figures(key)), "")

    def total_url(self, key: str) -> str:
        """Return the address of all rows that an indicator by unit counts."""
        return self.rows_url(key, self.query_of(key))


def _value(figure: Figure, part: str) -> Number:
    return figure.parts[part] if part else figure.value


def group_name(group: Group) -> str:
    return _("%(name)s（本级）") % {"name": group.node.name} if group.own else group.node.name


def drill_url(group: Group) -> str:
    """Return the address of the cockpit of one group, nothing for a unit that is looked at already."""
    return "" if group.own else f"{reverse('dashboards:cockpit')}?{urlencode({WITHIN: group.node.pk})}"
