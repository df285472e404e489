"""The tables that are sealed, with the columns of their lines. A form is never changed: a new column makes a new form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from gongjia.core.models import AuditEntry
from gongjia.journal import rules
from gongjia.journal.rules import Form, date, hundredths, instant, plain
from gongjia.ledger.models import Entry

FORM = 1
READ: dict[str, dict[Form, str]] = {
    "postgresql": {
        instant: """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
        date: "to_char({}, 'YYYY-MM-DD')",
        rules.fields: "{}::text",
    },
    "sqlite": {instant: "{} || ''", date: "{} || ''"},
}
"""How a column is read as text, so that no driver stumbles over what somebody wrote past the program."""
AUDIT: dict[str, Form] = {
    "at": instant,
    **dict.fromkeys(("actor_id", "action", "batch_id", "subject", "subject_id", "unit_id"), plain),
    "before": rules.fields,
    "after": rules.fields,
}
LEDGER: dict[str, Form] = {
    **dict.fromkeys(("asset_id", "kind", "seq"), plain),
    "effective_on": date,
    "recorded_at": instant,
    **dict.fromkeys(("unit_from_id", "unit_to_id", "place_from_id", "place_to_id", "custodian_from_id", "custodian_to_id"), plain),
    **dict.fromkeys(("category_from_id", "category_to_id", "status_from", "status_to"), plain),
    **dict.fromkeys(("quantity_delta", "cost_delta", "depreciation_delta"), hundredths),
    **dict.fromkeys(("reverses_id", "batch_id", "request_key", "actor_id", "note"), plain),
}


@dataclass(frozen=True)
class Stream:
    """One table whose rows are only ever appended, and the form of their lines."""

    key: str
    label: Any
    model: type[models.Model]
    forms: Mapping[str, Form]

    def lines(self, after: int, upto: int, limit: int | None = None) -> Iterator[tuple[int, bytes]]:
        """Yield id and line of the rows with after < id <= upto, ascending; read as they are stored, whoever stored them."""
        read = READ[connection.vendor]
        columns = ", ".join(["id", *(read.get(form, "{}").format(name) for name, form in self.forms.items())])
        sql = f"SELECT {columns} FROM {self.model._meta.db_table} WHERE id > %s AND id <= %s ORDER BY id"  # noqa: S608 - declared names
        with connection.cursor() as cursor:
            cursor.execute(sql + (f" LIMIT {limit}" if limit else ""), [after, upto])
            rows = cursor.fetchall()
        return ((row[0], rules.line_of(self.key, self.forms, row)) for row in rows)


STREAMS = (Stream("audit", _("审计记录"), AuditEntry, AUDIT), Stream("ledger", _("资产变动"), Entry, LEDGER))
FORMS = {1: {stream.key: stream for stream in STREAMS}}
