"""The key that signs seals: a file outside the database, readable by its owner alone, drawn before the first seal."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.utils.translation import gettext as _

from gongjia.core.problems import Conflict

_FOREIGN_BITS = 0o077


def key_file() -> Path:
    return Path(settings.GONGJIA_JOURNAL_KEY)


def former_file() -> Path:
    """Return the file that lists the public keys that signed before the present one."""
    return key_file().with_name(f"{key_file().name}.former")


def own_public_keys() -> list[str]:
    """Return the public keys of this installation, the present one first; none where there is no usable key file."""
    try:
        now = public_of(read_key())
        return [now, *(former_file().read_text(encoding="ascii").split() if former_file().exists() else [])]
    except (Conflict, OSError, ValueError):
        return []


def public_of(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes_raw().hex()


def read_key() -> Ed25519PrivateKey:
    """Return the key; raises Conflict when the file is not there, is no key, or is open to others."""
    file = key_file()
    try:
        if file.stat().st_mode & _FOREIGN_BITS:
            raise Conflict(_("存证私钥 %(file)s 能被其他人读取；请先 chmod 600。") % {"file": file})
        found = load_pem_private_key(file.read_bytes(), password=None)
    except OSError:
        raise Conflict(_("读不到存证私钥 %(file)s。") % {"file": file}) from None
    except (ValueError, TypeError):
        raise Conflict(_("%(file)s 不是可用的存证私钥（Ed25519，PEM）。") % {"file": file}) from None
    if not isinstance(found, Ed25519PrivateKey):
        raise Conflict(_("%(file)s 不是可用的存证私钥（Ed25519，PEM）。") % {"file": file})
    return found


def signing_key(known: str, renew: bool = False) -> Ed25519PrivateKey:
    """Return the key to sign with; `known` is the public key of the last seal, '' before the first.

    A key is drawn before the first seal only, or when the person says `renew`: a lost key is never replaced in silence.
    """
    if not key_file().exists() and (renew or not known):
        draw_key()
    found = read_key()
    if known and public_of(found) != known and not renew:
        raise Conflict(_("存证私钥与上一次存证的不是同一把；请找回原来的，确要换用，请加 --new-key。"))
    if known and public_of(found) != known:
        with former_file().open("a", encoding="ascii") as former:
            former.write(f"{known}\n")
    return found


def draw_key() -> None:
    """Write a fresh key, closed to others from its first byte; the first of two processes wins."""
    file = key_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_bytes(Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
