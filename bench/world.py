"""The database that a section measures on: migrated, and filled with the demo city at a scale."""

from __future__ import annotations

import json
import sys
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - the settings must be loaded first
from django.db import connection  # noqa: E402

from bench.figures import Figure  # noqa: E402
from gongjia.demo import city  # noqa: E402
from gongjia.org.models import User  # noqa: E402


def note(text: str) -> None:
    """Say what is going on, beside the figures."""
    print(text, file=sys.stderr, flush=True)


def emit(figure: Figure) -> None:
    """Hand one figure to the parent process."""
    print(json.dumps(figure.as_json()), flush=True)


def migrated() -> Any:
    """Return the account that may do everything, in a database with tables only."""
    call_command("migrate", verbosity=0)
    return User.objects.create_superuser("bench", password=None)


def filled(scale: int) -> Any:
    """Return that account, in the demo city with `scale` assets, analysed as a database in use would be."""
    root = migrated()
    note(f"building a city of {scale:,} assets on {connection.vendor}")
    city.build(scale)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    return root
