"""What a layer's name says of its role: wall, room, label, door, window or skip; bound xrefs are read by their own last name."""

from __future__ import annotations

import re

WALL, ROOM, LABEL, DOOR, WINDOW, SKIP = "wall", "room", "label", "door", "window", "skip"

# The first rule that fits wins, so what is written about a thing stands before the thing.
RULES: tuple[tuple[str, str], ...] = (
    (LABEL, r"(?:ROOM|SPACE|AREA|RM|RAUM|ZONE|房间?|空间|面积|功能).*(?:NAME|TEXT|TXT|NO(?![A-Z])|NUM|NUMMER|TAG|IDEN|LABEL|ANNO|ID(?![A-Z])|名|编号|号|文字|标注|标签|注)"),
    (SKIP, r"DIM(?!E)|(?<!文字)标注(?!文字)|尺寸|AXIS|轴|DOTE|(?<![A-Z])GRID|TITL|图框|图签|标题|TTLB|BORDER|SHEET|DEFPOINTS|VIEWPORT|VPORT|LEGEND|图例"),
    (DOOR, r"(?:WIND|DOOR|门窗|门|窗).*(?:TEXT|TAG|IDEN|NOTE|文字|编号|名)"),
    (SKIP, r"WALL.*(?:PATT|HATCH|FILL|填充)|墙.*填充|(?:WALL|墙).*(?:TEXT|IDEN|NOTE)"),
    (WALL, r"^(?!.*(?:STEM|FOOT|RETAIN|挡土|LEGEND)).*(?:WALL|墙)"),
    (SKIP, r"FURN|家具|洁具|卫浴|SANR|LVTRY|FIXT|CASE(?![A-Z])|CASEWORK|EQPM|EQUIP|设备|HATCH|填充|PATT|PLANT|植|绿化|TREE|LIGHT|灯|CLNG|天花|吊顶|ROOF|ELEC|强电|弱电|电气|给排水|暖通|空调|HVAC|PLUM|消防|FIRE|SYMB|符号|LEVEL|标高"
           r"|MOEBEL|MÖBEL|MOBEL|SANITAER|FOOTER|FOOTING|HEADER|BEAM|梁|SLAB|RAIL|栏杆|DEMO|ROAD|SITE|TOPO|CENTER|CENTRE|中心线|STEM"),
    (WALL, r"CURT|幕墙"),
    (DOOR, r"DOOR|OPENING|(?<![A-Z])OPEN(?![A-Z])|TUER|TÜR|PORTE|门(?!窗)|MEN(?![A-Z])"),
    (WINDOW, r"WIND|GLAZ|FENSTER|FENETRE|窗|CHUANG"),
    (WALL, r"WALL|墙|WAND|WÄND|WAEND|(?<![A-Z])MUR(?![A-Z])|MURO|PARED|QIANG|隔断|PARTITION|PRTN|柱|COLU|(?<![A-Z])COLS?(?![A-Z])|PILLAR|STUETZE|STÜTZE|TRAGEND"),
    (ROOM, r"SPACE|ROOM|(?<![A-Z])AREA|(?<![A-Z])RM(?![A-Z])|RAUM|ZONE|房间|空间|面积|功能|使用|建筑分区|POLYGON"),
    (LABEL, r"TEXT|IDEN|(?<![A-Z])TAG|LABEL|NAME|ANNO|NOTE|文字|文本|名称|编号|注释|说明|BESCHRIFT|标注文字"),
)  # fmt: skip
_COMPILED = tuple((role, re.compile(words)) for role, words in RULES)


def own_name(layer: str) -> str:
    """Return a layer's name without the xref that it came from: `plan$0$WALL` and `plan|WALL` are WALL."""
    return re.split(r"\$\d+\$|\|", layer)[-1]


def role_of(layer: str) -> str:
    """Return the role that a layer's name tells, "" where it tells none."""
    name = own_name(layer).upper()
    return next((role for role, words in _COMPILED if words.search(name)), "")


BLOCK_RULES: tuple[tuple[str, str], ...] = (
    (DOOR, r"DOOR|DORLIB|TUER|TÜR|门(?!窗表|厅|卫)|OPENING|^\$?M\d{3,4}|^FM\d|^D\d{2,4}(?![A-Z\d])|_D(?:OO)?R_|SWING"),
    (WINDOW, r"WIND(?!ING)|WINLIB|FENSTER|窗|^\$?C\d{3,4}|^WIN"),
    (SKIP, r"FURN|CHAIR|DESK|TABLE|SOFA|BED(?!R)|家具|桌|椅|床|沙发|柜|洁具|马桶|SINK|TOILET|(?<![A-Z])WC(?![A-Z])|BASIN|BATHTUB|SHOWER|TREE|CAR(?![A-Z])|NORTH|指北|AXIS|轴号|图框|TITLE|TTLB|BORDER|SYMB|标高|ARROW|箭头|LAMP|MOEBEL|STUHL|TISCH|DIMBLK|^_(?:OBLIQUE|DOT|ARCH)"),
)  # fmt: skip
_BLOCKS = tuple((role, re.compile(words)) for role, words in BLOCK_RULES)


def block_role(name: str) -> str:
    """Return what a block's name tells: door, window, skip (furniture, frames, signs), or "" for content to explode."""
    own = own_name(name).upper()
    return next((role for role, words in _BLOCKS if words.search(own)), "")
