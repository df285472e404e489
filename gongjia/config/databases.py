"""One database: SQLite in the home folder, or the PostgreSQL that DATABASE_URL names."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_SECONDS = 30  # longer than the longest commit, so that a writer waits instead of failing

# FULL: an acknowledged commit survives a power failure.
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536"


# Pages are short: compiling them takes longer than running them, and their rows lie in memory or on a disk without a head.
POSTGRESQL_PLANNER = "-c jit=off -c random_page_cost=1.1"


def sqlite(path: Path) -> dict[str, Any]:
    """Return the settings of a SQLite file whose transactions take the write lock at once."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": BUSY_SECONDS, "init_command": SQLITE_PRAGMAS}
    # Kept open between requests: a new connection starts with an empty page cache.
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options, "CONN_MAX_AGE": 600}


def postgresql(url: str) -> dict[str, Any]:
    """Return the settings of `postgresql://user:password@host:port/name?option=value`."""
    parts = urlsplit(url)
    options = {"options": POSTGRESQL_PLANNER, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",  # ?host=/folder names a socket
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database(url: str, home: Path) -> dict[str, Any]:
    """Return the database that `url` names; an empty one means SQLite in `home`."""
    scheme = urlsplit(url).scheme
    if not url:
        return sqlite(home / "gongjia.sqlite3")
    if scheme in {"postgres", "postgresql"}:
        return postgresql(url)
    if scheme == "sqlite":
        return sqlite(Path(url.removeprefix("sqlite:///")))
    raise ValueError(f"DATABASE_URL names “{scheme}”; gongjia knows postgresql:// and sqlite:///")
