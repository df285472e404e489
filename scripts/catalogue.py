"""Bring the English catalogue up to date with the Chinese source strings: `make messages`."""

import tomllib
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
ENGLISH = ROOT / "gongjia" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS: dict[str, Any] = {
    name: spec
    for stem, spec in {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}.items()
    for name in (stem, f"{stem}_lazy")
} | {"_": None, "_now": None, "N_": None}


def mappings() -> tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]:
    """Return the files to read and how, from pyproject.toml."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["babel"]["mappings"]
    methods = [(one["pattern"], one["method"]) for one in listed]
    options = {one["pattern"]: {key: value for key, value in one.items() if key not in {"pattern", "method"}} for one in listed}
    return methods, options


def sources() -> Catalog:
    """Return every message of the source, each with its places."""
    methods, options = mappings()
    found = Catalog()
    for path, line, message, comments, context in extract_from_dir(ROOT, methods, options, KEYWORDS, comment_tags=("Translators:",)):
        found.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return found


def english() -> Catalog:
    """Return the translations as they stand."""
    if not ENGLISH.exists():
        return Catalog(locale="en", domain="django")
    with ENGLISH.open("rb") as lines:
        return read_po(lines, locale="en", domain="django")


def merged() -> Catalog:
    """Return the source messages with the translations that exist; what is no longer said is dropped."""
    known, wanted = english(), Catalog(locale="en", domain="django", project="gongjia", fuzzy=False)
    for message in sources():
        if message.id:
            old = known.get(message.id, message.context)
            wanted.add(message.id, old.string if old else None, context=message.context, auto_comments=message.auto_comments)
    return wanted


HEADER = r"""msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""


def write(catalog: Catalog) -> None:
    """Write the catalogue, sorted and one message a line, without dates or names that only make diffs."""
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as lines:
        lines.write(HEADER.encode("utf-8"))
        write_po(lines, catalog, width=0, sort_output=True, omit_header=True, no_location=True)
    with ENGLISH.with_suffix(".mo").open("wb") as compiled:
        write_mo(compiled, english())


if __name__ == "__main__":
    write(merged())
    empty = [message.id for message in english() if message.id and not message.string]
    print(f"{ENGLISH.relative_to(ROOT)}: {len(english())} messages, {len(empty)} without English")
