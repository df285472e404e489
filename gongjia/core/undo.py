"""Undoing a batch: what it made is closed, what it changed is set back, unless something was built on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjia.core import audit, search
from gongjia.core.action import Context, actions, context_for
from gongjia.core.models import AuditEntry, Batch
from gongjia.core.problems import Forbidden, Problem, Refused
from gongjia.core.resource import resources
from gongjia.core.writing import set_values


def restore_records(context: Context, entries: Sequence[AuditEntry]) -> None:
    """Take back the rows that the entries made and give changed ones their former values back; the usual `undo`."""
    by_subject: dict[str, list[AuditEntry]] = defaultdict(list)
    for entry in entries:
        by_subject[entry.subject].append(entry)
        context.record(entry.subject, entry.subject_id, entry.unit_id, entry.after, entry.before)
    for subject, members in by_subject.items():
        model = resources[subject].model
        taken_back = _taken_back(context, model, members[0].batch_id)
        made = [entry.subject_id for entry in members if entry.before is None]
        for start in range(0, len(made) if taken_back else 0, 900):
            model._base_manager.filter(pk__in=made[start : start + 900]).update(**taken_back)
        set_values(model, [(e.subject_id, _values(model, e.before)) for e in members if e.before is not None], {})


def _taken_back(context: Context, model: Any, batch_id: int) -> dict[str, Any]:
    """Return what marks a row as taken back: records are closed, dated rows superseded, extensions follow what they extend."""
    names = {field.name for field in model._meta.local_concrete_fields}
    if "closed_on" in names:
        return {"closed_on": context.on, "close_reason": _("撤销批次 %(batch)s") % {"batch": batch_id}}
    return {"superseded_at": context.now} if "superseded_at" in names else {}


def _values(model: Any, before: dict[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    return {name: _value(fields[name], value) for name, value in before.items() if name in fields}


def _value(field: Any, value: Any) -> Any:
    return field.target_field.to_python(value) if field.is_relation else field.to_python(value)


def obstacles(batch: Batch) -> int:
    """Return how many rows of the batch were changed after it."""
    later = AuditEntry.objects.filter(subject=OuterRef("subject"), subject_id=OuterRef("subject_id"), id__gt=OuterRef("id")).exclude(
        batch=batch
    )
    return batch.entries.filter(Exists(later)).count()


def undo_batch(actor: Any, batch: Batch, origin: str = "form") -> Batch:
    """Reverse every entry of `batch` in one transaction and return the batch that did it.

    Raises Refused when it was undone before, when rows changed since, or when an action of it cannot be undone.
    """
    context = context_for(actor, origin)
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch.pk)
        by_action: dict[str, list[AuditEntry]] = defaultdict(list)
        for entry in batch.entries.order_by("-id"):
            by_action[entry.action].append(entry)
        _refuse(context, batch, by_action)
        context.batch = audit.open_batch("core.undo_batch", context.actor_id, origin, None)
        for key, entries in by_action.items():
            undo = actions[key].undo
            assert undo is not None  # noqa: S101 - _refuse has seen to it
            undo(context, entries)
        audit.write(context.trail, context.batch, "core.undo_batch", context.actor_id)
        search.refresh(context.trail)
        Batch.objects.filter(pk=batch.pk).update(undone_by=context.batch)
    return context.batch


def _refuse(context: Context, batch: Batch, by_action: dict[str, list[AuditEntry]]) -> None:
    if batch.undone_by_id:
        raise Refused([Problem("already_undone", _("这一批已经撤销过。"))])
    for key, entries in by_action.items():
        declared = actions.get(key)
        if declared is None or declared.undo is None:
            raise Refused([Problem("cannot_undo", _("“%(label)s”不能撤销。") % {"label": declared.label if declared else key})])
        units = {entry.unit_id for entry in entries}
        if units - context.access.allowed(declared.permission, units):
            raise Forbidden(declared.permission)
    if changed := obstacles(batch):
        raise Refused(
            [
                Problem(
                    "built_upon",
                    ngettext("有 %(count)s 条记录此后又有变动，不能整批撤销。", "有 %(count)s 条记录此后又有变动，不能整批撤销。", changed)
                    % {"count": changed},
                )
            ]
        )
