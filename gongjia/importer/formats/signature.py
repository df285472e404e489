"""Names a file's format by its first bytes, never by its extension."""

import zipfile
from pathlib import Path

from gongjia.importer.errors import Unreadable
from gongjia.importer.formats.encoding import wide_encoding
from gongjia.importer.limits import MEGABYTE, Limits
from gongjia.importer.words import N_

OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("PDF 文档")),
    (b"\x89PNG", N_("图片")),
    (b"\xff\xd8\xff", N_("图片")),
    (b"GIF8", N_("图片")),
    (b"{\\rtf", N_("RTF 文档")),
    (b"\x1f\x8b", N_("gzip 压缩包")),
    (b"Rar!", N_("RAR 压缩包")),
    (b"7z\xbc\xaf", N_("7z 压缩包")),
    (b"\x7fELF", N_("程序")),
    (b"MZ", N_("程序")),
    (b"SQLite format 3", N_("数据库")),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")


def signature(path: Path, limits: Limits) -> str:
    """Return xlsx, xlsb, ods, xls, html, xml or text; raise `Unreadable` for anything else."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK"):
        return packed_format(path, limits)
    if head.startswith(OLE):
        return compound_format(path)
    if head.startswith(BARE_BIFF):
        raise Unreadable("old_excel", path.name)
    for magic, what in OTHERS:
        if head.startswith(magic):
            raise Unreadable("not_spreadsheet", path.name, what=what)
    return markup_or_text(head, path)


def compound_format(path: Path) -> str:
    """Look into an OLE file: a workbook, an encrypted newer one, or another office document."""
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("password", path.name)
    if "WordDocument".encode("utf-16-le") in data and "Workbook".encode("utf-16-le") not in data:
        raise Unreadable("not_spreadsheet", path.name, what=N_("Word 文档"))
    return "xls"


def markup_or_text(head: bytes, path: Path) -> str:
    """Tell a web page and an XML workbook from plain text; refuse a web archive and binary rubbish."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith(b"mime-version:"):
        raise Unreadable("web_archive", path.name)
    if start.startswith(b"<"):
        return "xml" if b"urn:schemas-microsoft-com:office:spreadsheet" in start and b"<html" not in start else "html"
    if is_binary(head):
        raise Unreadable("not_spreadsheet", path.name, what=N_("二进制文件"))
    return "text"


def is_binary(head: bytes) -> bool:
    """True where control bytes say that this is no text in any encoding we know."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff") or wide_encoding(head):
        return False
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return controls > len(head) // 50


def packed_format(path: Path, limits: Limits) -> str:
    """Look into a zip archive: which office format it is, and whether it unpacks to a sane size."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
            refuse_bomb(path, entries, limits)
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Unreadable("broken", path.name, detail=str(error) or type(error).__name__) from error
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in names:
        return office_format(path, names)
    if b"opendocument.spreadsheet" in kind or ("content.xml" in names and not kind):
        return "ods"
    what = N_("文字文档") if b"opendocument" in kind else N_("ZIP 压缩包")
    raise Unreadable("not_spreadsheet", path.name, what=what)


def office_format(path: Path, names: set[str]) -> str:
    """Tell a workbook from a document and from slides."""
    if any(name.startswith("word/") for name in names):
        raise Unreadable("not_spreadsheet", path.name, what=N_("Word 文档"))
    if any(name.startswith("ppt/") for name in names):
        raise Unreadable("not_spreadsheet", path.name, what=N_("演示文稿"))
    return "xlsb" if any(name.endswith("workbook.bin") for name in names) else "xlsx"


def refuse_bomb(path: Path, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Stop before unpacking what declares too much; readers stop at the declared size themselves."""
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if total > limits.unpacked_bytes or (total > 50 * MEGABYTE and total / packed > limits.unpacked_ratio):
        raise Unreadable("zip_bomb", path.name, size=total // MEGABYTE)
