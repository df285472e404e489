#!/usr/bin/env python3
"""Write docs/reference.md from the declarations: every word that a person can meet. A test compares it with what is declared."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjia.config.settings")
TARGET = ROOT / "docs" / "reference.md"

ENVIRONMENT = {
    "GONGJIA_HOME": "folder of database, files and secret; `var` in the checkout by default; an empty one is initialised on first use",
    "DATABASE_URL": "`postgresql://user:password@host:port/name?option=value`, or `sqlite:///path`; empty means SQLite in GONGJIA_HOME",
    "GONGJIA_HOSTS": "names under which the site is reached, comma-separated; `localhost,127.0.0.1,[::1]` by default",
    "GONGJIA_ORIGINS": "further origins whose forms are trusted, such as `https://gongjia.example.gov.cn`",
    "GONGJIA_HTTPS": "`1` behind a TLS proxy: secure cookies, HSTS, redirection",
    "GONGJIA_HOST": "address that `gongjia serve` listens on",
    "GONGJIA_PORT": "port that `gongjia serve` listens on",
    "GONGJIA_WORKERS": "web processes of `gongjia serve`",
    "GONGJIA_NIGHTLY": "time of the nightly sweep and seal in Asia/Shanghai, `02:00` by default; `off` for none",
    "GONGJIA_JOURNAL_KEY": "file of the private key that signs the journal's seals; `journal_key` in the home folder by default",
    "GONGJIA_LANG": "`en` makes the command line speak English",
    "GONGJIA_ORIGIN": "how links in mails begin; the first of GONGJIA_ORIGINS by default",
    "GONGJIA_MAIL_FROM": "sender of notices by mail; empty means that none are mailed",
    "GONGJIA_MAIL_HOST": "mail server; `localhost` by default",
    "GONGJIA_MAIL_PORT": "its port; 25 by default",
    "GONGJIA_MAIL_USER": "name under which to sign in to it, where it asks for one",
    "GONGJIA_MAIL_PASSWORD": "password of that name",
    "GONGJIA_MAIL_TLS": "`1` for STARTTLS",
    "GONGJIA_WEBHOOK_URL": "address to which notices are posted as JSON; empty means that none are",
    "GONGJIA_WEBHOOK_SECRET": "shared secret of the HMAC-SHA256 in `X-Gongjia-Signature`",
    "GONGJIA_HOUSE": "the name of the office, as the pages show it",
    "GONGJIA_DEMO": "`1` allows one-time sign-in links, which only `gongjia demo` prints; never set it for real records",
    "GONGJIA_LOG": "level of the program's own log lines; `INFO` by default",
    "GONGJIA_DEBUG": "`1` shows tracebacks; never in use",
}
DEVELOPMENT = {
    "GONGJIA_PATIENCE": "factor by which the browser journeys wait longer, for a busy machine",
    "GONGJIA_DATA": "folder of real input files that some tests read; they are skipped where it is absent",
    "GONGJIA_CHROMIUM": "the browser of the journeys",
    "GONGJIA_SHOTS": "folder of the screenshots",
    "GONGJIA_PG_OPTIONS": "further options of the throw-away PostgreSQL of the tests",
}
SETTINGS = {
    "GONGJIA_ACCESS": "the function that gives a user's rights",
    "GONGJIA_APPS": "the packages, in the order in which they may know each other",
    "GONGJIA_MAX_UPLOAD_BYTES": "largest file that is taken",
}
Cells = Sequence[Any]


def table(head: Cells, rows: Iterable[Cells]) -> Iterator[str]:
    """Yield a Markdown table."""
    yield "| " + " | ".join(map(str, head)) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(" ".join(str(cell).replace("|", "\\|").split()) for cell in row) + " |"
    yield ""


def load(name: str) -> Any:
    """Import a module once Django is ready."""
    return importlib.import_module(name)


def both(label: Any) -> tuple[str, str]:
    """Return a label in Chinese and in English."""
    override = load("django.utils.translation").override
    with override("zh-hans"):
        chinese = str(label)
    with override("en"):
        return chinese, str(label)


def resources() -> Iterator[str]:
    for made in sorted(load("gongjia.core.resource").resources, key=lambda made: made.key):
        chinese, english = both(made.label)
        yield f"### `{made.key}` {chinese} · {english}"
        yield ""
        acts = ", ".join(f"`{key}`" for key in dict.fromkeys((made.create, made.edit, *made.actions, *made.bulk_actions)) if key)
        known = ", ".join(f"`{name}`" for name in made.natural_key)
        yield f"Read with `{made.view_permission}`." + (f" Actions: {acts}." if acts else "") + (f" Known by {known}." if known else "")
        yield ""
        columns = made.by_name.values()
        marks = [", ".join(word for word, on in (("sort", c.sort), ("filter", c.filter)) if on) for c in columns]
        rows = [(f"`{c.name}`", *both(c.label), c.kind, c.unit, mark) for c, mark in zip(columns, marks, strict=True)]
        yield from table(("column", "列", "label", "kind", "unit", "may"), rows)


def actions() -> Iterator[str]:
    describe = load("gongjia.core.inputs").describe
    for made in sorted(load("gongjia.core.action").actions, key=lambda made: made.key):
        chinese, english = both(made.label)
        yield f"### `{made.key}` {chinese} · {english}"
        yield ""
        undo = "; a batch of it can be undone" if made.undo else ""
        yield f"Changes `{made.subject}`; needs `{made.permission}`{undo}."
        yield ""
        rows = [
            (f"`{f.name}`", *both(f.label), f"`{f.ref}`" if f.ref else f.kind, f.unit, "required" if f.required else "")
            for f in describe(made.input_type)
        ]
        yield from table(("input", "项目", "label", "kind", "unit", ""), rows)


def registered(module: str, name: str, *more: str) -> Iterator[str]:
    """Yield one line for each declaration of a registry: key, both labels, further attributes."""
    found = sorted(getattr(load(module), name), key=lambda made: made.key)
    rows = [
        (f"`{made.key}`", *both(made.label), *(f"`{getattr(made, each)}`" if getattr(made, each) else "" for each in more))
        for made in found
    ]
    yield from table(("key", "名称", "label", *more), rows)


def tables() -> Iterator[str]:
    book = load("gongjia.standards.rulebook.loading").load()
    titles = {key: (each.title, "limits") for key, each in book.tables.items()}
    titles |= {key: (each.title, "codes") for key, each in book.codes.items()}
    rows = [(f"`{key}`", title.in_language("zh"), title.in_language("en"), of) for key, (title, of) in sorted(titles.items())]
    yield from table(("table", "标题", "title", "of"), rows)


def permissions() -> Iterator[str]:
    """Yield every permission with the roles that hold it."""
    fits = load("fnmatch").fnmatchcase
    held = load("gongjia.org.access").roles()
    rows = []
    for key, label in sorted(load("gongjia.core.permissions").all_permissions().items()):
        mine = [role for role, each in held.items() if any(fits(key, pattern) for pattern in each["permissions"])]
        rows.append((f"`{key}`", *both(label), ", ".join(mine)))
    yield from table(("permission", "名称", "label", "roles"), rows)


def commands() -> Iterator[str]:
    main = load("gongjia.cli.main")
    context = load("click").Context(main.gongjia, info_name="gongjia", **main.gongjia.context_settings)
    yield from _command(main.gongjia, context)
    for name in main.COMMANDS:
        yield from _command(main.gongjia.get_command(context, name), context, f"gongjia {name}")


def _command(command: Any, parent: Any, title: str = "gongjia") -> Iterator[str]:
    """Yield the help of a command and of those below it."""
    click = load("click")
    context = parent if title == "gongjia" else click.Context(command, info_name=title.rpartition(" ")[2], parent=parent)
    context.terminal_width = context.max_content_width = 110
    yield from (f"### `{title}`", "", "```text", command.get_help(context).rstrip(), "```", "")
    if title != "gongjia":
        for name, below in getattr(command, "commands", {}).items():
            yield from _command(below, context, f"{title} {name}")


SECTIONS = {
    "Resources: what may be read": resources,
    "Actions: what may be changed": actions,
    "Checks: what is judged": lambda: registered("gongjia.core.check", "checks", "facts", "table"),
    "Standards: the tables": tables,
    "Indicators: what is counted": lambda: registered("gongjia.core.indicator", "indicators", "resource", "by"),
    "Jobs: what runs in the background": lambda: registered("gongjia.core.jobs", "job_kinds"),
    "Pages of the menu": lambda: registered("gongjia.core.nav", "nav", "group", "permission"),
    "Permissions": permissions,
    "Command line": commands,
    "Environment": lambda: table(("variable", "meaning"), [(f"`{name}`", text) for name, text in ENVIRONMENT.items()]),
    "Environment of development": lambda: table(("variable", "meaning"), [(f"`{name}`", text) for name, text in DEVELOPMENT.items()]),
    "Settings of the project's own": lambda: table(("setting", "meaning"), [(f"`{name}`", text) for name, text in SETTINGS.items()]),
}


def reference() -> str:
    """Return the whole page."""
    load("gongjia.cli.main").prepare()
    lines = ["# Reference", "", "Written by `python -m scripts.reference` from the declarations; a test holds the two together.", ""]
    for title, lines_of in SECTIONS.items():
        lines += [f"## {title}", "", *lines_of()]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
