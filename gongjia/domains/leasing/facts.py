"""What is so of leasing on a day: leases past their end, let space, income, titles of owned buildings, old space that was kept."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts


def _plain(key: str, subject: str, label: object, columns: tuple[FactColumn, ...], sql: str) -> None:
    """Declare facts that one SQL text gives as they are judged."""
    hidden = (FactColumn("subject_id", "int", hidden=True), FactColumn("unit_id", "int", hidden=True))
    declare_facts(Facts(key=key, subject=subject, label=label, narrow={key: "subject_id"}, columns=(*hidden, *columns), sql=sql))


_plain(
    "leasing.running",
    "offices.lease",
    _("租期已过的租约"),
    (FactColumn("event_on", "date", _("租期止")), FactColumn("ended", "int", hidden=True)),
    """
SELECT l.id AS subject_id, l.unit_id, l.ends_on AS event_on, 1 AS ended FROM offices_lease l
WHERE l.closed_on IS NULL AND l.ends_on IS NOT NULL AND l.ends_on < %(on)s
  AND NOT EXISTS (SELECT 1 FROM leasing_leaseend e WHERE e.lease_id = l.id AND e.closed_on IS NULL)
""",
)
_plain(
    "leasing.let",
    "leasing.letting",
    _("出租出借的房屋"),
    (
        FactColumn("event_on", "date", _("起始日期")),
        FactColumn("due_on", "date", _("应收回日期")),
        FactColumn("party", "text", _("来源"), hidden=True),
        FactColumn("late", "int", hidden=True),
    ),
    """
SELECT id AS subject_id, unit_id, starts_on AS event_on, due_on,
  CASE WHEN origin = 'manager' THEN 'manager' ELSE 'using_unit' END AS party, CASE WHEN due_on < %(on)s THEN 1 ELSE 0 END AS late
FROM leasing_spaceletting
WHERE closed_on IS NULL AND starts_on <= %(on)s AND (taken_back_on IS NULL OR taken_back_on > %(on)s)
""",
)
_plain(
    "leasing.kept_income",
    "leasing.income",
    _("未上缴的房屋收入"),
    (FactColumn("event_on", "date", _("收款日期")), FactColumn("amount", "money", _("金额")), FactColumn("kept", "int", hidden=True)),
    """
SELECT id AS subject_id, unit_id, received_on AS event_on, amount, 1 AS kept FROM leasing_spaceincome
WHERE closed_on IS NULL AND received_on < %(on)s AND (remitted_on IS NULL OR remitted_on > %(on)s)
""",
)

# One row an owned building: its title on the day, and the manager named over the nearest unit above the one that uses it.
_plain(
    "leasing.titles",
    "offices.building",
    _("自有房屋的权属"),
    (
        FactColumn("event_on", "date", hidden=True),
        FactColumn("holder", "text", _("登记的权利人")),
        FactColumn("manager", "text", _("应登记的权利人")),
        FactColumn("filed", "int", hidden=True),
        FactColumn("certified", "int", hidden=True),
    ),
    """
SELECT p.id AS subject_id, p.unit_id, %(on)s AS event_on, coalesce(t.holder, '') AS holder,
  coalesce((SELECT m.name FROM leasing_spacemanager s JOIN org_unit o ON o.id = s.over_id JOIN org_unit m ON m.id = s.manager_id
    WHERE s.closed_on IS NULL AND u.path LIKE o.path || '%%' ORDER BY length(o.path) DESC LIMIT 1), '') AS manager,
  CASE WHEN EXISTS (SELECT 1 FROM leasing_titlefiling f WHERE f.place_id = p.id AND f.closed_on IS NULL AND f.filed_on <= %(on)s
    AND (f.settled_on IS NULL OR f.settled_on > %(on)s)) THEN 1 ELSE 0 END AS filed,
  CASE WHEN t.id IS NOT NULL AND t.registered AND t.number <> '' THEN 1 ELSE 0 END AS certified
FROM offices_building b JOIN org_place p ON p.id = b.place_id JOIN org_unit u ON u.id = p.unit_id
LEFT JOIN offices_title t ON t.id = (SELECT max(x.id) FROM offices_title x WHERE x.place_id = p.id AND x.superseded_at IS NULL
  AND x.valid_from <= %(on)s AND (x.valid_to IS NULL OR x.valid_to > %(on)s))
WHERE p.holding = 'owned' AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
""",
)

declare_facts(
    Facts(
        key="leasing.moved",
        subject="leasing.provision",
        columns=(
            FactColumn("provision_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("moved_in_on", "date"),
            FactColumn("old_place_id", "int"),
        ),
        sql="""
SELECT id AS provision_id, unit_id, moved_in_on, old_place_id FROM leasing_provision
WHERE closed_on IS NULL AND old_place_id IS NOT NULL AND moved_in_on IS NOT NULL AND moved_in_on <= %(on)s
  AND (handed_over_on IS NULL OR handed_over_on > %(on)s)
""",
    )
)
declare_facts(
    Facts(
        key="leasing.old_space",
        subject="leasing.provision",
        label=_("迁入后未移交的原有房屋"),
        over=("leasing.moved",),
        narrow={"leasing.moved": "provision_id"},
        columns=(
            *SUBJECT,
            FactColumn("old_place_id", "int", _("原有房屋"), codes="org.place"),
            FactColumn("days_kept", "int", _("迁入后天数")),
        ),
        derived="""
SELECT provision_id AS subject_id, unit_id, moved_in_on AS event_on, old_place_id, date_diff('day', moved_in_on, $on) AS days_kept
FROM leasing_moved
""",
    )
)
