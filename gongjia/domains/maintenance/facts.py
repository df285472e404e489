"""What is so in repairs on a day: tickets past their time, projects with what speaks against them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

WAITING = declare_facts(
    Facts(
        key="maintenance.waiting",
        subject="maintenance.ticket",
        columns=(
            FactColumn("ticket_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("due_on", "date"),
            FactColumn("urgency", "text"),
        ),
        sql="""
SELECT t.id AS ticket_id, t.unit_id, date(t.due_at) AS due_on, t.urgency FROM maintenance_ticket t
WHERE t.closed_on IS NULL AND t.state IN ('reported', 'dispatched', 'accepted') AND date(t.reported_at) <= %(on)s
""",
    )
)

LATE = declare_facts(
    Facts(
        key="maintenance.late",
        subject="maintenance.ticket",
        label=_("未完成的工单"),
        over=("maintenance.waiting",),
        narrow={"maintenance.waiting": "ticket_id"},
        columns=(
            *SUBJECT,
            FactColumn("due_on", "date", _("完成时限")),
            FactColumn("hours_overdue", "int", _("超时小时")),
        ),
        derived="""
SELECT ticket_id AS subject_id, unit_id, $on AS event_on, due_on, greatest(0, 24 * date_diff('day', due_on, $on)) AS hours_overdue
FROM maintenance_waiting
""",
    )
)

APPLIED = declare_facts(
    Facts(
        key="maintenance.applied",
        subject="maintenance.project",
        columns=(
            FactColumn("project_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("applied_on", "date"),
            FactColumn("scale", "text"),
            FactColumn("split_sum", "money"),
            FactColumn("daily_sum", "money"),
            FactColumn("user_months", "int"),
            FactColumn("age_months", "int"),
            FactColumn("fitting", "int"),
            FactColumn("added", "area"),
            FactColumn("original", "area"),
            FactColumn("approved", "money"),
            FactColumn("final", "money"),
        ),
        sql="""
SELECT p.id AS project_id, p.unit_id, p.applied_on, p.scale, p.split_sum, p.daily_sum, p.user_months, p.age_months,
  p.fitting_percent AS fitting, p.extension_area AS added, p.original_area AS original, p.approved, p.final
FROM maintenance_project p WHERE p.closed_on IS NULL AND p.state <> 'refused' AND p.applied_on <= %(on)s
""",
    )
)

PROJECTS = declare_facts(
    Facts(
        key="maintenance.projects",
        subject="maintenance.project",
        label=_("大中修项目"),
        over=("maintenance.applied",),
        narrow={"maintenance.applied": "project_id"},
        columns=(
            FactColumn("subject_id", "int", hidden=True),
            FactColumn("unit_id", "int", hidden=True),
            FactColumn("event_on", "date", _("申报日期")),
            FactColumn("scale", "text", hidden=True),
            FactColumn("split_sum", "money", _("同部位合计")),
            FactColumn("daily_sum", "money", _("其中日常维修")),
            FactColumn("user_months", "int", _("使用人入驻月数")),
            FactColumn("years_since", "decimal2", _("距建成或上次大修年数")),
            FactColumn("fitting_percent", "int", _("造价与同类中位数之比")),
            FactColumn("extension_percent", "decimal2", _("增加面积占原面积")),
            FactColumn("approved", "money", _("批准预算")),
            FactColumn("over_run", "money", _("决算超预算")),
        ),
        derived="""
SELECT project_id AS subject_id, unit_id, applied_on AS event_on, scale, split_sum, daily_sum, user_months,
  CAST(round(age_months * 100 / 12.0) AS BIGINT) AS years_since, fitting AS fitting_percent,
  CASE WHEN original > 0 AND added > 0 THEN CAST(round(added * 10000.0 / original) AS BIGINT) END AS extension_percent,
  approved, greatest(0, final - approved) AS over_run
FROM maintenance_applied
""",
    )
)
