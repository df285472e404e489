"""Which encoding the texts of a DXF are really in: what the header says is often not what the program wrote."""

from __future__ import annotations

import re

_HIGH = re.compile(rb"[\x80-\xff]+")
_PAIRS = re.compile(rb"(?:[\xa1-\xf7][\xa1-\xfe])+")
CODE_PAGE = re.compile(rb"(\$DWGCODEPAGE\s+3\s+)([\w.-]+)")
VERSION = re.compile(rb"\$ACADVER\s+1\s+AC(\d{4})")
UTF8_SINCE = 1021


def encoding_of(data: bytes) -> str | None:
    """Return the encoding that the bytes prove against their header; None where the header is to be trusted."""
    if not _HIGH.search(data):
        return None
    version = VERSION.search(data[:4096])
    modern = version is not None and int(version[1]) >= UTF8_SINCE
    if _is_utf8(data):
        return None if modern else "utf-8"
    page = CODE_PAGE.search(data[:65536])
    declared = page[2].decode("ascii", "replace").upper() if page else ""
    if not modern and declared not in {"", "ANSI_1252", "ANSI_936", "GB2312", "GBK", "ANSI_1250", "ASCII"}:
        return None
    return "gb18030" if looks_like_gbk(data) else ("cp1252" if modern or not declared else None)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def looks_like_gbk(data: bytes) -> bool:
    """True where most high bytes stand in the pairs of GB 2312: umlauts stand alone between letters."""
    runs = _HIGH.findall(data)
    paired = sum(1 for run in runs if _PAIRS.fullmatch(run))
    return paired >= 0.7 * len(runs)
