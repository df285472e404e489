"""What is so of the use of rooms on a day: over-area that waits for its review, issues past their day."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

KEPT = declare_facts(
    Facts(
        key="usage.kept_overages",
        subject="usage.overage",
        columns=(
            FactColumn("overage_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("room_id", "int"),
            FactColumn("review_on", "date"),
        ),
        sql="""
SELECT o.id AS overage_id, o.unit_id, o.room_id, o.review_on FROM usage_overage o JOIN standards_excuse e ON e.id = o.excuse_id
WHERE o.closed_on IS NULL AND o.registered_on <= %(on)s AND e.valid_to >= %(on)s AND (e.closed_on IS NULL OR e.closed_on > %(on)s)
""",
    )
)

REVIEWS = declare_facts(
    Facts(
        key="usage.reviews",
        subject="usage.overage",
        label=_("结构性超面积的复核"),
        over=("usage.kept_overages",),
        narrow={"usage.kept_overages": "overage_id"},
        columns=(
            *SUBJECT,
            FactColumn("room_id", "int", _("房间"), codes="offices.room"),
            FactColumn("review_on", "date", _("下次复核日期")),
            FactColumn("days_late", "int", _("逾期天数")),
        ),
        derived="""
SELECT overage_id AS subject_id, unit_id, $on AS event_on, room_id, review_on, greatest(0, date_diff('day', review_on, $on)) AS days_late
FROM usage_kept_overages
""",
    )
)

OPEN = declare_facts(
    Facts(
        key="usage.open_issues",
        subject="usage.issue",
        columns=(
            FactColumn("issue_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("room_id", "int"),
            FactColumn("due_on", "date"),
        ),
        sql="""
SELECT id AS issue_id, unit_id, room_id, due_on FROM usage_issue
WHERE closed_on IS NULL AND found_on <= %(on)s AND (state <> 'closed' OR looked_on > %(on)s)
""",
    )
)

ISSUES = declare_facts(
    Facts(
        key="usage.issues",
        subject="usage.issue",
        label=_("没有复查通过的巡检问题"),
        over=("usage.open_issues",),
        narrow={"usage.open_issues": "issue_id"},
        columns=(
            *SUBJECT,
            FactColumn("room_id", "int", _("房间"), codes="offices.room"),
            FactColumn("due_on", "date", _("整改期限")),
            FactColumn("days_late", "int", _("逾期天数")),
        ),
        derived="""
SELECT issue_id AS subject_id, unit_id, $on AS event_on, room_id, due_on, greatest(0, date_diff('day', due_on, $on)) AS days_late
FROM usage_open_issues
""",
    )
)
