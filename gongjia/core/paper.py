"""Paper: a typst source and its data become a PDF, set in fonts that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pylopdf_fonts_zh_cn as fonts
import typst

_ENCODE = msgspec.json.Encoder(decimal_format="string", enc_hook=str).encode


def pdf(source: Path, data: Any, *, title: str = "") -> bytes:
    """Return the PDF of a typst file that reads `json(bytes(sys.inputs.data))`; raises typst.TypstError for a faulty source."""
    made = typst.compile(
        source,
        root=source.parent,
        font_paths=[fonts.sans_path().parent],
        ignore_system_fonts=True,
        sys_inputs={"data": _ENCODE(data).decode(), "title": title},
    )
    return bytes(made)
