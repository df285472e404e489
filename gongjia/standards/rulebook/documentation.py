"""docs/standards.md, written from the tables: `python -m gongjia.standards.rulebook.documentation > docs/standards.md`."""

import sys
from collections import Counter

from gongjia.standards.rulebook.book import Rulebook
from gongjia.standards.rulebook.loading import load
from gongjia.standards.rulebook.schema import VERIFICATIONS, Table, Version
from gongjia.standards.rulebook.showing import citation, period, units

HEAD = """# The standards in use

Written from `gongjia/standards/tables` (a test holds this page against them).
How to add one: [how-to-add-a-standard](how-to-add-a-standard.md).

| tag | what was seen | may block |
|---|---|---|
| verified | the original text | yes |
| repost | a reproduction of the text on a public page | yes |
| secondary | another rule or a weak copy that repeats the figure (间接来源·待核) | no, warns |
| memory | nobody has seen it in a text yet (未核实·待核) | no, warns |
| parameter | our own setting, not a clause (参数) | no, warns |

A row also only warns where the version is shown by reference (参照), where the text says 原则上 (soft), and where the start of the
version is assumed. A bare year binds from its last day. 条号待核 marks a clause number that was not seen. No row is `verified` yet:
no original text was at hand.
"""
LIMITS_HEAD = """
## Tables of limits

| topic | table | version | document and clause | binds | rows |
|---|---|---|---|---|---|"""
CODES_HEAD = """
## Code tables

| key | title | source | tag | codes |
|---|---|---|---|---|"""


def page(book: Rulebook) -> str:
    """The whole page as Markdown."""
    tables = sorted(book.tables.values(), key=lambda table: (table.topic, table.key != table.topic, table.key))
    lines = [HEAD, LIMITS_HEAD.strip("\n")]
    for table in tables:
        newest_first = sorted(table.versions, key=lambda version: (version.start, version.id), reverse=True)
        lines += [_version(book, table, version) for version in newest_first]
    lines.append(CODES_HEAD)
    lines += [
        f"| `{codes.key}` | {codes.title.zh} · {codes.title.en} | {codes.source.document} {codes.source.number} "
        f"| {codes.verification} | {len(codes.codes)} |"
        for codes in sorted(book.codes.values(), key=lambda codes: codes.key)
    ]
    return "\n".join(lines) + "\n"


def _version(book: Rulebook, table: Table, version: Version) -> str:
    counts = Counter(row.verification for row in version.rows)
    rows = ", ".join(f"{counts[tag]} {tag}" for tag in VERIFICATIONS if counts[tag])
    binds = "; ".join(units(book, each, "en", {"全部单位": "all units"}.__getitem__) for each in version.binds)
    return f"| `{table.topic}` | {table.title.zh} `{table.key}` | {period(version)} | {citation(version)} | {binds} | {rows} |"


if __name__ == "__main__":
    sys.stdout.write(page(load()))
