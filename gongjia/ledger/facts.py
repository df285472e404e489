"""What is so in the ledger on a day: cards, people, places; and from them the facts that rules of equipment judge."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

CARDS = declare_facts(
    Facts(
        key="ledger.cards",
        subject="ledger.asset",
        split="ledger_asset",
        columns=(
            FactColumn("asset_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("category_id", "int"),
            FactColumn("acquired_on", "date"),
            FactColumn("booked_on", "date"),
            FactColumn("cost", "money"),
            FactColumn("quantity", "decimal2"),
            FactColumn("depreciation_months", "int"),
            FactColumn("depreciates", "bool"),
            FactColumn("status", "text"),
            FactColumn("idle_since", "date"),
            FactColumn("custodian_id", "int"),
            FactColumn("place_id", "int"),
            FactColumn("disposal", "text"),
            FactColumn("disposal_reason", "text"),
            FactColumn("disposed_on", "date"),
            FactColumn("held", "bool"),
        ),
        sql="""
SELECT id AS asset_id, unit_id, category_id, acquired_on, COALESCE(booked_on, acquired_on) AS booked_on, cost, quantity, depreciation_months,
  (depreciation_method <> 'none' AND value_type <> 'nominal') AS depreciates, status, idle_since, custodian_id, place_id, disposal, disposal_reason,
  disposed_on,
  ((closed_on IS NULL OR closed_on > %(on)s) AND NOT (status = 'disposed' AND (disposed_on IS NULL OR disposed_on <= %(on)s))) AS held
FROM ledger_asset
WHERE (closed_on IS NULL OR closed_on > %(on)s OR disposal <> '') AND (acquired_on IS NULL OR acquired_on <= %(on)s)
""",
    )
)

# What happened to cards after the day: the first movement's "from" is how it was on the day.
LATER = declare_facts(
    Facts(
        key="ledger.later",
        subject="ledger.asset",
        past=True,
        narrow={},
        columns=(
            FactColumn("asset_id", "int"),
            FactColumn("seq", "int"),
            FactColumn("effective_on", "date"),
            FactColumn("unit_from", "int"),
            FactColumn("unit_to", "int"),
            FactColumn("place_from", "int"),
            FactColumn("place_to", "int"),
            FactColumn("custodian_from", "int"),
            FactColumn("custodian_to", "int"),
            FactColumn("category_from", "int"),
            FactColumn("category_to", "int"),
            FactColumn("status_from", "text"),
            FactColumn("cost_delta", "money"),
            FactColumn("quantity_delta", "decimal2"),
        ),
        sql="""
SELECT asset_id, seq, effective_on, unit_from_id AS unit_from, unit_to_id AS unit_to, place_from_id AS place_from, place_to_id AS place_to,
  custodian_from_id AS custodian_from, custodian_to_id AS custodian_to, category_from_id AS category_from, category_to_id AS category_to,
  status_from, cost_delta, quantity_delta
FROM ledger_entry WHERE effective_on > %(on)s AND kind <> 'register'
""",
    )
)

CARDS_THEN = declare_facts(
    Facts(
        key="ledger.cards_then",
        subject="ledger.asset",
        over=("ledger.cards", "ledger.later"),
        columns=(),
        derived="""
WITH moved AS (SELECT asset_id, min_by(unit_from, place_in_time) FILTER (unit_from IS NOT NULL) AS unit_id,
    bool_or(place_from IS NOT NULL OR place_to IS NOT NULL) AS place_moved,
    min_by(coalesce(place_from, -1), place_in_time) FILTER (place_from IS NOT NULL OR place_to IS NOT NULL) AS place_id,
    bool_or(custodian_from IS NOT NULL OR custodian_to IS NOT NULL) AS custodian_moved,
    min_by(coalesce(custodian_from, -1), place_in_time) FILTER (custodian_from IS NOT NULL OR custodian_to IS NOT NULL) AS custodian_id,
    bool_or(category_from IS NOT NULL OR category_to IS NOT NULL) AS category_moved,
    min_by(coalesce(category_from, -1), place_in_time) FILTER (category_from IS NOT NULL OR category_to IS NOT NULL) AS category_id,
    min_by(status_from, place_in_time) FILTER (status_from <> '') AS status, sum(cost_delta) AS cost, sum(quantity_delta) AS quantity
  FROM (SELECT *, 100000 * date_diff('day', DATE '1900-01-01', effective_on) + seq AS place_in_time FROM ledger_later) GROUP BY asset_id)
SELECT c.* REPLACE (coalesce(m.unit_id, c.unit_id) AS unit_id, coalesce(m.status, c.status) AS status,
  CASE WHEN m.place_moved THEN nullif(m.place_id, -1) ELSE c.place_id END AS place_id,
  CASE WHEN m.custodian_moved THEN nullif(m.custodian_id, -1) ELSE c.custodian_id END AS custodian_id,
  CASE WHEN m.category_moved THEN nullif(m.category_id, -1) ELSE c.category_id END AS category_id,
  CAST(c.cost - coalesce(m.cost, 0) AS BIGINT) AS cost, CAST(c.quantity - coalesce(m.quantity, 0) AS BIGINT) AS quantity)
FROM ledger_cards c LEFT JOIN moved m ON m.asset_id = c.asset_id
""",
    )
)

PEOPLE = declare_facts(
    Facts(
        key="ledger.people",
        subject="org.person",
        columns=(FactColumn("person_id", "int"), FactColumn("unit_id", "int"), FactColumn("active", "bool"), FactColumn("left_on", "date")),
        sql="""
SELECT id AS person_id, unit_id, (CASE WHEN left_on IS NULL THEN status = 'active' ELSE left_on > %(on)s END) AS active, left_on
FROM org_person WHERE closed_on IS NULL OR closed_on > %(on)s
""",
    )
)

POSTS = declare_facts(
    Facts(
        key="ledger.posts",
        subject="org.person",
        columns=(
            FactColumn("person_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("level", "text"),
            FactColumn("main", "bool"),
            FactColumn("since", "date"),
        ),
        sql="""
SELECT person_id, unit_id, level, "primary" AS main, valid_from AS since FROM org_post
WHERE superseded_at IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
""",
    )
)

HOLDERS = declare_facts(
    Facts(
        key="ledger.holders",
        subject="org.person",
        over=("ledger.people", "ledger.posts"),
        columns=(),
        derived="""
SELECT p.person_id, p.unit_id, p.active, p.left_on, q.level, q.post_unit_id, q.since FROM ledger_people p LEFT JOIN (
  SELECT person_id, arg_max(level, rank) AS level, arg_max(unit_id, rank) AS post_unit_id, arg_max(since, rank) AS since
  FROM (SELECT *, (CASE WHEN main THEN 1000000 ELSE 0 END) + date_diff('day', DATE '1900-01-01', since) AS rank FROM ledger_posts)
  GROUP BY person_id) q ON q.person_id = p.person_id
""",
    )
)

PLACES = declare_facts(
    Facts(
        key="ledger.places",
        subject="org.place",
        columns=(
            FactColumn("place_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("is_room", "bool"),
            FactColumn("is_office", "bool"),
            FactColumn("area", "area"),
        ),
        sql="""
SELECT id AS place_id, unit_id, (kind IN ('room', 'shelf')) AS is_room, (kind = 'room' AND use = 'office') AS is_office, usable_area AS area
FROM org_place WHERE (closed_on IS NULL OR closed_on > %(on)s) AND kind IN ('room', 'shelf')
""",
    )
)

ASSETS = declare_facts(
    Facts(
        key="ledger.assets",
        subject="ledger.asset",
        label=_("资产卡片"),
        over=("ledger.cards_then", "ledger.holders", "ledger.places"),
        narrow={"ledger.cards": "asset_id", "ledger.later": "asset_id"},
        columns=(
            FactColumn("subject_id", "int", hidden=True),
            FactColumn("unit_id", "int", hidden=True),
            FactColumn("event_on", "date", _("取得日期")),
            FactColumn("category_id", "int", hidden=True),
            FactColumn("item", "text", _("品目"), codes="item"),
            FactColumn("depreciation_class", "text", _("折旧类别"), codes="depreciation_class"),
            FactColumn("level", "text", _("使用人职务层次"), codes="level"),
            FactColumn("unit_price", "money", _("单价")),
            FactColumn("cost", "money", _("原值")),
            FactColumn("quantity", "decimal2", _("数量")),
            FactColumn("room_area", "area", _("房间使用面积")),
            FactColumn("depreciation_months", "int", _("折旧年限（月）")),
            FactColumn("depreciates", "bool", _("计提折旧")),
            FactColumn("booked_on", "date", _("入账日期")),
            FactColumn("status", "text", _("使用状况"), codes="ledger.Asset.status"),
            FactColumn("idle_since", "date", _("闲置起始日期")),
            FactColumn("idle_days", "int", _("闲置天数")),
            FactColumn("disposal", "text", _("处置形式"), codes="ledger.Asset.disposal"),
            FactColumn("disposal_reason", "text", _("处置理由"), codes="ledger.Asset.disposal_reason"),
            FactColumn("disposed_on", "date", _("处置日期")),
            FactColumn("held", "bool", _("在册")),
            FactColumn("custodian_id", "int", _("使用人"), codes="org.person"),
            FactColumn("custodian_left_on", "date", _("使用人离任日期")),
            FactColumn("custodian_left", "bool", _("使用人已离任")),
            FactColumn("place_id", "int", _("存放地点"), codes="org.place"),
            FactColumn("place_unit_id", "int", _("房间的使用单位"), codes="org.unit"),
            FactColumn("foreign_room", "bool", _("房间属于其他单位")),
        ),
        derived="""
SELECT c.asset_id AS subject_id, c.unit_id, c.acquired_on AS event_on, c.category_id, coalesce(k.item, '') AS item,
  coalesce(k.depreciation_class, '') AS depreciation_class, coalesce(h.level, '') AS level,
  CASE WHEN c.quantity > 0 THEN (100 * c.cost + c.quantity - 1) // c.quantity END AS unit_price, c.cost, c.quantity, p.area AS room_area,
  c.depreciation_months, c.depreciates, c.booked_on, c.status, c.idle_since, date_diff('day', c.idle_since, $on) AS idle_days,
  c.disposal, c.disposal_reason, c.disposed_on, c.held, c.custodian_id, h.left_on AS custodian_left_on, CASE WHEN c.custodian_id IS NOT NULL THEN NOT coalesce(h.active, false) END AS custodian_left,
  c.place_id, p.unit_id AS place_unit_id, coalesce(p.body_id <> u.body_id, false) AS foreign_room
FROM ledger_cards_then c JOIN units u ON u.unit_id = c.unit_id
LEFT JOIN categories k ON k.category_id = c.category_id LEFT JOIN ledger_holders h ON h.person_id = c.custodian_id
LEFT JOIN (SELECT p.place_id, p.unit_id, p.area, b.body_id FROM ledger_places p JOIN units b ON b.unit_id = p.unit_id WHERE p.is_room) p ON p.place_id = c.place_id
""",
    )
)

# A bookcase is allowed by the level of its user, so its limit is the sum over the levels of the unit's people.
UNIT_ITEMS = declare_facts(
    Facts(
        key="ledger.unit_items",
        subject="org.unit",
        label=_("单位的设备家具数量"),
        over=("ledger.assets",),
        narrow={"ledger.cards": "unit_id", "ledger.people": "unit_id", "ledger.places": "unit_id"},
        identity="item",
        columns=(
            *SUBJECT,
            FactColumn("item", "text", _("品目"), codes="item"),
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("count", "int", _("数量")),
            FactColumn("heads", "int", _("编制内实有人数")),
            FactColumn("offices", "int", _("办公室间数")),
        ),
        derived="""
WITH people AS (SELECT u.body_id, coalesce(h.level, '') AS level, count(*) AS heads FROM ledger_holders h JOIN units u ON u.unit_id = h.unit_id
    WHERE h.active GROUP BY ALL),
  heads AS (SELECT body_id, CAST(sum(heads) AS BIGINT) AS heads FROM people GROUP BY body_id),
  rooms AS (SELECT u.body_id, count(*) AS offices FROM ledger_places p JOIN units u ON u.unit_id = p.unit_id WHERE p.is_office GROUP BY ALL),
  held AS (SELECT u.body_id, a.category_id, sum(a.quantity) AS quantity FROM ledger_assets a JOIN units u ON u.unit_id = a.unit_id
    WHERE a.held GROUP BY ALL),
  counted AS (SELECT h.body_id, c.code AS item, CAST((sum(h.quantity) + 99) // 100 AS BIGINT) AS count FROM held h
    JOIN category_codes c ON c.category_id = h.category_id AND c.code_table = 'item' GROUP BY ALL)
SELECT c.body_id AS subject_id, c.body_id AS unit_id, $on AS event_on, c.item, coalesce(p.level, '') AS level, c.count,
  coalesce(p.heads, h.heads) AS heads, r.offices
FROM counted c LEFT JOIN heads h ON h.body_id = c.body_id LEFT JOIN rooms r ON r.body_id = c.body_id
LEFT JOIN people p ON p.body_id = c.body_id AND c.item = 'bookcase'
""",
    )
)
