"""The folder that holds database, files and secret: GONGJIA_HOME, or `var` in the checkout."""

import os
import secrets
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def home_folder() -> Path:
    """Return the home folder, made on first use and closed to other users."""
    home = Path(os.environ.get("GONGJIA_HOME") or CHECKOUT / "var").expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def secret_key(home: Path) -> str:
    """Return the installation's own secret, drawn on first use; no secret is ever shipped."""
    path = home / "secret_key"
    if not path.exists():
        draft = home / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(draft, path)  # fails if another process was first, so that both read the same secret
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")
