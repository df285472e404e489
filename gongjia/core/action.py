"""Action: what may be changed, with which input, by whom. Every door writes through one, and only through one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, get_args, get_type_hints

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjia.core import audit, search
from gongjia.core.access import Access, access
from gongjia.core.following import follow
from gongjia.core.inputs import Input, InputField, describe
from gongjia.core.models import AuditEntry, Batch
from gongjia.core.periods import today
from gongjia.core.problems import Conflict, Forbidden, NeedsRequest, Problem, Refused
from gongjia.core.registry import Registry
from gongjia.core.reservations import Claim
from gongjia.core.resource import NotFound, resources
from gongjia.core.validate import Raw, validate

ASK = ":ask"


@dataclass
class Context:
    """Who acts, since when, through which door; and the trail of what was changed."""

    actor: Any
    access: Access
    origin: str = "form"
    on: dt.date = field(default_factory=today)
    now: dt.datetime = field(default_factory=timezone.now)
    job_id: int | None = None
    source: str = ""
    source_keys: Sequence[str] = ()
    """The line of the source that each row of the next commit came from; empty for rows typed by hand."""
    batch: Batch | None = None
    trail: audit.Trail = field(default_factory=audit.Trail)
    known: dict[tuple[str, bool], dict[Any, int]] = field(default_factory=dict)
    """References resolved so far, by resource: rows that come in chunks look each value up once."""
    expected: Mapping[int, int] = field(default_factory=dict)
    """Versions by primary key that the rows had when they were read; a newer one refuses the commit."""
    request_key: str = ""
    """The request that is asked or carried out: its authority stands for the permission to do, and its reservations give way to it."""

    @property
    def actor_id(self) -> int | None:
        return getattr(self.actor, "pk", None)

    def provenance(self) -> dict[str, Any]:
        """Return the columns that say which source brought the rows, and which of its lines."""
        return {"source": self.source, "source_key": list(self.source_keys) if self.source_keys else ""}

    def record(
        self, subject: str, subject_id: int, unit_id: int | None, before: dict[str, Any] | None, after: dict[str, Any] | None
    ) -> None:
        """Note one changed row for the audit."""
        self.trail.add(subject, subject_id, unit_id, before, after)


def context_for(actor: Any, origin: str = "form", **more: Any) -> Context:
    """Return a context with the rights that `actor` holds now."""
    return Context(actor=actor, access=access(actor), origin=origin, **more)


@dataclass
class Prepared:
    """Validated rows of one action, with their place in what was handed in, and the problems of the others."""

    rows: list[Any] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> set[int | None]:
        return {problem.row for problem in self.problems if problem.refuses}


@dataclass(frozen=True)
class Outcome:
    """What `run_many` did: ids in the order of the accepted rows, the problems, and the batch to undo it by."""

    ids: list[int]
    problems: list[Problem]
    batch: Batch | None


Service = Callable[[Context, Sequence[Any]], list[int]]
RowCheck = Callable[[Context, Sequence[Any]], list[Problem]]
Undo = Callable[[Context, Sequence[AuditEntry]], None]
Claims = Callable[[Context, Sequence[Any]], Sequence[Claim]]


@dataclass
class Action:
    """One declared change; build it with the `@action` decorator."""

    key: str
    label: Any
    service: Service
    input_type: type[Input]
    subject: str
    permission: str
    unit: str = ""
    undo: Undo | None = None
    help: Any = ""
    danger: bool = False
    by_request: bool = False
    claims: Claims | None = None
    foresight: Service | None = None
    fits: Callable[[Any], bool] | None = None
    row_checks: list[RowCheck] = field(default_factory=list)

    def __call__(self, context: Context, rows: Sequence[Any]) -> list[int]:
        """Call the service from another service, inside the same transaction and trail."""
        return self.service(context, rows)

    def check(self, function: RowCheck) -> RowCheck:
        """Register a set-wise rule: it sees all parsed rows at once and returns problems by their index."""
        self.row_checks.append(function)
        return function

    def when(self, fits: Callable[[Any], bool]) -> None:
        """Say in which state of a record the action makes sense: pages offer it only then; its checks still decide."""
        self.fits = fits

    @property
    def is_edit(self) -> bool:
        """Say whether the input names an existing row of the subject."""
        return "id" in self.input_type.model_fields

    @property
    def ask_permission(self) -> str:
        """The permission to ask for the action, where the permission to do it is held by nobody or by somebody else."""
        return f"{self.permission}{ASK}"

    def permission_for(self, context: Context) -> str:
        """Return what the actor must hold: the permission to ask, where a request carries the action, else the permission to do it."""
        return self.ask_permission if context.request_key else self.permission

    # -- the one way ------------------------------------------------------------------------------------------------

    def prepare(self, context: Context, raws: Sequence[Raw]) -> Prepared:
        """Validate rows without writing: input, references, permission per distinct unit, the action's own rules."""
        self._open_to(context)
        parsed, problems = validate(self.input_type, raws, partial(self._resolve, context))
        prepared = Prepared(problems=problems)
        for index, row in enumerate(parsed):
            if row is not None:
                prepared.rows.append(row)
                prepared.places.append(index)
        for rule in (self._foreign, *self.row_checks):
            self._apply(prepared, rule(context, prepared.rows))
        return prepared

    def commit(self, context: Context, prepared: Prepared) -> list[int]:
        """Write prepared rows in the caller's transaction, or in one of its own: service, audit, search index.

        Raises Conflict when somebody else took a code or changed a row since the rows were prepared.
        """
        try:
            return self._commit(context, prepared)
        except IntegrityError as clash:
            raise Conflict(_("核对之后有人登记了相同的编号，这一批没有写入；请重新核对后再提交。")) from clash

    def _commit(self, context: Context, prepared: Prepared) -> list[int]:
        if not prepared.rows:
            return []
        self._open_to(context)
        with transaction.atomic():
            context.batch = context.batch or audit.open_batch(
                self.key, context.actor_id, context.origin, context.job_id, context.request_key
            )
            ids = self.service(context, prepared.rows)
            follow(context)
            trail, context.trail = context.trail, audit.Trail()
            audit.write(trail, context.batch, self.key, context.actor_id)
            search.refresh(trail)
        return ids

    def run_many(self, actor: Any, raws: Sequence[Raw], *, origin: str = "form", all_or_nothing: bool = True, **more: Any) -> Outcome:
        """Validate and write many rows at once; with `all_or_nothing`, one refused row raises Refused and nothing is written."""
        context = context_for(actor, origin, **more)
        prepared = self.prepare(context, raws)
        if all_or_nothing and prepared.refused:
            self.unreachable(context, prepared.problems)
            raise Refused(prepared.problems)
        return Outcome(self.commit(context, prepared), prepared.problems, context.batch)

    def run(self, actor: Any, raw: Raw, *, origin: str = "form", **more: Any) -> int:
        """Validate and write one row and return its primary key; raises Refused, Forbidden, NotFound or Conflict."""
        return self.run_many(actor, [raw], origin=origin, **more).ids[0]

    # -- parts ------------------------------------------------------------------------------------------------------

    def _open_to(self, context: Context) -> None:
        """Raise Forbidden without the permission; say where to ask, where an action is done only by request."""
        if self.by_request and not context.request_key:
            raise NeedsRequest(self.key)
        if not context.access.can(self.permission_for(context)):
            raise Forbidden(self.permission_for(context))

    def _resolve(self, context: Context, field: InputField, values: set[Any]) -> Mapping[Any, int]:
        known = context.known.setdefault((field.ref, field.anywhere), {})
        if missing := values - known.keys():
            known.update(resources[field.ref].resolve(context.actor, missing, anywhere=field.anywhere))
        return known

    def unreachable(self, context: Context, problems: Sequence[Problem]) -> None:
        """Say 404 or 403 instead of a list of problems where a row named is out of reach."""
        if any(problem.field == "id" and problem.code == "unknown_reference" for problem in problems):
            raise NotFound(self.subject)
        if any(problem.code == "forbidden_unit" for problem in problems):
            raise Forbidden(self.permission_for(context))

    def _foreign(self, context: Context, rows: Sequence[Any]) -> list[Problem]:
        """Refuse rows whose unit (named in the input, or of the edited row) lies outside the actor's permission."""
        touched = self.touched_units(rows)
        distinct = set().union(*touched) if touched else set()
        allowed = context.access.allowed(self.permission_for(context), distinct)
        text = _("你没有在这个单位做“%(label)s”的权限。") % {"label": self.label}
        return [Problem("forbidden_unit", text, self.unit, index) for index, units in enumerate(touched) if units - allowed]

    def touched_units(self, rows: Sequence[Any]) -> list[set[int | None]]:
        """Return, by row, the units in which the permission must be held: the one that the input names, and that of the edited row."""
        resource = resources.get(self.subject)
        touched = self._named_units(rows)
        if self.is_edit and resource is not None and resource.scope:
            owners = resource.units_of([row.id for row in rows])
            for units, row in zip(touched, rows, strict=True):
                units.add(owners.get(row.id))
        return touched

    def _named_units(self, rows: Sequence[Any]) -> list[set[int | None]]:
        """Return, by row, the unit that the input names, or the unit of the record that it names."""
        values = [getattr(row, self.unit) if self.unit else None for row in rows]
        ref = next((field.ref for field in describe(self.input_type) if field.name == self.unit), "")
        declared = resources.get(ref)
        if declared is None or declared.scope in ("", "pk"):
            return [{value} if value else set() for value in values]
        owners = declared.units_of({value for value in values if value})
        return [{owners.get(value)} if value else set() for value in values]

    @staticmethod
    def _apply(prepared: Prepared, found: Sequence[Problem]) -> None:
        """Take refused rows out and renumber the problems to the rows as they were handed in."""
        if not found:
            return
        places = prepared.places
        prepared.problems += [
            Problem(p.code, p.message, p.field, None if p.row is None else places[p.row], p.level, p.value) for p in found
        ]
        gone = {problem.row for problem in found if problem.refuses}
        kept = [index for index in range(len(prepared.rows)) if index not in gone and None not in gone]
        prepared.rows = [prepared.rows[index] for index in kept]
        prepared.places = [places[index] for index in kept]


actions: Registry[Action] = Registry("action")


def _input_type(service: Service) -> type[Input]:
    """Read the input type from the service's signature: `rows: Sequence[SomeInput]`."""
    hint = get_type_hints(service)["rows"]
    return get_args(hint)[0]


def action(
    key: str,
    *,
    label: Any,
    subject: str,
    unit: str = "",
    permission: str = "",
    undo: Undo | None = None,
    help: Any = "",
    danger: bool = False,
    by_request: bool = False,
    claims: Claims | None = None,
    foresight: Service | None = None,
) -> Callable[[Service], Action]:
    """Declare a service `(context, rows: Sequence[SomeInput]) -> ids` as the action `key`.

    `unit` names the input that holds the unit in which the permission must be held, or that names a record of that unit; an
    input with an `id` is also checked against the unit of the row it names. `undo` reverses a batch of this action.
    With `by_request` no door does it: it is asked for, and carried out when the request is granted. `claims` says what a
    submitted request reserves until then. `foresight` does what the action leads to in the end, where that comes later (a purchase
    order becomes cards): gates look at the state after it, and it is always taken back.
    """

    def declare(service: Service) -> Action:
        inputs = _input_type(service)
        made = Action(key, label, service, inputs, subject, permission or key, unit, undo, help, danger, by_request, claims, foresight)
        return actions.add(key, made)

    return declare
