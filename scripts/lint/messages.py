"""Every Chinese source string has its English, with the same placeholders."""

import re
import sys
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

from scripts.catalogue import english, sources

CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\(\w+\)|\{\w*\}|%[sd]")


def forms(text: object) -> list[str]:
    """Return singular and plural, or the one form there is."""
    return [str(part) for part in text] if isinstance(text, (tuple, list)) else [str(text)] if text else []


def faults(message: Message, translations: Catalog) -> Iterator[str]:
    """Say what is wrong with the English of one source string."""
    found = translations.get(message.id, message.context)
    if found is None or not forms(found.string) or not all(forms(found.string)):
        yield "no English"
    elif found.fuzzy:
        yield "the English is marked fuzzy"
    elif set(PLACEHOLDER.findall(forms(found.string)[-1])) != set(PLACEHOLDER.findall(forms(message.id)[-1])):
        yield f"placeholders differ: {forms(found.string)[-1]}"


def main() -> int:
    translations = english()
    problems = 0
    for message in sources():
        if message.id and CHINESE.search(forms(message.id)[0]):
            for fault in faults(message, translations):
                path, line = message.locations[0]
                print(f"{path}:{line}: {forms(message.id)[0]!r}: {fault}")
                problems += 1
    print(f"messages: {problems} problems", file=sys.stderr)
    return problems > 0


if __name__ == "__main__":
    sys.exit(main())
