"""The one byte form of a line and of a head, and the packing of ids and leaves: what is sealed is exactly what is exported."""

from __future__ import annotations

import datetime as dt
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

_SORTED = msgspec.json.Encoder(order="sorted").encode
_ENCODE = msgspec.json.Encoder().encode
_STORED = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?")
LEAF = 32
Form = Callable[[Any], Any]


def plain(value: Any) -> Any:
    return value


def instant(value: Any) -> Any:
    """Return an instant in UTC with six decimals; what is no instant stays what it is."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    found = _STORED.fullmatch(value) if isinstance(value, str) else None
    return f"{found[1]}T{found[2]}{(found[3] or '.').ljust(7, '0')}Z" if found else value


def date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def hundredths(value: Any) -> Any:
    """Return an amount stored as an integer of its hundredths as digits with two decimals."""
    if not isinstance(value, int):
        return value
    whole, part = divmod(abs(value), 100)
    return f"{'-' if value < 0 else ''}{whole}.{part:02d}"


def fields(value: Any) -> Any:
    """Return stored JSON with sorted keys and no spaces; a text that is no JSON stays a text."""
    if value is None:
        return None
    try:
        return msgspec.Raw(_SORTED(msgspec.json.decode(value)))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return value if isinstance(value, str) else repr(value)


def line_of(stream: str, forms: Mapping[str, Form], row: Sequence[Any]) -> bytes:
    """Return the line of a row: its id under the name of its stream, then its columns in their declared order."""
    cells = {name: form(value) for (name, form), value in zip(forms.items(), row[1:], strict=True)}
    try:
        return _ENCODE({stream: row[0], **cells})
    except ValueError:  # a text that is no Unicode: somebody wrote past the program
        return json.dumps({stream: row[0], **cells}, default=repr, separators=(",", ":")).encode()


def head_of(seal: Any, blocks: Iterable[Any]) -> bytes:
    """Return the head of a seal, from its columns and those of its blocks in their order."""
    return _ENCODE(
        {
            "seal": seal.number,
            "form": seal.form,
            "at": instant(seal.at),
            "previous": seal.previous,
            "first": seal.first,
            "entries": seal.entries,
            "blocks": [[block.stream, block.upto, block.size, block.root] for block in blocks],
            "root": seal.root,
            "key": seal.key,
        }
    )


def pack(ids: Sequence[int]) -> bytes:
    """Return ascending ids as compressed steps."""
    return zlib.compress(struct.pack(f"<{len(ids)}q", *ids[:1], *(high - low for low, high in pairwise(ids))))


def unpack(packed: bytes) -> list[int]:
    """Return what `pack` was given; nothing for bytes that were tampered with."""
    try:
        raw = zlib.decompressobj().decompress(packed, 1 << 20)
        steps = struct.unpack(f"<{len(raw) // 8}q", raw)
    except (zlib.error, struct.error):
        return []
    ids: list[int] = []
    for step in steps:
        ids.append(step + (ids[-1] if ids else 0))
    return ids


def split(leaves: bytes) -> list[bytes]:
    """Return packed leaves one by one."""
    return [leaves[start : start + LEAF] for start in range(0, len(leaves), LEAF)]
