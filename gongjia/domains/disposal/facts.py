"""What is so of disposals on a day: things that have gone and that the books still have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

GONE = declare_facts(
    Facts(
        key="disposal.gone",
        subject="disposal.disposal",
        columns=(
            FactColumn("disposal_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("asset_id", "int"),
            FactColumn("done_on", "date"),
            FactColumn("income", "money"),
        ),
        sql="""
SELECT id AS disposal_id, unit_id, asset_id, done_on, income FROM disposal_disposal
WHERE closed_on IS NULL AND state = 'done' AND voucher = '' AND done_on <= %(on)s
""",
    )
)

OPEN = declare_facts(
    Facts(
        key="disposal.open",
        subject="disposal.disposal",
        label=_("已处置、未核销的资产"),
        over=("disposal.gone",),
        narrow={"disposal.gone": "disposal_id"},
        columns=(
            *SUBJECT,
            FactColumn("asset_id", "int", _("资产"), codes="ledger.asset"),
            FactColumn("done_on", "date", _("处置日期")),
            FactColumn("income", "money", _("处置收入")),
            FactColumn("days_open", "int", _("处置后天数")),
        ),
        derived="""
SELECT disposal_id AS subject_id, unit_id, $on AS event_on, asset_id, done_on, income, date_diff('day', done_on, $on) AS days_open FROM disposal_gone
""",
    )
)
