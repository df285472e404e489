"""What is so in the offices on a day: rooms, who uses them, and the space of each unit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

ROOMS = declare_facts(
    Facts(
        key="offices.rooms",
        subject="offices.room",
        columns=(
            FactColumn("room_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("use", "text"),
            FactColumn("area", "area"),
        ),
        sql="""
SELECT r.place_id AS room_id, p.unit_id, p.use, p.usable_area AS area FROM offices_room r JOIN org_place p ON p.id = r.place_id
WHERE p.closed_on IS NULL OR p.closed_on > %(on)s
""",
    )
)

OCCUPANCIES = declare_facts(
    Facts(
        key="offices.occupancies",
        subject="offices.room",
        columns=(FactColumn("room_id", "int"), FactColumn("person_id", "int"), FactColumn("since", "date")),
        sql="""
SELECT room_id, person_id, valid_from AS since FROM offices_occupancy
WHERE superseded_at IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
""",
    )
)

AUTHORISED = declare_facts(
    Facts(
        key="offices.authorised",
        subject="org.unit",
        columns=(FactColumn("unit_id", "int"), FactColumn("level", "text"), FactColumn("count", "int")),
        sql="""
SELECT unit_id, level, count FROM org_authorisedposts
WHERE superseded_at IS NULL AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to > %(on)s)
""",
    )
)

# One row a room and user: the room may be as large as the entitlements of its users together. Who has left brings none.
SHARES = declare_facts(
    Facts(
        key="offices.shares",
        subject="offices.room",
        label=_("办公室及其使用人"),
        over=("offices.rooms", "offices.occupancies", "ledger.holders"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id"},
        member="person_id",
        columns=(
            *SUBJECT,
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_since", "date", _("任职日期")),
            FactColumn("since", "date", _("启用日期")),
            FactColumn("post_unit_id", "int", _("任职单位"), codes="org.unit"),
            FactColumn("area", "area", _("使用面积")),
        ),
        derived="""
SELECT r.room_id AS subject_id, r.unit_id, $on AS event_on, o.person_id, coalesce(h.level, '') AS level, h.since AS post_since, o.since,
  coalesce(h.post_unit_id, h.unit_id, r.unit_id) AS post_unit_id, r.area
FROM offices_rooms r JOIN offices_occupancies o ON o.room_id = r.room_id LEFT JOIN ledger_holders h ON h.person_id = o.person_id
WHERE r.use = 'office' AND coalesce(h.active, false)
""",
    )
)

LEADERS = declare_facts(
    Facts(
        key="offices.leaders",
        subject="org.person",
        label=_("领导干部的办公室"),
        over=("offices.shares",),
        narrow={"offices.occupancies": "person_id", "ledger.people": "person_id"},
        columns=(
            *SUBJECT,
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_since", "date", _("任职日期")),
            FactColumn("rooms", "int", _("办公室间数")),
            FactColumn("held_rooms", "text", _("所在房间"), codes="offices.room"),
        ),
        derived="""
SELECT s.person_id AS subject_id, h.unit_id, $on AS event_on, s.level, max(s.post_since) AS post_since, count(DISTINCT s.subject_id) AS rooms,
  string_agg(CAST(s.subject_id AS VARCHAR), ',' ORDER BY s.subject_id) AS held_rooms
FROM offices_shares s JOIN ledger_holders h ON h.person_id = s.person_id WHERE s.level NOT IN ('', 'staff') GROUP BY ALL
""",
    )
)

POSTS = declare_facts(
    Facts(
        key="offices.posts",
        subject="org.person",
        label=_("任职"),
        over=("ledger.posts", "ledger.holders"),
        narrow={"ledger.posts": "person_id", "ledger.people": "person_id"},
        identity="post_unit_id",
        columns=(
            *SUBJECT,
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_since", "date", _("任职日期")),
            FactColumn("post_unit_id", "int", _("任职单位"), codes="org.unit"),
        ),
        derived="""
SELECT p.person_id AS subject_id, h.unit_id, $on AS event_on, max(p.level) AS level, max(p.since) AS post_since, p.unit_id AS post_unit_id
FROM ledger_posts p JOIN ledger_holders h ON h.person_id = p.person_id WHERE h.active GROUP BY ALL
""",
    )
)

KEPT_ROOMS = declare_facts(
    Facts(
        key="offices.kept_rooms",
        subject="offices.room",
        label=_("离任人员占用的房间"),
        over=("offices.rooms", "offices.occupancies", "ledger.holders"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id"},
        identity="person_id",
        columns=(
            *SUBJECT,
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("left_on", "date", _("离任日期")),
            FactColumn("since", "date", _("启用日期")),
            FactColumn("area", "area", _("使用面积")),
        ),
        derived="""
SELECT r.room_id AS subject_id, r.unit_id, $on AS event_on, o.person_id, h.left_on, o.since, r.area FROM offices_rooms r
JOIN offices_occupancies o ON o.room_id = r.room_id JOIN ledger_holders h ON h.person_id = o.person_id
WHERE r.use = 'office' AND NOT h.active
""",
    )
)

UNIT_AREAS = declare_facts(
    Facts(
        key="offices.unit_areas",
        subject="org.unit",
        label=_("单位的办公用房面积"),
        over=("offices.rooms", "offices.authorised"),
        narrow={"offices.rooms": "unit_id", "offices.authorised": "unit_id"},
        columns=(
            *SUBJECT,
            FactColumn("part", "text", _("组成"), hidden=True),
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("weight", "int", _("编制数")),
            FactColumn("posts", "int", _("编制定员")),
            FactColumn("area", "area", _("办公室、服务用房、设备用房使用面积")),
            FactColumn("office_area", "area", _("其中办公室")),
            FactColumn("service_area", "area", _("其中服务用房")),
            FactColumn("equipment_area", "area", _("其中设备用房")),
        ),
        derived="""
WITH areas AS (SELECT u.body_id, CAST(sum(r.area) AS BIGINT) AS area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'office'), 0) AS BIGINT) AS office_area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'service'), 0) AS BIGINT) AS service_area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'equipment'), 0) AS BIGINT) AS equipment_area
    FROM offices_rooms r JOIN units u ON u.unit_id = r.unit_id WHERE r.use IN ('office', 'service', 'equipment') GROUP BY u.body_id),
  levels AS (SELECT u.body_id, a.level, CAST(sum(a.count) AS BIGINT) AS weight FROM offices_authorised a JOIN units u ON u.unit_id = a.unit_id
    GROUP BY ALL HAVING sum(a.count) > 0),
  posts AS (SELECT body_id, CAST(sum(weight) AS BIGINT) AS posts FROM levels GROUP BY body_id),
  lines AS (SELECT body_id, 'office' AS part, level, weight FROM levels
    UNION ALL SELECT a.body_id, 'service', '', p.posts FROM areas a LEFT JOIN posts p ON p.body_id = a.body_id)
SELECT l.body_id AS subject_id, l.body_id AS unit_id, $on AS event_on, l.part, l.level, l.weight, p.posts, a.area, a.office_area, a.service_area,
  a.equipment_area FROM lines l JOIN areas a ON a.body_id = l.body_id LEFT JOIN posts p ON p.body_id = l.body_id ORDER BY l.body_id, l.part DESC, l.level
""",
    )
)
