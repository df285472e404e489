"""What is so of vehicles on a day, in the words of the rule: category, body, energy, need."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

CARDS = declare_facts(
    Facts(
        key="vehicles.cards",
        subject="vehicles.vehicle",
        columns=(
            FactColumn("asset_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("acquired_on", "date"),
            FactColumn("cost", "money"),
            FactColumn("price", "money"),
            FactColumn("purpose", "text"),
            FactColumn("body", "text"),
            FactColumn("energy", "text"),
            FactColumn("displacement", "decimal1"),
            FactColumn("special_need", "bool"),
            FactColumn("disposal", "text"),
            FactColumn("disposed_on", "date"),
            FactColumn("renewed_on", "date"),
            FactColumn("held", "bool"),
        ),
        sql="""
SELECT v.asset_id, a.unit_id, a.acquired_on, a.cost, v.price, v.purpose, v.body, v.energy, v.displacement, v.special_need, a.disposal, a.disposed_on,
  (SELECT MIN(n.acquired_on) FROM vehicles_vehicle w JOIN ledger_asset n ON n.id = w.asset_id
    WHERE w.renews_id = v.asset_id AND n.acquired_on <= %(on)s) AS renewed_on,
  ((a.closed_on IS NULL OR a.closed_on > %(on)s) AND NOT (a.status = 'disposed' AND (a.disposed_on IS NULL OR a.disposed_on <= %(on)s))) AS held
FROM vehicles_vehicle v JOIN ledger_asset a ON a.id = v.asset_id
WHERE (a.closed_on IS NULL OR a.closed_on > %(on)s OR a.disposal <> '') AND (a.acquired_on IS NULL OR a.acquired_on <= %(on)s)
""",
    )
)

QUOTAS = declare_facts(
    Facts(
        key="vehicles.quotas",
        subject="org.unit",
        columns=(FactColumn("unit_id", "int"), FactColumn("purpose", "text"), FactColumn("count", "int")),
        sql="""
SELECT unit_id, purpose, count FROM vehicles_quota
WHERE superseded_at IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
""",
    )
)

# Types that the rule does not print stand as they are, so that they find no row; a special vehicle is ruled whatever its type.
FLEET = declare_facts(
    Facts(
        key="vehicles.fleet",
        subject="vehicles.vehicle",
        label=_("公务用车"),
        over=("vehicles.cards", "ledger.later"),
        narrow={"vehicles.cards": "asset_id", "ledger.later": "asset_id"},
        columns=(
            FactColumn("subject_id", "int", hidden=True),
            FactColumn("unit_id", "int", hidden=True),
            FactColumn("event_on", "date", _("取得日期")),
            FactColumn("vehicle_category", "text", _("用途分类"), codes="vehicle_category"),
            FactColumn("vehicle_body", "text", _("车型"), codes="vehicle_body"),
            FactColumn("vehicle_energy", "text", _("动力"), codes="vehicle_energy"),
            FactColumn("vehicle_need", "text", _("配备理由"), codes="vehicle_need"),
            FactColumn("price", "money", _("价格")),
            FactColumn("displacement", "decimal2", _("排气量")),
            FactColumn("disposal", "text", _("处置形式"), codes="ledger.Asset.disposal"),
            FactColumn("renewed_on", "date", _("更新日期")),
            FactColumn("held", "bool", _("在册")),
        ),
        derived="""
SELECT asset_id AS subject_id, coalesce(l.unit_then, unit_id) AS unit_id, acquired_on AS event_on, purpose AS vehicle_category,
  CASE WHEN purpose = 'special' AND body NOT IN ('sedan', 'small', 'medium', 'large') THEN '' ELSE body END AS vehicle_body,
  energy AS vehicle_energy,
  CASE WHEN special_need THEN 'special' ELSE 'ordinary' END AS vehicle_need, coalesce(price, nullif(cost, 0)) AS price,
  10 * displacement AS displacement, disposal, coalesce(renewed_on, CASE WHEN disposal <> '' THEN disposed_on END) AS renewed_on, held
FROM vehicles_cards LEFT JOIN (SELECT asset_id, min_by(unit_from, seq) FILTER (unit_from IS NOT NULL) AS unit_then FROM ledger_later GROUP BY asset_id)
  l USING (asset_id)
""",
    )
)

UNIT_FLEETS = declare_facts(
    Facts(
        key="vehicles.unit_fleets",
        subject="org.unit",
        label=_("单位的车辆数"),
        over=("vehicles.fleet", "vehicles.quotas"),
        narrow={"vehicles.cards": "unit_id", "vehicles.quotas": "unit_id"},
        identity="vehicle_category",
        columns=(
            *SUBJECT,
            FactColumn("vehicle_category", "text", _("用途分类"), codes="vehicle_category"),
            FactColumn("vehicles", "int", _("车辆数")),
            FactColumn("quota", "int", _("核定编制数")),
        ),
        derived="""
WITH held AS (SELECT u.body_id, f.vehicle_category, count(*) AS vehicles FROM vehicles_fleet f JOIN units u ON u.unit_id = f.unit_id
    WHERE f.held AND f.vehicle_category <> '' GROUP BY ALL),
  allowed AS (SELECT u.body_id, purpose AS vehicle_category, CAST(sum(q.count) AS BIGINT) AS quota FROM vehicles_quotas q
    JOIN units u ON u.unit_id = q.unit_id GROUP BY ALL)
SELECT coalesce(h.body_id, a.body_id) AS subject_id, coalesce(h.body_id, a.body_id) AS unit_id, $on AS event_on,
  coalesce(h.vehicle_category, a.vehicle_category) AS vehicle_category, coalesce(h.vehicles, 0) AS vehicles, a.quota
FROM held h FULL JOIN allowed a ON a.body_id = h.body_id AND a.vehicle_category = h.vehicle_category
""",
    )
)
