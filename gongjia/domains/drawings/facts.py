"""What is drawn on a day, and what the ledger and the certificate say of the same rooms, floors and buildings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from gongjia.core.facts import SUBJECT, FactColumn, Facts, declare_facts

SHAPES = declare_facts(
    Facts(
        key="drawings.shapes",
        subject="drawings.shape",
        columns=(
            FactColumn("shape_id", "int"),
            FactColumn("building_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("room_id", "int"),
            FactColumn("mark", "text"),
            FactColumn("drawn", "area"),
            FactColumn("linked", "text"),
        ),
        sql="""
SELECT s.id AS shape_id, f.building_id, p.unit_id, s.room_id, f.storey || '/' || s.mark AS mark, s.area AS drawn, s.linked
FROM drawings_shape s JOIN drawings_floorplan f ON f.id = s.plan_id JOIN org_place p ON p.id = f.building_id
WHERE s.closed_on IS NULL AND f.closed_on IS NULL AND f.valid_from <= %(on)s AND (f.valid_to IS NULL OR f.valid_to > %(on)s)
""",
    )
)

FLOOR_ROOMS = declare_facts(
    Facts(
        key="drawings.floor_rooms",
        subject="offices.room",
        columns=(FactColumn("room_id", "int"), FactColumn("building_id", "int"), FactColumn("unit_id", "int")),
        sql="""
SELECT r.place_id AS room_id, r.building_id, p.unit_id FROM offices_room r JOIN org_place p ON p.id = r.place_id
JOIN drawings_floorplan f ON f.building_id = r.building_id AND f.storey = r.floor_name
WHERE (p.closed_on IS NULL OR p.closed_on > %(on)s)
  AND f.closed_on IS NULL AND f.valid_from <= %(on)s AND (f.valid_to IS NULL OR f.valid_to > %(on)s)
""",
    )
)

CERTIFIED = declare_facts(
    Facts(
        key="drawings.certified",
        subject="offices.building",
        columns=(
            FactColumn("building_id", "int"),
            FactColumn("unit_id", "int"),
            FactColumn("ledger_area", "area"),
            FactColumn("certified", "area"),
        ),
        sql="""
SELECT b.place_id AS building_id, p.unit_id, p.floor_area AS ledger_area, sum(t.certified_area) AS certified
FROM offices_building b JOIN org_place p ON p.id = b.place_id JOIN offices_title t ON t.place_id = b.place_id
WHERE (p.closed_on IS NULL OR p.closed_on > %(on)s) AND t.superseded_at IS NULL AND t.valid_from <= %(on)s
  AND (t.valid_to IS NULL OR t.valid_to > %(on)s) AND t.certified_area IS NOT NULL
GROUP BY b.place_id, p.unit_id, p.floor_area
""",
    )
)

# How far the drawing is from the ledger, in hundredths of a per cent of the ledger.
ROOM_AREAS = declare_facts(
    Facts(
        key="drawings.room_areas",
        subject="offices.room",
        label=_("图纸面积与台账面积"),
        over=("drawings.shapes", "offices.rooms"),
        narrow={"drawings.shapes": "room_id", "offices.rooms": "room_id"},
        columns=(
            *SUBJECT,
            FactColumn("drawn", "area", _("图纸面积")),
            FactColumn("area", "area", _("台账面积")),
            FactColumn("gap", "int", _("相差（%）")),
        ),
        derived="""
SELECT r.room_id AS subject_id, r.unit_id, $on AS event_on, s.drawn, r.area,
  CAST(round(abs(s.drawn - r.area) * 10000.0 / r.area) AS BIGINT) AS gap
FROM drawings_shapes s JOIN offices_rooms r ON r.room_id = s.room_id WHERE r.area > 0
""",
    )
)

UNDRAWN = declare_facts(
    Facts(
        key="drawings.undrawn",
        subject="offices.room",
        label=_("已有图纸的楼层里的房间"),
        over=("drawings.floor_rooms", "drawings.shapes"),
        narrow={"drawings.floor_rooms": "room_id", "drawings.shapes": "room_id"},
        columns=(
            *SUBJECT,
            FactColumn("building_id", "int", _("楼栋"), codes="offices.building"),
            FactColumn("undrawn", "int", hidden=True),
        ),
        derived="""
SELECT r.room_id AS subject_id, r.unit_id, $on AS event_on, r.building_id, CASE WHEN s.room_id IS NULL THEN 1 ELSE 0 END AS undrawn
FROM drawings_floor_rooms r LEFT JOIN (SELECT DISTINCT room_id FROM drawings_shapes WHERE room_id IS NOT NULL) s ON s.room_id = r.room_id
""",
    )
)

LOOSE = declare_facts(
    Facts(
        key="drawings.loose",
        subject="offices.building",
        label=_("图上有、台账没有的房间"),
        over=("drawings.shapes",),
        narrow={"drawings.shapes": "building_id"},
        identity="mark",
        columns=(
            *SUBJECT,
            FactColumn("mark", "text", _("图上房间")),
            FactColumn("drawn", "area", _("图纸面积")),
            FactColumn("loose", "int", hidden=True),
        ),
        derived="""
SELECT building_id AS subject_id, unit_id, $on AS event_on, mark, drawn, CASE WHEN room_id IS NULL AND linked <> 'common' THEN 1 ELSE 0 END AS loose FROM drawings_shapes
""",
    )
)

TITLED = declare_facts(
    Facts(
        key="drawings.titled",
        subject="offices.building",
        label=_("台账建筑面积与证载面积"),
        over=("drawings.certified", "drawings.shapes"),
        narrow={"drawings.certified": "building_id", "drawings.shapes": "building_id"},
        columns=(
            *SUBJECT,
            FactColumn("certified", "area", _("证载建筑面积")),
            FactColumn("ledger_area", "area", _("台账建筑面积")),
            FactColumn("drawn", "area", _("图纸房间面积合计")),
            FactColumn("gap", "int", _("相差（%）")),
        ),
        derived="""
WITH sums AS (SELECT building_id, CAST(sum(drawn) AS BIGINT) AS drawn FROM drawings_shapes GROUP BY building_id)
SELECT c.building_id AS subject_id, c.unit_id, $on AS event_on, c.certified, c.ledger_area, coalesce(s.drawn, 0) AS drawn,
  CAST(round(abs(c.ledger_area - c.certified) * 10000.0 / c.certified) AS BIGINT) AS gap
FROM drawings_certified c LEFT JOIN sums s ON s.building_id = c.building_id WHERE c.certified > 0
""",
    )
)

# The same entitlement as of the ledger's area, for rooms where the drawing says something else.
DRAWN_SHARES = declare_facts(
    Facts(
        key="drawings.drawn_shares",
        subject="offices.room",
        label=_("按图纸面积的办公室及其使用人"),
        over=("offices.shares", "drawings.shapes"),
        narrow={"offices.rooms": "room_id", "offices.occupancies": "room_id", "drawings.shapes": "room_id"},
        member="person_id",
        columns=(
            *SUBJECT,
            FactColumn("person_id", "int", _("使用人"), codes="org.person"),
            FactColumn("level", "text", _("职务层次"), codes="level"),
            FactColumn("post_since", "date", _("任职日期")),
            FactColumn("post_unit_id", "int", _("任职单位"), codes="org.unit"),
            FactColumn("drawn", "area", _("图纸面积")),
            FactColumn("area", "area", _("台账面积")),
        ),
        derived="""
SELECT h.subject_id, h.unit_id, $on AS event_on, h.person_id, h.level, h.post_since, h.post_unit_id, s.drawn, h.area
FROM offices_shares h JOIN drawings_shapes s ON s.room_id = h.subject_id
""",
    )
)
