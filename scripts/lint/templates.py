"""Templates compile, say nothing in Chinese outside gettext, and hold nothing that the content security policy forbids."""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.template import engines
from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*(\ssrc=|type=[\"']application/(json|ld\+json)))", re.IGNORECASE),
    "inline style sheet": re.compile(r"<style\b", re.IGNORECASE),
    "foreign address": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//", re.IGNORECASE),
}


def spoken(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield the text of the page itself, outside of {% trans %}."""
    translated = False
    for line, kind, value in environment.lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            translated = value == "trans"
        elif kind == "data" and not translated:
            for offset, text in enumerate(value.splitlines()):
                yield line + offset, re.sub(r"<!--.*?-->", "", text)


def faults(path: Path, environment: Environment) -> Iterator[str]:
    """Say what is wrong with one template."""
    source = path.read_text(encoding="utf-8")
    try:
        environment.parse(source, filename=str(path))
        environment.compile(source, filename=str(path))
    except TemplateSyntaxError as error:
        yield f"{error.lineno}: {error.message}"
        return
    for line, text in spoken(source, environment):
        if CHINESE.search(text):
            yield f"{line}: Chinese outside gettext: {text.strip()[:60]}"
    for number, text in enumerate(source.splitlines(), start=1):
        yield from (f"{number}: {name}" for name, pattern in FORBIDDEN.items() if pattern.search(text))


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjia.config.settings")
    django.setup()
    environment = engines.all()[0].env
    templates = sorted(path for path in ROOT.glob("gongjia/**/templates/**/*.html"))
    problems = [f"{path.relative_to(ROOT)}:{fault}" for path in templates for fault in faults(path, environment)]
    print(*problems, sep="\n", end="\n" if problems else "")
    print(f"templates: {len(templates)} read, {len(problems)} problems", file=sys.stderr)
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
