"""`gongjia serve`: the web process."""

from __future__ import annotations

import os

import click
from django.conf import settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from gongjia.cli.ending import DONE
from gongjia.cli.home import ready


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, envvar="GONGJIA_HOST", help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=int, envvar="GONGJIA_PORT", help="The port to listen on.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), envvar="GONGJIA_WORKERS", help="Web processes.")
@click.option("--threads", default=0, type=click.IntRange(0), help="Threads a process; by default 1 on SQLite, 4 on PostgreSQL.")
def serve(host: str, port: int, workers: int, threads: int) -> int:
    """Serve the pages and the JSON door until stopped."""
    ready()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongjia.config.settings")
    on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    click.echo(f"http://{host}:{port}/")
    Server(
        "gongjia.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads or (1 if on_sqlite else 4),  # threads of one process contend for one SQLite file and for the interpreter
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
    return DONE
