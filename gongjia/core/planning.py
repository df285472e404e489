"""Telling a database's planner what it cannot know: which index not to start from."""

from __future__ import annotations

from typing import Any

from django.db.models import Func


class Unindexed(Func):
    """A column as it is, but not through an index: its order or its filter is worked out from the rows found otherwise.

    A planner counts on matches that lie evenly; cards lie in the order in which one unit after the other was imported.
    """

    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="GREATEST(%(expressions)s)", **more)
