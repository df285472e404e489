"""What is so in the warehouse on a day: loans that are out, items that lie, occasions that are over, idle cards nobody offered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

OUT = declare_facts(
    Facts(
        key="warehouse.out",
        subject="warehouse.loan",
        columns=(
            FactColumn("loan_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("borrower_id", "int"),
            FactColumn("lent_on", "date"),
            FactColumn("due_on", "date"),
        ),
        sql="""
SELECT l.id AS loan_id, l.owner_id AS unit_id, l.unit_id AS borrower_id, l.lent_on, l.due_on FROM warehouse_loan l
WHERE l.lent_on <= %(on)s AND (l.returned_on IS NULL OR l.returned_on > %(on)s)
""",
    )
)

LOANS = declare_facts(
    Facts(
        key="warehouse.loans",
        subject="warehouse.loan",
        label=_("未还的借用"),
        over=("warehouse.out",),
        narrow={"warehouse.out": "loan_id"},
        columns=(
            *SUBJECT,
            FactColumn("borrower_id", "int", _("借用单位"), codes="org.unit"),
            FactColumn("due_on", "date", _("应还日期")),
            FactColumn("days_overdue", "int", _("逾期天数")),
        ),
        derived="""
SELECT loan_id AS subject_id, unit_id, $on AS event_on, borrower_id, due_on, greatest(0, date_diff('day', due_on, $on)) AS days_overdue
FROM warehouse_out
""",
    )
)

STOCK = declare_facts(
    Facts(
        key="warehouse.stock",
        subject="warehouse.item",
        columns=(
            FactColumn("asset_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("stored_on", "date"),
            FactColumn("left_on", "date"),
        ),
        sql="""
SELECT i.asset_id, a.unit_id, i.stored_on, i.left_on FROM warehouse_stockitem i JOIN ledger_asset a ON a.id = i.asset_id
WHERE i.stored_on IS NOT NULL AND i.stored_on <= %(on)s AND (i.left_on IS NULL OR i.left_on > %(on)s)
  AND (a.closed_on IS NULL OR a.closed_on > %(on)s)
""",
    )
)

LYING = declare_facts(
    Facts(
        key="warehouse.lying",
        subject="warehouse.item",
        label=_("在仓资产"),
        over=("warehouse.stock",),
        narrow={"warehouse.stock": "asset_id"},
        columns=(
            *SUBJECT,
            FactColumn("stored_on", "date", _("入仓日期")),
            FactColumn("days_in_stock", "int", _("在仓天数")),
        ),
        derived="""
SELECT asset_id AS subject_id, unit_id, $on AS event_on, stored_on, date_diff('day', stored_on, $on) AS days_in_stock FROM warehouse_stock
""",
    )
)

KEPT = declare_facts(
    Facts(
        key="warehouse.kept",
        subject="ledger.asset",
        columns=(
            FactColumn("asset_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("occasion_id", "int"),
            FactColumn("ends_on", "date"),
        ),
        sql="""
SELECT c.asset_id, a.unit_id, c.occasion_id, o.ends_on FROM warehouse_occasioncard c
JOIN warehouse_occasion o ON o.id = c.occasion_id JOIN ledger_asset a ON a.id = c.asset_id
LEFT JOIN warehouse_stockitem i ON i.asset_id = c.asset_id
WHERE o.closed_on IS NULL AND o.ends_on < %(on)s AND a.closed_on IS NULL AND a.status <> 'disposed'
  AND (i.asset_id IS NULL OR i.stored_on IS NULL OR i.stored_on > %(on)s)
""",
    )
)

AFTER = declare_facts(
    Facts(
        key="warehouse.after",
        subject="ledger.asset",
        label=_("活动结束后未归仓的资产"),
        over=("warehouse.kept",),
        narrow={"warehouse.kept": "asset_id"},
        columns=(
            *SUBJECT,
            FactColumn("occasion_id", "int", _("临时机构或活动"), codes="warehouse.occasion"),
            FactColumn("ends_on", "date", _("结束日期")),
            FactColumn("days_after", "int", _("结束后天数")),
        ),
        derived="""
SELECT asset_id AS subject_id, unit_id, $on AS event_on, occasion_id, ends_on, date_diff('day', ends_on, $on) AS days_after FROM warehouse_kept
""",
    )
)
