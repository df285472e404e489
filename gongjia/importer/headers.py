"""Finds the table in a sheet: its header row or rows, its data rows, and what is no data at all."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from gongjia.importer.errors import Unreadable
from gongjia.importer.sheets import Cell, Sheet, Workbook, is_blank, letter
from gongjia.importer.words import N_

DEPTH = 60
LONGEST_TITLE = 60
SUBTOTALS = frozenset({
    "合计", "小计", "总计", "共计", "累计", "本页合计", "本页小计", "本年累计", "本月合计",
    "total", "subtotal", "sub-total", "grand total", "sum", "totals",
})  # fmt: skip
NOTE = re.compile(
    r"^(注|备注|说明|填表|制表|审核|复核|负责人|单位负责人|经办|数据来源|来源|notes?|source|remarks?)\s*[:：.\d一]|^[*※]", re.IGNORECASE
)
SKIPPED = {
    "blank": N_("空行"),
    "subtotal": N_("合计行"),
    "note": N_("表下说明"),
    "numbering": N_("栏次行"),
    "header": N_("重复的表头"),
}
Knows = Callable[[str], bool]


@dataclass(slots=True)
class Heading:
    """One column of a table: where it stands and what it is called."""

    index: int
    title: str
    nth: int = 1

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass(slots=True)
class Table:
    """The table of a sheet: headings, the sheet rows that are data (zero-based), and the rows left out, by reason."""

    sheet: Sheet
    header: int
    depth: int
    headings: list[Heading]
    data: Sequence[int]
    skipped: dict[str, list[int]] = field(default_factory=dict)

    def values(self, index: int) -> Sequence[Cell]:
        """Return one column's data cells in the order of `data`."""
        column = self.sheet.columns[index]
        if isinstance(self.data, range):
            return column[self.data.start : self.data.stop]
        return [column[row] for row in self.data]


def no_words(_: str) -> bool:
    return False


def find_table(workbook: Workbook, knows: Knows = no_words, wanted: str = "") -> Table:
    """Return the table of the named sheet, else of the best visible sheet; raise `Unreadable` when there is none."""
    if wanted:
        sheet = workbook.sheet(wanted)
        if sheet is None:
            names = "、".join(sheet.name for sheet in workbook.sheets)
            raise Unreadable("no_such_sheet", workbook.name, wanted=wanted, sheets=names)
        table = table_of(sheet, knows)
        if table is None:
            raise Unreadable("no_table", workbook.name, sheet.name)
        return table
    return best_table(workbook, knows)


def best_table(workbook: Workbook, knows: Knows) -> Table:
    """Prefer the sheet whose headings are known, then visible ones, then the first."""
    tables = [table for sheet in workbook.sheets if (table := table_of(sheet, knows))]
    if not tables:
        troubled = next((sheet for sheet in workbook.sheets if sheet.trouble), None)
        if troubled:
            raise Unreadable("unreadable_sheet", workbook.name, troubled.name, detail=troubled.trouble)
        raise Unreadable("no_table", workbook.name)
    return max(tables, key=lambda table: (known_headings(table, knows), not table.sheet.hidden))


def known_headings(table: Table, knows: Knows) -> int:
    return sum(knows(heading.title) for heading in table.headings)


def table_of(sheet: Sheet, knows: Knows = no_words) -> Table | None:
    """Return the sheet's table, or None where nothing looks like a header with rows under it."""
    if sheet.height < 2:
        return None
    top = sheet.rows(0, DEPTH)
    header = find_header(top, knows)
    if header is None:
        return None
    table = table_at(sheet, header, header_depth(sheet, top, header, knows))
    return table if len(table.data) else None


def table_at(sheet: Sheet, header: int, depth: int = 1) -> Table:
    """Build the table whose header the user (or the search) says is at this row."""
    headings = name_headings(sheet, header, depth)
    data, skipped = data_rows(sheet, header, depth)
    return Table(sheet, header, depth, headings, data, skipped)


def find_header(top: Sequence[Sequence[Cell]], knows: Knows) -> int | None:
    """Return the earliest row that looks nearly as much like a header as the best one."""
    scores = [header_score(top, index, knows) for index in range(len(top) - 1)]
    best = max(scores, default=0.0)
    if best <= 0:
        return None
    return next(index for index, score in enumerate(scores) if score >= best * 0.85)


def header_score(top: Sequence[Sequence[Cell]], index: int, knows: Knows) -> float:
    """Weigh short, distinct texts that name filled columns below; a known word counts double."""
    row = top[index]
    filled = [value for value in row if not is_blank(value)]
    if not filled:
        return 0.0
    below = [sum(not is_blank(value) for value in under) for under in top[index + 1 : index + 12]]
    filled_below = sorted(count for count in below if count)
    if not filled_below:
        return 0.0
    typical = filled_below[len(filled_below) // 2]
    if len(filled) == 1 and typical > 1:
        return 0.0
    return sum(title_weight(value, knows) for value in filled) * len({str(value) for value in filled}) / len(filled)


def title_weight(value: Cell, knows: Knows) -> float:
    """A heading is text, short, and no number, date or sentence."""
    if not isinstance(value, str):
        year = isinstance(value, float) and value.is_integer() and 1900 <= value <= 2100
        return 0.3 if year else -0.6
    text = value.strip()
    if knows(text):
        return 2.0
    if len(text) > LONGEST_TITLE or re.fullmatch(r"[\d\s.,:/%$¥€£+()-]+", text):
        return -0.3
    return 1.0 if not re.search(r"\d{4,}", text) else 0.5


def header_depth(sheet: Sheet, top: Sequence[Sequence[Cell]], header: int, knows: Knows) -> int:
    """Return 2 where a second row names the parts of merged or open headings, else 1."""
    if header + 2 >= len(top) or not is_second_row(top[header], top[header + 1]):
        return 1
    across = [s for s in sheet.merged if s[0] == header == s[2] and s[3] > s[1] and s[1] < sheet.width]
    parts = [span for span in across if sum(not is_blank(v) for v in top[header + 1][span[1] : span[3] + 1]) > 1]
    if parts:
        return 2
    if sheet.merged:
        return 1
    return 2 if open_parts(top[header], top[header + 1], top[header + 2], knows) else 1


def is_second_row(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """True where the lower row holds texts only, and names a column the upper row leaves open."""
    texts = [value for value in second if not is_blank(value)]
    if not texts or not all(isinstance(value, str) and len(value) <= LONGEST_TITLE for value in texts):
        return False
    return any(is_blank(a) and not is_blank(b) for a, b in zip(first, second, strict=True))


def open_parts(first: Sequence[Cell], second: Sequence[Cell], third: Sequence[Cell], knows: Knows) -> bool:
    """Without merged ranges: the upper row has gaps that the lower fills, the lower has gaps under single headings."""
    gaps = [is_blank(a) and not is_blank(b) for a, b in zip(first, second, strict=True)]
    single = [not is_blank(a) and is_blank(b) for a, b in zip(first, second, strict=True)]
    unlike = any(not isinstance(c, str) for c in third)
    return any(gaps) and (any(single) or any(knows(str(b)) for b in second)) and (unlike or any(single))


def name_headings(sheet: Sheet, header: int, depth: int) -> list[Heading]:
    """Name each column; the parts of a two-row header are joined like 使用信息/使用人."""
    rows = [sheet.row(header + step) for step in range(depth)]
    titles = [clean_title(value) for value in rows[0]] if depth == 1 else joined_titles(rows)
    seen: dict[str, int] = {}
    headings = []
    for index, title in enumerate(titles):
        seen[title] = seen.get(title, 0) + 1
        headings.append(Heading(index, title, seen[title]))
    return headings


def joined_titles(rows: Sequence[Sequence[Cell]]) -> list[str]:
    parents, titles = "", []
    for upper, lower in zip(map(clean_title, rows[0]), map(clean_title, rows[1]), strict=True):
        parents = upper or parents
        titles.append("/".join(part for part in (upper if not lower else parents, lower) if part))
    return titles


def clean_title(value: Cell) -> str:
    """Return a heading as one line of text; whole numbers (years) lose their decimal point."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def data_rows(sheet: Sheet, header: int, depth: int) -> tuple[Sequence[int], dict[str, list[int]]]:
    """Return the rows that are data, and the others by reason; nothing is dropped without being named."""
    start = header + depth
    skipped = {
        "numbering": [start] if start < sheet.height and is_numbering(sheet.row(start)) else [],
        "blank": blank_rows(sheet, start),
        "subtotal": subtotal_rows(sheet, start),
        "header": repeated_headers(sheet, header, start),
    }
    out = set().union(*skipped.values())
    skipped["note"] = note_rows(sheet, start, out)
    out.update(skipped["note"])
    skipped = {reason: rows for reason, rows in skipped.items() if rows}
    if not out:
        return range(start, sheet.height), skipped
    return contiguous([row for row in range(start, sheet.height) if row not in out]), skipped


def contiguous(rows: list[int]) -> Sequence[int]:
    """A gapless list becomes a range, whose columns are then taken as slices."""
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        return range(rows[0], rows[-1] + 1)
    return rows


def blank_rows(sheet: Sheet, start: int) -> list[int]:
    """Narrow down column by column, so that a full table costs one column only."""
    rows: Iterable[int] = range(start, sheet.height)
    for column in sheet.columns:
        rows = [row for row in rows if is_blank(column[row])]
        if not rows:
            break
    return list(rows)


def subtotal_rows(sheet: Sheet, start: int) -> list[int]:
    """Rows whose first filled cell is 合计, Total or the like, and whose other cells are mostly figures."""
    found: set[int] = set()
    for column in sheet.columns[:4]:
        words = {value for value in set(column) if isinstance(value, str) and not value[-1:].isdigit() and is_subtotal(value)}
        if words:
            found.update(row for row in range(start, sheet.height) if column[row] in words)
    return sorted(row for row in found if mostly_figures(sheet.row(row)))


def is_subtotal(text: str) -> bool:
    return "".join(text.split()).strip(":：").lower() in SUBTOTALS or " ".join(text.split()).lower() in SUBTOTALS


def mostly_figures(row: Sequence[Cell]) -> bool:
    """A subtotal is followed by figures; a thing that is merely called Total has other texts beside it."""
    filled = [value for value in row if not is_blank(value)]
    first = filled[0] if filled else ""
    texts = sum(isinstance(value, str) and not re.fullmatch(r"[\d.,\s$¥%()-]+", value) for value in filled)
    return isinstance(first, str) and is_subtotal(first) and texts <= max(1, len(filled) // 3)


def repeated_headers(sheet: Sheet, header: int, start: int) -> list[int]:
    """Rows equal to the header row, as printed lists repeat it on every page."""
    wanted = sheet.row(header)
    anchor = next((index for index, value in enumerate(wanted) if not is_blank(value)), 0)
    column, title = sheet.columns[anchor], wanted[anchor]
    return [row for row in range(start, sheet.height) if column[row] == title and sheet.row(row) == wanted]


def is_numbering(row: Sequence[Cell]) -> bool:
    """True for the line 1, 2, 3 … (or 甲, 乙, 1, 2 …) that some forms print under the header."""
    filled = [str(clean_title(value)) for value in row if not is_blank(value)]
    if len(filled) < 3:
        return False
    stems = [text for text in filled if text not in "甲乙丙丁戊"]
    return stems == [str(number) for number in range(1, len(stems) + 1)] and len(stems) > 1


def note_rows(sheet: Sheet, start: int, out: set[int]) -> list[int]:
    """Rows at the end with a single text that begins like a note, or that stand after a blank row."""
    if sheet.width < 3:
        return []
    notes = []
    for row in range(sheet.height - 1, max(start, sheet.height - DEPTH) - 1, -1):
        if row in out:
            continue
        filled = [value for value in sheet.row(row) if not is_blank(value)]
        if not filled or len(filled) > max(1, sheet.width // 3) or not isinstance(filled[0], str):
            break
        if not NOTE.match(filled[0].strip()) and not (row - 1 in out and len(filled) == 1):
            break
        notes.append(row)
    return sorted(notes)
