"""Word files (.docx) → text: paragraphs and tables in their order, by python-docx."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from ..errors import CorpusError, explain
from .docx_numbering import WordNumbers
from .raw_document import RawDocument

MAX_UNPACKED_BYTES = 200_000_000
MAX_PARTS = 10_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = frozenset(
    {WORD + "del", WORD + "moveFrom", WORD + "txbxContent", WORD + "pPr", WORD + "rPr", FALLBACK}
)
SIGNS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "cr": "\n", WORD + "noBreakHyphen": "-"}
REPAIR = "open it in Word or WPS and save it again"


def read_docx(data: bytes, *, name: str) -> RawDocument:
    """Return the text of a Word file: a line a paragraph, a line a table row with tabs between its cells.

    Text that was deleted with tracked changes is left out, text that was inserted is in. The numbers that Word
    counts itself (一、 （一） 1.) stand before their paragraphs, as a reader sees them; bullets do not.

    Raises
    ------
    CorpusError
        The file is broken, is no Word document inside, or unpacks to more than 200 MB.
    """
    _check_archive(data, name)
    from docx import Document
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = Document(io.BytesIO(data))
        parts = {str(part.partname): part for part in document.part.package.iter_parts()}
        numbering = getattr(parts.get("/word/numbering.xml"), "element", None)
        numbers = WordNumbers(numbering, document.styles.element)
        lines = list(_lines(document.element.body, numbers))
        title = (document.core_properties.title or "").strip()
    except (
        OpcError,
        LxmlError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise CorpusError(explain(f"the Word file is broken: {error}", where=name, todo=REPAIR)) from None
    pictures = len(document.inline_shapes)
    if not any(line.strip() for line in lines):
        raise CorpusError(
            explain(
                "the Word file holds pictures and no text: it is a scan"
                if pictures
                else "the Word file holds no text",
                where=name,
                todo="recognise its text (OCR) and save that as .txt or .docx" if pictures else "leave it out",
            )
        )
    notes = [f"numbers in Word's format {kind} are left out" for kind in sorted(numbers.unknown)]
    return RawDocument("\n".join(lines), "docx", "certain", title=title, notes=tuple(notes))


def _check_archive(data: bytes, name: str) -> None:
    """Raise unless the archive can be unpacked safely: sizes are checked before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise CorpusError(explain(f"the Word file is broken: {error}", where=name, todo=REPAIR)) from None
    if any(part.flag_bits & 1 for part in parts):
        raise CorpusError(explain("the Word file is encrypted", where=name, todo="save it without a password"))
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise CorpusError(
            explain(
                f"the Word file would unpack to {unpacked / 1e6:,.0f} MB in {len(parts):,} parts",
                where=name,
                allowed=f"up to {MAX_UNPACKED_BYTES / 1e6:,.0f} MB in {MAX_PARTS:,} parts",
                todo="copy its text into a .txt file",
            )
        )


def _lines(block: Any, numbers: WordNumbers) -> Iterator[str]:
    """Yield the lines of a block: of its paragraphs, of the rows of its tables, of what they are wrapped in."""
    for child in block:
        if child.tag == WORD + "p":
            number, text = numbers.before(child), "".join(_runs(child))
            yield number + (" " if number and text[:1].isascii() else "") + text
            for box in child.iter(WORD + "txbxContent"):
                fallback = any(parent.tag == FALLBACK for parent in box.iterancestors())
                if not fallback and next(box.iterancestors(WORD + "p")) is child:
                    yield from _lines(box, numbers)
        elif child.tag == WORD + "tbl":
            for row in child.iter(WORD + "tr"):
                if next(row.iterancestors(WORD + "tbl")) is child:
                    yield "\t".join(" ".join(filter(None, _lines(cell, numbers))) for cell in _cells(row))
        elif child.tag in (
            WORD + "sdt",
            WORD + "sdtContent",
            WORD + "ins",
            WORD + "moveTo",
            WORD + "customXml",
        ):
            yield from _lines(child, numbers)


def _cells(row: Any) -> Iterator[Any]:
    for cell in row.iter(WORD + "tc"):
        if next(cell.iterancestors(WORD + "tr")) is row:
            yield cell


def _runs(node: Any) -> Iterator[str]:
    """Yield the text of a paragraph's runs, tabs and line breaks with it."""
    for child in node:
        if child.tag == WORD + "t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield "" if child.get(WORD + "type") == "page" else SIGNS[child.tag]
        elif child.tag not in LEFT_OUT:
            yield from _runs(child)
