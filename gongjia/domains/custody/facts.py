"""What is so of custody on a day: things that are let and not back, rent that has not reached the treasury."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

OUT = declare_facts(
    Facts(
        key="custody.out",
        subject="custody.letting",
        columns=(
            FactColumn("letting_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("asset_id", "int"),
            FactColumn("due_on", "date"),
        ),
        sql="""
SELECT id AS letting_id, unit_id, asset_id, due_on FROM custody_letting
WHERE closed_on IS NULL AND starts_on <= %(on)s AND (returned_on IS NULL OR returned_on > %(on)s)
""",
    )
)

LETTINGS = declare_facts(
    Facts(
        key="custody.lettings",
        subject="custody.letting",
        label=_("未归还的出租出借"),
        over=("custody.out",),
        narrow={"custody.out": "letting_id"},
        columns=(
            *SUBJECT,
            FactColumn("asset_id", "int", _("资产"), codes="ledger.asset"),
            FactColumn("due_on", "date", _("应归还日期")),
            FactColumn("days_overdue", "int", _("逾期天数")),
        ),
        derived="""
SELECT letting_id AS subject_id, unit_id, $on AS event_on, asset_id, due_on, greatest(0, date_diff('day', due_on, $on)) AS days_overdue
FROM custody_out
""",
    )
)

RENT = declare_facts(
    Facts(
        key="custody.rent",
        subject="custody.income",
        columns=(
            FactColumn("income_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("received_on", "date"),
            FactColumn("amount", "money"),
        ),
        sql="""
SELECT id AS income_id, unit_id, received_on, amount FROM custody_income
WHERE closed_on IS NULL AND received_on <= %(on)s AND (remitted_on IS NULL OR remitted_on > %(on)s)
""",
    )
)

UNREMITTED = declare_facts(
    Facts(
        key="custody.unremitted",
        subject="custody.income",
        label=_("未上缴的租金"),
        over=("custody.rent",),
        narrow={"custody.rent": "income_id"},
        columns=(
            *SUBJECT,
            FactColumn("received_on", "date", _("收款日期")),
            FactColumn("amount", "money", _("金额")),
            FactColumn("days_kept", "int", _("收款后天数")),
        ),
        derived="""
SELECT income_id AS subject_id, unit_id, $on AS event_on, received_on, amount, date_diff('day', received_on, $on) AS days_kept FROM custody_rent
""",
    )
)
