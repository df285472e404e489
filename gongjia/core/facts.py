"""Facts: a named table of what is so on a day, read by one SQL text from the database, judged column-wise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from gongjia.core.registry import Registry

FactType = Literal["int", "text", "date", "bool", "money", "area", "decimal1", "decimal2", "decimal3"]


@dataclass(frozen=True)
class FactColumn:
    """One column of facts; money, area and decimals arrive as the database's scaled integers. `codes` names the code table of a text."""

    name: str
    type: FactType
    label: Any = ""
    codes: str = ""
    hidden: bool = False


SUBJECT = (
    FactColumn("subject_id", "int", hidden=True),
    FactColumn("unit_id", "int", hidden=True),
    FactColumn("event_on", "date", _("核查日期")),
)
"""What facts begin with that are judged on the day of the sweep: the record, its unit, the day."""


@dataclass(frozen=True)
class Facts:
    """Facts of one subject (a resource key).

    Either `sql` reads them from the database: the same text on SQLite and PostgreSQL, with the parameter %(on)s (a date) and selecting
    exactly `columns` in order. Or `derived` makes them, in DuckDB's dialect, out of the facts named in `over` (as tables named by their
    key with "_" for "."), `units`, `categories` and `category_codes`, where `$on` is the day. Facts that are judged have the columns
    `subject_id`, `unit_id` and `event_on` (the date by which a rule binds), and `identity` where one subject has several.
    `member` names the column of what is summed within one subject, as the people who share a room.
    `split` names the table whose primary key is the first column, so that large facts are read in pieces at once.
    `past` facts matter for a day gone by only: as of today there are none, and they are not read.
    `narrow` says which column of which facts holds the subject, or its unit, so that one verdict need not read everything.
    """

    key: str
    subject: str
    columns: Sequence[FactColumn]
    sql: str = ""
    derived: str = ""
    over: Sequence[str] = ()
    label: Any = ""
    identity: str = ""
    member: str = ""
    split: str = ""
    past: bool = False
    narrow: Mapping[str, str] = field(default_factory=dict)

    @property
    def relation(self) -> str:
        """The name of these facts as a table of the sweep."""
        return self.key.replace(".", "_")


facts: Registry[Facts] = Registry("facts")


def declare_facts(made: Facts) -> Facts:
    """Declare facts under their key."""
    return facts.add(made.key, made)
