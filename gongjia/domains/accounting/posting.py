"""Writing a month: one entry a card, one version a unit with its lines, and the audit of both."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Max

from gongjia.core import audit, bulk
from gongjia.core.action import Context
from gongjia.core.money import yuan
from gongjia.core.writing import record_created
from gongjia.domains.accounting import rules
from gongjia.domains.accounting.charging import Difference, Key, Plan, Sum2, day_of, posted_lines, postings
from gongjia.domains.accounting.choices import PostingKind
from gongjia.domains.accounting.models import Posting, PostingLine
from gongjia.domains.accounting.resources import POSTINGS
from gongjia.ledger import entries
from gongjia.ledger.choices import EntryKind
from gongjia.ledger.resources import ASSETS


def write(context: Context, plan: Plan, kind: PostingKind, action: str) -> list[int]:
    """Post what a plan differs from what stands, and return the keys of the new versions; nothing where nothing differs."""
    assert context.batch is not None  # noqa: S101 - services run inside a batch
    standing = posted_lines(plan.month, plan.path)
    changed = _changed_units(plan, standing)
    if plan.differences:
        _write_cards(context, plan, kind, action)
    return _write_postings(context, plan, standing, changed, kind) if changed else []


def _changed_units(plan: Plan, standing: dict[Key, Sum2]) -> list[int]:
    keys = plan.lines.keys() | standing.keys()
    return sorted({key[0] for key in keys if _amount(plan.lines, key) != _amount(standing, key)})


def _amount(lines: dict[Key, Sum2], key: Key) -> int:
    return lines[key].amount if key in lines else 0


def _write_cards(context: Context, plan: Plan, kind: PostingKind, action: str) -> None:
    """Append the entries, then let the cards follow them in one statement."""
    effective = min(rules.last_day(plan.month), max(context.on, rules.first_day(plan.month)))
    ids = [each.asset for each in plan.differences]
    entry = EntryKind.DEPRECIATE if kind == PostingKind.POST else EntryKind.REVERSE
    deltas = bulk.Encoded(each.delta for each in plan.differences)
    entries.append_amounts(context, ids, entry, effective, f"{day_of(plan.month):%Y-%m}", accumulated=deltas)
    _follow(context, effective)
    trail = _trail(plan.differences)
    assert context.batch is not None  # noqa: S101 - seen by the caller
    audit.write(trail, context.batch, action, context.actor_id)


def _follow(context: Context, effective: dt.date) -> None:
    """Add to each card what this batch's entries of the day add to it."""
    day = connection.ops.adapt_datefield_value(effective)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ledger_asset SET accumulated = ledger_asset.accumulated + e.depreciation_delta, version = version + 1 "
            "FROM ledger_entry e WHERE e.batch_id = %s AND e.effective_on = %s AND e.asset_id = ledger_asset.id",
            [context.batch.pk if context.batch else None, day],
        )


def _trail(differences: Sequence[Difference]) -> audit.Trail:
    """Return the audit of the cards; their search index holds nothing that changed."""
    return audit.Trail(
        [ASSETS.key] * len(differences),
        [each.asset for each in differences],
        [each.unit for each in differences],
        [_told(each.accumulated) for each in differences],
        [_told(each.accumulated + each.delta) for each in differences],
    )


def _told(cents: int) -> str:
    sign, whole = "-" if cents < 0 else "", abs(cents)
    return f'{{"accumulated":"{sign}{whole // 100}.{whole % 100:02d}"}}'


def _versions(plan: Plan) -> dict[int, int]:
    return dict(postings(plan.month, plan.path).order_by().values_list("unit").annotate(last=Max("version")))


def _write_postings(context: Context, plan: Plan, standing: dict[Key, Sum2], units: Sequence[int], kind: PostingKind) -> list[int]:
    """Write one version a changed unit, with all its lines: what it adds, and what stands after it."""
    lines: dict[int, list[Key]] = defaultdict(list)
    for key in sorted(plan.lines.keys() | standing.keys(), key=lambda key: (key[0], key[2], key[1] or 0)):
        lines[key[0]].append(key)
    last = _versions(plan)
    total = {unit: sum(_amount(plan.lines, key) for key in lines[unit]) for unit in units}
    before = {unit: sum(_amount(standing, key) for key in lines[unit]) for unit in units}
    columns: dict[str, Any] = {
        "unit_id": list(units),
        "version": [last.get(unit, 0) + 1 for unit in units],
        "cards": [sum(plan.lines[key].cards for key in lines[unit] if key in plan.lines) for unit in units],
        "amount": [yuan(total[unit] - before[unit]) for unit in units],
        "total": [yuan(total[unit]) for unit in units],
        "terms": [_terms(plan, unit) for unit in units],
    }
    ids = bulk.insert(
        Posting,
        len(units),
        month=day_of(plan.month),
        kind=kind.value,
        batch_id=context.batch.pk if context.batch else None,
        posted_at=context.now,
        actor_id=context.actor_id,
        **columns,
    )
    told = {name: cells for name, cells in columns.items() if name != "terms"}
    record_created(context, POSTINGS.key, ids, units, {**told, "month": [day_of(plan.month)] * len(ids)})
    _write_lines(plan, standing, [(pk, key) for pk, unit in zip(ids, units, strict=True) for key in lines[unit]])
    return ids


def _terms(plan: Plan, unit: int) -> list[dict[str, Any]]:
    """Return which rows of the standard gave how many cards of a unit their term."""
    found = [(term, cards) for (where, term), cards in plan.terms.items() if where == unit]
    return [{"version": term.version, "row": term.row, "months": term.months, "cards": cards} for term, cards in found]


def _write_lines(plan: Plan, standing: dict[Key, Sum2], lines: Sequence[tuple[int, Key]]) -> None:
    bulk.insert(
        PostingLine,
        len(lines),
        posting_id=[pk for pk, _key in lines],
        category_id=[key[1] for _pk, key in lines],
        account_subject=[key[2] for _pk, key in lines],
        cards=[plan.lines[key].cards if key in plan.lines else 0 for _pk, key in lines],
        amount=[yuan(_amount(plan.lines, key) - _amount(standing, key)) for _pk, key in lines],
        total=[yuan(_amount(plan.lines, key)) for _pk, key in lines],
    )
