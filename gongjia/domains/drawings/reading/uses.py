"""What a room's name says of its use: the classes and examples of the building standard, in Chinese, English and German."""

from __future__ import annotations

import re

# Order matters: 空调机房 is equipment before 机房, 会议室 in 技术 buildings is still a service room.
USES: tuple[tuple[str, str], ...] = (
    ("equipment", r"配电|变电|水泵|泵房|水箱|中水|锅炉|热力|换热|空调机房|新风机房|风机房|排烟|机房|电梯机房|弱电|强电|消控|消防控制|管井|电井|水井|竖井|发电|设备"
                  r"|mechanical|electrical|plant room|boiler|server|utility|util\b|technik|heizung|elektro|machine|equipment|shaft|riser"),
    ("ancillary", r"食堂|餐厅|厨房|备餐|车库|停车|人防|警卫|门卫|传达|garage|canteen|kitchen|cafeteria|küche|kueche|mensa|parking|carport"),
    ("service", r"会议|接待|会客|档案|图书|阅览|资料|网络|机要|保密室|文印|打印|复印|收发|医务|医疗|值班|储藏|储物|仓库|库房|物业|开水|茶水|卫生间|洗手间|厕所|男厕|女厕|男卫|女卫|公卫|主卫|次卫|盥洗|浴室|淋浴|更衣|清洁|保洁|杂物|活动室|健身"
                r"|meeting|conference|reception|archive|library|toilet|toil\b|\bwc\b|w\.?c\.?$|rest ?room|bath|shower|storage|store|closet|pantry|w\.i\.c|laundry|copy|print|break|lounge|locker|janitor"
                r"|besprech|seminar|archiv|bibliothek|dusche|umkleide|putz|abstell|teek|aufenthalt|\bbad\b"),
    ("technical", r"审讯|讯问|询问|法庭|审判|实验|检测|鉴定|指挥|技术业务|技术用房|办案|办事大厅|服务大厅|\blabor|\blab\b|laboratory|courtroom"),
    ("office", r"办公|处长|局长|主任|科长|厅长|部长|书记|司长|县长|市长|科室|处室|休息室|财务|人事|office|büro|buero|bureau|director|manager|study|sekretar"),
    ("other", r"走廊|走道|过道|通道|楼梯|电梯|门厅|大厅|大堂|前室|门斗|阳台|露台|天井|中庭|庭院|连廊|玄关|客厅|起居|卧室|卧|书房|衣帽|房间|屋顶|屋面|平台|坡道|商铺|教室|宿舍|病房"
              r"|corridor|hall|foyer|lobby|stair|elevator|lift|entry|entrance|porch|deck|balcony|terrace|patio|roof|living|bed ?room|dining|great room|family|master|vestibule|passage|landing|nook|den\b|attic|basement|\broom\b|class ?room|courtyard|atrium"
              r"|flur|treppe|diele|eingang|foyer|wohn|schlaf|kinder|balkon|terrasse|zimmer|\braum\b|halle|keller|dach|loggia|garderobe"),
)  # fmt: skip
_COMPILED = tuple((use, re.compile(words, re.IGNORECASE)) for use, words in USES)


def use_of(name: str) -> str:
    """Return the use that a room's name tells, a value of org's RoomUse; "" where it tells none."""
    return next((use for use, words in _COMPILED if words.search(name)), "")


def is_room_name(text: str) -> bool:
    """True where a text is a name that rooms have: it tells a use, or ends as rooms' names do."""
    return bool(use_of(text)) or bool(re.search(r"(?:室|房|厅|间|库|处|科|部|局|办|中心)\d{0,2}$", text))
