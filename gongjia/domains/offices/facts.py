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
            FactColumn("parts", "area"),
            FactColumn("toilet", "area"),
            FactColumn("project_id", "int"),
            FactColumn("approved", "bool"),
        ),
        sql="""
SELECT r.place_id AS room_id, p.unit_id, p.use, p.usable_area AS area, coalesce(r.rest_area, 0) + coalesce(r.toilet_area, 0) AS parts,
  coalesce(r.toilet_area, 0) AS toilet, r.project_id, (j.id IS NOT NULL AND f.subject_id IS NOT NULL) AS approved
FROM offices_room r JOIN org_place p ON p.id = r.place_id
LEFT JOIN offices_project j ON j.id = r.project_id AND j.approved_on <= %(on)s AND (j.closed_on IS NULL OR j.closed_on > %(on)s)
LEFT JOIN (SELECT DISTINCT subject_id FROM core_attachment WHERE subject = 'offices.project') f ON f.subject_id = j.id
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

GRANTED = declare_facts(
    Facts(
        key="offices.granted",
        subject="org.person",
        columns=(FactColumn("person_id", "int"), FactColumn("room_id", "int")),
        sql="""
SELECT person_id, room_id FROM offices_secondroom
WHERE (closed_on IS NULL OR closed_on > %(on)s) AND valid_from <= %(on)s AND (valid_to IS NULL OR valid_to >= %(on)s)
""",
    )
)

ENDED = declare_facts(
    Facts(
        key="offices.ended_posts",
        subject="org.person",
        columns=(
            FactColumn("person_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("ended_on", "date"),
            FactColumn("main", "bool"),
        ),
        sql="""
SELECT person_id, unit_id, valid_to AS ended_on, "primary" AS main FROM org_post
WHERE superseded_at IS NULL AND valid_to IS NOT NULL AND valid_to <= %(on)s
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
        over=("offices.shares", "offices.granted"),
        narrow={"offices.occupancies": "person_id", "ledger.people": "person_id", "offices.granted": "person_id"},
        columns=(
            *SUBJECT,
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_since", "date", _("任职日期")),
            FactColumn("rooms", "int", _("办公室间数")),
            FactColumn("held_rooms", "text", _("所在房间"), codes="offices.room"),
            FactColumn("holding", "text", _("任职情形"), codes="post_holding"),
        ),
        derived="""
SELECT s.person_id AS subject_id, h.unit_id, $on AS event_on, s.level, max(s.post_since) AS post_since, count(DISTINCT s.subject_id) AS rooms,
  string_agg(CAST(s.subject_id AS VARCHAR), ',' ORDER BY s.subject_id) AS held_rooms,
  CASE WHEN count(g.room_id) > 0 THEN 'concurrent_approved' ELSE 'ordinary' END AS holding
FROM offices_shares s JOIN ledger_holders h ON h.person_id = s.person_id
LEFT JOIN offices_granted g ON g.person_id = s.person_id AND g.room_id = s.subject_id WHERE s.level NOT IN ('', 'staff') GROUP BY ALL
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

# A main post that ended is a transfer; a further post that ended takes its room with it. Who still has a post in that body stays.
KEPT_ROOMS = declare_facts(
    Facts(
        key="offices.kept_rooms",
        subject="offices.room",
        label=_("应腾退的房间"),
        over=("offices.rooms", "offices.occupancies", "offices.ended_posts", "ledger.holders"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id"},
        identity="person_id",
        columns=(
            *SUBJECT,
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("left_on", "date", _("离任日期")),
            FactColumn("since", "date", _("启用日期")),
            FactColumn("area", "area", _("使用面积")),
            FactColumn("occasion", "text", _("腾退情形"), codes="handback_occasion"),
        ),
        derived="""
WITH used AS (SELECT r.room_id, r.unit_id, u.body_id, r.area, o.person_id, o.since FROM offices_rooms r JOIN units u ON u.unit_id = r.unit_id
    JOIN offices_occupancies o ON o.room_id = r.room_id WHERE r.use = 'office'),
  ended AS (SELECT e.person_id, u.body_id, max(e.ended_on) AS ended_on, arg_max(e.main, e.ended_on) AS main
    FROM offices_ended_posts e JOIN units u ON u.unit_id = e.unit_id GROUP BY ALL),
  held AS (SELECT DISTINCT p.person_id, u.body_id FROM ledger_posts p JOIN units u ON u.unit_id = p.unit_id)
SELECT s.room_id AS subject_id, s.unit_id, $on AS event_on, s.person_id, h.left_on, s.since, s.area, 'left' AS occasion
FROM used s JOIN ledger_holders h ON h.person_id = s.person_id WHERE NOT h.active
UNION ALL
SELECT s.room_id, s.unit_id, $on, s.person_id, e.ended_on, s.since, s.area, CASE WHEN e.main THEN 'left' ELSE 'concurrent_post_ended' END
FROM used s JOIN ledger_holders h ON h.person_id = s.person_id JOIN units w ON w.unit_id = coalesce(h.post_unit_id, h.unit_id)
JOIN ended e ON e.person_id = s.person_id AND e.body_id = s.body_id LEFT JOIN held p ON p.person_id = s.person_id AND p.body_id = s.body_id
WHERE h.active AND p.person_id IS NULL AND w.body_id <> s.body_id AND s.since < e.ended_on
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
            FactColumn("technical_area", "area", _("其中未经立项的技术业务用房")),
        ),
        derived="""
WITH areas AS (SELECT u.body_id, CAST(sum(r.area) AS BIGINT) AS area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'office'), 0) AS BIGINT) AS office_area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'service'), 0) AS BIGINT) AS service_area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'equipment'), 0) AS BIGINT) AS equipment_area,
    CAST(coalesce(sum(r.area) FILTER (r.use = 'technical'), 0) AS BIGINT) AS technical_area
    FROM offices_rooms r JOIN units u ON u.unit_id = r.unit_id
    WHERE r.use IN ('office', 'service', 'equipment') OR (r.use = 'technical' AND NOT r.approved) GROUP BY u.body_id),
  levels AS (SELECT u.body_id, a.level, CAST(sum(a.count) AS BIGINT) AS weight FROM offices_authorised a JOIN units u ON u.unit_id = a.unit_id
    GROUP BY ALL HAVING sum(a.count) > 0),
  posts AS (SELECT body_id, CAST(sum(weight) AS BIGINT) AS posts FROM levels GROUP BY body_id),
  lines AS (SELECT body_id, 'office' AS part, level, weight FROM levels
    UNION ALL SELECT a.body_id, 'service', '', p.posts FROM areas a LEFT JOIN posts p ON p.body_id = a.body_id)
SELECT l.body_id AS subject_id, l.body_id AS unit_id, $on AS event_on, l.part, l.level, l.weight, p.posts, a.area, a.office_area, a.service_area,
  a.equipment_area, a.technical_area FROM lines l JOIN areas a ON a.body_id = l.body_id LEFT JOIN posts p ON p.body_id = l.body_id ORDER BY l.body_id, l.part DESC, l.level
""",
    )
)

# A private toilet goes with the highest post among those in the room.
TOILETS = declare_facts(
    Facts(
        key="offices.toilets",
        subject="offices.room",
        label=_("办公室内的卫生间"),
        over=("offices.rooms", "offices.shares"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id"},
        columns=(
            *SUBJECT,
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_unit_id", "int", _("任职单位"), codes="org.unit"),
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("toilet_area", "area", _("卫生间面积")),
        ),
        derived="""
WITH ranked AS (SELECT *, list_position(['staff', 'section_deputy', 'section_chief', 'division_deputy', 'division_chief', 'bureau_deputy',
    'bureau_chief', 'ministerial_deputy', 'ministerial_chief'], level) AS rank FROM offices_shares)
SELECT s.subject_id, s.unit_id, $on AS event_on, coalesce(arg_max(s.level, s.rank), '') AS level,
  coalesce(arg_max(s.post_unit_id, s.rank), max(s.post_unit_id)) AS post_unit_id, coalesce(arg_max(s.person_id, s.rank), max(s.person_id)) AS person_id,
  max(r.toilet) AS toilet_area FROM ranked s JOIN offices_rooms r ON r.room_id = s.subject_id WHERE r.toilet > 0 GROUP BY s.subject_id, s.unit_id
""",
    )
)

PARTS = declare_facts(
    Facts(
        key="offices.parts",
        subject="offices.room",
        label=_("办公室的休息室和卫生间"),
        over=("offices.rooms",),
        narrow={"offices.rooms": "room_id"},
        columns=(
            *SUBJECT,
            FactColumn("area", "area", _("使用面积")),
            FactColumn("parts", "area", _("休息室和卫生间面积")),
        ),
        derived="""
SELECT room_id AS subject_id, unit_id, $on AS event_on, area, parts FROM offices_rooms WHERE parts > 0 AND area IS NOT NULL
""",
    )
)

SECOND = declare_facts(
    Facts(
        key="offices.second",
        subject="offices.room",
        label=_("另配的办公室"),
        over=("offices.shares", "offices.granted", "ledger.posts"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id"},
        identity="person_id",
        columns=(
            *SUBJECT,
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_unit_id", "int", _("任职单位"), codes="org.unit"),
            FactColumn("area", "area", _("使用面积")),
        ),
        derived="""
SELECT s.subject_id, s.unit_id, $on AS event_on, s.person_id, max(p.level) AS level, max(p.unit_id) AS post_unit_id, max(s.area) AS area
FROM offices_shares s JOIN offices_granted g ON g.person_id = s.person_id AND g.room_id = s.subject_id
JOIN units u ON u.unit_id = s.unit_id JOIN ledger_posts p ON p.person_id = s.person_id JOIN units w ON w.unit_id = p.unit_id
WHERE w.body_id = u.body_id GROUP BY s.subject_id, s.unit_id, s.person_id
""",
    )
)

TECHNICAL = declare_facts(
    Facts(
        key="offices.technical",
        subject="offices.room",
        label=_("技术业务用房"),
        over=("offices.rooms",),
        narrow={"offices.rooms": "room_id"},
        columns=(
            *SUBJECT,
            FactColumn("area", "area", _("使用面积")),
            FactColumn("project_id", "int", _("立项批复"), codes="offices.project"),
            FactColumn("missing", "int", _("缺立项批复或其文件")),
        ),
        derived="""
SELECT room_id AS subject_id, unit_id, $on AS event_on, area, project_id, CASE WHEN approved THEN 0 ELSE 1 END AS missing
FROM offices_rooms WHERE use = 'technical'
""",
    )
)
