"""How a command ends: its exit codes, and the one line that says why it could not."""

from __future__ import annotations

import click

DONE, WITH_PROBLEMS, COULD_NOT = 0, 1, 2
_LONGEST = 600


class CannotDo(Exception):
    """Raised by a command that cannot do what it was asked; its text is the one line."""


def reason(failure: BaseException) -> str:
    """Return a failure as one line."""
    text = failure.format_message() if isinstance(failure, click.ClickException) else str(failure)
    known = isinstance(failure, (click.ClickException, CannotDo))
    line = " ".join(text.split())[:_LONGEST]
    return line if known and line else f"{type(failure).__name__}: {line}".rstrip(": ")
